import { createServer } from 'node:http'
import { toNodeListener } from 'dify-file-drop/server'
import { proxyFrom } from './proxy.mjs'

// requestTimeout also counts for uploads: an hour for slow lines. headersTimeout bounds who never says what they want.
const server = createServer({ requestTimeout: 3_600_000, headersTimeout: 10_000 }, toNodeListener(proxyFrom(process.env)))
server.listen(Number(process.env.PORT), '127.0.0.1')
