import { found, type Finding } from './finding.js'
import { envelopeOf, serverOf, type Answer, type Reply } from './reply.js'

/** How a page's origin and the proxy's are related, as browsers call it in `Sec-Fetch-Site`. */
export type Site = 'same-origin' | 'same-site' | 'cross-site'

/**
 * By scheme and registrable domain. That is taken for the last two labels, or three where the last two are short
 * (`co.uk`): a guess that is wrong for a few suffixes, where the list that browsers carry would be right.
 */
export function siteOf(page: string, url: string): Site {
  const [a, b] = [new URL(page), new URL(url)]
  if (a.origin === b.origin) return 'same-origin'
  return a.protocol === b.protocol && registrable(a.hostname) === registrable(b.hostname) ? 'same-site' : 'cross-site'
}

function registrable(host: string): string {
  if (/^[\d.]+$/.test(host) || host.startsWith('[')) return host
  const labels = host.split('.')
  const [second = '', top = ''] = labels.slice(-2)
  return labels.slice(second.length <= 3 && top.length === 2 ? -3 : -2).join('.')
}

/** The headers by which a browser says where a request comes from. It tells `Sec-Fetch-*` to https and loopback only. */
export function pageHeaders(page: string, url: string): Record<string, string> {
  const isTold = url.startsWith('https:') || isLoopback(new URL(url).hostname)
  return { origin: page, ...(isTold ? { 'sec-fetch-site': siteOf(page, url), 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' } : {}) }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || host.startsWith('127.')
}

/** What a browser asks before an upload whose progress somebody listens to. */
export function preflightHeaders(page: string, url: string, names: readonly string[]): Record<string, string> {
  return {
    ...pageHeaders(page, url),
    'access-control-request-method': 'POST',
    ...(names.length === 0 ? {} : { 'access-control-request-headers': names.join(',') }),
  }
}

export interface CrossOriginReplies {
  origin: string
  /** Headers of the host's own that its page would send, lower case. */
  names: readonly string[]
  preflight: Reply
  /** The answer to `GET parameters` with this origin. */
  read: Answer
}

/** Whether pages of the origin can use the proxy, with their cookies. */
export function crossOriginFindings({ origin, names, preflight, read }: CrossOriginReplies): Finding[] {
  if (isRefusedOrigin(read) || (preflight.status !== null && isRefusedOrigin(preflight))) return [found('origin_refused', { origin, isOwn: false })]
  const before = preflightFindings(preflight, origin, names)
  const after = allowFindings(read, origin, 'GET parameters')
  const all = [...before, ...after]
  if (all.length > 0) return all
  const hidden = ['x-dify-file-drop-from', 'retry-after'].filter((name) => !listed(read, 'access-control-expose-headers').includes(name))
  return [found('cors_works', { origin }), ...(hidden.length === 0 ? [] : [found('headers_hidden', { names: hidden })])]
}

export function isRefusedOrigin(answer: Answer): boolean {
  return answer.status === 403 && envelopeOf(answer)?.code === 'forbidden_origin'
}

function preflightFindings(preflight: Reply, origin: string, names: readonly string[]): Finding[] {
  if (preflight.status === null) return [found('preflight_no_answer', { detail: preflight.detail })]
  if (preflight.status < 200 || preflight.status >= 300) return [found('preflight_refused', { status: preflight.status, server: serverOf(preflight) })]
  const findings = allowFindings(preflight, origin, 'the preflight')
  const methods = listed(preflight, 'access-control-allow-methods')
  // POST needs no leave, but who lists methods and leaves it out means to forbid it.
  if (methods.length > 0 && !methods.includes('post') && !methods.includes('*')) findings.push(found('method_refused', { allowed: methods.join(', ').toUpperCase() }))
  const allowed = listed(preflight, 'access-control-allow-headers')
  const refused = names.filter((name) => !allowed.includes(name))
  if (refused.length > 0) findings.push(found('headers_refused', { names: refused }))
  return findings
}

function allowFindings(answer: Answer, origin: string, request: string): Finding[] {
  const origins = answer.values('access-control-allow-origin')
  const [allowed = null] = origins
  if (origins.length > 1) return [found('cors_twice', { request, header: 'Access-Control-Allow-Origin', value: origins.join(', ') })]
  if (allowed === '*') return [found('cors_wildcard', { request })]
  if (allowed !== origin) return [found('cors_missing', { request, origin, value: allowed })]
  const credentials = answer.values('access-control-allow-credentials')
  if (credentials.length > 1) return [found('cors_twice', { request, header: 'Access-Control-Allow-Credentials', value: credentials.join(', ') })]
  return credentials[0] === 'true' ? [] : [found('credentials_missing', { request })]
}

function listed(answer: Answer, header: string): string[] {
  return (answer.header(header) ?? '').split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== '')
}
