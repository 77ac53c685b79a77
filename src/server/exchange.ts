/**
 * The client's body, read once and by whoever needs its next bytes: first the parser, then, after an early answer,
 * whoever drains the rest. That is why it is not an AsyncIterable: leaving a `for await` would close it.
 */
export interface ByteSource {
  /** The next bytes, or null after the last. Rejects when the client left or sent less than it declared. */
  read(): Promise<Uint8Array | null>
  /** No more is wanted: the client may be cut off. */
  cancel(): Promise<void>
  /** The chunks are nobody else's: once written, their memory may be taken from them. */
  readonly isOurs: boolean
}

/** A request as the pipeline sees it, whichever border it came in by: Fetch or node:http. */
export interface Incoming {
  method: string
  /** The path as it stood in the request line: undecoded, without the query. */
  path: string
  /** Without `?`; `''` when there is none. */
  query: string
  /** A header's value; repeated ones joined by commas. */
  header(name: string): string | null
  body: ByteSource | null
  /** Aborts when the client has gone. */
  signal: AbortSignal
  /** The address of whoever holds the connection, or null where the runtime does not say. */
  address: string | null
  /** The host's own request object (Node's `IncomingMessage`), or null. */
  native: unknown
  /** Ends the client's connection, where the border can. */
  hangUp?(): void
  /** A copy without the body, for the host's functions. */
  toRequest(): Request
}

/** An answer as the pipeline makes it. */
export interface Outgoing {
  status: number
  headers: Headers
  /** Text is sent whole with its length; an iterable is sent as it comes. */
  body: string | AsyncIterable<Uint8Array> | null
}

/** How the pipeline reaches Dify: over `fetch`, or over `node:http` where that is faster. */
export type Upstream = (request: UpstreamRequest) => Promise<UpstreamAnswer>

export interface UpstreamRequest {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  body: string | AsyncIterable<Uint8Array> | null
  /** The body's chunks may lose their memory once they are written. */
  mayFree?: boolean
  /** Aborting it ends the connection at once, so that a body in progress never completes. */
  signal: AbortSignal
  /** To be called when the connection stands, or as soon after as the transport can tell. */
  onConnect(): void
}

export interface UpstreamAnswer {
  status: number
  header(name: string): string | null
  body: AsyncIterable<Uint8Array>
}

/** The pipeline itself: never rejects, every fault is an answer. */
export type Exchange = (incoming: Incoming, upstream: Upstream) => Promise<Outgoing>

/** The exchange behind a proxy, so that another border than Fetch can use it directly. */
export const exchangeOf = new WeakMap<object, { exchange: Exchange; upstream: Upstream; drain: DrainBound }>()

/** How much of a body is read and dropped after an early answer. */
export interface DrainBound {
  bytes: number
  ms: number
}
