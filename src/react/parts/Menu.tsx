'use client'
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { AnyProps } from '../mergeProps.js'
import { prepareLater, useLater, type Later } from './useLater.js'

/** One thing that a menu offers. */
export interface Choice {
  key: string
  label: string
  icon?: ReactNode
  isDisabled?: boolean
  /** Called within the user's gesture. */
  choose: () => void
}

/**
 * A menu for a button: props for the button, and the menu to render beside it. It opens by a press, or by an arrow key, in
 * the browser's top layer, so that nothing around it cuts it off; Escape, Tab and a press elsewhere close it.
 *
 * @param choices asked for while it is open.
 */
export function useMenu(label: string, choices: (later: Later) => readonly Choice[]): { buttonProps: AnyProps; menu: ReactNode; isOpen: boolean; open: () => void } {
  const [opened, setOpened] = useState<'first' | 'last' | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  // Where a press takes the focus off the menu it is closed by that, and the click that follows must not open it again.
  const wasOpen = useRef(false)
  const id = useId()
  const later = useLater(opened !== null)

  function close(): void {
    setOpened(null)
    button.current?.focus()
  }

  const buttonProps = {
    ref: button,
    type: 'button',
    'aria-haspopup': 'menu',
    'aria-expanded': opened !== null,
    'aria-controls': opened === null ? undefined : id,
    onPointerEnter: prepareLater,
    onFocus: prepareLater,
    onPointerDown: () => {
      wasOpen.current = opened !== null
    },
    onClick: () => {
      setOpened(wasOpen.current ? null : 'first')
      wasOpen.current = false
    },
    onKeyDown: (event: KeyboardEvent) => {
      if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || event.altKey) return
      event.preventDefault()
      event.stopPropagation()
      setOpened(event.key === 'ArrowDown' ? 'first' : 'last')
    },
  }
  const menu = opened === null || later === null ? null : <later.OpenedMenu id={id} label={label} choices={choices(later)} start={opened} button={button} onClose={close} onLeave={() => setOpened(null)} />
  return { buttonProps, menu, isOpen: opened !== null, open: () => setOpened('first') }
}
