'use client'
import type { Uploader } from '../../core/uploader.js'
import { useSnapshot } from './useSnapshot.js'
import { useUploader } from './useUploader.js'

/** The ids of all entries, in order; renders again when one came, went or moved. */
export function useEntryIds(uploader?: Uploader): readonly string[] {
  const engine = useUploader(uploader)
  return useSnapshot(engine.subscribeIds, () => engine.ids)
}
