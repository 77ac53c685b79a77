/**
 * What a host or its runtime does not let the proxy do, and why. Each is tried all the same and must still fail: when one
 * begins to work, the suite says so.
 */
export const EXCEPTIONS = [
  {
    hosts: ['deno'],
    behaviour: 'Dify gets an exact Content-Length where the client gave one',
    reason: 'its fetch takes no Content-Length for a stream and sends it chunked',
  },
  {
    hosts: ['workerd'],
    behaviour: 'an early refusal of Dify’s is told at once, and the rest may still be sent',
    reason: 'it hangs up with the answer: told it is, but a browser that is still sending may see a network error instead',
  },
]

/** Behaviours that make sense on some hosts only: a body parser, a host's own code. */
const ONLY = {
  'the app’s key may depend on the request': ['node 20', 'node 22', 'node 24', 'express', 'fastify', 'hono', 'next', 'bun', 'deno', 'workerd'],
  'a body that was read before is told in the log, and is a clear 500': ['express'],
}

/** @returns the reason, `not asked`, or null. */
export function cannotDo(host, behaviour) {
  if (ONLY[behaviour]?.includes(host) === false) return 'not asked'
  return EXCEPTIONS.find((it) => it.hosts.includes(host) && it.behaviour === behaviour)?.reason ?? null
}
