import type { Send } from '../core/send.js'
import { failure, UploadError } from '../core/uploadError.js'
import { readUploadAnswer } from '../dify/answer.js'
import type { DifyFile } from '../dify/difyFile.js'
import { repairMime } from '../dify/mime.js'
import { MIB } from '../dify/parameters.js'
import { PATHS } from '../dify/routes.js'
import { createDifyClient, type DifyClientOptions } from '../http/createDifyClient.js'
import { errorOf, request } from '../http/request.js'
import { withSession } from '../http/withSession.js'
import { claimPlace } from './claimPlace.js'
import { sendPieces } from './sendPieces.js'
import { TusStack } from './tusStack.js'

/** Where the proxy is, and how it is spoken to. */
export interface ResumableSendOptions extends DifyClientOptions {
  /** Bytes: smaller files go in one request, as without this; three requests would not make them safer. @default 1 MiB */
  minBytes?: number | undefined
  /** ms to wait for the answer to a request that carries no bytes of the file. @default 30000 */
  answerTimeout?: number | undefined
}

/**
 * A `send` for bad networks: files go to the proxy in pieces (by tus), so that after a cut connection, a reload or a
 * restart of the proxy they go on from the last byte. The proxy has to take pieces: see `resumable()` of
 * `dify-file-drop/server/resumable`. Needs the package `tus-js-client`.
 *
 * ```tsx
 * const sendFile = createResumableSend({ proxyUrl: '/api/dify' })
 * <DifyFileDrop proxyUrl="/api/dify" sendFile={sendFile} />
 * ```
 *
 * Where a file's pieces are is kept in `localStorage` for a day, under a hash: an address that is worth nothing without
 * the user's session, no name and no content. With `draft` a file that was being sent goes on after a reload.
 */
export function createResumableSend({ proxyUrl, minBytes = MIB, answerTimeout = 30_000, ...transport }: ResumableSendOptions): Send {
  const base = proxyUrl.replace(/\/+$/, '')
  const whole = createDifyClient({ proxyUrl, ...transport }).send

  const inPieces: Send = async ({ file, name, signal, onProgress }) => {
    const endpoint = new URL(`${base}/${PATHS.resumable}`, location.href).href
    const place = await claimPlace({ endpoint, file, name })
    const stack = new TusStack(transport, answerTimeout)
    try {
      signal.throwIfAborted()
      // What is all there need not be asked after, only what came of it.
      let answer = place.isWhole ? await resultAt(place.url!, signal) : null
      if (answer === null) {
        const url = await sendPieces(file, {
          endpoint, url: place.url, stack, signal, onProgress,
          metadata: { filename: name, filetype: repairMime(name, file.type), key: place.key },
          onPlace: (it) => place.remember(it),
        })
        place.remember(url, true)
        answer = await resultAt(url, signal)
      }
      // Expired or swept meanwhile: the next attempt finds that out and begins anew.
      if (answer === null) throw lost()
      place.forget()
      return answer
    } catch (error) {
      signal.throwIfAborted()
      throw withKept(error, stack.kept)
    } finally {
      place.release()
    }
  }

  /** Asks until Dify has answered; the proxy holds each question for a while. Null where the server does not have the file. */
  async function resultAt(url: string, signal: AbortSignal): Promise<DifyFile | null> {
    for (;;) {
      const answer = await request(transport, { method: 'GET', url: `${url}/result`, signal, timeout: RESULT_HELD + answerTimeout })
      if (answer.status === 202) {
        await pause(RESULT_PAUSE, signal)
        continue
      }
      if (answer.status === 404 || answer.status === 409 || answer.status === 410) return null
      const read = readUploadAnswer(answer, Date.now())
      if (!read.ok) throw errorOf(answer)
      return read.file
    }
  }

  const send = withSession(inPieces, { base, transport })
  return (what) => (what.file.size < minBytes ? whole(what) : send(what))
}

/** ms that the proxy holds a question for the result before it says that it does not know yet. */
const RESULT_HELD = 20_000
/** ms */
const RESULT_PAUSE = 500

function lost(): UploadError {
  return failure('network', { reason: 'lost', mayBeSizeLimit: false }, { from: 'network' }).toError()
}

/** A connection that was lost, with how far the file has come. */
function withKept(error: unknown, kept: number): unknown {
  if (!(error instanceof UploadError) || error.failure.code !== 'network') return error
  return failure('network', { ...error.failure.facts, kept }, { from: 'network', cause: error }).toError()
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(over, ms)
    signal.addEventListener('abort', over)
    function over(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', over)
      resolve()
    }
  })
}
