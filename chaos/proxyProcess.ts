import dns from 'node:dns'
import { createServer } from 'node:http'
import { createDifyProxy, toNodeListener } from '../src/server/index.js'
import { resumable } from '../src/server/resumable/index.js'

/*
 * The real proxy, as a process that can be killed. Its way to Dify has a name, which its parent can make unknown. A file that it
 * takes in pieces is handed over on nobody's connection, and how that went is asked for by a request that is held, so that there
 * its own clock has to be as fast as the page's.
 */
const { PORT, API_KEY = '', UPSTREAM_PORT, DIRECTORY, SPEED = '1' } = process.env
const speed = Number(SPEED)
const { setTimeout: schedule } = globalThis
// The shorter ones measure what passes on the wire, which is as slow as ever.
globalThis.setTimeout = ((callback: () => void, ms = 0) => schedule(callback, ms >= 20_000 ? ms / speed : ms)) as typeof setTimeout
const proxy = createDifyProxy({
  apiKey: API_KEY,
  baseUrl: `http://dify.chaos.test:${UPSTREAM_PORT}/v1`,
  authorize: () => ({ user: 'chaos' }),
  onEvent: () => {},
  ...(DIRECTORY !== undefined && {
    resumable: resumable({ directory: DIRECTORY, secret: 'the same in every life of the proxy' }),
    timeouts: { stall: 60_000 / speed, answer: 180_000 / speed },
  }),
})

let isKnown = true
let unresolved = 0
dns.lookup = ((name: string, options: dns.LookupOptions, callback: (error: Error | null, address?: string | dns.LookupAddress[], family?: number) => void) => {
  if (!isKnown) {
    unresolved++
    process.send!({ unresolved })
    const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: name })
    setImmediate(() => callback(error))
  } else if (options.all) setImmediate(() => callback(null, [{ address: '127.0.0.1', family: 4 }]))
  else setImmediate(() => callback(null, '127.0.0.1', 4))
}) as typeof dns.lookup

process.on('message', (message: { dns: boolean }) => {
  isKnown = message.dns
})
process.on('disconnect', () => process.exit())
createServer(toNodeListener(proxy)).listen(Number(PORT), '127.0.0.1', () => process.send!({ ready: true }))
