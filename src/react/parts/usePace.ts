'use client'
import { useCallback, useState, useSyncExternalStore } from 'react'
import type { Entry } from '../../core/entry.js'

/**
 * How fast an upload goes, from its first byte on: bytes per second, and ms until all is sent. Null until that means
 * something, and when it is almost done.
 *
 * @param now ms, see {@link useNow}
 */
export function usePace(entry: Entry, now: number): { speed: number; left: number } | null {
  const run = entry.status === 'uploading' && entry.measured ? `${entry.id} ${entry.attempt}` : null
  const [start, setStart] = useState({ run, at: now })
  if (start.run !== run) setStart({ run, at: now })
  if (entry.status !== 'uploading' || entry.stalled || entry.size === null || start.run !== run || entry.sent === 0) return null
  const passed = now - start.at
  const left = (passed * (entry.size - entry.sent)) / entry.sent
  return passed >= MEANINGFUL && left >= MEANINGFUL ? { left, speed: (entry.sent / passed) * 1000 } : null
}

/** ms */
const MEANINGFUL = 3000

/** The time in ms, told anew each second while it is wanted. */
export function useNow(isWanted: boolean): number {
  const subscribe = useCallback((onTick: () => void) => (isWanted ? eachSecond(onTick) : () => undefined), [isWanted])
  const second = useSyncExternalStore(subscribe, () => (isWanted ? Math.floor(Date.now() / 1000) : 0), () => 0)
  return second * 1000
}

/** One timer for all rows, so that a second that passes is one render of them together. */
function eachSecond(onTick: () => void): () => void {
  const box = (): void => onTick()
  ticking.add(box)
  timer ??= setInterval(() => {
    for (const tick of ticking) tick()
  }, 1000)
  return () => {
    ticking.delete(box)
    if (ticking.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

const ticking = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
