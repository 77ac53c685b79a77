import type { RouteName } from '../dify/routes.js'
import { SIZE_CATEGORIES, type SizeCategory } from '../dify/kinds.js'
import { checkedNumber } from './checkedNumber.js'
import { drainBound } from './drainBound.js'
import type { Authorize } from './identity.js'
import type { MayRead } from './routes/preview.js'
import { reportErrors, type ProxyEvent } from './proxyEvent.js'
import { quietly } from './quietly.js'
import type { ResumableUploads } from './resumableUploads.js'
import type { Timeouts } from './upstreamLink.js'

/** What `createDifyProxy` takes. */
export interface ProxyOptions {
  /**
   * The app's API key (`app-…`), or a function of the request where one proxy serves several apps. It goes to Dify and
   * nowhere else: to no log, no error, no answer.
   */
  apiKey: string | ((request: Request) => string | Promise<string>)
  /**
   * Who is asking? Gets a copy of the request without its body; answers `{ user }` (the very string that your own
   * message calls give Dify), a falsy value (401), or a `Response` of your own. For visitors without accounts:
   * `anonymousUser({ secret })`.
   */
  authorize: Authorize
  /** Dify's API, up to and with `/v1`. @default 'https://api.dify.ai/v1' */
  baseUrl?: string | undefined
  /** Origins of other sites that may use this proxy from a browser, as `https://chat.example.com`. @default [] */
  allowOrigins?: readonly string[] | ((origin: string) => boolean) | undefined
  /**
   * The origin under which browsers see this server, where the `Host` header does not say it. Matters only for
   * browsers too old to send `Sec-Fetch-Site`.
   */
  publicOrigin?: string | undefined
  /**
   * How many reverse proxies of your own stand in front: their `X-Forwarded-For`, `X-Forwarded-Host` and
   * `X-Request-Id` are then believed. `true` is 1. @default false
   */
  trustProxy?: boolean | number | undefined
  /** Your own caps by size category, in bytes, inclusive. The stricter of these and Dify's wins. @default none */
  maxBytes?: Partial<Record<SizeCategory, number>> | undefined
  /** The largest JSON body of a message, in bytes. @default 1_048_576 */
  maxMessageBytes?: number | undefined
  /** Asked for every authorized request; see `dify-file-drop/server/limit`. @default no limits */
  limit?: Limit | undefined
  /** The client's address, for `limit` and logs. @default the socket's on Node, else none */
  clientAddress?: ((request: Request) => string | null | undefined) | undefined
  /** How long to wait for what, in ms. */
  timeouts?: Partial<Timeouts> | undefined
  /** Switches `GET files/:id/preview` on. Dify does not check there whose file it is, so `mayRead` has to. @default off */
  preview?: { mayRead: MayRead } | undefined
  /** Takes uploads in pieces as well, by tus: `resumable({ … })` of `dify-file-drop/server/resumable`. @default off */
  resumable?: ResumableUploads | undefined
  /** Answers `GET health` with 200, without asking Dify or `authorize`. @default false */
  health?: boolean | undefined
  /**
   * Set to null in the answer to an upload. `source_url` lets anyone who has it read the file for some minutes.
   * @default []
   */
  withhold?: readonly ('source_url' | 'tenant_id' | 'created_by')[] | undefined
  /**
   * Called once for each request when it is over, with a flat object fit for a log line.
   * @default writes what needs an operator to `console.error`
   */
  onEvent?: ((event: ProxyEvent) => void) | undefined
  /**
   * How long Dify's limits are taken as they were, in ms. @default 60_000
   */
  parametersTtl?: number | undefined
  /** How much of a body is read and dropped after an early answer, so that browsers see it. @default 128 MiB or 30 s */
  drain?: { bytes?: number; ms?: number } | undefined
  /**
   * How Dify is reached. On Node, `fetch` holds a whole upload in memory and is some three times slower: give one for
   * what only it can do (a global dispatcher, say). @default `node:http` on Node, elsewhere the runtime's `fetch`
   */
  fetch?: typeof globalThis.fetch | undefined
}

/** Says whether a request may go on now. `release` is called once when the request is over. */
export type Limit = (key: LimitKey) => LimitVerdict | Promise<LimitVerdict>

/** Who asks for what: what a limit may count by. */
export interface LimitKey {
  user: string
  /** Missing where the runtime does not tell and no `clientAddress` is given. */
  address?: string
  route: RouteName
}

/** `retryAfter`: ms. */
export type LimitVerdict = { ok: true; release?: () => void } | { ok: false; retryAfter: number }

/** The options, checked and filled. */
export interface Settings {
  apiKey: (request: () => Request) => Promise<string>
  authorize: Authorize
  baseUrl: string
  isAllowedOrigin: (origin: string) => boolean
  publicOrigin: string | null
  /** Reverse proxies to believe. */
  hops: number
  maxBytes: Partial<Record<SizeCategory, number>>
  maxMessageBytes: number
  limit: Limit | null
  clientAddress: ((request: Request) => string | null | undefined) | null
  timeouts: Timeouts
  mayRead: MayRead | null
  resumable: ResumableUploads | null
  health: boolean
  withhold: readonly string[]
  onEvent: (event: ProxyEvent) => void
  parametersTtl: number
  drain: { bytes: number; ms: number }
}

