import type { RouteMatch } from '../dify/routes.js'
import type { Trace } from './call.js'
import type { Incoming } from './exchange.js'
import type { Identity } from './identity.js'
import type { Settings } from './proxyOptions.js'

/** What one request has come to so far. */
export interface RequestState {
  id: string
  incoming: Incoming
  startedAt: number
  clock: number
  address: string | null
  traceparent: string | null
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

export function beginRequest(incoming: Incoming, settings: Settings): RequestState {
  return {
    id: requestId(incoming, settings.hops),
    incoming,
    startedAt: Date.now(),
    clock: performance.now(),
    address: null,
    traceparent: traceparentOf(incoming),
    route: null, user: null, key: null, headers: {}, identityHeaders: null,
    trace: { bytes: 0, upstreamStatus: null, fault: null },
    onEnd: [],
  }
}

function requestId(incoming: Incoming, hops: number): string {
  const given = hops > 0 ? incoming.header('x-request-id') : null
  return given !== null && /^[\w.-]{8,128}$/.test(given) ? given : crypto.randomUUID()
}

/** The client's place in a trace, or null: what is not as W3C Trace Context has it goes neither to Dify nor to a log. */
export function traceparentOf(incoming: Incoming): string | null {
  const value = incoming.header('traceparent')
  return value !== null && /^(?!ff)[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/.test(value) ? value : null
}

/** The n-th address from the right was written by the outermost proxy of our own; further left anyone may write. */
export function addressOf(incoming: Incoming, settings: Settings): string | null {
  if (settings.clientAddress !== null) {
    const address: unknown = settings.clientAddress(incoming.toRequest()) ?? null
    // An async function's, from JavaScript, would be one address for everybody.
    if (address !== null && typeof address !== 'string') throw new TypeError('clientAddress gave no text')
    return address
  }
  if (settings.hops <= 0) return incoming.address
  const hops = (incoming.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
  return withoutPort(hops.at(-settings.hops) ?? '') || incoming.address
}

/** Some proxies write the port along, which is another for each connection: who counts by address would count nobody. */
function withoutPort(hop: string): string {
  return /^(\d+(?:\.\d+){3}):\d+$/.exec(hop)?.[1] ?? /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? hop
}
