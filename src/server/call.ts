import type { RouteMatch } from '../dify/routes.js'
import type { AppParameters } from '../dify/parameters.js'
import type { KnownParameters } from './appParameters.js'
import type { Incoming, Upstream } from './exchange.js'
import { Refusal } from './refusal.js'
import type { Settings } from './proxyOptions.js'

/** One authorized request, as its route sees it. */
export interface Call {
  incoming: Incoming
  route: RouteMatch
  settings: Settings
  user: string
  upstream: Upstream
  /** Dify's, of this app. */
  key: string
  /** This route's address at Dify. */
  url: string
  /** The headers of every request to Dify, key included, and nothing else of the client's. */
  headers: Record<string, string>
  /** Dify's parameters, waiting for them. */
  parameters(): Promise<KnownParameters>
  /** Dify's parameters as far as they are known now. */
  knownParameters(): AppParameters | null
  /** What the log is to say. */
  trace: Trace
  /** Runs when the answer's last byte is out, or nobody wants it any more. */
  onEnd(work: () => void): void
}

/** What is found out about a request on its way. */
export interface Trace {
  bytes: number
  upstreamStatus: number | null
  /** A fault after the answer had begun. */
  fault: Refusal | null
}

/** The Content-Length of a request, or null when it comes chunked. @throws Refusal when it says two things. */
export function declaredLength(incoming: Incoming): number | null {
  if (incoming.header('transfer-encoding') !== null) return null
  const text = incoming.header('content-length')
  if (text === null) return null
  if (!/^\d{1,15}$/.test(text)) throw new Refusal('invalid_param', { detail: 'unreadable Content-Length' })
  return Number(text)
}

/** What passes from Dify's answer to the client: these and no others. */
export function passedHeaders(answer: { header(name: string): string | null }, ...more: string[]): Headers {
  const headers = new Headers()
  for (const name of ['x-version', 'retry-after', ...more]) {
    const value = answer.header(name)
    if (value !== null) headers.set(name, value)
  }
  return headers
}
