/**
 * What a host or its runtime does not let the proxy do, and why. Each is tried all the same and must still fail: when one
 * begins to work, the suite says so.
 */
export const EXCEPTIONS = []

/** Behaviours that make sense on some hosts only. */
const ONLY = { 'a body that was read before is told in the log, and is a clear 500': ['express'] }

/** @returns the reason, `not asked`, or null. */
export function cannotDo(host, behaviour) {
  if (ONLY[behaviour]?.includes(host) === false) return 'not asked'
  return EXCEPTIONS.find((it) => it.hosts.includes(host) && it.behaviour === behaviour)?.reason ?? null
}
