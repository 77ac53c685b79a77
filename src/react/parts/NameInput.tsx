'use client'
import { useContext, useEffect, useRef, type KeyboardEvent } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import { lineOf } from '../focus.js'
import { RenamingContext, useItemEntry } from './entryContext.js'

/** The box for another name: Enter takes it, Escape and leaving it do not. What stands before the extension is selected. */
export function NameInput() {
  const { uploader, messages, rootRef } = useFileDropContext('ItemName')
  const { id, name } = useItemEntry('ItemName')
  const { setRenaming } = useContext(RenamingContext)
  const input = useRef<HTMLInputElement>(null)

  useEffect(() => {
    const dot = name.lastIndexOf('.')
    input.current?.focus()
    input.current?.setSelectionRange(0, dot > 0 ? dot : name.length)
  }, [name])

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if ((event.key !== 'Enter' && event.key !== 'Escape') || event.nativeEvent.isComposing) return
    // Neither the form around nor a dialog is meant.
    event.preventDefault()
    event.stopPropagation()
    const wanted = event.currentTarget.value.trim()
    lineOf(id, rootRef.current)?.remove?.focus()
    if (event.key === 'Enter' && wanted !== '' && wanted !== name) uploader.replace(id, wanted)
  }

  return (
    <input
      ref={input} type="text" data-dfd-part="item-name-input" aria-label={messages.newName(name)} defaultValue={name} dir="auto"
      spellCheck={false} autoComplete="off" onKeyDown={onKeyDown} onBlur={() => setRenaming(false)}
    />
  )
}
