'use client'
import type { Readiness } from '../../core/readiness.js'
import type { Uploader } from '../../core/uploader.js'
import { useValue } from './useSnapshot.js'
import { useUploader } from './useUploader.js'

/** Whether a message could be sent now, and if not, why. */
export function useReadiness(uploader?: Uploader): Readiness {
  return useValue(useUploader(uploader), readinessOf)
}

const readinessOf = ({ readiness }: Uploader): Readiness => readiness
