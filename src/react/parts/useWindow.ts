'use client'
import { useEffect, useMemo, useState, type RefObject } from 'react'
import { perFrame } from '../engine/perFrame.js'

/** A row to render, or the room of rows that are not. `size` in CSS px; `before`: index of the row it stands before. */
export type Shown =
  | { type: 'row'; id: string; place: { 'aria-setsize': number; 'aria-posinset': number } }
  | { type: 'gap'; before: number; size: number }

/**
 * Which rows of a long list to render: those in sight with some more on both sides, and the one with the focus, wherever it
 * is. A short list is rendered whole, over some frames where many come at once, so that no task is long.
 *
 * @param isInline it scrolls along the line, as a strip of chips does.
 */
export function useWindow(list: RefObject<HTMLElement | null>, ids: readonly string[], isInline: boolean, focused: string | null): { shown: Shown[]; isWindowed: boolean } {
  const isWindowed = ids.length > WHOLE
  const [rowSize, setRowSize] = useState(GUESS)
  const [range, setRange] = useState({ from: 0, to: FIRST })
  const [grown, setGrown] = useState(FIRST)
  const whole = ids.length - grown <= REST ? ids.length : grown

  useEffect(() => {
    if (isWindowed) return
    if (whole < ids.length) return perFrame(() => setGrown(whole + STEP))
    setGrown(whole)
  }, [isWindowed, whole, ids.length])

  useEffect(() => {
    const node = list.current
    if (!isWindowed || node === null) return
    const look = (): void => {
      const measured = measure(node, isInline)
      if (measured > 0 && Math.abs(measured - rowSize) > 0.5) setRowSize(measured)
      const offset = isInline ? Math.abs(node.scrollLeft) : node.scrollTop
      const length = isInline ? node.clientWidth : node.clientHeight
      const from = Math.max(0, Math.floor(offset / rowSize) - MARGIN)
      const to = Math.ceil((offset + length) / rowSize) + MARGIN
      setRange((old) => (old.from === from && old.to === to ? old : { from, to }))
    }
    node.addEventListener('scroll', look, { passive: true })
    // Calls back at once too, when the layout is done: to measure in the commit would do it twice.
    const observer = new ResizeObserver(look)
    observer.observe(node)
    return () => {
      node.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [list, isWindowed, isInline, rowSize])

  const shown = useMemo(() => {
    const all: Shown[] = []
    const { from, to } = isWindowed ? range : { from: 0, to: whole }
    let next = 0
    const row = (i: number): void => {
      if (i > next) all.push({ type: 'gap', before: i, size: (i - next) * rowSize })
      next = i + 1
      all.push({ type: 'row', id: ids[i]!, place: { 'aria-setsize': ids.length, 'aria-posinset': i + 1 } })
    }
    const kept = isWindowed && focused !== null ? ids.indexOf(focused) : -1
    if (kept >= 0 && kept < from) row(kept)
    for (let i = from; i < Math.min(to, ids.length); i++) row(i)
    if (kept >= to) row(kept)
    if (next < ids.length) all.push({ type: 'gap', before: ids.length, size: (ids.length - next) * rowSize })
    return all
  }, [ids, isWindowed, range, whole, rowSize, focused])

  return { shown, isWindowed }
}

/** Entries up to which a list is rendered whole. */
const WHOLE = 100
/** Rows beyond the edges. */
const MARGIN = 6
/** Rows until it is known how many are in sight: few enough for one short task. */
const FIRST = 6
/** Rows more with each frame, of a list that is rendered whole. */
const STEP = 2
/** So few more are rendered at once: a list of ten is there in one go. */
const REST = 4
/** px, until a row was measured. */
const GUESS = 72

/** From one row to the next, gap included: of two that follow each other. */
function measure(list: HTMLElement, isInline: boolean): number {
  const rows = list.querySelectorAll<HTMLElement>('[data-dfd-part="item"]')
  for (const row of rows) {
    const next = row.nextElementSibling
    if (!(next instanceof HTMLElement) || next.dataset['dfdPart'] !== 'item') continue
    const [a, b] = [row.getBoundingClientRect(), next.getBoundingClientRect()]
    return Math.abs(isInline ? b.left - a.left : b.top - a.top)
  }
  return 0
}

