import type { AppParameters } from '../dify/parameters.js'
import { exchangeOf, type Incoming } from './exchange.js'
import { fetchUpstream } from './fetchUpstream.js'
import { fromRequest, toResponse } from './fetchBorder.js'
import { identify } from './identity.js'
import { createPipeline } from './pipeline.js'
import { readOptions, type ProxyOptions } from './proxyOptions.js'
import { Refusal } from './refusal.js'
import { ownParameters } from './routes/app.js'
import { runtimeUpstream } from './runtimeUpstream.js'

/** The proxy: a function from `Request` to `Response`, and what your own server code may ask it. */
export interface DifyProxy {
  (request: Request): Promise<Response>
  /**
   * The user of a request to your own routes, by the same `authorize`, so that your message calls and the uploads are
   * the same person to Dify; null when there is none.
   */
  userOf(request: Request): Promise<string | null>
  /**
   * Dify's `/parameters` with the proxy's own key, to render a page on the server with its rules.
   *
   * @throws Error when Dify cannot be asked; its `code` is one of the error table's.
   */
  parameters(request: Request): Promise<AppParameters>
}

/**
 * Makes the server side of the file drop: it keeps the API key, says who the user is, and streams uploads to Dify.
 *
 * ```ts
 * const proxy = createDifyProxy({
 *   apiKey: process.env.DIFY_API_KEY!,
 *   authorize: async (request) => { const s = await getSession(request); return s && { user: s.userId } },
 * })
 * export { proxy as GET, proxy as POST, proxy as OPTIONS } // app/api/dify/[...path]/route.ts
 * http.createServer(toNodeListener(proxy)) // or on node:http
 * ```
 *
 * @throws TypeError when an option is missing or cannot work.
 */
export function createDifyProxy(options: ProxyOptions): DifyProxy {
  const settings = readOptions(options)
  const upstream = options.fetch === undefined ? runtimeUpstream() : fetchUpstream(options.fetch)
  const { exchange, parametersFor } = createPipeline(settings)

  const proxy = async (request: Request): Promise<Response> => {
    const incoming = fromRequest(request)
    return toResponse(await exchange(incoming, upstream), incoming, settings.drain)
  }
  exchangeOf.set(proxy, { exchange, upstream, drain: settings.drain })

  return Object.assign(proxy, {
    async userOf(request: Request): Promise<string | null> {
      try {
        const identity = await identify(settings.authorize, bodyless(request), null)
        return 'user' in identity ? identity.user : null
      } catch (error) {
        if (error instanceof Refusal && error.status === 401) return null
        throw error
      }
    },
    async parameters(request: Request): Promise<AppParameters> {
      const { parameters } = await parametersFor(bodyless(request), upstream)
      return { ...parameters, dify_file_drop: ownParameters(settings.maxBytes) }
    },
  })
}

/** The host's own request stays unread. */
function bodyless(request: Request): Incoming {
  return { ...fromRequest(request), body: null }
}
