import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client'
import { failure } from '../core/uploadError.js'
import type { HttpAnswer } from '../dify/answer.js'
import type { Transport } from '../http/axiosLike.js'
import { errorOf, request } from '../http/request.js'

/**
 * Lets tus make its requests as all others are made here: by the host's axios, with its headers and credentials, and with
 * answers that are no success thrown as the errors they are.
 */
export class TusStack implements HttpStack {
  /** Bytes that the server said it has. */
  kept = 0

  /** @param timeout ms, for requests without a body. What has one is the engine's to watch. */
  constructor(private readonly transport: Transport, private readonly timeout: number) {}

  getName(): string {
    return 'dify-file-drop'
  }

  createRequest(method: string, url: string): HttpRequest {
    const headers: Record<string, string> = {}
    const controller = new AbortController()
    let onProgress = (_sent: number): void => undefined
    return {
      getMethod: () => method,
      getURL: () => url,
      setHeader: (name, value) => void (headers[name] = value),
      getHeader: (name) => headers[name],
      setProgressHandler: (handler) => void (onProgress = handler),
      send: async (body: Blob | null | undefined) => {
        const answer = await request(this.transport, {
          method, url, headers,
          timeout: body == null ? this.timeout : 0,
          signal: controller.signal,
          ...(body != null && { body }),
          onUploadProgress: ({ loaded }) => onProgress(loaded),
        })
        this.#judge(method, answer)
        return responseOf(answer)
      },
      abort: async () => controller.abort(),
      getUnderlyingObject: () => undefined,
    }
  }

  /** @throws UploadError */
  #judge(method: string, answer: HttpAnswer): void {
    const { status } = answer
    if (status >= 200 && status < 300) {
      const offset = answer.header('upload-offset')
      if (offset !== null) this.kept = Number(offset)
      return
    }
    // tus then begins a new upload. An answer to HEAD has no body, so who may not hears why from that.
    if (method === 'HEAD' && (status === 401 || status === 403 || status === 404 || status === 410)) return
    // Somebody else wrote to it, or it expired: the next attempt asks how far it is.
    if (method === 'PATCH' && (status === 404 || status === 409 || status === 410)) {
      throw failure('network', { reason: 'lost', mayBeSizeLimit: false }, { from: 'network' }).toError()
    }
    throw errorOf(answer)
  }
}

function responseOf({ status, header, body }: HttpAnswer): HttpResponse {
  return { getStatus: () => status, getHeader: (name) => header(name) ?? undefined, getBody: () => body, getUnderlyingObject: () => undefined }
}
