import type { DifyFile } from '../dify/difyFile.js'

/**
 * The port through which the engine delivers one file, once. It does not retry, does not time out and does not judge:
 * it resolves with what Dify returned, or rejects with an `UploadFailure`, an `UploadError`, or an answer's fault
 * (`{ code, from, status, message, retryAfter }`). Anything else thrown counts as a lost connection. Once `signal`
 * aborts, nothing it does matters any more, but it should stop using the network.
 */
export type Send = (request: SendRequest) => Promise<DifyFile>

/** One attempt to deliver one file. */
export interface SendRequest {
  /** The bytes to deliver. */
  file: File
  /** Bytes, as they were when the file was added: a browser asks the disk each time a dropped file's own are read. @default file.size */
  size?: number | undefined
  /** The name to send, made fit; differs from `file.name` where that was not. */
  name: string
  /** Aborts when the entry is removed, replaced or paused. */
  signal: AbortSignal
  /** Bytes of the file (not of the request) that have left, 0 to `file.size`. */
  onProgress: (sent: number) => void
}
