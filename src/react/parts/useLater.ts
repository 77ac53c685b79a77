'use client'
import { useEffect, useSyncExternalStore } from 'react'

/** What a surface can do without until somebody wants it, in one piece. Nothing of it is needed to add, send or retry a file. */
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

/** That piece where it is there already, else null. */
export function laterNow(): Later | null {
  return loaded
}

/** Somebody is about to want it: the pointer is on the button, say. */
export function prepareLater(): void {
  withLater(() => undefined)
}

/** Does something with it: at once where it is there, else once it has come. */
export function withLater(act: (later: Later) => void, otherwise: () => void = () => undefined): void {
  if (loaded !== null) act(loaded)
  else load().then(act, otherwise)
}

let loaded: Later | null = null
let loading: Promise<Later> | null = null
const listeners = new Set<() => void>()

function load(): Promise<Later> {
  loading ??= import('./later.js').then(
    (later) => {
      loaded = later
      for (const listener of listeners) listener()
      return later
    },
    (error: unknown) => {
      loading = null
      throw error
    },
  )
  return loading
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
