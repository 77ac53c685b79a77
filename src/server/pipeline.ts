import { matchRoute, type RouteMatch } from '../dify/routes.js'
import { AppParametersCache, type KnownParameters } from './appParameters.js'
import type { Call, Trace } from './call.js'
import type { Exchange, Incoming, Outgoing, Upstream } from './exchange.js'
import { identify, type Identity } from './identity.js'
import { mintsSessions } from './anonymousUser.js'
import { checkOrigin, preflightHeaders } from './originRule.js'
import { userHash, type ProxyEvent } from './proxyEvent.js'
import type { Settings } from './proxyOptions.js'
import { Refusal } from './refusal.js'
import { health, info, parameters, session, switchedOff } from './routes/app.js'
import { message, stop } from './routes/message.js'
import { preview } from './routes/preview.js'
import { upload } from './routes/upload.js'
import { describe } from './upstreamLink.js'
import { VERSION } from './version.js'

export interface Pipeline {
  exchange: Exchange
  /** For the host's own code, outside of any request to the proxy. */
  parametersFor(incoming: Incoming, upstream: Upstream): Promise<KnownParameters>
}

/** From a request to its answer, in the order in which things are decided. Every border leads here. */
export function createPipeline(settings: Settings): Pipeline {
  const cache = new AppParametersCache(settings.parametersTtl, settings.timeouts)

  async function answer(incoming: Incoming, upstream: Upstream, request: RequestState): Promise<Outgoing> {
    const route = routeOf(incoming, settings)
    request.route = route
    if (route.name === 'health') return health()
    request.headers = checkOrigin(incoming, settings)
    if (incoming.method === 'OPTIONS') {
      return { status: 204, headers: new Headers(preflightHeaders(incoming, route, request.headers)), body: null }
    }

    const identity = await identify(settings.authorize, { ...incoming, address: request.address }, route.name)
    if (identity instanceof Response || !('user' in identity)) {
      return { status: identity.status, headers: new Headers(identity.headers), body: identity.body as AsyncIterable<Uint8Array> | null }
    }
    request.identityHeaders = identity.headers ?? null
    request.user = identity.user
    await admit(settings, request, route)
    if (route.name === 'session') return session()

    const key = await keyFor(settings, incoming)
    request.key = key
    const headers = upstreamHeaders(incoming, key, request.id)
    const query = { key, upstream, url: `${settings.baseUrl}/parameters`, headers }
    return respond({
      incoming, route, settings, upstream, headers,
      user: identity.user,
      url: `${settings.baseUrl}/${route.path}`,
      parameters: () => cache.get(query),
      knownParameters: () => cache.peek(query),
      trace: request.trace,
      onEnd: (work) => request.onEnd.push(work),
    })
  }

  return {
    async exchange(incoming, upstream) {
      const request = begin(incoming, settings)
      try {
        return await finish(await answer(incoming, upstream, request), null, request, settings)
      } catch (error) {
        const refusal = error instanceof Refusal ? error : new Refusal('internal_server_error', { detail: describe(error) })
        return finish(refusal.toAnswer(), refusal, request, settings)
      }
    },
    async parametersFor(incoming, upstream) {
      const key = await keyFor(settings, incoming)
      const headers = upstreamHeaders(incoming, key, crypto.randomUUID())
      return cache.get({ key, upstream, url: `${settings.baseUrl}/parameters`, headers })
    },
  }
}

function respond(call: Call): Promise<Outgoing> | Outgoing {
  switch (call.route.name) {
    case 'upload': return upload(call)
    case 'parameters': return parameters(call)
    case 'info': return info(call)
    case 'chat': case 'completion': case 'workflow': return message(call)
    case 'chatStop': case 'completionStop': case 'workflowStop': return stop(call)
    case 'preview': return call.settings.mayRead === null ? switchedOff() : preview(call, call.settings.mayRead)
    default: return switchedOff()
  }
}

/** @throws Refusal */
function routeOf(incoming: Incoming, settings: Settings): RouteMatch {
  const route = matchRoute(incoming.path)
  const isOff =
    route === null ||
    (route.name === 'health' && !settings.health) ||
    (route.name === 'preview' && settings.mayRead === null) ||
    (route.name === 'session' && !mintsSessions.has(settings.authorize))
  if (isOff) throw new Refusal('not_found')
  if (incoming.method !== route.method && incoming.method !== 'OPTIONS') {
    throw new Refusal('method_not_allowed', { headers: { allow: `${route.method}, OPTIONS` } })
  }
  return route
}

/** What one request has come to so far. */
interface RequestState {
  id: string
  incoming: Incoming
  startedAt: number
  clock: number
  address: string | null
  route: RouteMatch | null
  user: string | null
  key: string | null
  /** Of the origin rule. */
  headers: Record<string, string>
  /** Of `authorize`. */
  identityHeaders: Identity['headers'] | null
  trace: Trace
  onEnd: (() => void)[]
}

function begin(incoming: Incoming, settings: Settings): RequestState {
  return {
    id: requestId(incoming, settings.hops),
    incoming,
    startedAt: Date.now(),
    clock: performance.now(),
    address: addressOf(incoming, settings),
    route: null, user: null, key: null, headers: {}, identityHeaders: null,
    trace: { bytes: 0, upstreamStatus: null, fault: null },
    onEnd: [],
  }
}

