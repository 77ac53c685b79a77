'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { useFileDropContext } from '../fileDropContext.js'
import { useItemEntry } from './entryContext.js'
import { usePart, type PartProps } from './part.js'

export interface FileDropItemSizeProps extends ComponentPropsWithoutRef<'span'>, PartProps<Entry> {}

/** The file's size in the reader's words; nothing where nobody knows it. Renders a `span`. */
export const FileDropItemSize = forwardRef<HTMLSpanElement, FileDropItemSizeProps>(function FileDropItemSize({ render, ...props }, ref) {
  const { messages, formats } = useFileDropContext('ItemSize')
  const entry = useItemEntry('ItemSize')
  const rest = entry.status === 'failed' && entry.error.code === 'too_many_attachments' && entry.error.facts.count > 1 ? entry.error.facts.count : null
  const words = rest !== null ? messages.sizeOfRest(rest, formats) : entry.size === null ? null : formats.bytes(entry.size)
  const element = usePart('item-size', 'span', { children: words, ...props }, entry, render, ref)
  return words === null ? null : element
})
