'use client'
import { forwardRef, useId, useRef, useState, type ComponentPropsWithoutRef, type Ref } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import { TYPE_ICONS } from './icons.js'
import { usePart, type PartProps } from './part.js'
import { useLater } from './useLater.js'

export interface FileDropLinkProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'>, PartProps<{ isOpen: boolean }> {}

/**
 * Adds a link for Dify to follow (`remote_url`): a button, and behind it a box for the address. Renders a `div`; nothing
 * where the prop `links` is off, or the app takes no links.
 */
export const FileDropLink = forwardRef<HTMLDivElement, FileDropLinkProps>(function FileDropLink(props, ref) {
  const { canLink } = useFileDropContext('Link')
  return canLink ? <Offered {...props} elementRef={ref} /> : null
})

function Offered({ render, elementRef, ...props }: FileDropLinkProps & { elementRef: Ref<HTMLDivElement> }) {
  const { messages: { link: words }, isOpen: canAdd, rootRef } = useFileDropContext('Link')
  const [isOpen, setOpen] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const id = useId()
  // From the start, so that the form is there when the button is pressed.
  const later = useLater(true)

  function close(): void {
    setOpen(false)
    trigger.current?.focus()
    // Where the menu offers it instead, the trigger is not shown.
    if (document.activeElement !== trigger.current) rootRef.current?.querySelector<HTMLElement>('[data-dfd-part="more"]')?.focus()
  }

  const Icon = TYPE_ICONS.link
  const children = (
    <>
      <button ref={trigger} type="button" data-dfd-part="link-trigger" aria-label={words.open} aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} disabled={!canAdd} onClick={() => (isOpen ? close() : setOpen(true))}>
        <Icon /><span>{words.open}</span>
      </button>
      {isOpen && later !== null && <later.LinkForm id={id} onClose={close} />}
    </>
  )
  return usePart('link', 'div', { 'data-open': isOpen ? '' : undefined, ...props, children }, { isOpen }, render, elementRef)
}
