'use client'
import { useQuery, type QueryClient } from '@tanstack/react-query'
import type { DifyClientOptions } from '../../http/createDifyClient.js'
import { parametersQuery } from '../parametersQuery.js'
import type { UploaderOptions } from '../../core/uploader.js'

/**
 * What the app says it accepts: `loading` while asked for, null where it could not be had (which is no error to show:
 * the server still judges), undefined where there is no proxy to ask.
 */
export function useAppParameters(client: DifyClientOptions | null, queries: QueryClient): UploaderOptions['parameters'] | undefined {
  const { data, isPending } = useQuery({ ...parametersQuery(client ?? { proxyUrl: '' }), enabled: client !== null, throwOnError: false }, queries)
  if (client === null) return undefined
  return data ?? (isPending ? 'loading' : null)
}
