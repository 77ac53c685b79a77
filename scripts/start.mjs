// npm start: builds the demo chat and serves it, with the proxy and (without DIFY_API_KEY) a Dify in memory, in one process.
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const configFile = at('../demo/vite.config.ts')

await build({ configFile, logLevel: 'warn' })
await build({ configFile, logLevel: 'warn', build: { ssr: true } })
await import(new URL('../.cache/demo/server/server.js', import.meta.url))
