'use client'
import { useQuery, type QueryClient } from '@tanstack/react-query'
import type { UploaderOptions } from '../../core/uploader.js'
import { inputShapeOf, uploadRulesOf, type AppParameters } from '../../dify/parameters.js'
import type { DifyClientOptions } from '../../http/createDifyClient.js'
import { infoQuery } from '../infoQuery.js'

/**
 * Whether the app compares the type of a message's file with its own detection, as workflow apps do. It is asked for only
 * where it makes a difference: of an app that takes any type, for whose odd files a strict one knows no name.
 *
 * @param client null: there is nobody to ask, or the host has said.
 * @returns undefined where nobody knows, which is taken for no.
 */
export function useStrict(client: DifyClientOptions | null, parameters: UploaderOptions['parameters'] | undefined, variable: string | undefined, queries: QueryClient): boolean | undefined {
  const isAsked = client !== null && parameters !== 'loading' && parameters !== undefined && parameters !== null && matters(parameters, variable)
  const { data } = useQuery({ ...infoQuery(client ?? { proxyUrl: '' }), enabled: isAsked, throwOnError: false }, queries)
  return isAsked && data !== undefined ? data.mode === 'workflow' : undefined
}

function matters(parameters: AppParameters, variable: string | undefined): boolean {
  try {
    const { enabled, kinds } = uploadRulesOf(parameters, variable)
    // Of a list no app checks it.
    return enabled && kinds === null && (variable === undefined || inputShapeOf(parameters, variable) === 'file')
  } catch {
    return false
  }
}
