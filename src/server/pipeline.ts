import { matchRoute, type RouteMatch } from '../dify/routes.js'
import { AppParametersCache, type KnownParameters } from './appParameters.js'
import type { Call } from './call.js'
import type { Exchange, Incoming, Outgoing, Upstream } from './exchange.js'
import { finishAnswer } from './finishAnswer.js'
import { identify } from './identity.js'
import { mintsSessions } from './anonymousUser.js'
import { checkOrigin, preflightHeaders } from './originRule.js'
import type { Settings } from './proxyOptions.js'
import { ClientGone, Refusal, withoutKey } from './refusal.js'
import { addressOf, beginRequest, traceparentOf, type RequestState } from './requestState.js'
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

    request.address = addressOf(incoming, settings)
    const identity = await identify(settings.authorize, { ...incoming, address: request.address }, route.name)
    if (identity instanceof Response || !('user' in identity)) {
      return { status: identity.status, headers: ownHeaders(identity), body: identity.body as AsyncIterable<Uint8Array> | null }
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
      incoming, route, settings, upstream, key, headers,
      user: identity.user,
      url: `${settings.baseUrl}/${route.path}`,
      // The request is everybody's, and goes on for whoever stays.
      parameters: () => orGone(cache.get(query), incoming.signal),
      knownParameters: () => cache.peek(query),
      trace: request.trace,
      onEnd: (work) => request.onEnd.push(work),
    })
  }

  return {
    async exchange(incoming, upstream) {
      const request = beginRequest(incoming, settings)
      try {
        return await finishAnswer(await answer(incoming, upstream, request), null, request, settings)
      } catch (error) {
        const refusal = withoutKey(asRefusal(error), request.key)
        return finishAnswer(refusal.toAnswer(), refusal, request, settings)
      }
    },
    async parametersFor(incoming, upstream) {
      const key = await keyFor(settings, incoming)
      const headers = upstreamHeaders(incoming, key, crypto.randomUUID())
      try {
        return await cache.get({ key, upstream, url: `${settings.baseUrl}/parameters`, headers })
      } catch (error) {
        throw withoutKey(asRefusal(error), key)
      }
    },
  }
}

/** Of the host's own answer. One from `fetch` is decoded under the headers of what came over the wire. */
function ownHeaders(response: Response): Headers {
  const headers = new Headers(response.headers)
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive']) headers.delete(name)
  return headers
}

/** @throws ClientGone as soon as nobody waits any more. */
function orGone<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new ClientGone())
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}

function asRefusal(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal('internal_server_error', { detail: describe(error) })
}

function respond(call: Call): Promise<Outgoing> | Outgoing {
  switch (call.route.name) {
    case 'upload': return upload(call)
    case 'parameters': return parameters(call)
    case 'info': return info(call)
    case 'chat': case 'completion': case 'workflow': return message(call)
    case 'chatStop': case 'completionStop': case 'workflowStop': return stop(call)
    case 'preview': return call.settings.mayRead === null ? switchedOff() : preview(call, call.settings.mayRead)
    case 'resumableStart': case 'resumablePiece': case 'resumableResult':
      return call.settings.resumable === null ? switchedOff() : call.settings.resumable.answer(call)
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
    (route.name.startsWith('resumable') && settings.resumable === null) ||
    (route.name === 'session' && !mintsSessions.has(settings.authorize))
  if (isOff) throw new Refusal('not_found')
  if (incoming.method !== 'OPTIONS' && !route.methods.some((method) => method === incoming.method)) {
    throw new Refusal('method_not_allowed', { headers: { allow: [...route.methods, 'OPTIONS'].join(', ') } })
  }
  return route
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
  const traceparent = traceparentOf(incoming)
  if (traceparent === null) return headers
  headers['traceparent'] = traceparent
  const state = incoming.header('tracestate')
  if (state !== null && state.length <= 512) headers['tracestate'] = state
  return headers
}
