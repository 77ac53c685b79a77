'use client'
import { useEffect, useRef, type RefObject } from 'react'

/**
 * A strip of chips that is longer than its room: says in `data-overflow-start` and `-end` to which sides it goes on (for
 * edge fades), and brings what was added last into sight.
 *
 * @param count of all files. @param before how many there were before this list was there. @param rendered how many are there by now.
 * @param isStrip false for a list that runs down the page: to ask how wide it is would lay the page out in each commit.
 */
export function useStrip(list: RefObject<HTMLElement | null>, count: number, before: number, rendered: number, isStrip: boolean): void {
  const lastCount = useRef(before)
  const isFollowed = useRef(false)

  useEffect(() => {
    const node = list.current
    if (node === null || !isStrip) return
    const look = (): void => {
      const hidden = node.scrollWidth - node.clientWidth - Math.abs(node.scrollLeft)
      node.toggleAttribute('data-overflow-start', Math.abs(node.scrollLeft) > 1)
      node.toggleAttribute('data-overflow-end', hidden > 1)
      node.toggleAttribute('data-mirrored', getComputedStyle(node).direction === 'rtl')
    }
    look()
    node.addEventListener('scroll', look, { passive: true })
    const resizes = new ResizeObserver(look)
    resizes.observe(node)
    const changes = new MutationObserver(look)
    changes.observe(node, { childList: true })
    return () => {
      node.removeEventListener('scroll', look)
      resizes.disconnect()
      changes.disconnect()
    }
  }, [list, isStrip])

  useEffect(() => {
    const node = list.current
    if (count !== lastCount.current) isFollowed.current = count > lastCount.current
    lastCount.current = count
    if (!isStrip || node === null || !isFollowed.current) return
    const follow = (): void => {
      const isMirrored = getComputedStyle(node).direction === 'rtl'
      node.scrollTo({ left: isMirrored ? -node.scrollWidth : node.scrollWidth })
    }
    follow()
    // The sentence for a refusal may come after its chip, and makes it wider: followed too, until somebody looks elsewhere.
    const growth = new ResizeObserver(follow)
    for (const chip of node.querySelectorAll(':scope > :is(:last-child, [data-state="failed"])')) growth.observe(chip)
    const stop = (): void => growth.disconnect()
    for (const type of ['wheel', 'pointerdown', 'focusin']) node.addEventListener(type, stop, { passive: true })
    return () => {
      stop()
      for (const type of ['wheel', 'pointerdown', 'focusin']) node.removeEventListener(type, stop)
    }
  }, [list, count, rendered, isStrip])
}
