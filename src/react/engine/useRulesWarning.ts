'use client'
import { useEffect } from 'react'
import type { Rules } from '../../core/rules.js'

/** Tells the developer, once, of an app whose attachments Dify takes and then ignores: nobody else would ever find out. */
export function useRulesWarning({ legacyImageOnly }: Rules): void {
  useEffect(() => {
    if (!legacyImageOnly || isTold) return
    isTold = true
    console.warn(
      'dify-file-drop: this Dify app has only the legacy image upload switched on. Chat, agent and completion apps then take images (201) and ignore them in messages without a word. Open the app in Dify, switch its file upload on again, and publish it.',
    )
  }, [legacyImageOnly])
}

let isTold = false
