'use client'
import { useMemo, useRef, useState, type RefObject } from 'react'
import type { Fix } from '../core/fixes.js'
import type { Uploader } from '../core/uploader.js'
import { Deeds } from './deeds.js'
import { focusAfterRemoval, lineOf } from './focus.js'
import { withLater } from './parts/useLater.js'

/** The engine's verbs as a person does them: announced, and the focus is never lost. */
export interface HandVerbs {
  /** What was done by hand, for the live region. */
  deeds: Deeds
  /** Id of an entry that takes another's place, and with it the focus once it is shown. */
  awaitedRef: RefObject<string | null>
  /** Removes an entry as the button does: announced, and the focus goes on to the next. */
  removeEntry: (id: string) => void
  /** Tries an entry again as the button does: announced. */
  retryEntry: (id: string) => void
  /** Does what the button of a fix says: see `FileDrop.ItemFixes`. */
  fixEntry: (id: string, fix: Fix) => void
  /** Moves an entry along the list, and so the message. */
  moveEntry: (id: string, by: number) => void
}

export function useHandVerbs(uploader: Uploader, rootRef: RefObject<HTMLElement | null>, triggerRef: RefObject<HTMLElement | null>): HandVerbs {
  const [deeds] = useState(() => new Deeds())
  const awaitedRef = useRef<string | null>(null)

  return useMemo(() => {
    function removeEntry(id: string): void {
      const entry = uploader.get(id)
      if (entry === undefined) return
      focusAfterRemoval(id, rootRef.current, triggerRef.current, (it) => uploader.get(it) !== undefined)
      uploader.remove(id)
      deeds.tell({ type: 'removed', name: entry.name })
    }

    return {
      deeds, awaitedRef, removeEntry,
      retryEntry: (id) => {
        uploader.retry(id)
        // The Retry button goes away, and the focus must not go with it; unless there is no room to try again.
        if (uploader.get(id)?.status !== 'failed') lineOf(id, rootRef.current)?.remove?.focus()
      },
      moveEntry: (id, by) => {
        const to = uploader.ids.indexOf(id) + by
        const name = uploader.get(id)?.name
        if (name === undefined || to < 0 || to >= uploader.ids.length) return
        uploader.move(id, to)
        deeds.tell({ type: 'moved', name, place: to + 1, of: uploader.ids.length })
      },
      fixEntry: (id, fix) => {
        withLater((later) => later.fixEntry({ uploader, rootRef, awaitedRef, deeds, removeEntry }, id, fix))
      },
    }
  }, [uploader, deeds, rootRef, triggerRef])
}
