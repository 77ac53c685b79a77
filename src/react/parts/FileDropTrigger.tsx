'use client'
import { forwardRef, type ComponentPropsWithoutRef, type KeyboardEvent, type SyntheticEvent } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import { usePart, type PartProps } from './part.js'

export interface FileDropTriggerProps extends ComponentPropsWithoutRef<'button'>, PartProps<{ isDisabled: boolean }> {}

/** Opens the picker. Renders a `button` named "Attach files"; its words are yours, and should contain that name. */
export const FileDropTrigger = forwardRef<HTMLButtonElement, FileDropTriggerProps>(function FileDropTrigger({ render, ...props }, ref) {
  const drop = useFileDropContext('Trigger')
  const own = {
    // In a composer what is accepted shows on hover and focus, so Escape must take it away again (WCAG 1.4.13).
    onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => {
      if (event.key === 'Escape') event.currentTarget.dataset['hint'] = 'dismissed'
    },
    // Who presses it has read it; it would lie over what is picked.
    onPointerDown: (event: SyntheticEvent<HTMLButtonElement>) => {
      event.currentTarget.dataset['hint'] = 'dismissed'
    },
    onMouseEnter: hideHintByEscape,
    onBlur: showHintAgain,
    onMouseLeave: showHintAgain,
    children: drop.messages.trigger,
    ...props,
  }
  return usePart('trigger', 'button', drop.getTriggerProps(own), { isDisabled: !drop.isOpen }, render, ref)
})

/** While the pointer rests on it the focus may be elsewhere, and so is the key. */
function hideHintByEscape({ currentTarget: trigger }: SyntheticEvent<HTMLButtonElement>): void {
  const onKeyDown = ({ key }: globalThis.KeyboardEvent): void => {
    if (key === 'Escape') trigger.dataset['hint'] = 'dismissed'
    if (!trigger.isConnected) stop()
  }
  const stop = (): void => document.removeEventListener('keydown', onKeyDown)
  document.addEventListener('keydown', onKeyDown)
  trigger.addEventListener('mouseleave', stop, { once: true })
}

function showHintAgain(event: SyntheticEvent<HTMLButtonElement>): void {
  delete event.currentTarget.dataset['hint']
}
