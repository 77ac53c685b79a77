'use client'
import { forwardRef, useRef, type ChangeEvent } from 'react'
import { acceptAttribute } from '../../core/rules.js'
import { useFileDropContext } from '../fileDropContext.js'
import { mergeProps } from '../mergeProps.js'
import { useItemEntry } from './entryContext.js'
import type { FileDropItemChooseProps } from './FileDropItemChoose.js'
import { RetryIcon } from './icons.js'
import { usePart } from './part.js'

/** The button itself, and the picker behind it. */
export const ChooseButton = forwardRef<HTMLButtonElement, FileDropItemChooseProps>(function ChooseButton({ render, ...props }, ref) {
  const { messages, rules, uploader, isOpen } = useFileDropContext('ItemChoose')
  const entry = useItemEntry('ItemChoose')
  const inputRef = useRef<HTMLInputElement>(null)
  const own = mergeProps({
    type: 'button',
    'aria-label': messages.choose(entry.name),
    disabled: !isOpen,
    onClick: () => inputRef.current?.click(),
    children: <><RetryIcon /><span>{messages.chooseShort}</span></>,
  }, props)
  const element = usePart('item-choose', 'button', own, entry, render, ref)

  function onChange({ currentTarget }: ChangeEvent<HTMLInputElement>): void {
    const file = currentTarget.files?.[0]
    currentTarget.value = ''
    if (file !== undefined) uploader.replace(entry.id, file)
  }

  return (
    <>
      {element}
      {/* Out of sight and of the tab order: the button stands for it. */}
      <input ref={inputRef} type="file" hidden aria-label={messages.choose(entry.name)} accept={acceptAttribute(rules)} onChange={onChange} />
    </>
  )
})
