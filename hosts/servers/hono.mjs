import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { proxyFrom } from './proxy.mjs'

const app = new Hono()
const proxy = proxyFrom(process.env)

app.all('/api/dify/*', (context) => proxy(context.req.raw))

serve({
  fetch: app.fetch,
  port: Number(process.env.PORT),
  hostname: '127.0.0.1',
  // It would hang up half a second after an early answer. The proxy itself reads what still comes, within its `drain`.
  autoCleanupIncoming: false,
  serverOptions: { requestTimeout: 3_600_000, headersTimeout: 10_000 },
})
