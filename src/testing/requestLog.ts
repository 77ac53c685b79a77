/**
 * One request as the emulator saw it. The record is live: it changes while the request is on its way, so a test can
 * look at `bytesReceived` while the sender still sends (streaming), and at `outcome` after it stopped (cancellation).
 */
export interface LoggedRequest {
  /** Counted from 1 since the start or the last reset. */
  nth: number
  method: string
  /** Path and query. */
  path: string
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>
  /** The `user` of the form or the JSON body, once read; null before, and where there is none. */
  user: string | null
  /** Of the body, framing included. */
  bytesReceived: number
  /** How many pieces the body came in. */
  chunks: number
  /** `reading` its body → `answering` → `answered`; or the sender went away, or the emulator cut the connection. */
  outcome: 'reading' | 'answering' | 'answered' | 'aborted' | 'cut-off'
  /** HTTP status, once answered. */
  status: number | null
  /** Unix ms by the emulator's clock, as the other times; null until it happened. */
  startedAt: number
  firstByteAt: number | null
  lastByteAt: number | null
  answeredAt: number | null
}

/** Begins the record of a request. */
export function recordOf(nth: number, method: string, url: URL, headers: Headers, now: number): LoggedRequest {
  return {
    nth,
    method,
    path: url.pathname + url.search,
    headers: Object.fromEntries(headers),
    user: null,
    bytesReceived: 0,
    chunks: 0,
    outcome: 'reading',
    status: null,
    startedAt: now,
    firstByteAt: null,
    lastByteAt: null,
    answeredAt: null,
  }
}
