'use client'
import type { Readiness } from '../../core/readiness.js'
import type { Uploader } from '../../core/uploader.js'
import { useSnapshot } from './useSnapshot.js'
import { useUploader } from './useUploader.js'

/** Whether a message could be sent now, and if not, why. */
export function useReadiness(uploader?: Uploader): Readiness {
  const engine = useUploader(uploader)
  return useSnapshot(engine.subscribe, () => engine.readiness)
}
