'use client'
import { forwardRef, useEffect, useId, useRef, useState, type ComponentPropsWithoutRef, type KeyboardEvent, type Ref } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import { focusInput } from '../focus.js'
import { linkIn } from '../gestures/linkIn.js'
import { TYPE_ICONS } from './icons.js'
import { usePart, type PartProps } from './part.js'

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
  const { uploader, messages, isOpen: canAdd, rootRef, layout } = useFileDropContext('Link')
  const { link: words } = messages
  const [isOpen, setOpen] = useState(false)
  const [isWrong, setWrong] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()

  useEffect(() => {
    if (isOpen) input.current?.focus()
  }, [isOpen])

  function close(): void {
    setOpen(false)
    setWrong(false)
    trigger.current?.focus()
    // Where the menu offers it instead, the trigger is not shown.
    if (document.activeElement !== trigger.current) rootRef.current?.querySelector<HTMLElement>('[data-dfd-part="more"]')?.focus()
  }

  function add(): void {
    const url = linkIn(input.current?.value ?? '')
    if (url === null) {
      setWrong(true)
      input.current?.focus()
      return
    }
    uploader.add({ url })
    close()
    if (layout === 'composer') focusInput(rootRef.current)
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && event.target === input.current) add()
    else return
    // Neither the form around nor a dialog is meant.
    event.preventDefault()
    event.stopPropagation()
  }

  const Icon = TYPE_ICONS.link
  const children = (
    <>
      <button ref={trigger} type="button" data-dfd-part="link-trigger" aria-label={words.open} aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} disabled={!canAdd} onClick={() => (isOpen ? close() : setOpen(true))}>
        <Icon /><span>{words.open}</span>
      </button>
      {isOpen && (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a `fieldset` can't be laid out as freely, and a `form` may not stand in the chat's
        <div id={id} data-dfd-part="link-form" role="group" aria-label={words.open}>
          <input
            ref={input} type="text" inputMode="url" data-dfd-part="link-input" aria-label={words.address} placeholder="https://" dir="ltr" autoComplete="off" autoCapitalize="none" spellCheck={false}
            aria-invalid={isWrong || undefined} aria-describedby={isWrong ? `${id}problem` : undefined} onChange={() => setWrong(false)} onKeyDown={onKeyDown}
          />
          <button type="button" data-dfd-part="link-add" onClick={add} onKeyDown={onKeyDown}>{words.add}</button>
          <button type="button" data-dfd-part="link-cancel" onClick={close} onKeyDown={onKeyDown}>{words.cancel}</button>
          {isWrong && <p id={`${id}problem`} data-dfd-part="link-error" role="alert">{words.invalid}</p>}
        </div>
      )}
    </>
  )
  return usePart('link', 'div', { 'data-dfd-part': 'link', 'data-open': isOpen ? '' : undefined, ...props, children }, { isOpen }, render, elementRef)
}
