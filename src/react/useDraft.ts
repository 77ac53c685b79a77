'use client'
import { useEffect, useState } from 'react'
import type { Uploader } from '../core/uploader.js'
import type { DraftNotice, DraftOptions, KeptDraft } from '../draft/keepDraft.js'

/**
 * The prop `draft`. Changing `key` or `scope` keeps the same list under another name: where a page goes from one conversation
 * to another, give the component a React key of its own for each.
 */
export type DraftProp = Omit<DraftOptions, 'onNotice'>

/**
 * Keeps an engine's files through a reload, and says what of that cannot be done. The keeper (and `idb`) is loaded when there
 * is a draft to keep, and not before.
 */
export function useDraft(uploader: Uploader, draft: DraftProp | undefined): readonly DraftNotice[] {
  const [notices, setNotices] = useState<readonly DraftNotice[]>(NONE)
  const { key, scope, blobs, maxAge } = draft ?? {}

  useEffect(() => {
    if (key === undefined || scope === undefined) return
    let kept: KeptDraft | null = null
    let isOver = false
    const onNotice = (notice: DraftNotice): void => {
      if (!isOver) setNotices((all) => [...all, notice])
    }
    import('../draft/keepDraft.js').then(
      ({ keepDraft }) => {
        if (!isOver) kept = keepDraft(uploader, { key, scope, blobs, maxAge, onNotice })
      },
      (cause: unknown) => onNotice({ type: 'unavailable', cause }),
    )
    const stop = uploader.subscribeIds(() => {
      // News of single files ends with the list they were in.
      if (uploader.ids.length === 0) setNotices((all) => (all.some(isOfFiles) ? all.filter((notice) => !isOfFiles(notice)) : all))
    })
    return () => {
      isOver = true
      stop()
      kept?.stop().catch(() => undefined)
      setNotices(NONE)
    }
  }, [uploader, key, scope, blobs, maxAge])

  return notices
}

const NONE: readonly DraftNotice[] = []

function isOfFiles({ type }: DraftNotice): boolean {
  return type === 'not_kept' || type === 'expired'
}
