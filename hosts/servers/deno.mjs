import { proxyFrom } from './proxy.mjs'

// deno run --allow-net --allow-env deno.mjs
Deno.serve({ port: Number(Deno.env.get('PORT')), hostname: '127.0.0.1' }, proxyFrom(Deno.env.toObject()))
