'use client'
import { createContext, useContext } from 'react'
import type { Entry } from '../../core/entry.js'

export const EntryContext = createContext<Entry | null>(null)

/** Where an item stands in the whole list, counted from 1: a window may render only some of it. */
export const PlaceContext = createContext<{ 'aria-setsize'?: number; 'aria-posinset'?: number }>({})

/**
 * The entry of the item around.
 *
 * @throws outside of one.
 */
export function useItemEntry(part: string): Entry {
  const entry = useContext(EntryContext)
  if (entry === null) throw new Error(`FileDrop.${part} is outside of a FileDrop.Item, so it does not know which file it is about. Put it inside one.`)
  return entry
}
