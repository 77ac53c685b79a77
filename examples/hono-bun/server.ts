import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { serveStatic } from 'hono/bun'
import { anonymousUser, createDifyProxy } from 'dify-file-drop/server'

const { DIFY_API_KEY, DIFY_BASE_URL, SESSION_SECRET, PORT = '3000' } = process.env

// Without a key: a Dify in memory, so that this runs anywhere. In your own server keep only the second half.
const dify = DIFY_API_KEY ? null : (await import('dify-file-drop/testing')).createDifyEmulator({ apiKey: 'app-example', tokenDelay: 10 })
const upstream = dify
  ? { apiKey: dify.apiKey, baseUrl: 'http://dify.invalid/v1', fetch: ((input, init) => dify.fetch(new Request(input, init))) as typeof fetch }
  : { apiKey: DIFY_API_KEY!, ...(DIFY_BASE_URL && { baseUrl: DIFY_BASE_URL }) }

const proxy = createDifyProxy({
  ...upstream,
  authorize: anonymousUser({ secret: SESSION_SECRET ?? randomBytes(32).toString('hex'), insecure: true }),
})

const app = new Hono()
app.all('/api/dify/*', (context) => proxy(context.req.raw))
app.use(serveStatic({ root: 'dist' }))

const server = Bun.serve({
  port: Number(PORT),
  hostname: '127.0.0.1',
  // Bun refuses larger bodies by itself, before anything of ours runs. 100 MiB is Dify's default for videos.
  maxRequestBodySize: 110 * 1024 * 1024,
  // Seconds. Bun ends connections that are silent for ten by itself, and Dify may think longer before it answers.
  idleTimeout: 255,
  fetch: app.fetch,
})
console.log(`http://localhost:${server.port}`)
