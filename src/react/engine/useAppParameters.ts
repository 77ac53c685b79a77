'use client'
import { QueryClient, QueryClientContext, useQuery } from '@tanstack/react-query'
import { useContext, useState } from 'react'
import type { DifyClientOptions } from '../../http/createDifyClient.js'
import { parametersQuery } from '../parametersQuery.js'
import type { UploaderOptions } from '../../core/uploader.js'

/**
 * What the app says it accepts: `loading` while asked for, null where it could not be had (which is no error to show:
 * the server still judges), undefined where there is no proxy to ask.
 */
export function useAppParameters(client: DifyClientOptions | null): UploaderOptions['parameters'] | undefined {
  const hosts = useContext(QueryClientContext)
  const [own] = useState(() => hosts ?? new QueryClient())
  const { data, isPending } = useQuery(
    { ...parametersQuery(client ?? { proxyUrl: '' }), enabled: client !== null, throwOnError: false },
    hosts ?? own,
  )
  if (client === null) return undefined
  return data ?? (isPending ? 'loading' : null)
}
