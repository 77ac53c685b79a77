'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { useFileDropContext } from '../fileDropContext.js'
import { useItemEntry } from './entryContext.js'
import { RetryIcon } from './icons.js'
import { usePart, type PartProps } from './part.js'

export interface FileDropItemRetryProps extends ComponentPropsWithoutRef<'button'>, PartProps<Entry> {}

/** Sends the file again, where that can help. Renders a `button`; nothing for a file that is fine, or hopeless. */
export const FileDropItemRetry = forwardRef<HTMLButtonElement, FileDropItemRetryProps>(function FileDropItemRetry({ render, ...props }, ref) {
  const drop = useFileDropContext('ItemRetry')
  const entry = useItemEntry('ItemRetry')
  const children = <><RetryIcon /><span>{drop.messages.retryShort}</span></>
  const element = usePart('item-retry', 'button', drop.getRetryProps(entry, { children, ...props }), entry, render, ref)
  const canRetry = (entry.status === 'failed' && entry.error.retryable) || entry.status === 'waiting'
  return canRetry && !drop.isReadOnly ? element : null
})
