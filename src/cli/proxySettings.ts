import { anonymousUser, type Authorize, type ProxyOptions } from '../server/index.js'
import { authorizeByUrl } from './authorizeByUrl.js'
import type { Environment } from './environment.js'
import { Misconfigured } from './misconfigured.js'
import type { LimitSettings } from './limitRequests.js'

/** All that the ready server is told from outside. Durations in ms. */
export interface ProxySettings {
  port: number
  host: string
  /** How long a client may take to say what it wants. */
  headersTimeout: number
  /** How long a connection may stay open without a request. */
  idleTimeout: number
  /** The longest upload. */
  uploadTimeout: number
  /** How long running requests may go on once the server was told to stop. */
  shutdownTimeout: number
  log: 'json' | 'off'
  limits: LimitSettings
  proxy: Omit<ProxyOptions, 'limit' | 'onEvent'>
}

/** @throws Misconfigured with a sentence that says what to set. */
export function proxySettings(environment: Environment): ProxySettings {
  const apiKey = environment.text('DIFY_API_KEY')
  if (apiKey === undefined) throw new Misconfigured('DIFY_API_KEY is not set. Set it to the API key of your Dify app (app-…).')
  // Whole ms, for Node's server takes no others, and no more than a timer can hold.
  const seconds = (name: string, otherwise: number) => Math.round((environment.number(name, { min: 0.1, max: 2_000_000 }) ?? otherwise) * 1000)
  const uploadTimeout = seconds('UPLOAD_TIMEOUT_SECONDS', 3600)
  const baseUrl = environment.url('DIFY_BASE_URL')
  const publicOrigin = environment.text('PUBLIC_ORIGIN')
  return {
    port: environment.number('PORT', { min: 0, max: 65_535 }) ?? 8080,
    host: environment.text('HOST') ?? '127.0.0.1',
    headersTimeout: seconds('HEADERS_TIMEOUT_SECONDS', 10),
    idleTimeout: seconds('IDLE_TIMEOUT_SECONDS', 65),
    uploadTimeout,
    shutdownTimeout: seconds('SHUTDOWN_SECONDS', 30),
    log: environment.oneOf('LOG', ['json', 'off']) ?? 'json',
    limits: {
      redisUrl: environment.text('REDIS_URL') ?? null,
      perMinute: {
        user: environment.number('RATE_PER_USER', { min: 1 }) ?? null,
        address: environment.number('RATE_PER_ADDRESS', { min: 1 }) ?? null,
      },
      atOnce: {
        user: environment.number('CONCURRENT_PER_USER', { min: 1 }) ?? 6,
        address: environment.number('CONCURRENT_PER_ADDRESS', { min: 1 }) ?? 30,
      },
    },
    proxy: {
      apiKey,
      authorize: authorizeOf(environment),
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(publicOrigin === undefined ? {} : { publicOrigin }),
      allowOrigins: environment.list('ALLOW_ORIGINS'),
      trustProxy: environment.number('TRUST_PROXY', { min: 0, max: 10 }) ?? 0,
      maxBytes: capsOf(environment),
      timeouts: { stall: seconds('STALL_TIMEOUT_SECONDS', 60), total: uploadTimeout },
      health: true,
    },
  }
}

/** Without one of these anyone on the internet could fill the Dify workspace. */
function authorizeOf(environment: Environment): Authorize {
  const url = environment.url('AUTHORIZE_URL')
  const secrets = environment.list('ANONYMOUS_SECRET')
  if (url !== undefined && secrets.length > 0) {
    throw new Misconfigured('AUTHORIZE_URL and ANONYMOUS_SECRET are both set. Set the one that says who your users are.')
  }
  if (url !== undefined) return authorizeByUrl({ url })
  if (secrets.length === 0) {
    throw new Misconfigured(
      'neither AUTHORIZE_URL nor ANONYMOUS_SECRET is set, so anyone could upload as anyone. Set AUTHORIZE_URL to an address of your backend that answers { "user": … }, or ANONYMOUS_SECRET (openssl rand -hex 32) for visitors without accounts.',
    )
  }
  try {
    return anonymousUser({ secret: secrets, embed: environment.flag('ANONYMOUS_EMBED'), insecure: environment.flag('ANONYMOUS_INSECURE') })
  } catch (error) {
    throw new Misconfigured(`ANONYMOUS_SECRET: ${(error as Error).message}`)
  }
}

function capsOf(environment: Environment): NonNullable<ProxyOptions['maxBytes']> {
  const caps: NonNullable<ProxyOptions['maxBytes']> = {}
  for (const category of ['image', 'document', 'audio', 'video'] as const) {
    const megabytes = environment.number(`MAX_${category.toUpperCase()}_MB`, { min: 0 })
    if (megabytes !== undefined) caps[category] = Math.floor(megabytes * 1024 * 1024)
  }
  return caps
}
