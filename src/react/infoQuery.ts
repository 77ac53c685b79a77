import { queryOptions } from '@tanstack/react-query'
import { createDifyClient, type AppInfo, type DifyClientOptions } from '../http/createDifyClient.js'

/**
 * The query for what an app is (`GET {proxyUrl}/info`): its name, and its mode. A surface asks for it once to know whether
 * the app is a workflow, which compares the types of a message's files with its own detection. To prefetch it, or to seed
 * it where the mode is known: `queryClient.setQueryData(infoQuery({ proxyUrl }).queryKey, { mode: 'workflow' })`.
 */
export function infoQuery(options: DifyClientOptions) {
  return queryOptions<AppInfo, Error, AppInfo, readonly ['dify-file-drop', 'info', string]>({
    queryKey: ['dify-file-drop', 'info', options.proxyUrl] as const,
    queryFn: ({ signal }) => createDifyClient(options).info({ signal }),
    networkMode: 'always',
    staleTime: 5 * 60_000,
    // It is only asked for a nicety, and a proxy of another make may not have it.
    retry: false,
  })
}
