'use client'
import { forwardRef, useCallback, useState, useSyncExternalStore, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { isFinishing } from '../../core/entry.js'
import { useFileDropContext } from '../fileDropContext.js'
import type { StateFacts } from '../messages/messages.js'
import { percentOf } from '../itemProps.js'
import { useItemEntry } from './entryContext.js'
import { DoneIcon } from './icons.js'
import { usePart, type PartProps } from './part.js'

export interface FileDropItemStateProps extends ComponentPropsWithoutRef<'span'>, PartProps<Entry> {}

/**
 * What the file is doing, in words (or, once it is attached, a tick with the word for it hidden). Renders a `span`;
 * nothing for a file that failed: its error says it.
 */
export const FileDropItemState = forwardRef<HTMLSpanElement, FileDropItemStateProps>(function FileDropItemState({ render, ...props }, ref) {
  const { messages, formats } = useFileDropContext('ItemState')
  const entry = useItemEntry('ItemState')
  const facts = useStateFacts(entry)
  const words = facts === null ? null : messages.state(facts, formats)
  const children = facts?.state === 'uploaded' ? <><DoneIcon /><span data-dfd-hidden="">{words}</span></> : words
  const element = usePart('item-state', 'span', { 'data-dfd-part': 'item-state', children, ...props }, entry, render, ref)
  return facts === null ? null : element
})

/** Null for a failed entry: its error says it. */
function useStateFacts(entry: Entry): StateFacts | null {
  const until = entry.status === 'waiting' && entry.until !== 'online' ? entry.until.at : null
  const percent = percentOf(entry)
  const now = useNow(until !== null || percent !== null)
  const left = useTimeLeft(entry, now)
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

/** ms until all is sent, at the speed so far; null until that means something, and when it is almost done. */
function useTimeLeft(entry: Entry, now: number): number | null {
  const run = entry.status === 'uploading' && entry.measured ? `${entry.id} ${entry.attempt}` : null
  const [start, setStart] = useState({ run, at: now })
  if (start.run !== run) setStart({ run, at: now })
  if (entry.status !== 'uploading' || entry.size === null || start.run !== run || entry.sent === 0) return null
  const passed = now - start.at
  const left = (passed * (entry.size - entry.sent)) / entry.sent
  return passed >= MEANINGFUL && left >= MEANINGFUL ? left : null
}

/** ms */
const MEANINGFUL = 3000

/** The time in ms, told anew each second while it is wanted. */
function useNow(isWanted: boolean): number {
  const subscribe = useCallback(
    (onTick: () => void) => {
      const timer = isWanted ? setInterval(onTick, 1000) : undefined
      return () => clearInterval(timer)
    },
    [isWanted],
  )
  const second = useSyncExternalStore(subscribe, () => (isWanted ? Math.floor(Date.now() / 1000) : 0), () => 0)
  return second * 1000
}
