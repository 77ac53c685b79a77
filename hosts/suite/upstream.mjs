import { createServer } from 'node:http'
import { once } from 'node:events'
import { createDifyEmulator, defaultParameters } from 'dify-file-drop/testing'

/** Of the app whose key goes out by default, and of a second one. */
export const KEYS = ['app-first-0123456789abcdef', 'app-second-fedcba9876543210']

/**
 * Dify, as the proxy under test meets it: the emulator behind a real socket. Its log shows how a body came (length,
 * first byte, whole or cut off). Small limits for documents, so that too much is quickly sent.
 */
export async function startUpstream() {
  const parameters = defaultParameters()
  const limits = { ...parameters.system_parameters, file_size_limit: 1 }
  const emulator = createDifyEmulator({
    apiKey: KEYS.map((key) => ({ key, parameters: { ...parameters, system_parameters: limits } })),
    tokenDelay: 40,
  })
  const server = createServer((request, response) => {
    if (request.url === '/who') {
      who(request, response)
      return
    }
    answer(emulator, request, response).catch(() => request.socket.destroy())
  })
  server.requestTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    emulator,
    url: `http://127.0.0.1:${server.address().port}/v1`,
    /** A backend that knows its sessions, for the ready server. */
    authorizeUrl: `http://127.0.0.1:${server.address().port}/who`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function who(request, response) {
  const user = /(?:^|; )session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]
  response.writeHead(user === undefined ? 401 : 200, { 'content-type': 'application/json' }).end(JSON.stringify({ user }))
}

async function answer(emulator, request, response) {
  const gone = new AbortController()
  response.on('close', () => {
    if (!response.writableFinished) gone.abort(new Error('the client has gone'))
  })
  const chunks = request[Symbol.asyncIterator]()
  const told = await emulator.receive({
    method: request.method,
    url: `http://${request.headers.host}${request.url}`,
    headers: new Headers(request.headers),
    signal: gone.signal,
    body: {
      next: async () => (await chunks.next()).value ?? null,
      cancel: () => {},
    },
  })
  const isEarly = !request.complete
  response.writeHead(told.status, Object.fromEntries(told.headers))
  response.flushHeaders()
  // As gateways do: hanging up at once would cost the sender the answer.
  if (isEarly) request.resume()
  if (told.body !== null) for await (const chunk of told.body) response.write(chunk)
  response.end()
}
