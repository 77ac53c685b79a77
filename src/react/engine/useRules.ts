'use client'
import type { Rules } from '../../core/rules.js'
import type { Uploader } from '../../core/uploader.js'
import { useValue } from './useSnapshot.js'
import { useUploader } from './useUploader.js'

/** What is accepted right now: the strictest of page, operator and app. */
export function useRules(uploader?: Uploader): Rules {
  return useValue(useUploader(uploader), rulesOf)
}

const rulesOf = ({ rules }: Uploader): Rules => rules
