import { drain } from '../drain.js'
import { drainBound } from '../drainBound.js'
import { exchangeOf, type ByteSource, type DrainBound, type Incoming, type Outgoing } from '../exchange.js'
import { streamOf } from '../fetchUpstream.js'
import { Refusal } from '../refusal.js'
import { nodeSource } from './nodeSource.js'
import type { NodeListener, NodeRequest, NodeResponse } from './nodeTypes.js'

export type { NodeListener, NodeRequest, NodeResponse } from './nodeTypes.js'

/** What `toNodeListener` may be told. */
export interface NodeListenerOptions {
  /** How much of a body is read and dropped after an early answer. @default 128 MiB or 30 s, or as the proxy has it */
  drain?: Partial<DrainBound>
}

/**
 * Serves a `(Request) => Response` handler on `node:http` (and Express, Fastify's raw objects, `node:http2`'s
 * compatibility API). Our proxy it serves on a faster way than through `Request` and `Response`, with the same behaviour.
 *
 * Put it before any body parser. Node's `server.requestTimeout` (5 minutes by default) also counts for uploads: raise
 * it for slow lines.
 *
 * @throws TypeError when `drain` cannot work.
 */
export function toNodeListener(
  handler: (request: Request) => Response | Promise<Response>,
  options: NodeListenerOptions = {},
): NodeListener {
  const proxy = exchangeOf.get(handler)
  const bound = drainBound('toNodeListener', options.drain, proxy?.drain)

  const answer = async (incoming: Incoming): Promise<Outgoing> => {
    if (proxy === undefined) {
      const { status, headers, body } = await handler(withBody(incoming))
      return { status, headers, body: body === null ? null : chunksOfStream(body) }
    }
    return proxy.exchange(incoming, proxy.upstream)
  }

  const serve = async (request: NodeRequest, response: NodeResponse): Promise<void> => {
    const incoming = incomingOf(request, response, bodyOf(request))
    await send(response, await answer(incoming), incoming, bound)
  }

  return (request, response) => {
    // A write into a connection that has just closed: `close` says all there is to say.
    response.on('error', () => {})
    serve(request, response).catch((error: unknown) => {
      // An answer that broke off was told with its request.
      if (response.headersSent && error instanceof Refusal) {
        response.destroy()
        return
      }
      const id = crypto.randomUUID()
      console.error(`dify-file-drop: request ${id}:`, error)
      if (response.headersSent) {
        response.destroy()
        return
      }
      const { status, headers, body } = new Refusal('internal_server_error').toAnswer()
      response.writeHead(status, { ...Object.fromEntries(headers), 'x-request-id': id, 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' })
      response.write(body as string)
      response.end()
    })
  }
}

/** Null for what has no body. @throws TypeError when someone has read it. */
function bodyOf(request: NodeRequest): ByteSource | null {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return null
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  if (hasBody && request.readableDidRead === true) {
    throw new TypeError(
      'toNodeListener: the request body was already read, so there is nothing left to send on. Mount the listener before any body parser (express.json() and the like).',
    )
  }
  return nodeSource(request)
}

function incomingOf(request: NodeRequest, response: NodeResponse, body: ByteSource | null): Incoming {
  const target = request.url ?? '/'
  const query = target.indexOf('?')
  const gone = new AbortController()
  response.on('close', () => {
    if (!isSent(response)) gone.abort()
  })
  return {
    method: request.method ?? 'GET',
    path: query < 0 ? target : target.slice(0, query),
    query: query < 0 ? '' : target.slice(query + 1),
    header: (name) => headerOf(request, name),
    body,
    signal: gone.signal,
    address: request.socket?.remoteAddress ?? null,
    native: request,
    hangUp: () => response.destroy(),
    toRequest: () => toRequest(request, target, { signal: gone.signal }),
  }
}

/** HTTP/2 calls a stream finished that was cut before it was ended. */
function isSent(response: NodeResponse & { writableEnded?: boolean }): boolean {
  return response.writableFinished && response.writableEnded !== false
}

function headerOf(request: NodeRequest, name: string): string | null {
  const value = request.headers[name] ?? (name === 'host' ? request.headers[':authority'] : undefined)
  return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
}

function toRequest(request: NodeRequest, target: string, init: RequestInit): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.startsWith(':') || value === undefined) continue
    for (const each of [value].flat()) headers.append(name, each)
  }
  const scheme = request.socket?.encrypted === true ? 'https' : 'http'
  const host = headerOf(request, 'host') ?? ''
  const path = target.startsWith('/') ? target : '/'
  const url = `${scheme}://${/^[\w.:[\]-]+$/.test(host) ? host : 'localhost'}${path}`
  // The path stays under a host that makes no address: who is let in may depend on it.
  return new Request(URL.canParse(url) ? url : `${scheme}://localhost${path}`, { method: request.method ?? 'GET', headers, ...init })
}

