'use client'
import { forwardRef, useCallback, useSyncExternalStore, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { isFinishing } from '../../core/entry.js'
import { useFileDropContext } from '../fileDropContext.js'
import type { StateFacts } from '../messages/messages.js'
import { percentOf } from '../useFileDrop.js'
import { useItemEntry } from './entryContext.js'
import { DoneIcon, ProblemIcon } from './icons.js'
import { usePart, type PartProps } from './part.js'

export interface FileDropItemStateProps extends ComponentPropsWithoutRef<'span'>, PartProps<Entry> {}

/** What the file is doing, in words (or, once it is attached, a tick with the word for it hidden). Renders a `span`. */
export const FileDropItemState = forwardRef<HTMLSpanElement, FileDropItemStateProps>(function FileDropItemState({ render, ...props }, ref) {
  const { messages, formats } = useFileDropContext('ItemState')
  const entry = useItemEntry('ItemState')
  const facts = useStateFacts(entry)
  const words = facts === null ? null : messages.state(facts, formats)
  const children =
    facts === null ? <ProblemIcon />
    : facts.state === 'uploaded' ? <><DoneIcon /><span data-dfd-hidden="">{words}</span></>
    : words
  return usePart('item-state', 'span', { 'data-dfd-part': 'item-state', children, ...props }, entry, render, ref)
})

/** Null for a failed entry: its error says it. */
function useStateFacts(entry: Entry): StateFacts | null {
  const until = entry.status === 'waiting' && entry.until !== 'online' ? entry.until.at : null
  const now = useNow(until)
  switch (entry.status) {
    case 'failed': return null
    case 'preparing': return { state: 'preparing' }
    case 'queued': return { state: entry.started ? 'queued' : 'not_started' }
    case 'uploading':
      if (isFinishing(entry)) return { state: 'finishing' }
      return entry.stalled ? { state: 'stalled' } : { state: 'uploading', percent: percentOf(entry) }
    case 'waiting': return until === null ? { state: 'offline' } : { state: 'waiting', wait: Math.max(0, until - now) }
    case 'uploaded': return { state: entry.result.transfer_method === 'remote_url' ? 'link' : 'uploaded' }
  }
}

/** The time, told anew each second until then. */
function useNow(until: number | null): number {
  const isWaiting = until !== null
  const subscribe = useCallback(
    (onTick: () => void) => {
      const timer = isWaiting ? setInterval(onTick, 1000) : undefined
      return () => clearInterval(timer)
    },
    [isWaiting],
  )
  const second = useSyncExternalStore(subscribe, () => (isWaiting ? Math.floor(Date.now() / 1000) : 0), () => 0)
  return second * 1000
}
