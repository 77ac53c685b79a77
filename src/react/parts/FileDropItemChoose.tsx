'use client'
import { forwardRef, useRef, type ChangeEvent, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { acceptAttribute } from '../../core/rules.js'
import { useFileDropContext } from '../fileDropContext.js'
import { mergeProps } from '../mergeProps.js'
import { useItemEntry } from './entryContext.js'
import { RetryIcon } from './icons.js'
import { usePart, type PartProps } from './part.js'

export interface FileDropItemChooseProps extends ComponentPropsWithoutRef<'button'>, PartProps<Entry> {}

/**
 * Picks a file anew that cannot be read any more: it changed on disk, is gone, or a reload took its bytes. Renders a `button`;
 * nothing for a file that can be read.
 */
export const FileDropItemChoose = forwardRef<HTMLButtonElement, FileDropItemChooseProps>(function FileDropItemChoose({ render, ...props }, ref) {
  const drop = useFileDropContext('ItemChoose')
  const entry = useItemEntry('ItemChoose')
  const inputRef = useRef<HTMLInputElement>(null)
  const own = mergeProps({
    type: 'button',
    'aria-label': drop.messages.choose(entry.name),
    disabled: !drop.isOpen,
    onClick: () => inputRef.current?.click(),
    children: <><RetryIcon /><span>{drop.messages.chooseShort}</span></>,
  }, props)
  const element = usePart('item-choose', 'button', own, entry, render, ref)

  function onChange({ currentTarget }: ChangeEvent<HTMLInputElement>): void {
    const file = currentTarget.files?.[0]
    currentTarget.value = ''
    if (file !== undefined) drop.uploader.replace(entry.id, file)
  }

  if (entry.status !== 'failed' || entry.error.code !== 'file_unreadable' || drop.isReadOnly) return null
  return (
    <>
      {element}
      {/* Out of sight and of the tab order: the button stands for it. */}
      <input ref={inputRef} type="file" hidden aria-label={drop.messages.choose(entry.name)} accept={acceptAttribute(drop.rules)} onChange={onChange} />
    </>
  )
})
