import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { anonymousUser, createDifyProxy, toNodeListener } from '../src/server/index.js'
import { createDifyEmulator, defaultParameters, type DifyEmulator, type ScriptedTrouble, type TroubleHandle } from '../src/testing/index.js'
import type { AppParameters } from '../src/index.js'
import { APPS } from './apps.js'
import { servePage } from './servePage.js'

/*
 * The demo in one process: the page, the proxy, and Dify. Without DIFY_API_KEY that is a Dify in memory, so that nothing
 * leaves this machine; with it, the same proxy speaks to the real one.
 */
const { DIFY_API_KEY, DIFY_BASE_URL, PORT = '3000', HOST, DEMO_CONTROL } = process.env
const host = HOST ?? '127.0.0.1'
/** The demo's own app first, then those for `?app=`. */
const apps = ['', ...Object.keys(APPS)].map((name) => ({ name, key: `app-${randomBytes(12).toString('hex')}`, ...(APPS[name] ?? { parameters: anyKind() }) }))
const emulator = DIFY_API_KEY
  ? null
  : createDifyEmulator({ apiKey: apps, tokenDelay: 15, keepBytes: Boolean(DEMO_CONTROL) })

const proxy = createDifyProxy({
  ...(emulator
    ? { apiKey: keyOf, baseUrl: 'http://dify.invalid/v1', fetch: (input, init) => emulator.fetch(new Request(input, init)) }
    : { apiKey: DIFY_API_KEY!, ...(DIFY_BASE_URL && { baseUrl: DIFY_BASE_URL }) }),
  // A new secret per start: who visited before is somebody new. A deployed chat keeps one in its environment.
  authorize: anonymousUser({ secret: randomBytes(32).toString('hex'), insecure: true }),
})
const answerByProxy = toNodeListener(proxy)
const client = fileURLToPath(new URL('../client', import.meta.url))

const server = createServer((request, response) => {
  const path = request.url ?? '/'
  // A page of another site can make its own name point here (DNS rebinding); it cannot make the browser lie about it.
  if (HOST === undefined && !/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) {
    response.writeHead(421).end('Open this demo as http://localhost.')
    return
  }
  if (path.startsWith('/api/dify/') || (emulator && path.startsWith('/api/apps/'))) answerByProxy(request, response)
  else if (DEMO_CONTROL && emulator && path.startsWith('/__emulator/')) void control(emulator, request, response)
  else void servePage(client, request, response)
})

server.listen(Number(PORT), host, () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : PORT
  if (!emulator) console.warn('Using a real Dify key: whoever can open this page can use it. For development only.')
  console.log(`dify-file-drop demo: http://${host === '127.0.0.1' ? 'localhost' : host}:${port} (${emulator ? 'a Dify in memory' : 'your Dify'})`)
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0))
    server.closeAllConnections()
  })
}

/** Of the app that the path names: `/api/apps/workflow/parameters`. */
function keyOf(request: Request): string {
  const name = /^\/api\/apps\/([^/]+)\//.exec(new URL(request.url).pathname)?.[1] ?? ''
  return (apps.find((app) => app.name === name) ?? apps[0]!).key
}

/** An app that takes files of every kind, also those without an extension. */
function anyKind(): AppParameters {
  const parameters = defaultParameters()
  return { ...parameters, file_upload: { ...parameters.file_upload, allowed_file_types: [], allowed_file_extensions: [] } }
}

/** By the name of the file they are for. */
const scripted = new Map<string, TroubleHandle>()

/** For end-to-end tests only: script trouble, and read what the Dify in memory saw. */
async function control(dify: DifyEmulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString()
  const reply = (value: unknown): void => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
  if (request.url === '/__emulator/script') {
    const trouble = JSON.parse(body) as ScriptedTrouble
    scripted.set(String(trouble.name), dify.script(trouble))
    reply({})
  } else if (request.url === '/__emulator/release') {
    scripted.get((JSON.parse(body) as { name: string }).name)?.release()
    reply({})
  } else if (request.url === '/__emulator/reset') {
    dify.reset()
    reply({})
  } else if (request.url === '/__emulator/files') {
    reply([...dify.files.values()].map((file) => ({ ...file, bytes: null })))
  } else if (request.url === '/__emulator/bytes') {
    const { sha256 } = JSON.parse(body) as { sha256: string }
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end([...dify.files.values()].find((it) => it.sha256 === sha256)?.bytes ?? undefined)
  } else if (request.url === '/__emulator/requests') {
    reply(dify.requests)
  } else if (request.url === '/__emulator/key') {
    // So that a test can look for it everywhere that a browser could see it.
    reply({ key: dify.apiKey })
  } else {
    response.writeHead(404).end()
  }
}
