'use client'
import { useEffect, useRef, useState, type RefObject } from 'react'

/**
 * A sentence that is cut to two lines shows whole while the pointer or the focus is in its item, above it in the browser's
 * top layer, so that the strip keeps its height. Screen readers have it whole all the time. Escape puts it away.
 */
export function WholeSentence({ element, sentence }: { element: RefObject<HTMLElement | null>; sentence: string }) {
  const [isShown, setShown] = useState(false)

  useEffect(() => {
    const node = element.current
    const item = node?.closest<HTMLElement>('[data-dfd-part="item"]') ?? null
    if (node === null || item === null) return
    const show = (): void => setShown(node.scrollHeight > node.clientHeight + 1)
    const onFocus = ({ target }: FocusEvent): void => {
      if ((target as Element).matches(':focus-visible')) show()
    }
    const hide = (): void => setShown(false)
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') hide()
    }
    item.addEventListener('pointerenter', show)
    item.addEventListener('pointerleave', hide)
    item.addEventListener('focusin', onFocus)
    item.addEventListener('focusout', hide)
    document.addEventListener('keydown', onKeyDown)
    return () => {
      item.removeEventListener('pointerenter', show)
      item.removeEventListener('pointerleave', hide)
      item.removeEventListener('focusin', onFocus)
      item.removeEventListener('focusout', hide)
      document.removeEventListener('keydown', onKeyDown)
      setShown(false)
    }
  }, [element, sentence])

  return isShown ? <Whole sentence={sentence} anchor={element} /> : null
}

function Whole({ sentence, anchor }: { sentence: string; anchor: RefObject<HTMLElement | null> }) {
  const node = useRef<HTMLSpanElement>(null)

  useEffect(() => {
    const whole = node.current
    if (whole === null || anchor.current === null || typeof whole.showPopover !== 'function') return
    if (!whole.matches(':popover-open')) whole.showPopover()
    const { left, right, top, bottom } = (anchor.current.closest('[data-dfd-part="item"]') ?? anchor.current).getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = whole
    const isMirrored = getComputedStyle(whole).direction === 'rtl'
    const room = document.documentElement.clientWidth - width - MARGIN
    whole.style.left = `${Math.max(MARGIN, Math.min(isMirrored ? right - width : left, room))}px`
    whole.style.top = `${top - height >= MARGIN ? top - height : bottom}px`
  }, [anchor])

  return <span ref={node} popover="manual" data-dfd-part="item-error-whole" aria-hidden="true">{sentence}</span>
}

/** px from the edges of the window. */
const MARGIN = 8
