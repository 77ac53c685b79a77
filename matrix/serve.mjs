// What a built page needs: its files, and the packed proxy before the packed Dify in memory.
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { importFrom } from './bundlers.mjs'

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' }

/** Serves `out` on a free port of this machine, with the library that `project` has. Resolves to its address and what closes it. */
export async function serve(out, project) {
  const { createDifyProxy, toNodeListener } = await importFrom(project, 'server/index.js')
  const { createDifyEmulator } = await importFrom(project, 'testing/index.js')
  const dify = createDifyEmulator({ apiKey: 'app-matrix' })
  const proxy = toNodeListener(createDifyProxy({
    apiKey: dify.apiKey, baseUrl: 'http://dify.invalid/v1', fetch: (input, init) => dify.fetch(new Request(input, init)), authorize: () => ({ user: 'matrix' }),
  }))
  const server = createServer(async (request, response) => {
    if (request.url.startsWith('/api/dify/')) return proxy(request, response)
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname))
    const file = path === '/' ? 'index.html' : path
    const bytes = await readFile(join(out, file)).catch(() => null)
    response.writeHead(bytes === null ? 404 : 200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(bytes)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
