import type { ComponentPropsWithRef, KeyboardEvent } from 'react'
import { stateOf, type Entry } from '../core/entry.js'
import { mergeProps } from './mergeProps.js'
import type { Wording } from './messages/useWording.js'

/** A host's props for an element. */
export type ElementProps<Tag extends 'div' | 'input' | 'button' | 'ul' | 'li' | 'p'> = ComponentPropsWithRef<Tag>

/** Props for the elements of one entry. */
export interface ItemPropGetters {
  getItemProps: (entry: Entry, props?: ElementProps<'li'>) => ElementProps<'li'>
  getProgressProps: (entry: Entry, props?: ElementProps<'div'>) => ElementProps<'div'>
  getErrorProps: (entry: Entry, props?: ElementProps<'p'>) => ElementProps<'p'>
  getRemoveProps: (entry: Entry, props?: ElementProps<'button'>) => ElementProps<'button'>
  getRetryProps: (entry: Entry, props?: ElementProps<'button'>) => ElementProps<'button'>
}

interface ItemPropSources extends Wording {
  isReadOnly: boolean
  /** Begins the id of each error's element. */
  errorIds: string
  removeEntry: (id: string) => void
  retryEntry: (id: string) => void
  moveEntry: (id: string, by: number) => void
}

/** Makes the getters for entries: names, states, keys. */
export function itemProps({ messages, formats, isReadOnly, errorIds, removeEntry, retryEntry, moveEntry }: ItemPropSources): ItemPropGetters {
  const errorId = (entry: Entry): string => `${errorIds}-${entry.id}`
  // The item's, as the error is about it; and its buttons', which is where people who can't see it come by.
  const describedBy = (entry: Entry): string | undefined => (entry.status === 'failed' ? errorId(entry) : undefined)

  /** On any button of the item: Delete and Backspace remove it, Alt and an arrow move it. */
  function onKeyDown(event: KeyboardEvent<HTMLElement>, id: string): void {
    if (isReadOnly || event.isDefaultPrevented() || (event.target as Element).matches('input, textarea, [contenteditable]')) return
    const isRemoval = event.key === 'Delete' || event.key === 'Backspace'
    const by = event.altKey ? stepOf(event) : 0
    if (!isRemoval && by === 0) return
    event.preventDefault()
    if (!isRemoval) moveEntry(id, by)
    // Held down, the key would go on to the next, until the list is empty.
    else if (!event.repeat) removeEntry(id)
  }

  return {
    getItemProps: (entry, props = {}) => mergeProps({
      'data-dfd-part': 'item',
      'data-dfd-entry': entry.id,
      'data-state': stateOf(entry),
      'data-kind': entry.kind,
      'data-error-code': 'error' in entry ? entry.error.serverCode : undefined,
      'data-stalled': entry.status === 'uploading' && entry.stalled ? '' : undefined,
      'aria-describedby': describedBy(entry),
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => onKeyDown(event, entry.id),
    }, props),

    getProgressProps: (entry, props = {}) => {
      const percent = percentOf(entry)
      const known = percent === null ? {} : { 'aria-valuenow': percent, 'aria-valuetext': formats.percent(percent), style: { '--dfd-progress': percent / 100 } }
      return mergeProps({
        'data-dfd-part': 'item-progress',
        'data-state': percent === null ? 'indeterminate' : 'determinate',
        role: 'progressbar',
        'aria-label': messages.uploading(entry.name),
        'aria-valuemin': 0,
        'aria-valuemax': 100,
        ...known,
      }, props)
    },

    getErrorProps: (entry, props = {}) => mergeProps({ 'data-dfd-part': 'item-error', id: errorId(entry) }, props),

    getRemoveProps: (entry, props = {}) => mergeProps({
      'data-dfd-part': 'item-remove',
      type: 'button',
      'aria-label': messages.remove(entry.name),
      'aria-describedby': describedBy(entry),
      onClick: () => removeEntry(entry.id),
    }, props),

    getRetryProps: (entry, props = {}) => mergeProps({
      'data-dfd-part': 'item-retry',
      type: 'button',
      'aria-label': messages.retry(entry.name),
      'aria-describedby': describedBy(entry),
      onClick: () => retryEntry(entry.id),
    }, props),
  }
}

/** Progress in whole percent, or null while nobody can tell, which is also so after the last byte. */
export function percentOf(entry: Entry): number | null {
  if (entry.status !== 'uploading' || !entry.measured || entry.size === null || entry.sent >= entry.size) return null
  return Math.floor((entry.sent / entry.size) * 100)
}

/** To which side an arrow key points in reading order. */
function stepOf({ key, currentTarget }: KeyboardEvent<HTMLElement>): number {
  if (key === 'ArrowUp') return -1
  if (key === 'ArrowDown') return 1
  const isMirrored = getComputedStyle(currentTarget).direction === 'rtl'
  if (key === 'ArrowLeft') return isMirrored ? 1 : -1
  if (key === 'ArrowRight') return isMirrored ? -1 : 1
  return 0
}
