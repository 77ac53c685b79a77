'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { isFinishing } from '../../core/entry.js'
import { useFileDropContext } from '../fileDropContext.js'
import type { StateFacts } from '../messages/messages.js'
import { percentOf } from '../itemProps.js'
import { MovingEntryContext, useItemEntry } from './entryContext.js'
import { DoneIcon } from './icons.js'
import { usePart, type PartProps } from './part.js'
import { useNow, usePace } from './usePace.js'

export interface FileDropItemStateProps extends ComponentPropsWithoutRef<'span'>, PartProps<Entry> {}

/**
 * What the file is doing, in words (or, once it is attached, a tick with the word for it hidden). Renders a `span`;
 * nothing for a file that failed: its error says it.
 */
export const FileDropItemState = forwardRef<HTMLSpanElement, FileDropItemStateProps>(function FileDropItemState({ render, ...props }, ref) {
  const { messages, formats } = useFileDropContext('ItemState')
  const entry = useItemEntry('ItemState', MovingEntryContext)
  const facts = useStateFacts(entry)
  const words = facts === null ? null : messages.state(facts, formats)
  const children = facts?.state === 'uploaded' ? <><DoneIcon /><span data-dfd-hidden="">{words}</span></> : words
  const element = usePart('item-state', 'span', { children, ...props }, entry, render, ref)
  return facts === null ? null : element
})

/** Null for a failed entry: its error says it. */
function useStateFacts(entry: Entry): StateFacts | null {
  const until = entry.status === 'waiting' && entry.until !== 'online' ? entry.until.at : null
  const percent = percentOf(entry)
  const now = useNow(until !== null || percent !== null)
  const left = usePace(entry, now)?.left ?? null
  switch (entry.status) {
    case 'failed': return null
    case 'preparing': return { state: 'preparing' }
    case 'queued': return { state: entry.started ? 'queued' : 'not_started' }
    case 'uploading':
      if (isFinishing(entry)) return { state: 'finishing' }
      return entry.stalled ? { state: 'stalled' } : { state: 'uploading', percent, left }
    case 'waiting': return until === null ? { state: 'offline' } : { state: 'waiting', wait: Math.max(0, until - now) }
    case 'uploaded': return { state: entry.result.transfer_method === 'remote_url' ? 'link' : 'uploaded' }
  }
}
