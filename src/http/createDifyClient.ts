import { readUploadAnswer } from '../dify/answer.js'
import { repairMime } from '../dify/mime.js'
import { decodeParameters, type AppParameters } from '../dify/parameters.js'
import { PATHS } from '../dify/routes.js'
import type { Send } from '../core/send.js'
import type { Transport } from './axiosLike.js'
import { errorOf, request } from './request.js'
import { withSession } from './withSession.js'

/** The browser's side of the proxy. */
export interface DifyClient {
  /** Delivers one file, for `createUploader({ send })`. */
  send: Send
  /** What the app accepts. @throws UploadError */
  parameters: (options?: { signal?: AbortSignal | undefined }) => Promise<AppParameters>
  /** The app's name and mode (`chat`, `workflow`, …). @throws UploadError */
  info: (options?: { signal?: AbortSignal | undefined }) => Promise<AppInfo>
}

/** Dify's answer to `GET /info`. A `workflow` app compares a file's type strictly when a message comes. */
export interface AppInfo {
  name?: string
  mode?: string
  [more: string]: unknown
}

/** Where the proxy is, and how it is spoken to. */
export interface DifyClientOptions extends Transport {
  /** Base URL of the proxy: uploads go to `POST {proxyUrl}/files/upload`. */
  proxyUrl: string
}

/** Speaks to a proxy made by `createDifyProxy`, or to any that relays Dify's JSON under the same paths. */
export function createDifyClient({ proxyUrl, ...transport }: DifyClientOptions): DifyClient {
  const base = proxyUrl.replace(/\/+$/, '')
  async function get(path: string, signal?: AbortSignal): Promise<unknown> {
    const answer = await request(transport, { method: 'GET', url: `${base}/${path}`, signal, timeout: GET_TIMEOUT })
    if (answer.status < 200 || answer.status > 299) throw errorOf(answer)
    if (answer.status === 204) return null
    try {
      return JSON.parse(answer.body)
    } catch {
      throw errorOf(answer)
    }
  }

  const sendOnce: Send = async ({ file, name, signal, onProgress }) => {
    const body = new FormData()
    // A new File, so that the part's own header carries the repaired name and type and not what the browser guessed.
    const part = new File([file], name, { type: repairMime(name, file.type) })
    // The dropped file's own is asked of the disk each time; the part's is known.
    const { size } = part
    body.append('file', part)
    const answer = await request(transport, {
      method: 'POST',
      url: `${base}/${PATHS.upload}`,
      body,
      signal,
      timeout: 0,
      onUploadProgress: ({ loaded, total }) => {
        // The form's own framing is in both numbers, so what is missing from the total is missing from the file.
        const sent = total === undefined ? loaded : loaded - (total - size)
        onProgress(Math.min(Math.max(sent, 0), size))
      },
    })
    const read = readUploadAnswer(answer, Date.now())
    if (!read.ok) throw errorOf(answer)
    return read.file
  }

  return {
    send: withSession(sendOnce, { base, transport }),
    parameters: async ({ signal } = {}) => decodeParameters(await get(PATHS.parameters, signal)) ?? {},
    info: async ({ signal } = {}) => ((await get(PATHS.info, signal)) ?? {}) as AppInfo,
  }
}

/** ms */
const GET_TIMEOUT = 20_000