function requestId(incoming: Incoming, hops: number): string {
  const given = hops > 0 ? incoming.header('x-request-id') : null
  return given !== null && /^[\w.-]{8,128}$/.test(given) ? given : crypto.randomUUID()
}

/** The n-th address from the right was written by the outermost proxy of our own; further left anyone may write. */
function addressOf(incoming: Incoming, settings: Settings): string | null {
  if (settings.clientAddress !== null) return settings.clientAddress(incoming.toRequest()) ?? null
  if (settings.hops <= 0) return incoming.address
  const hops = (incoming.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
  return hops.at(-settings.hops) || incoming.address
}

async function admit(settings: Settings, request: RequestState, route: RouteMatch): Promise<void> {
  if (settings.limit === null) return
  const { address } = request
  const verdict = await settings.limit({ user: request.user!, route: route.name, ...(address === null ? {} : { address }) })
  if (!verdict.ok) throw new Refusal('too_many_requests', { retryAfter: verdict.retryAfter })
  if (verdict.release !== undefined) request.onEnd.push(verdict.release)
}

/** A missing key is the operator's business and looks like a wrong one. */
async function keyFor(settings: Settings, incoming: Incoming): Promise<string> {
  try {
    return await settings.apiKey(() => incoming.toRequest())
  } catch (error) {
    throw new Refusal('upstream_unauthorized', { detail: describe(error) })
  }
}

/** All that Dify hears of the client's headers is its place in a trace. */
function upstreamHeaders(incoming: Incoming, key: string, id: string): Record<string, string> {
  const headers: Record<string, string> = {
    authorization: `Bearer ${key}`,
    accept: 'application/json',
    'user-agent': `dify-file-drop/${VERSION}`,
    'x-request-id': id,
  }
  for (const name of ['traceparent', 'tracestate']) {
    const value = incoming.header(name)
    if (value !== null && value.length <= 512) headers[name] = value
  }
  return headers
}

/** What every answer has, and what happens when its last byte is out. */
async function finish(outgoing: Outgoing, refusal: Refusal | null, request: RequestState, settings: Settings): Promise<Outgoing> {
  const { headers } = outgoing
  for (const [name, value] of Object.entries(request.headers)) if (!(name === 'vary' && headers.has('vary'))) headers.set(name, value)
  const { identityHeaders } = request
  const own = typeof identityHeaders === 'function' ? await identityHeaders() : identityHeaders
  new Headers(own ?? {}).forEach((value, name) => headers.append(name, value))
  headers.set('x-request-id', request.id)
  headers.set('x-content-type-options', 'nosniff')
  headers.set('cache-control', 'private, no-store')

  const end = () => {
    for (const work of request.onEnd) quietly(work)
    void tell(settings, request, outgoing.status, refusal ?? request.trace.fault)
  }
  if (outgoing.body === null || typeof outgoing.body === 'string') end()
  else outgoing.body = endingWith(outgoing.body, end)
  return outgoing
}

/** One that fails must not keep the others from running. */
function quietly(work: () => void): void {
  try {
    work()
  } catch (error) {
    console.error(`dify-file-drop: ${describe(error)}`)
  }
}

/** A listener that fails must not fail the request. */
async function tell(settings: Settings, request: RequestState, status: number, refusal: Refusal | null): Promise<void> {
  try {
    const event: ProxyEvent = {
      level: isOperatorsBusiness(refusal) ? 'error' : refusal === null ? 'info' : 'warn',
      id: request.id,
      startedAt: request.startedAt,
      method: request.incoming.method,
      route: request.route?.name ?? null,
      user: request.user === null || request.key === null ? null : await userHash(request.user, request.key),
      bytes: request.trace.bytes,
      ms: Math.round(performance.now() - request.clock),
      status,
      code: refusal?.code ?? null,
      upstreamStatus: request.trace.upstreamStatus,
      detail: withoutKey(refusal?.detail ?? null, request.key),
    }
    settings.onEvent(event)
  } catch (error) {
    console.error(`dify-file-drop: onEvent threw: ${describe(error)}`)
  }
}

function isOperatorsBusiness(refusal: Refusal | null): boolean {
  return refusal !== null && (refusal.status === 500 || refusal.code === 'bad_request_key_error')
}

/** Should Dify or a gateway quote the key, the log does not. */
function withoutKey(text: string | null, key: string | null): string | null {
  if (text === null) return null
  return (key === null ? text : text.replaceAll(key, '[key]')).slice(0, 1000)
}

/** Calls `end` once, after the last chunk or when the reader leaves, even before the first. */
function endingWith(chunks: AsyncIterable<Uint8Array>, end: () => void): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = chunks[Symbol.asyncIterator]()
      let isOver = false
      const over = () => {
        if (isOver) return
        isOver = true
        end()
      }
      return {
        async next() {
          try {
            const step = await iterator.next()
            if (step.done === true) over()
            return step
          } catch (error) {
            over()
            throw error
          }
        },
        async return() {
          over()
          await iterator.return?.()
          return { done: true, value: undefined }
        },
      }
    },
  }
}
