import type { RetryRule } from '../dify/errors.js'
import { MIB } from '../dify/parameters.js'
import { retryRule, type UploadFailure } from './uploadError.js'

/** How far automatic attempts go. */
export const RETRY = {
  /** Automatic attempts after the first. */
  attempts: 5,
  /** ms of moving time from the first attempt; waits for the connection or for `Retry-After` do not count. */
  budget: 5 * 60_000,
  /** ms */
  base: 1000,
  factor: 2,
  /** ms */
  cap: 30_000,
  /** ms; a server that asks for more has to be asked by hand. */
  longestRetryAfter: 10 * 60_000,
  /** Bytes above which a lost connection may be a server's unspoken size limit, and is tried again only once. */
  suspicious: 8 * MIB,
} as const

/** What has been tried for one entry since it was last started by hand. */
export interface Tried {
  /** Automatic attempts so far. */
  retries: number
  /** ms spent uploading and backing off. */
  moving: number
}

/** What to do after a failure: wait so many ms, or for the connection, or give up. */
export type RetryDecision = { wait: number; asked: boolean } | 'online' | 'give-up'

/** Decides by the error table. `size` in bytes; `online` is the browser's hint; `random` is 0 ≤ n < 1 (full jitter). */
export function decideRetry(
  error: UploadFailure,
  tried: Tried,
  { size, online, random }: { size: number; online: boolean; random: number },
): RetryDecision {
  const allowed = attemptsOf(retryRule(error), error, size)
  if (allowed === 0) return 'give-up'
  if (error.code === 'network' && !online) return 'online'
  if (tried.retries >= allowed || tried.moving >= RETRY.budget) return 'give-up'
  if (error.retryAfter !== null) {
    return error.retryAfter > RETRY.longestRetryAfter ? 'give-up' : { wait: error.retryAfter, asked: true }
  }
  const ceiling = Math.min(RETRY.cap, RETRY.base * RETRY.factor ** tried.retries)
  return { wait: Math.ceil(random * ceiling), asked: false }
}

function attemptsOf(rule: RetryRule, error: UploadFailure, size: number): number {
  switch (rule) {
    // Where a server keeps what came, size is not what is in the way.
    case 'auto': return error.code === 'network' && size > RETRY.suspicious && error.facts.kept === undefined ? 1 : RETRY.attempts
    case 'twice': return 2
    case 'once': case 'session': return 1
    case 'never': case 'by-hand': case 'sign-in': return 0
  }
}