/** For handlers that are not our proxy: the whole request. */
function withBody(incoming: Incoming): Request {
  const request = incoming.native as NodeRequest
  const { body, signal } = incoming
  if (body === null) return incoming.toRequest()
  const init: RequestInit & { duplex: 'half' } = { body: streamOf(chunksOf(body)), duplex: 'half', signal }
  return toRequest(request, request.url ?? '/', init)
}

function chunksOf(source: ByteSource): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        const chunk = await source.read()
        return chunk === null ? { done: true, value: undefined } : { done: false, value: chunk }
      },
    }),
  }
}

/** Unlike a stream's own iterator, leaving this one does not wait for the next chunk. */
function chunksOfStream(stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  const reader = stream.getReader()
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        const { done, value } = await reader.read()
        return done ? { done, value: undefined } : { done, value }
      },
      async return() {
        await reader.cancel()
        return { done: true, value: undefined }
      },
    }),
  }
}

/**
 * Writes the answer at once and whole, and only then reads what the client still sends. The response ends after the
 * body does: until then Node keeps the two together, and the client knows the answer's length anyway.
 */
async function send(response: NodeResponse, outgoing: Outgoing, incoming: Incoming, bound: DrainBound): Promise<void> {
  const { status, headers, body } = outgoing
  const { body: source, signal } = incoming
  const named: Record<string, string | string[]> = {}
  headers.forEach((value, name) => {
    named[name] = name === 'set-cookie' ? headers.getSetCookie() : value
  })
  // Those of HTTP/2 do not tell whether they are destroyed.
  const isGone = () => response.destroyed || signal.aborted
  if (isGone()) {
    if (body !== null && typeof body !== 'string') await body[Symbol.asyncIterator]().return?.()
    await source?.cancel()
    return
  }
  const text = body === null ? '' : body
  if (typeof text === 'string') {
    const bytes = new TextEncoder().encode(text)
    if (status !== 204 && status !== 304) named['content-length'] = String(bytes.length)
    response.writeHead(status, named)
    if (bytes.length > 0) response.write(bytes)
    else response.flushHeaders?.()
  } else {
    response.writeHead(status, named)
    response.flushHeaders?.()
    await pipe(text, response, isGone)
  }
  if (source !== null && !(await drain(source, bound))) {
    response.destroy()
    return
  }
  response.end()
}

async function pipe(chunks: AsyncIterable<Uint8Array>, response: NodeResponse, isGone: () => boolean): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]()
  let wake = () => {}
  response.on('drain', () => wake())
  response.on('close', () => {
    wake()
    // Not at the next chunk, which may never come.
    void iterator.return?.().then(undefined, () => {})
  })
  while (!isGone()) {
    const { done, value } = await iterator.next()
    if (done === true) return
    if (isGone() || response.write(value)) continue
    await new Promise<void>((resolve) => {
      wake = resolve
      if (isGone()) resolve()
    })
  }
}
