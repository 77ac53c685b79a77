'use client'
import { QueryClient, QueryClientContext, useQuery } from '@tanstack/react-query'
import { useContext, useState } from 'react'
import type { UploaderOptions } from '../../core/uploader.js'
import { inputShapeOf } from '../../dify/parameters.js'
import type { DifyClientOptions } from '../../http/createDifyClient.js'
import { infoQuery } from '../infoQuery.js'

/**
 * Whether the app compares the type of a message's file with its own detection: workflow apps do, but for `file-list`
 * variables. Undefined where nobody knows, which is taken for no.
 *
 * @param client null: there is nobody to ask, or the host has said.
 */
export function useStrict(client: DifyClientOptions | null, parameters: UploaderOptions['parameters'] | undefined, variable: string | undefined): boolean | undefined {
  const hosts = useContext(QueryClientContext)
  const [own] = useState(() => hosts ?? new QueryClient())
  const { data } = useQuery({ ...infoQuery(client ?? { proxyUrl: '' }), enabled: client !== null, throwOnError: false }, hosts ?? own)
  if (client === null || data === undefined) return undefined
  return data.mode === 'workflow' && !isList(parameters, variable)
}

function isList(parameters: UploaderOptions['parameters'] | undefined, variable: string | undefined): boolean {
  if (variable === undefined || parameters === undefined || parameters === null || parameters === 'loading') return false
  try {
    return inputShapeOf(parameters, variable) === 'file-list'
  } catch {
    return false
  }
}
