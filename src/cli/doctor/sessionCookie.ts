import { isLoopback, siteOf } from './crossOrigin.js'
import { found, type Finding } from './finding.js'
import type { Answer } from './reply.js'

/** A cookie as a server sets it. */
export interface SetCookie {
  name: string
  value: string
  secure: boolean
  /** `Lax` where it is not said, as browsers read it. */
  sameSite: 'Strict' | 'Lax' | 'None'
  path: string | null
  domain: string | null
  partitioned: boolean
}

export function cookiesOf(answer: Answer): SetCookie[] {
  return answer.values('set-cookie').map(parseSetCookie).filter((cookie) => cookie !== null)
}

/** The `Cookie` header that brings them back. */
export function cookieHeader(cookies: readonly { name: string; value: string }[], own: string | undefined): string | null {
  const pairs = [...(own === undefined ? [] : [own]), ...cookies.map(({ name, value }) => `${name}=${value}`)]
  return pairs.length === 0 ? null : pairs.join('; ')
}

/**
 * Whether browsers keep the session cookie and send it from the page.
 *
 * @param page the page's origin; null for the proxy's own.
 */
export function cookieFindings(cookie: SetCookie, url: string, page: string | null): Finding[] {
  const { name, sameSite, secure, partitioned } = cookie
  const dropped = whyDropped(cookie, url)
  if (dropped !== null) return [found(dropped.isHttp ? 'cookie_dropped' : 'cookie_changed', { name, reason: dropped.reason })]
  const isOtherSite = page !== null && siteOf(page, url) === 'cross-site'
  if (!isOtherSite) return [found('cookie_fine', { name, sameSite })]
  if (sameSite !== 'None') return [found('cookie_not_sent', { name, sameSite, origin: page })]
  return secure && partitioned ? [found('cookie_fine', { name, sameSite })] : [found('cookie_third_party', { name, origin: page })]
}

function whyDropped({ name, secure, sameSite, path, domain, partitioned }: SetCookie, url: string): { reason: string; isHttp: boolean } | null {
  const { protocol, hostname } = new URL(url)
  const isPlain = protocol === 'http:' && !isLoopback(hostname)
  if (secure && isPlain) return { reason: `it is Secure, and ${url} is plain http`, isHttp: true }
  const change = (reason: string) => ({ reason, isHttp: false })
  if (sameSite === 'None' && !secure) return change('it is SameSite=None and not Secure')
  if (partitioned && !secure) return change('it is Partitioned and not Secure')
  if (name.startsWith('__Host-') && !(secure && path === '/' && domain === null)) return change('a name that begins with __Host- needs Secure, Path=/ and no Domain')
  if (name.startsWith('__Secure-') && !secure) return change('a name that begins with __Secure- needs Secure')
  return null
}

function parseSetCookie(line: string): SetCookie | null {
  const [pair = '', ...rest] = line.split(';')
  const at = pair.indexOf('=')
  if (at < 1) return null
  const attributes = new Map(rest.map((part) => {
    const [key = '', ...value] = part.split('=')
    return [key.trim().toLowerCase(), value.join('=').trim()]
  }))
  const sameSite = attributes.get('samesite')?.toLowerCase()
  return {
    name: pair.slice(0, at).trim(),
    value: pair.slice(at + 1).trim(),
    secure: attributes.has('secure'),
    sameSite: sameSite === 'none' ? 'None' : sameSite === 'strict' ? 'Strict' : 'Lax',
    path: attributes.get('path') ?? null,
    domain: attributes.get('domain') ?? null,
    partitioned: attributes.has('partitioned'),
  }
}
