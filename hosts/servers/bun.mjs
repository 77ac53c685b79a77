import { proxyFrom } from './proxy.mjs'

Bun.serve({
  port: Number(process.env.PORT),
  hostname: '127.0.0.1',
  // Its defaults would cut a silent event stream after 10 s, and refuse what is larger than 128 MiB.
  idleTimeout: 255,
  maxRequestBodySize: 1024 * 1024 * 1024,
  fetch: proxyFrom(process.env),
})
