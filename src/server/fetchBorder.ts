import type { ByteSource, DrainBound, Incoming, Outgoing } from './exchange.js'
import { drain } from './drain.js'
import { streamOf } from './fetchUpstream.js'
import { ClientGone, Refusal } from './refusal.js'

/** A Fetch `Request` as the pipeline takes it. */
export function fromRequest(request: Request): Incoming {
  const { path, query } = targetOf(request.url)
  return {
    method: request.method,
    path,
    query,
    header: (name) => request.headers.get(name),
    body: sourceOf(request),
    signal: request.signal,
    address: null,
    native: null,
    toRequest: () => new Request(request.url, { method: request.method, headers: request.headers, signal: request.signal }),
  }
}

/** The pipeline's answer as a `Response`. What the client still sends is read and dropped meanwhile, within bounds. */
export function toResponse(outgoing: Outgoing, incoming: Incoming, bound: DrainBound): Response {
  if (incoming.body !== null) void drain(incoming.body, bound)
  const { status, headers, body } = outgoing
  if (body === null || typeof body === 'string') return new Response(body, { status: sendable(status), headers })
  return new Response(streamOf(body), { status: sendable(status), headers })
}

/** 499 is a word of logs; nobody reads this answer. */
function sendable(status: number): number {
  return status >= 200 && status <= 599 ? status : 500
}

/** Cut out of the URL as text: nothing is decoded or normalized on the way. */
function targetOf(url: string): { path: string; query: string } {
  const [, path = '/', query = ''] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? []
  return { path, query }
}

/** Taken when it is first wanted; a body that someone has read before is told then. */
function sourceOf(request: Request): ByteSource | null {
  const stream = request.body
  if (stream === null) return null
  let reader: ReadableStreamDefaultReader<Uint8Array> | null = null
  return {
    async read() {
      if (reader === null && (request.bodyUsed || stream.locked)) throw new Refusal('internal_server_error', { detail: ALREADY_READ })
      reader ??= stream.getReader()
      try {
        const { done, value } = await reader.read()
        return done ? null : value
      } catch {
        throw new ClientGone()
      }
    },
    async cancel() {
      await reader?.cancel()
    },
    // A host that made a `clone()` reads the same ones.
    isOurs: false,
  }
}

const ALREADY_READ =
  'the request body was already read, so there is nothing left to send to Dify: hand the request over before any body parser'
