/** What is used of `rate-limiter-flexible`'s limiters: `consume` rejects with `{ msBeforeNext }` when it is too often. */
export interface RateLimiter {
  consume(key: string, points?: number): Promise<unknown>
}

/** @returns ms to wait, or 0 when it may go on. @throws what the limiter's store threw */
export async function consume(limiter: RateLimiter, key: string): Promise<number> {
  try {
    await limiter.consume(key)
    return 0
  } catch (reason) {
    const { msBeforeNext } = (reason ?? {}) as { msBeforeNext?: unknown }
    if (typeof msBeforeNext !== 'number') throw reason
    return Math.max(1, msBeforeNext)
  }
}
