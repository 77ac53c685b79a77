import { queryOptions } from '@tanstack/react-query'
import type { AppParameters } from '../dify/parameters.js'
import { createDifyClient, type DifyClientOptions } from '../http/createDifyClient.js'

/**
 * The query for what an app accepts (`GET {proxyUrl}/parameters`), to prefetch it, read it elsewhere, or seed it from a
 * server: `queryClient.setQueryData(parametersQuery({ proxyUrl }).queryKey, parameters)`.
 */
export function parametersQuery(options: DifyClientOptions) {
  return queryOptions<AppParameters, Error, AppParameters, readonly ['dify-file-drop', 'parameters', string]>({
    queryKey: ['dify-file-drop', 'parameters', options.proxyUrl] as const,
    queryFn: ({ signal }) => createDifyClient(options).parameters({ signal }),
    // A proxy on this machine answers offline too, and `onLine` can be wrong for good.
    networkMode: 'always',
    staleTime: 5 * 60_000,
    retry: 2,
  })
}
