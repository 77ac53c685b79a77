'use client'
import { useEffect, useSyncExternalStore } from 'react'

/** What a surface can do without until somebody wants it, in one piece. Nothing of it is needed to add, send or retry. */
export type Later = typeof import('./later.js')

/**
 * That piece, asked for while it is wanted; null until it is there, and so on a server and while its page hydrates. Where it
 * can't be had (no network), it is asked for again by the next who wants it.
 */
export function useLater(isWanted: boolean): Later | null {
  useEffect(() => {
    if (isWanted) prepareLater()
  }, [isWanted])
  return useSyncExternalStore(subscribe, () => loaded, () => null)
}

/** Somebody is about to want it: the pointer is on the button, say. */
export function prepareLater(): void {
  isLoading ||= load()
}

/** Does something with it: at once where it is there, else once it has come. */
export function withLater(act: (later: Later) => void): void {
  if (loaded !== null) {
    act(loaded)
    return
  }
  const stop = subscribe(() => {
    stop()
    act(loaded!)
  })
  prepareLater()
}

let loaded: Later | null = null
let isLoading = false
const listeners = new Set<() => void>()

function load(): true {
  import('./later.js').then(
    (later) => {
      loaded = later
      for (const listener of listeners) listener()
    },
    () => (isLoading = false),
  )
  return true
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
