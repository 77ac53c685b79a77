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

  const sendOnce: Send = async ({ file, size = file.size, name, signal, onProgress }) => {
    const body = new FormData()
    body.append('file', partOf(file, repairMime(name, file.type)), name)
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

/**
 * What the part's own header says the type of is what we say, not what the browser guessed. A file whose type is right goes as
 * it is: browsers read it from the disk on their own, which is faster than through an object made of it. (A type that was
 * written onto the object, as some libraries do, is not what a browser sends.)
 */
function partOf(file: File, type: string): File {
  return file.type === type && !Object.hasOwn(file, 'type') ? file : new File([file], file.name, { type })
}

/** ms */
const GET_TIMEOUT = 20_000
