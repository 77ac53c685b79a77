import { useCallback, useEffect, useRef, type RefObject } from 'react'

/**
 * Keeps the end of a log in sight, when the log grows and when the composer below takes room from it, unless somebody has
 * scrolled up to read. What it returns goes to the end all the same: for who sends wants to see what comes of it.
 */
export function useEndInSight(log: RefObject<HTMLElement | null>): () => void {
  const isWanted = useRef(true)

  useEffect(() => {
    const node = log.current
    if (node === null) return
    let lastTop = node.scrollTop
    const onScroll = (): void => {
      // Only who goes up reads: what has grown since is below, and no reason to stay behind.
      if (node.scrollHeight - node.clientHeight - node.scrollTop < NEAR) isWanted.current = true
      else if (node.scrollTop < lastTop) isWanted.current = false
      lastTop = node.scrollTop
    }
    const keep = (): void => {
      if (isWanted.current) node.scrollTop = node.scrollHeight
    }
    node.addEventListener('scroll', onScroll, { passive: true })
    const resizes = new ResizeObserver(keep)
    resizes.observe(node)
    for (const child of node.children) resizes.observe(child)
    return () => {
      node.removeEventListener('scroll', onScroll)
      resizes.disconnect()
    }
  }, [log])

  return useCallback(() => {
    isWanted.current = true
  }, [])
}

/** px from the end that still count as being there. */
const NEAR = 24
