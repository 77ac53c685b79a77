import { checkedNumber, LONGEST_TIMER } from './checkedNumber.js'
import type { DrainBound } from './exchange.js'

/** A `drain` option, checked and filled. @param of whose it is. @throws TypeError */
export function drainBound(of: string, given: { [K in keyof DrainBound]?: DrainBound[K] | undefined } = {}, otherwise: DrainBound = DEFAULT): DrainBound {
  return {
    bytes: checkedNumber(`${of}: drain.bytes`, given.bytes ?? otherwise.bytes, 'which says nothing of when to hang up. Give bytes.'),
    ms: checkedNumber(`${of}: drain.ms`, given.ms ?? otherwise.ms, 'which no timer can hold. Give ms, as 30_000.', { max: LONGEST_TIMER }),
  }
}

const DEFAULT: DrainBound = { bytes: 128 * 1024 * 1024, ms: 30_000 }
