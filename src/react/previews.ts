'use client'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Entry } from '../core/entry.js'

/** What shows files in large, where the host has put one in (`dify-file-drop/preview`). */
export interface Preview {
  canShow: (entry: Entry) => boolean
  open: (id: string) => void
}

/** Where a surface and its preview meet, so that neither has to load the other. */
export class Previews {
  #preview: Preview | null = null
  #listeners = new Set<() => void>()

  readonly get = (): Preview | null => this.#preview

  /** The one that came last is used. */
  readonly register = (preview: Preview): (() => void) => {
    this.#set(preview)
    return () => {
      if (this.#preview === preview) this.#set(null)
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #set(preview: Preview | null): void {
    this.#preview = preview
    for (const listener of this.#listeners) listener()
  }
}

export const PreviewsContext = createContext<Previews>(new Previews())

/** Opens an entry in the preview; null where there is none, or nothing of this entry to show in it. */
export function usePreviewOf(entry: Entry): (() => void) | null {
  const previews = useContext(PreviewsContext)
  const preview = useSyncExternalStore(previews.subscribe, previews.get, () => null)
  return preview?.canShow(entry) === true ? () => preview.open(entry.id) : null
}
