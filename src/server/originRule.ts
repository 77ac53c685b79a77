import type { RouteMatch } from '../dify/routes.js'
import { SOURCE_HEADER } from '../dify/answer.js'
import type { Incoming } from './exchange.js'
import type { Settings } from './proxyOptions.js'
import { Refusal } from './refusal.js'

/**
 * May a page of this origin use the proxy with its visitor's cookies? Pages of this site may, listed ones may, others
 * not. Where a request carries no sign of a page (curl, a server), `authorize` alone decides.
 *
 * Never by `request.url`: behind TLS termination and in Next's production server that is `http://localhost`.
 *
 * @returns the CORS headers of the answer.
 * @throws Refusal
 */
export function checkOrigin(incoming: Incoming, settings: Settings): Record<string, string> {
  const origin = incoming.header('origin')
  const isListed = origin !== null && settings.isAllowedOrigin(origin)
  const site = incoming.header('sec-fetch-site')
  const isFine = site === null ? origin === null || isOwnHost(origin, incoming, settings) : isOwnSite(site, incoming.method)
  if (!isFine && !isListed) throw new Refusal('forbidden_origin', { detail: `origin ${origin?.slice(0, 200)}, sec-fetch-site ${site?.slice(0, 20)}` })
  return isListed ? corsHeaders(origin, settings.resumable !== null) : { vary: 'Origin' }
}

/** Browsers set `Sec-Fetch-Site` themselves; no page can. `none`: typed into the address bar. */
function isOwnSite(site: string, method: string): boolean {
  return site === 'same-origin' || (site === 'none' && method === 'GET')
}

function isOwnHost(origin: string, incoming: Incoming, settings: Settings): boolean {
  if (settings.publicOrigin !== null) return origin === settings.publicOrigin
  const forwarded = settings.hops > 0 ? incoming.header('x-forwarded-host') : null
  const host = (forwarded?.split(',', 1)[0] ?? incoming.header('host'))?.trim() ?? ''
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(origin)) return false
  const url = new URL(origin)
  // Through the origin's scheme, so that a default port counts as none on both sides.
  const own = `${url.protocol}//${host}`
  return url.host !== '' && URL.canParse(own) && new URL(own).host === url.host
}

function corsHeaders(origin: string, speaksTus: boolean): Record<string, string> {
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': `x-request-id, retry-after, x-version, ${SOURCE_HEADER}${speaksTus ? ', location, upload-offset, upload-length, tus-resumable' : ''}`,
  }
}

/**
 * The further headers of an answer to OPTIONS. A listed origin may send whatever headers it asks for: they reach
 * `authorize` and nothing else. (Listening to upload progress makes a browser ask.)
 */
export function preflightHeaders(incoming: Incoming, route: RouteMatch, cors: Record<string, string>): Record<string, string> {
  const methods = route.methods.join(', ')
  const allow = `${methods}, OPTIONS`
  if (!('access-control-allow-origin' in cors)) return { allow }
  const asked = incoming.header('access-control-request-headers') ?? ''
  const isPlain = asked.length <= 1024 && /^[\w!#$%&'*+.^`|~-]+([ \t]*,[ \t]*[\w!#$%&'*+.^`|~-]+)*$/.test(asked)
  return {
    allow,
    vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    'access-control-allow-methods': methods,
    ...(isPlain ? { 'access-control-allow-headers': asked } : {}),
    'access-control-max-age': '7200',
  }
}
