'use client'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import { focusInput } from '../focus.js'
import { linkIn } from '../gestures/linkIn.js'
import { isComposing } from '../gestures/textBox.js'

/** A box for an address, with the focus in it: Enter adds it, Escape does not. */
export function LinkForm({ id, onClose }: { id: string; onClose: () => void }) {
  const { uploader, messages: { link: words }, rootRef, layout, isOpen } = useFileDropContext('Link')
  const [isWrong, setWrong] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])

  function add(): void {
    if (!isOpen) return
    const url = linkIn(input.current?.value ?? '')
    if (url === null) {
      setWrong(true)
      input.current?.focus()
      return
    }
    uploader.add({ url })
    onClose()
    if (layout === 'composer') focusInput(rootRef.current)
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (isComposing(event)) return
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && event.target === input.current) add()
    else return
    // Neither the form around nor a dialog is meant.
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a `fieldset` can't be laid out as freely, and a `form` may not stand in the chat's
    <div id={id} data-dfd-part="link-form" role="group" aria-label={words.open}>
      <input
        ref={input} type="text" inputMode="url" data-dfd-part="link-input" aria-label={words.address} placeholder="https://" dir="ltr" autoComplete="off" autoCapitalize="none" spellCheck={false}
        aria-invalid={isWrong || undefined} aria-describedby={isWrong ? `${id}problem` : undefined} onChange={() => setWrong(false)} onKeyDown={onKeyDown}
      />
      <button type="button" data-dfd-part="link-add" onClick={add} onKeyDown={onKeyDown}>{words.add}</button>
      <button type="button" data-dfd-part="link-cancel" onClick={onClose} onKeyDown={onKeyDown}>{words.cancel}</button>
      {isWrong && <p id={`${id}problem`} data-dfd-part="link-error" role="alert">{words.invalid}</p>}
    </div>
  )
}
