import type { RefObject } from 'react'
import type { FileDropState } from '../useFileDrop.js'
import { POINTER_EVENTS } from './useMoving.js'

/** A press on the handle of an item. */
export interface Press {
  id: string
  pointerId: number
  /** Where, in px of the window. */
  origin: Point
  list: HTMLElement
  /** Whether it is a drag by now; for the click that comes after. */
  dragged: RefObject<boolean>
  /** What the pointer did since: where it is, and that it is gone. */
  since: Iterable<PointerEvent>
}

/** Follows the pointer of a press until it is released. @returns what ends it before */
export function moveByPointer({ uploader, rootRef, deeds }: Pick<FileDropState, 'uploader' | 'rootRef' | 'deeds'>, { id, pointerId, origin, list, dragged, since }: Press): () => void {
  const from = uploader.ids.indexOf(id)
  let last = origin
  const item = (): HTMLElement | null => rootRef.current?.querySelector<HTMLElement>(`[data-dfd-part="item"][data-dfd-entry="${CSS.escape(id)}"]`) ?? null

  function follow({ type, pointerId: its, clientX: x, clientY: y }: PointerEvent): void {
    if (its !== pointerId) return
    if (type !== 'pointermove') {
      end()
      return
    }
    if (!dragged.current) {
      if (Math.hypot(x - origin.x, y - origin.y) < THRESHOLD) return
      dragged.current = true
      document.documentElement.style.cursor = 'grabbing'
    }
    item()?.setAttribute('data-moving', '')
    const isStrip = getComputedStyle(list).display === 'flex'
    scrollNear(list, isStrip, x, y)
    const step = stepTo(item(), isStrip, { x, y }, { x: x - last.x, y: y - last.y })
    last = { x, y }
    const at = uploader.ids.indexOf(id)
    if (step !== 0 && at >= 0) uploader.move(id, Math.max(0, Math.min(uploader.ids.length - 1, at + step)))
  }
  function onKeyDown(key: KeyboardEvent): void {
    if (key.key !== 'Escape' || !dragged.current) return
    key.preventDefault()
    key.stopPropagation()
    if (uploader.get(id) !== undefined) uploader.move(id, from)
    end()
  }
  function end(): void {
    stop()
    const to = uploader.ids.indexOf(id)
    const name = uploader.get(id)?.name
    if (dragged.current && name !== undefined && to !== from) deeds.tell({ type: 'moved', name, place: to + 1, of: uploader.ids.length })
    // The click comes after the release.
    setTimeout(() => (dragged.current = false))
  }
  // On the window: moving the item in the document would take a captured pointer from it.
  for (const type of POINTER_EVENTS) window.addEventListener(type, follow)
  window.addEventListener('keydown', onKeyDown, true)
  for (const event of since) follow(event)
  return stop

  function stop(): void {
    item()?.removeAttribute('data-moving')
    document.documentElement.style.cursor = ''
    for (const type of POINTER_EVENTS) window.removeEventListener(type, follow)
    window.removeEventListener('keydown', onKeyDown, true)
  }
}

/** px of movement until a press is a drag. */
const THRESHOLD = 5
/** px from the edge of a list that scrolls. */
const EDGE = 28

export interface Point {
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
