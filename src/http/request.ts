import xhr from 'axios/unsafe/adapters/xhr.js'
import type { HttpAnswer } from '../dify/answer.js'
import { failure, failureFromServer, type UploadError } from '../core/uploadError.js'
import { readFault } from '../dify/answer.js'
import type { AxiosLike, AxiosLikeConfig, Transport } from './axiosLike.js'

/** What one request says beyond the transport it goes by. */
export interface RequestOptions {
  method: string
  url: string
  body?: FormData | Blob
  /** Beyond the transport's, which they outweigh. */
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  /** ms; 0 for none. */
  timeout: number
  onUploadProgress?: AxiosLikeConfig['onUploadProgress']
}

/**
 * One request by axios over XHR, safe against whatever the host's instance has for defaults: a JSON Content-Type would
 * turn the form into `{"file":{}}`, a timeout would end large uploads, an interceptor that unwraps `data` would hide the
 * status. So the answer is read where the instance cannot reach, before its interceptors.
 *
 * @throws UploadError `network` when no answer came, the signal's reason when it was aborted.
 */
export async function request(transport: Transport, options: RequestOptions): Promise<HttpAnswer> {
  const { method, url, body, signal, timeout, onUploadProgress } = options
  const headers = typeof transport.headers === 'function' ? await transport.headers() : transport.headers
  signal?.throwIfAborted()
  let answer: HttpAnswer | null = null
  const config: AxiosLikeConfig = {
    url, method, timeout,
    baseURL: '',
    adapter: 'xhr',
    headers: { Accept: 'application/json', ...headers, 'Content-Type': null, ...options.headers },
    responseType: 'text',
    validateStatus: () => true,
    transformRequest: [(it) => it],
    transformResponse: [
      (data, received, status) => {
        answer = {
          status: status ?? 0,
          body: typeof data === 'string' ? data : '',
          header: (name) => {
            const value = received.get(name)
            return typeof value === 'string' ? value : null
          },
        }
        return data
      },
    ],
    ...(body && { data: body }),
    ...(signal && { signal }),
    ...(transport.withCredentials !== undefined && { withCredentials: transport.withCredentials }),
    ...(onUploadProgress && { onUploadProgress }),
    ...NO_RETRIES,
  }
  try {
    await (transport.axios ?? ownAxios).request(config)
  } catch (cause) {
    signal?.throwIfAborted()
    // What the host's interceptors made of an answer is the host's business; that there was one is enough for us.
    if (answer === null) throw failure('network', { reason: 'lost', mayBeSizeLimit: false }, { from: 'network', cause }).toError()
  }
  if (answer === null) {
    throw failure('network', { reason: 'lost', mayBeSizeLimit: false }, { from: 'network' }).toError()
  }
  return answer
}

/** An answer that is no success, as an error to throw. */
export function errorOf(answer: HttpAnswer): UploadError {
  const { code, from, status, message, retryAfter } = readFault(answer, Date.now())
  const requestId = answer.header('x-request-id')
  return failureFromServer(code, {}, { from, status, serverMessage: message, retryAfter, requestId }).toError()
}

/** The engine decides what is tried again: plugins that an instance may carry must not. */
const NO_RETRIES = { 'axios-retry': { retries: 0 }, raxConfig: { retry: 0, noResponseRetries: 0 } }

/**
 * axios without what an upload never meets: its XHR adapter, under the one instance that nobody can give interceptors, other
 * adapters or serialisers. (All of axios weighs twice as much, and takes longer for each file.)
 */
const ownAxios: AxiosLike = {
  request: async ({ transformResponse, transformRequest: _, adapter: __, ...config }) => {
    if (xhr === false) throw new TypeError('There is no XMLHttpRequest here')
    const { data, headers, status } = await xhr({ ...config, withXSRFToken: false, headers: { ...xsrfHeader(config.url), ...config.headers } })
    for (const transform of transformResponse) transform(data, headers, status)
  },
}

/**
 * What axios does for hosts by default: a same-origin request says what this cookie says. axios itself asks the cookie store,
 * which answers from another process: each upload would wait for that before it begins.
 */
function xsrfHeader(url: string): Record<string, string> {
  const isOwn = /^\/(?!\/)/.test(url) || new URL(url, location.href).origin === location.origin
  if (!isOwn) return {}
  const value = /(?:^|; ?)XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1]
  return value === undefined ? {} : { 'X-XSRF-TOKEN': decoded(value) }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
