import type { Limit } from '../server/index.js'
import { createLimit, memoryLeases, redisLeases, type Leases, type RateLimiter } from '../server/limit/index.js'
import { Misconfigured } from './misconfigured.js'

export interface LimitSettings {
  /** Null: this process counts for itself. */
  redisUrl: string | null
  /** Requests a minute. Null: 120 by user, 600 by address, if `rate-limiter-flexible` is installed. */
  perMinute: Record<Subject, number | null>
  /** Requests at once. */
  atOnce: Record<Subject, number>
}

type Subject = 'user' | 'address'

export interface RequestLimit {
  limit: Limit
  /** What the operator should know, or null. */
  notice: string | null
  close(): void
}

/**
 * How often and how many at once, by user and by address. With Redis all replicas count together; while it cannot be
 * asked each counts for itself, since a chat without uploads is worse than limits that are a few times too wide.
 *
 * @throws Misconfigured when a package for what was asked is missing, or Redis does not answer at the start.
 */
export async function limitRequests(settings: LimitSettings, report: (message: string) => void): Promise<RequestLimit> {
  const { redisUrl, perMinute, atOnce } = settings
  const limiters = await optional(() => import('rate-limiter-flexible'))
  if (redisUrl === null) {
    const isAsked = perMinute.user !== null || perMinute.address !== null
    if (limiters === null && isAsked) throw missing('RATE_PER_USER and RATE_PER_ADDRESS', 'rate-limiter-flexible')
    const notice = limiters === null ? 'rate limits are off: the package rate-limiter-flexible is not installed' : null
    const rate = limiters === null ? {} : ratesOf(perMinute, (points) => new limiters.RateLimiterMemory({ points, duration: 60 }))
    return { limit: createLimit({ rate, concurrent: atOnce }), notice, close: () => {} }
  }

  const redis = await optional(() => import('ioredis'))
  if (limiters === null || redis === null) throw missing('REDIS_URL', 'rate-limiter-flexible ioredis')
  const client = new redis.Redis(redisUrl, { lazyConnect: true, enableOfflineQueue: false, maxRetriesPerRequest: 0, connectTimeout: 5000, commandTimeout: 2000 })
  // Without a listener an unreachable Redis would end the process; each request reports for itself.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    client.disconnect()
    throw new Misconfigured(`Redis at REDIS_URL does not answer: ${(error as Error).message}`)
  }
  const quiet = onceAWhile(report)
  const rate = ratesOf(perMinute, (points, subject) =>
    new limiters.RateLimiterRedis({
      storeClient: client, keyPrefix: `dify-file-drop:rate:${subject}`, points, duration: 60,
      insuranceLimiter: new limiters.RateLimiterMemory({ points, duration: 60 }),
    }))
  const leases = insured(redisLeases(client, { style: 'ioredis', onError: quiet }), memoryLeases(), quiet)
  return { limit: createLimit({ rate, concurrent: atOnce, leases }), notice: null, close: () => client.disconnect() }
}

function ratesOf(perMinute: LimitSettings['perMinute'], limiter: (points: number, subject: Subject) => RateLimiter): Record<Subject, RateLimiter> {
  return { user: limiter(perMinute.user ?? 120, 'user'), address: limiter(perMinute.address ?? 600, 'address') }
}

function insured(first: Leases, second: Leases, report: (error: unknown) => void): Leases {
  return {
    async take(key, most) {
      try {
        return await first.take(key, most)
      } catch (error) {
        report(error)
        return second.take(key, most)
      }
    },
  }
}

/** A Redis that is down fails every request: one line a minute says so well enough. */
function onceAWhile(report: (message: string) => void): (error: unknown) => void {
  let next = 0
  return (error) => {
    if (Date.now() < next) return
    next = Date.now() + 60_000
    report(`Redis cannot be asked, limits are counted by this replica alone: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function optional<T>(load: () => Promise<T>): Promise<T | null> {
  try {
    return await load()
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_MODULE_NOT_FOUND') return null
    throw error
  }
}

function missing(variable: string, packages: string): Misconfigured {
  const withPackages = packages.split(' ').map((name) => `-p ${name}`).join(' ')
  return new Misconfigured(`${variable} needs ${packages.replace(' ', ' and ')}. Install: npm install ${packages}, or: npx -p dify-file-drop ${withPackages} dify-file-drop proxy`)
}
