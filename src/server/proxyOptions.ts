import type { RouteName } from '../dify/routes.js'
import { SIZE_CATEGORIES, type SizeCategory } from '../dify/kinds.js'
import type { Authorize } from './identity.js'
import type { MayRead } from './routes/preview.js'
import { reportErrors, type ProxyEvent } from './proxyEvent.js'
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
  const drain = options.drain ?? {}
  return {
    apiKey: keySource(options),
    authorize: options.authorize,
    baseUrl: checkedBaseUrl(options.baseUrl ?? 'https://api.dify.ai/v1'),
    isAllowedOrigin: allowList(options.allowOrigins ?? []),
    publicOrigin: options.publicOrigin === undefined ? null : checkedOrigin('publicOrigin', options.publicOrigin),
    hops: Number(options.trustProxy ?? 0),
    maxBytes: checkedCaps(options.maxBytes ?? {}),
    maxMessageBytes: options.maxMessageBytes ?? 1024 * 1024,
    limit: options.limit ?? null,
    clientAddress: options.clientAddress ?? null,
    timeouts: { connect: 10_000, stall: 60_000, answer: 180_000, idle: 120_000, total: 3_600_000, ...options.timeouts },
    mayRead: options.preview?.mayRead ?? null,
    resumable: options.resumable ?? null,
    health: options.health ?? false,
    withhold: options.withhold ?? [],
    onEvent: options.onEvent ?? reportErrors,
    parametersTtl: options.parametersTtl ?? 60_000,
    drain: { bytes: drain.bytes ?? 128 * 1024 * 1024, ms: drain.ms ?? 30_000 },
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
  // `null` is what every sandboxed frame and local file calls itself.
  if (typeof origins === 'function') return (origin) => origin !== 'null' && origins(origin)
  const allowed = new Set(origins.map((origin) => checkedOrigin('allowOrigins', origin)))
  return (origin) => allowed.has(origin)
}

function checkedCaps(caps: Partial<Record<SizeCategory, number>>): Partial<Record<SizeCategory, number>> {
  for (const [category, bytes] of Object.entries(caps)) {
    if (!SIZE_CATEGORIES.includes(category as SizeCategory) || !(bytes >= 0)) {
      throw new TypeError(
        `createDifyProxy: maxBytes.${category} is ${bytes}, which limits nothing. Categories are ${SIZE_CATEGORIES.join(', ')}, values are bytes.`,
      )
    }
  }
  return { ...caps }
}
