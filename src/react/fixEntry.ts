import type { RefObject } from 'react'
import { fixName, sendOriginal, type Fix } from '../core/fixes.js'
import type { Uploader } from '../core/uploader.js'
import type { Deeds } from './deeds.js'
import { lineOf } from './focus.js'

interface Surface {
  uploader: Uploader
  rootRef: RefObject<HTMLElement | null>
  /** Id of the entry that gets the focus once it is shown. */
  awaitedRef: RefObject<string | null>
  deeds: Deeds
  removeEntry: (id: string) => void
}

/** Does what a fix's button says: announced, and the focus stays with the file (its button goes, so it is on Remove). */
export function fixEntry({ uploader, rootRef, awaitedRef, deeds, removeEntry }: Surface, id: string, fix: Fix): void {
  const name = uploader.get(id)?.name
  if (name === undefined) return
  if (fix.type === 'remove-copy') {
    removeEntry(id)
    return
  }
  const line = lineOf(id, rootRef.current)
  const isFocused = line?.item.contains(document.activeElement) === true
  const next = fix.type === 'rename' ? fixName(uploader, id) : sendOriginal(uploader, id)
  if (next === null) return
  if (isFocused && next === id) line.remove?.focus()
  else if (isFocused) awaitedRef.current = next
  deeds.tell(fix.type === 'rename' ? { type: 'renamed', name, newName: uploader.get(next)?.name ?? fix.name } : { type: 'original', name })
}
