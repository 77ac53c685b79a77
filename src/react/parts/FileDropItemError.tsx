'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { useFileDropContext } from '../fileDropContext.js'
import { errorSentence } from '../messages/messages.js'
import { useItemEntry } from './entryContext.js'
import { ProblemIcon } from './icons.js'
import { usePart, type PartProps } from './part.js'

export interface FileDropItemErrorProps extends ComponentPropsWithoutRef<'p'>, PartProps<Entry> {}

/** Why the file failed: which rule, whose, and what can be done. It stays until the file is removed. Renders a `p`. */
export const FileDropItemError = forwardRef<HTMLParagraphElement, FileDropItemErrorProps>(function FileDropItemError({ render, ...props }, ref) {
  const drop = useFileDropContext('ItemError')
  const entry = useItemEntry('ItemError')
  const sentence = entry.status === 'failed' ? errorSentence(drop.messages, entry.error, entry, drop.formats) : null
  const children = <><ProblemIcon /> {sentence}</>
  const element = usePart('item-error', 'p', drop.getErrorProps(entry, { children, ...props }), entry, render, ref)
  return sentence === null ? null : element
})
