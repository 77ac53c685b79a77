'use client'
import { createContext, useContext } from 'react'
import type { Entry } from '../../core/entry.js'

export const EntryContext = createContext<Entry | null>(null)

/** The same entry, with the bytes that have gone: for the few parts that show them, and are rendered with each progress. */
export const MovingEntryContext = createContext<Entry | null>(null)

/** Whether an item's name is being changed. */
export const RenamingContext = createContext<{ isRenaming: boolean; setRenaming: (isRenaming: boolean) => void }>({ isRenaming: false, setRenaming: () => undefined })

/** Before it is sent, a file can have another name. */
export function canRename(entry: Entry): boolean {
  return entry.file !== null && (entry.status === 'preparing' || entry.status === 'queued' || entry.status === 'failed')
}

/** Where an item stands in the whole list, counted from 1: a window may render only some of it. */
export const PlaceContext = createContext<{ 'aria-setsize'?: number; 'aria-posinset'?: number }>({})

/**
 * The entry of the item around.
 *
 * @param context {@link MovingEntryContext} for a part that shows the bytes that have gone.
 * @throws outside of one.
 */
export function useItemEntry(part: string, context = EntryContext): Entry {
  const entry = useContext(context)
  if (entry === null) throw new Error(`FileDrop.${part} is outside of a FileDrop.Item, so it does not know which file it is about. Put it inside one.`)
  return entry
}
