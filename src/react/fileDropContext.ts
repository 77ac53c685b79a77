'use client'
import { createContext, useContext } from 'react'
import type { FileDropState } from './useFileDrop.js'

/** The surface around its parts. */
export const FileDropContext = createContext<FileDropState | null>(null)

/**
 * The surface that this part belongs to.
 *
 * @throws outside of one.
 */
export function useFileDropContext(part: string): FileDropState {
  const drop = useContext(FileDropContext)
  if (drop === null) throw new Error(`FileDrop.${part} is outside of a FileDrop.Root, so it has no files to show. Put it inside one.`)
  return drop
}
