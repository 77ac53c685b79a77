'use client'
import { useEffect, useRef, type FocusEvent, type KeyboardEvent, type RefObject } from 'react'
import type { Choice } from './Menu.js'

export interface OpenedMenuProps {
  id: string
  label: string
  choices: readonly Choice[]
  /** Where the focus begins. */
  start: 'first' | 'last'
  button: RefObject<HTMLButtonElement | null>
  /** Back to the button. */
  onClose: () => void
  onLeave: () => void
}

/** The menu itself, beside its button, with the focus in it. */
export function OpenedMenu({ id, label, choices, start, button, onClose, onLeave }: OpenedMenuProps) {
  const node = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const menu = node.current
    if (menu === null || button.current === null) return
    // Browsers without popovers show it where it stands.
    if (typeof menu.showPopover === 'function' && !menu.matches(':popover-open')) menu.showPopover()
    const anchor = button.current
    const place = (): void => placeBeside(menu, anchor)
    place()
    const items = itemsOf(menu)
    items.at(start === 'first' ? 0 : -1)?.focus({ preventScroll: true })
    window.addEventListener('scroll', place, { capture: true, passive: true })
    window.addEventListener('resize', place)
    return () => {
      window.removeEventListener('scroll', place, { capture: true })
      window.removeEventListener('resize', place)
    }
  }, [button, start])

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    // Not for the item that the menu belongs to: there Delete removes, and the arrows move.
    event.stopPropagation()
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault()
      onClose()
      return
    }
    const items = itemsOf(event.currentTarget)
    const at = items.indexOf(document.activeElement as HTMLElement)
    const next = targetOf(event.key, at, items)
    if (next === undefined) return
    event.preventDefault()
    next.focus()
  }

  return (
    <div
      ref={node}
      id={id}
      popover="manual"
      data-dfd-part="menu"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onBlur={(event: FocusEvent<HTMLElement>) => {
        const to = event.relatedTarget
        if (to !== null && (event.currentTarget.contains(to) || to === button.current)) return
        onLeave()
      }}
      onClick={(event) => event.stopPropagation()}
    >
      {choices.map(({ key, label: words, icon, isDisabled = false, choose }) => (
        <button
          key={key}
          type="button"
          data-dfd-part="menu-item"
          role="menuitem"
          tabIndex={-1}
          aria-disabled={isDisabled || undefined}
          onClick={() => {
            if (isDisabled) return
            onClose()
            choose()
          }}
        >
          {icon}
          <span>{words}</span>
        </button>
      ))}
    </div>
  )
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')]
}

/** Arrows go round, Home and End to the ends, a letter to the next item that begins with it. */
function targetOf(key: string, at: number, items: readonly HTMLElement[]): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown': return items[(at + 1) % items.length]
    case 'ArrowUp': return items.at((at <= 0 ? items.length : at) - 1)
    case 'Home': return items[0]
    case 'End': return items.at(-1)
  }
  if (key.length !== 1 || key === ' ') return undefined
  const beginsSo = (item: HTMLElement): boolean => item.textContent.trim().toLocaleLowerCase().startsWith(key.toLocaleLowerCase())
  return [...items.slice(at + 1), ...items.slice(0, at + 1)].find(beginsSo)
}

/** Below the button, or above where there is more room, and never beyond the window. */
function placeBeside(menu: HTMLElement, anchor: HTMLElement): void {
  const { left, right, top, bottom } = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const isMirrored = getComputedStyle(anchor).direction === 'rtl'
  const isBelow = bottom + GAP + height <= window.innerHeight || top < height + GAP
  const wanted = isMirrored ? right - width : left
  menu.style.top = `${isBelow ? bottom + GAP : top - GAP - height}px`
  menu.style.left = `${Math.max(GAP, Math.min(wanted, document.documentElement.clientWidth - width - GAP))}px`
}

/** px */
const GAP = 6
