// The real proxy, taking pieces, before a Dify in memory, for tests that run in a real browser. Under /__resumable/, in the
// same server and so on the same origin as the tests.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const API_KEY = 'app-in-memory'
const SECRET = 'only for tests, and long enough for them'

/**
 * `/__resumable/{run}/…` is a proxy of a test's own. `PUT /__resumable/{run}` tells it what to do next (JSON): `cutAfter`
 * ends the next piece's connection after so many bytes, `stopAfter` reads no more of it; `loseAnswers` cuts the connection once so many uploads are begun, in place of the answer; `restart` begins the proxy anew over the same disk; `expire` loses
 * all pieces; `trouble` is a script for the Dify in memory;
 * `down` answers so
 * many requests with a gateway's 503; `sessions` has visitors ask for one first. `GET` says what has happened: every request, and what Dify has. `…/page` is a page
 * that uses it: src/resumable/page.fixture.ts.
 */
export function resumableServer() {
  return {
    name: 'resumable-server',
    configureServer(server) {
      const runs = new Map()
      const folders = []
      let loader = null
      server.httpServer?.on('close', () => {
        folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }))
        loader?.then((it) => it.close())
      })
      server.middlewares.use('/__resumable/', (request, response, next) => {
        const [, name, ...rest] = new URL(request.url, 'http://x').pathname.split('/')
        handle(name, rest.join('/'), request, response).catch((error) => next(error))
      })

      async function handle(name, path, request, response) {
        if (!runs.has(name)) runs.set(name, begin())
        const run = await runs.get(name)
        if (path === '') return control(run, request, response)
        if (path === 'page') return response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><script type="module" src="/src/resumable/page.fixture.ts"></script>')
        await pass(run, path, request, response)
      }

      /** The sources as they are. By a server of its own: the tests' one would take packages apart that are CommonJS. */
      async function sources() {
        loader ??= createServer({ configFile: false, root: fileURLToPath(new URL('..', import.meta.url)), appType: 'custom', logLevel: 'error', server: { middlewareMode: true, ws: false, watch: null }, optimizeDeps: { noDiscovery: true } })
        return (await loader).ssrLoadModule('/scripts/resumable-server.sources.ts')
      }

      async function begin() {
        const { anonymousUser, createDifyEmulator, createDifyProxy, resumable, toNodeListener } = await sources()
        const folder = mkdtempSync(join(tmpdir(), 'resumable-'))
        folders.push(folder)
        const dify = createDifyEmulator({ apiKey: API_KEY })
        const run = { seen: [], dify, folder, next: {}, authorize: () => ({ user: 'ann' }) }
        run.start = () => {
          run.listener = toNodeListener(createDifyProxy({
            apiKey: API_KEY, baseUrl: dify.baseUrl, fetch: (input, init) => dify.fetch(new Request(input, init)),
            authorize: run.authorize,
            onEvent: (event) => event.level === 'error' && console.error(event.detail),
            resumable: resumable({ directory: folder, secret: SECRET }),
          }))
        }
        run.mint = () => {
          run.authorize = anonymousUser({ secret: SECRET, insecure: true })
          run.start()
        }
        run.start()
        return run
      }
    },
  }
}

async function control(run, request, response) {
  if (request.method === 'PUT') {
    const { restart, expire, trouble, sessions, ...next } = JSON.parse(await text(request))
    Object.assign(run.next, next)
    if (expire) rmSync(join(run.folder, 'pieces'), { recursive: true, force: true })
    if (trouble) run.dify.script(trouble)
    if (sessions) run.mint()
    if (restart || expire) run.start()
  }
  const files = [...run.dify.files.values()].map(({ id, name, sha256, mime_type, user }) => ({ id, name, sha256, mime_type, user }))
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ seen: run.seen, files }))
}

async function pass(run, path, request, response) {
  const seen = { method: request.method, path, offset: request.headers['upload-offset'] ?? null, headers: request.headers, bytes: 0 }
  run.seen.push(seen)
  if (run.next.down > 0) {
    run.next.down--
    seen.status = 503
    // As a gateway does while the proxy restarts.
    return response.writeHead(503, { 'Content-Type': 'text/html' }).end('<h1>503</h1>')
  }
  if (run.next.loseAnswers > 0 && request.method === 'POST') {
    run.next.loseAnswers--
    response.writeHead = () => {
      request.socket.destroy()
      return response
    }
  }
  const before = request.socket.bytesRead
  const { cutAfter, stopAfter } = run.next
  if ((cutAfter ?? stopAfter) !== undefined && request.method === 'PATCH') {
    run.next = {}
    const watch = () => {
      if (request.socket.destroyed) return
      if (request.socket.bytesRead - before < (cutAfter ?? stopAfter)) return setImmediate(watch)
      seen.isReached = true
      if (cutAfter !== undefined) return request.socket.destroy()
      // For good, whoever reads it.
      request.resume = () => request
      request.pause()
    }
    setImmediate(watch)
  }
  response.on('close', () => (seen.bytes = request.socket?.bytesRead - before))
  response.on('finish', () => (seen.status = response.statusCode))
  run.listener(request, response)
}

async function text(request) {
  let all = ''
  for await (const chunk of request) all += chunk
  return all
}
