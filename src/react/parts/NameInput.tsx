'use client'
import { useContext, useEffect, useRef, type KeyboardEvent } from 'react'
import { rename } from '../../core/fixes.js'
import { useFileDropContext } from '../fileDropContext.js'
import { lineOf } from '../focus.js'
import { isComposing } from '../gestures/textBox.js'
import { RenamingContext, useItemEntry } from './entryContext.js'

/** The box for another name: Enter takes it, Escape and leaving it do not. What stands before the extension is selected. */
export function NameInput() {
  const { uploader, messages, rootRef, awaitedRef } = useFileDropContext('ItemName')
  const { id, name } = useItemEntry('ItemName')
  const { setRenaming } = useContext(RenamingContext)
  const input = useRef<HTMLInputElement>(null)

  useEffect(() => {
    const dot = name.lastIndexOf('.')
    input.current?.focus()
    input.current?.setSelectionRange(0, dot > 0 ? dot : name.length)
  }, [name])

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if ((event.key !== 'Enter' && event.key !== 'Escape') || isComposing(event)) return
    // Neither the form around nor a dialog is meant.
    event.preventDefault()
    event.stopPropagation()
    const wanted = event.currentTarget.value.trim()
    const isTaken = event.key === 'Enter' && wanted !== '' && wanted !== name
    const entry = isTaken ? uploader.get(id) : undefined
    // It may have begun to go up meanwhile: then another takes its line.
    const next = entry === undefined ? null : rename(uploader, entry, wanted)
    if (next !== null && next !== id) awaitedRef.current = next
    lineOf(id, rootRef.current)?.remove?.focus()
  }

  function onBlur(): void {
    // Where the window was left, the box is still the one to come back to.
    if (document.hasFocus()) setRenaming(false)
  }

  return (
    <input
      ref={input} type="text" data-dfd-part="item-name-input" aria-label={messages.newName(name)} defaultValue={name} dir="auto"
      spellCheck={false} autoComplete="off" onKeyDown={onKeyDown} onBlur={onBlur}
    />
  )
}
