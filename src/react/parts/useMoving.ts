'use client'
import { useCallback, useEffect, useRef, type PointerEvent as ReactPointerEvent } from 'react'
import { useFileDropContext } from '../fileDropContext.js'

/**
 * Dragging one item along the list. The list is in its new order at every moment of the drag, so what is seen is what a
 * release gives; Escape puts everything back.
 */
export function useMoving(id: string): { start: (event: ReactPointerEvent) => void; wasDragged: () => boolean } {
  const { uploader, rootRef, deeds } = useFileDropContext('ItemMove')
  const dragged = useRef(false)
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => () => stop.current?.(), [])

  const start = useCallback((event: ReactPointerEvent) => {
    dragged.current = false
    const list = event.currentTarget.closest<HTMLElement>('[data-dfd-part="list"]')
    if (list === null || event.button !== 0 || !event.isPrimary) return
    const origin = { x: event.clientX, y: event.clientY }
    const from = uploader.ids.indexOf(id)
    let last = origin
    const item = (): HTMLElement | null => rootRef.current?.querySelector<HTMLElement>(`[data-dfd-part="item"][data-dfd-entry="${CSS.escape(id)}"]`) ?? null

    function onMove({ clientX: x, clientY: y, pointerId }: PointerEvent): void {
      if (pointerId !== event.pointerId) return
      if (!dragged.current) {
        if (Math.hypot(x - origin.x, y - origin.y) < THRESHOLD) return
        dragged.current = true
        document.documentElement.style.cursor = 'grabbing'
      }
      item()?.setAttribute('data-moving', '')
      const isStrip = getComputedStyle(list!).display === 'flex'
      scrollNear(list!, isStrip, x, y)
      const step = stepTo(item(), isStrip, { x, y }, { x: x - last.x, y: y - last.y })
      last = { x, y }
      const at = uploader.ids.indexOf(id)
      if (step !== 0 && at >= 0) uploader.move(id, Math.max(0, Math.min(uploader.ids.length - 1, at + step)))
    }
    function onEnd({ pointerId }: PointerEvent): void {
      if (pointerId === event.pointerId) end()
    }
    function onKeyDown(key: KeyboardEvent): void {
      if (key.key !== 'Escape' || !dragged.current) return
      key.preventDefault()
      key.stopPropagation()
      if (uploader.get(id) !== undefined) uploader.move(id, from)
      end()
    }
    function end(): void {
      stop.current?.()
      const to = uploader.ids.indexOf(id)
      const name = uploader.get(id)?.name
      if (dragged.current && name !== undefined && to !== from) deeds.tell({ type: 'moved', name, place: to + 1, of: uploader.ids.length })
      // The click comes after the release.
      setTimeout(() => (dragged.current = false))
    }
    // On the window: moving the item in the document would take a captured pointer from it.
    window.addEventListener('pointermove', onMove)
    window.addEventListener('pointerup', onEnd)
    window.addEventListener('pointercancel', onEnd)
    window.addEventListener('keydown', onKeyDown, true)
    stop.current = () => {
      stop.current = null
      item()?.removeAttribute('data-moving')
      document.documentElement.style.cursor = ''
      window.removeEventListener('pointermove', onMove)
      window.removeEventListener('pointerup', onEnd)
      window.removeEventListener('pointercancel', onEnd)
      window.removeEventListener('keydown', onKeyDown, true)
    }
  }, [uploader, rootRef, deeds, id])

  return { start, wasDragged: useCallback(() => dragged.current, []) }
}

/** px of movement until a press is a drag. */
const THRESHOLD = 5
/** px from the edge of a list that scrolls. */
const EDGE = 28

interface Point {
  x: number
  y: number
}

/** How many places on the pointer is past the middle of, in the way that it moves: so unequal sizes never swap to and fro. */
function stepTo(item: HTMLElement | null, isStrip: boolean, at: Point, moved: Point): number {
  if (item === null) return 0
  const isMirrored = isStrip && getComputedStyle(item).direction === 'rtl'
  const sign = isMirrored ? -1 : 1
  const ahead = (isStrip ? moved.x : moved.y) * sign
  if (ahead === 0) return 0
  let step = 0
  for (let next = sibling(item, ahead > 0); next !== null; next = sibling(next, ahead > 0)) {
    const { left, right, top, bottom } = next.getBoundingClientRect()
    const past = (isStrip ? at.x - (left + right) / 2 : at.y - (top + bottom) / 2) * sign
    if (ahead > 0 ? past < 0 : past > 0) break
    step += ahead > 0 ? 1 : -1
  }
  return step
}

function sibling(item: HTMLElement, isAfter: boolean): HTMLElement | null {
  const next = isAfter ? item.nextElementSibling : item.previousElementSibling
  return next instanceof HTMLElement && next.dataset['dfdPart'] === 'item' ? next : null
}

function scrollNear(list: HTMLElement, isStrip: boolean, x: number, y: number): void {
  const { left, right, top, bottom } = list.getBoundingClientRect()
  if (isStrip) list.scrollLeft += x < left + EDGE ? -EDGE / 2 : x > right - EDGE ? EDGE / 2 : 0
  else list.scrollTop += y < top + EDGE ? -EDGE / 2 : y > bottom - EDGE ? EDGE / 2 : 0
}
