import { DetailedError, Upload } from 'tus-js-client'
import type { TusStack } from './tusStack.js'

export interface SendPiecesOptions {
  /** Where uploads begin. */
  endpoint: string
  /** Where this one was begun before, or null. */
  url: string | null
  metadata: { filename: string; filetype: string; key: string }
  stack: TusStack
  signal: AbortSignal
  onProgress: (sent: number) => void
  /** The upload has a place at the server now, new or known. */
  onPlace: (url: string) => void
}

/**
 * Sends what the server does not have yet, once: the engine decides whether to try again.
 *
 * @returns the upload's address, when the server has all of it.
 */
export function sendPieces(file: File, { endpoint, url, metadata, stack, signal, onProgress, onPlace }: SendPiecesOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint, metadata,
      uploadUrl: url,
      httpStack: stack,
      retryDelays: null,
      // Places are kept by ourselves: tus would keep the file's name with them.
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => onPlace(upload.url!),
      onProgress: (sent) => onProgress(Math.min(sent, file.size)),
      onSuccess: () => resolve(upload.url!),
      onError: (error) => reject(causeOf(error)),
    })
    const stop = (): void => {
      upload.abort().catch(() => undefined)
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', stop, { once: true })
    upload.start()
  })
}

/** What our own transport threw, without tus's coat. */
function causeOf(error: Error): Error {
  return error instanceof DetailedError && error.causingError !== null ? error.causingError : error
}
