import { checkedNumber } from '../checkedNumber.js'
import type { Limit } from '../proxyOptions.js'
import { quietly } from '../quietly.js'
import { memoryLeases, type Leases } from './leases.js'
import { networkOf } from './networkOf.js'
import { consume, type RateLimiter } from './rateLimiter.js'

export { memoryLeases, type Leases } from './leases.js'
export { redisLeases } from './redisLeases.js'
export type { RedisScripts } from './redisScripts.js'
export type { RateLimiter } from './rateLimiter.js'

/** What is counted, and where. */
export interface LimitOptions {
  /**
   * How often, by user and by address: limiters of the package `rate-limiter-flexible` (or anything with its
   * `consume`), in memory or in Redis. An address is counted only where one is known, one of IPv6 by its network (/64).
   */
  rate?: { user?: RateLimiter; address?: RateLimiter }
  /** How many requests at once, by user and by address. */
  concurrent?: { user?: number; address?: number }
  /** Where running requests are counted; `redisLeases(client)` for several replicas. @default this process */
  leases?: Leases
}

/**
 * The `limit` of a proxy.
 *
 * ```ts
 * import { RateLimiterMemory } from 'rate-limiter-flexible'
 * limit: createLimit({
 *   rate: { user: new RateLimiterMemory({ points: 60, duration: 60 }), address: new RateLimiterMemory({ points: 300, duration: 60 }) },
 *   concurrent: { user: 6, address: 30 },
 * })
 * ```
 *
 * A store that cannot be asked rejects, and the proxy then lets nobody through; give your limiters an
 * `insuranceLimiter` to prefer the opposite.
 *
 * @throws TypeError when a number is none, and would limit nothing.
 */
export function createLimit(options: LimitOptions): Limit {
  const { rate = {}, leases = memoryLeases() } = options
  const concurrent = { user: checkedPlaces('user', options), address: checkedPlaces('address', options) }
  return async ({ user, address }) => {
    const held: (() => void)[] = []
    const release = () => {
      for (const free of held.splice(0)) void quietly(free)
    }
    const refuse = (retryAfter: number) => {
      release()
      return { ok: false, retryAfter } as const
    }
    try {
      const subjects = [
        { key: `user:${user}`, most: concurrent.user, limiter: rate.user },
        ...(address === undefined ? [] : [{ key: `address:${networkOf(address)}`, most: concurrent.address, limiter: rate.address }]),
      ]
      // Places first: a request that waits for one should not use up its rate.
      for (const { key, most } of subjects) {
        if (most === undefined) continue
        const free = await leases.take(key, most)
        if (free === null) return refuse(FULL_RETRY_AFTER)
        held.push(free)
      }
      for (const { key, limiter } of subjects) {
        const wait = limiter === undefined ? 0 : await consume(limiter, key)
        if (wait > 0) return refuse(wait)
      }
    } catch (error) {
      release()
      throw error
    }
    return { ok: true, release }
  }
}

function checkedPlaces(subject: 'user' | 'address', { concurrent = {} }: LimitOptions): number | undefined {
  const most = concurrent[subject]
  return most === undefined ? undefined : checkedNumber(`createLimit: concurrent.${subject}`, most, 'which limits nothing. Give how many requests at once, as 6.')
}

/** ms. Nobody knows when a place gets free; uploads take seconds. */
const FULL_RETRY_AFTER = 2000
