'use client'
import type { Rules } from '../../core/rules.js'
import type { Uploader } from '../../core/uploader.js'
import { useSnapshot } from './useSnapshot.js'
import { useUploader } from './useUploader.js'

/** What is accepted right now: the strictest of page, operator and app. */
export function useRules(uploader?: Uploader): Rules {
  const engine = useUploader(uploader)
  return useSnapshot(engine.subscribe, () => engine.rules)
}
