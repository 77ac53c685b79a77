import { passedHeaders, type Call } from '../call.js'
import type { Outgoing } from '../exchange.js'
import { Refusal } from '../refusal.js'
import { upstreamFault } from '../upstreamFault.js'
import { UpstreamLink } from '../upstreamLink.js'
import { VERSION } from '../version.js'

/** `GET parameters`: Dify's own, plus what this proxy adds. */
export async function parameters(call: Call): Promise<Outgoing> {
  const { parameters, version } = await call.parameters()
  const answer = json({ ...parameters, dify_file_drop: ownParameters(call.settings.maxBytes) })
  if (version !== null) answer.headers.set('x-version', version)
  return answer
}

/** The key that tells browsers the proxy's version and the operator's caps, in bytes. */
export function ownParameters(maxBytes: object): { version: string; max_bytes: object } {
  return { version: VERSION, max_bytes: maxBytes }
}

/** `GET info`: the app's name and description, as Dify tells them. */
export async function info(call: Call): Promise<Outgoing> {
  const link = new UpstreamLink(call.upstream, call.settings.timeouts, call.incoming.signal)
  call.onEnd(() => link.close())
  const answer = await link.ask({ method: 'GET', url: call.url, headers: call.headers, body: null })
  call.trace.upstreamStatus = answer.status
  const told = await link.text(answer, 1024 * 1024)
  if (told.status >= 300 || !isObject(told.body)) throw upstreamFault(told, 'info')
  const headers = passedHeaders(told)
  headers.set('content-type', 'application/json')
  return { status: told.status, headers, body: told.body }
}

/** `GET session`: the cookie that came with the identity is all there is to it. */
export function session(): Outgoing {
  return json({ result: 'success' })
}

/** `GET health`: this process answers. */
export function health(): Outgoing {
  return json({ status: 'ok', version: VERSION })
}

function json(value: unknown): Outgoing {
  return { status: 200, headers: new Headers({ 'content-type': 'application/json' }), body: JSON.stringify(value) }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    // An envelope with status 200 is no app either.
    return !('code' in value && 'message' in value && 'status' in value)
  } catch {
    return false
  }
}

/** For routes that are switched off: as if they were not there. */
export function switchedOff(): never {
  throw new Refusal('not_found')
}
