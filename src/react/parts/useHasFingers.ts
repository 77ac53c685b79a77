'use client'
import { useSyncExternalStore } from 'react'

/** The device is used by touch first. False on a server. */
export function useHasFingers(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(COARSE).matches, () => false)
}

const COARSE = '(pointer: coarse)'

function subscribe(onChange: () => void): () => void {
  const query = matchMedia(COARSE)
  query.addEventListener('change', onChange)
  return () => query.removeEventListener('change', onChange)
}