/** @throws TypeError that says what is wrong, why it matters and what to do. */
export function readOptions(options: ProxyOptions): Settings {
  if (typeof options?.authorize !== 'function') {
    throw new TypeError(
      'createDifyProxy: `authorize` is missing. Without it anyone on the internet could fill your Dify workspace. ' +
        'Pass a function that returns { user } for a signed-in request and null for others, or anonymousUser({ secret }) for visitors without accounts.',
    )
  }
  return {
    apiKey: keySource(options),
    authorize: options.authorize,
    baseUrl: checkedBaseUrl(options.baseUrl ?? 'https://api.dify.ai/v1'),
    isAllowedOrigin: allowList(options.allowOrigins ?? []),
    publicOrigin: options.publicOrigin === undefined ? null : checkedOrigin('publicOrigin', options.publicOrigin),
    hops: checkedHops(options.trustProxy ?? false),
    maxBytes: checkedCaps(options.maxBytes ?? {}),
    maxMessageBytes: checkedNumber('createDifyProxy: maxMessageBytes', options.maxMessageBytes ?? 1024 * 1024, 'which limits nothing. Give bytes, as 1_048_576.'),
    limit: options.limit ?? null,
    clientAddress: options.clientAddress ?? null,
    timeouts: checkedTimeouts(options.timeouts ?? {}),
    mayRead: options.preview?.mayRead ?? null,
    resumable: options.resumable ?? null,
    health: options.health ?? false,
    withhold: options.withhold ?? [],
    onEvent: options.onEvent ?? reportErrors,
    parametersTtl: checkedNumber('createDifyProxy: parametersTtl', options.parametersTtl ?? 60_000, 'so Dify’s limits would never grow old. Give ms, as 60_000.'),
    drain: drainBound('createDifyProxy', options.drain),
  }
}

/** A key that is not there yet is told when it is used: builds (Next's, say) load routes without their secrets. */
function keySource(options: ProxyOptions): Settings['apiKey'] {
  const { apiKey } = options
  if (!('apiKey' in options)) {
    throw new TypeError('createDifyProxy: `apiKey` is missing. Dify answers nothing without it. Pass the key of your app (`app-…`), from the environment.')
  }
  if (typeof apiKey === 'function') return async (request) => checkedKey(await apiKey(request()))
  return () => new Promise((resolve) => resolve(checkedKey(apiKey)))
}

/** Never quotes the key. A line break at the end is what secret files have. */
function checkedKey(value: unknown): string {
  const key = typeof value === 'string' ? value.trim() : ''
  if (key === '') throw new TypeError('apiKey is empty. Set it (DIFY_API_KEY?) to the API key of your Dify app.')
  if (!/^[\u0021-\u007e]+$/.test(key)) throw new TypeError('apiKey holds blanks or characters that no header can carry. Copy it again.')
  return key
}

function checkedBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`createDifyProxy: baseUrl ${JSON.stringify(text)} is no http(s) URL, so Dify cannot be reached. Give it as https://your-dify/v1.`)
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new TypeError('createDifyProxy: baseUrl must have no credentials, query or fragment: paths are put behind it. Give it as https://your-dify/v1.')
  }
  return url.href.replace(/\/+$/, '')
}

function checkedOrigin(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, '').toLowerCase()) {
    throw new TypeError(
      `createDifyProxy: ${option} ${JSON.stringify(text)} is no origin. Browsers send scheme, host and port and nothing else, so it would never match. Write it as https://chat.example.com.`,
    )
  }
  return url.origin
}

function allowList(origins: NonNullable<ProxyOptions['allowOrigins']>): (origin: string) => boolean {
  if (typeof origins === 'function') {
    return (origin) => {
      // What every sandboxed frame and local file calls itself.
      if (origin === 'null') return false
      const word: unknown = origins(origin)
      if (word === true) return true
      // An async function's, from JavaScript: nobody waits for it, so it is no yes, but it may still fail.
      void quietly(() => word)
      return false
    }
  }
  const allowed = new Set(origins.map((origin) => checkedOrigin('allowOrigins', origin)))
  return (origin) => allowed.has(origin)
}

function checkedHops(trusted: boolean | number): number {
  if (typeof trusted === 'boolean') return trusted ? 1 : 0
  const advice = 'so anyone could choose the address that they are known by. Give how many reverse proxies of your own stand in front: 0, 1, 2 …'
  return checkedNumber('createDifyProxy: trustProxy', trusted, advice, { isWhole: true })
}

function checkedTimeouts(given: Partial<Timeouts>): Timeouts {
  const timeouts: Timeouts = { connect: 10_000, stall: 60_000, answer: 180_000, idle: 120_000, total: 3_600_000 }
  for (const name of Object.keys(timeouts) as (keyof Timeouts)[]) {
    timeouts[name] = checkedNumber(`createDifyProxy: timeouts.${name}`, given[name] ?? timeouts[name], 'so nothing would ever time out. Give ms; 0 or Infinity where that is meant.')
  }
  return timeouts
}

function checkedCaps(caps: Partial<Record<SizeCategory, number>>): Partial<Record<SizeCategory, number>> {
  const advice = `which limits nothing. Categories are ${SIZE_CATEGORIES.join(', ')}, values are bytes.`
  for (const [category, bytes] of Object.entries(caps)) {
    const option = `createDifyProxy: maxBytes.${category}`
    if (!SIZE_CATEGORIES.includes(category as SizeCategory)) throw new TypeError(`${option} is ${bytes}, ${advice}`)
    checkedNumber(option, bytes, advice)
  }
  return { ...caps }
}
