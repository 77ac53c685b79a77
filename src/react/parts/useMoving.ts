'use client'
import { useCallback, useEffect, useRef, type PointerEvent as ReactPointerEvent } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import { useLatest } from '../engine/useLatest.js'
import { useLater, withLater } from './useLater.js'

/**
 * Dragging one item along the list. The list is in its new order at every moment of the drag, so what is seen is what a
 * release gives; Escape puts everything back.
 *
 * @param isPossible there is another place to go to.
 */
export function useMoving(id: string, isPossible: boolean): { start: (event: ReactPointerEvent) => void; wasDragged: () => boolean } {
  useLater(isPossible)
  const surface = useLatest(useFileDropContext('ItemMove'))
  const dragged = useRef(false)
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => () => stop.current?.(), [])

  const start = useCallback((event: ReactPointerEvent) => {
    dragged.current = false
    const list = event.currentTarget.closest<HTMLElement>('[data-dfd-part="list"]')
    if (list === null || event.button !== 0 || !event.isPrimary) return
    const { pointerId, clientX: x, clientY: y } = event
    // The latest of each kind, for the moment that the rest takes to load.
    const since = new Map<string, PointerEvent>()
    const keep = (later: PointerEvent): void => void since.set(later.type, later)
    for (const type of POINTER_EVENTS) window.addEventListener(type, keep)
    withLater(({ moveByPointer }) => {
      for (const type of POINTER_EVENTS) window.removeEventListener(type, keep)
      stop.current = moveByPointer(surface.current, { id, list, dragged, pointerId, origin: { x, y }, since: since.values() })
    })
  }, [surface, id])

  return { start, wasDragged: useCallback(() => dragged.current, []) }
}

/** What a pointer does that was pressed. */
export const POINTER_EVENTS = ['pointermove', 'pointerup', 'pointercancel'] as const
