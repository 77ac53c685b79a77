import { readUploadAnswer, type AnswerFault } from '../dify/answer.js'
import type { DifyFile } from '../dify/difyFile.js'
import type { ErrorSource } from '../dify/errors.js'
import { repairMime } from '../dify/mime.js'
import type { DifyEmulator } from './difyEmulator.js'
import type { BodySource } from './incomingBody.js'

/** Whose uploads they are. */
export interface EmulatorSendOptions {
  /** @default the emulator's first key */
  apiKey?: string
  /** Who uploads: the same string as in the messages. @default 'emulator-user' */
  user?: string
  /** Bytes that a step of progress covers. @default 65536 */
  chunkBytes?: number
}

/** One file to deliver: the engine's `SendRequest`. */
export interface EmulatorSendRequest {
  file: File
  /** The name to send. @default the file's own */
  name?: string
  signal: AbortSignal
  /** Bytes of the file that the emulator has taken, 0 to `file.size`. */
  onProgress: (sent: number) => void
}

/** What a failed upload rejects with: the fault as an `Error`, with `code`, `from`, `status` and `retryAfter`. */
export class EmulatorFault extends Error implements AnswerFault {
  override readonly name = 'EmulatorFault'
  readonly code: string
  readonly from: ErrorSource
  readonly status: number
  readonly retryAfter: number | null

  constructor({ code, from, status, message, retryAfter }: AnswerFault) {
    super(message)
    this.code = code
    this.from = from
    this.status = status
    this.retryAfter = retryAfter
  }
}

/**
 * The engine's `Send`, straight into an emulator, without proxy or network: for stories and tests. Progress moves as
 * the emulator takes the bytes, so a scripted `slow` or `stall` shows in it.
 *
 * Rejects with an {@link EmulatorFault}, the signal's reason, or a TypeError (the connection was cut).
 */
export function createEmulatorSend(
  emulator: DifyEmulator,
  { apiKey = emulator.apiKey, user = 'emulator-user', chunkBytes = 65_536 }: EmulatorSendOptions = {},
): (request: EmulatorSendRequest) => Promise<DifyFile> {
  return async ({ file, name = file.name, signal, onProgress }) => {
    const boundary = `----emulator-send-${crypto.randomUUID()}`
    const head = new TextEncoder().encode(
      `--${boundary}\r\nContent-Disposition: form-data; name="user"\r\n\r\n${user}\r\n` +
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${quoted(name)}"\r\n` +
        `Content-Type: ${repairMime(name, file.type)}\r\n\r\n`,
    )
    const tail = new TextEncoder().encode(`\r\n--${boundary}--\r\n`)
    const response = await emulator.receive({
      method: 'POST',
      url: `${emulator.baseUrl}/files/upload`,
      headers: new Headers({
        authorization: `Bearer ${apiKey}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': String(head.length + file.size + tail.length),
      }),
      body: uploadSource(file, head, tail, chunkBytes, (sent) => {
        if (!signal.aborted) onProgress(sent)
      }),
      signal,
    })
    const body = await response.text()
    signal.throwIfAborted()
    const answer = readUploadAnswer({ status: response.status, header: (it) => response.headers.get(it), body }, Date.now())
    if (answer.ok) return answer.file
    throw new EmulatorFault(answer)
  }
}

/** The body piece by piece. A piece counts as sent when the next one is asked for. */
function uploadSource(
  file: File,
  head: Uint8Array,
  tail: Uint8Array,
  chunkBytes: number,
  onSent: (bytes: number) => void,
): BodySource {
  let offset = 0
  let step: 'head' | 'file' | 'tail' | 'end' = 'head'
  return {
    async next() {
      if (step === 'head') {
        step = 'file'
        return head
      }
      if (step === 'file') {
        onSent(offset)
        if (offset < file.size) {
          const chunk = new Uint8Array(await file.slice(offset, offset + chunkBytes).arrayBuffer())
          offset += chunk.length
          return chunk
        }
        step = 'tail'
        return tail
      }
      step = 'end'
      return null
    },
    cancel: () => {
      step = 'end'
    },
  }
}

/** As browsers write a file name into a form. */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
