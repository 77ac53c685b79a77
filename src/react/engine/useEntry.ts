'use client'
import { useCallback } from 'react'
import type { Entry } from '../../core/entry.js'
import type { Uploader } from '../../core/uploader.js'
import { useSnapshot } from './useSnapshot.js'
import { useUploader } from './useUploader.js'

/** One entry; renders again when this entry changed and for no other. Undefined once it is gone. */
export function useEntry(id: string, uploader?: Uploader): Entry | undefined {
  const engine = useUploader(uploader)
  return useSnapshot(
    useCallback((listener) => engine.subscribeEntry(id, listener), [engine, id]),
    () => engine.get(id),
  )
}
