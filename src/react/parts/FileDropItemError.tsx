'use client'
import { forwardRef, useRef, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { useFileDropContext } from '../fileDropContext.js'
import { errorSentence } from '../messages/messages.js'
import { useItemEntry } from './entryContext.js'
import { ProblemIcon } from './icons.js'
import { usePart, type PartProps } from './part.js'
import { useLater } from './useLater.js'

export interface FileDropItemErrorProps extends ComponentPropsWithoutRef<'p'>, PartProps<Entry> {}

/** Why the file failed: which rule, whose, and what can be done. It stays until the file is removed. In a strip of
 * chips it is cut to two lines, and whole under the pointer and with the focus. Renders a `p`. */
export const FileDropItemError = forwardRef<HTMLParagraphElement, FileDropItemErrorProps>(function FileDropItemError({ render, ...props }, ref) {
  const drop = useFileDropContext('ItemError')
  const entry = useItemEntry('ItemError')
  const sentence = entry.status === 'failed' ? errorSentence(drop.messages, entry.error, entry, drop.formats) : null
  const node = useRef<HTMLParagraphElement>(null)
  const later = useLater(sentence !== null)
  const children = <><ProblemIcon /> {sentence}{sentence !== null && later !== null && <later.WholeSentence element={node} sentence={sentence} />}</>
  const element = usePart('item-error', 'p', drop.getErrorProps(entry, { children, ...props, ref: node }), entry, render, ref)
  return sentence === null ? null : element
})
