// An upload endpoint for tests that run in a real browser: it says what it received and misbehaves as it is told. Under
// /__send/, in the same server and so on the same origin as the tests.

import { createHash } from 'node:crypto'

/**
 * `POST /__send/{run}/files/upload` and `GET /__send/{run}/session`, where `run` is a test's own name, so that tests do
 * not disturb each other. `PUT /__send/{run}` says what the next requests get (JSON: a list of steps, the last one for
 * ever), `GET /__send/{run}` what has happened so far.
 */
export function testServer() {
  return {
    name: 'test-server',
    configureServer(server) {
      const runs = new Map()
      server.middlewares.use('/__send/', (request, response) => {
        const [, name, ...rest] = new URL(request.url, 'http://x').pathname.split('/')
        if (!runs.has(name)) runs.set(name, { steps: [{}], sessions: 0, hasSession: false, uploads: [] })
        const run = runs.get(name)
        const path = rest.join('/')
        if (path === '') return control(run, request, response)
        if (path === 'session') return session(run, response)
        if (path === 'files/upload') return upload(run, request, response)
        answer(response, 404, { code: 'not_found', message: path, status: 404 })
      })
    },
  }
}

async function control(run, request, response) {
  if (request.method === 'PUT') run.steps = JSON.parse((await read(request)).toString())
  answer(response, 200, { uploads: run.uploads, sessions: run.sessions })
}

/** Takes a moment, so that whoever asks meanwhile could ask twice. */
function session(run, response) {
  run.sessions++
  setTimeout(() => {
    run.hasSession = true
    response.writeHead(204).end()
  }, 100)
}

async function upload(run, request, response) {
  const step = run.steps.length > 1 ? run.steps.shift() : run.steps[0]
  const seen = { headers: request.headers, isAborted: false, isAnswered: false }
  run.uploads.push(seen)
  response.on('close', () => (seen.isAborted = !seen.isAnswered))
  if (step.cutAfter !== undefined) return cut(request, step.cutAfter)
  const body = await read(request, step.bytesPerRead).catch(() => null)
  if (body === null) return
  Object.assign(seen, partOf(body))
  if (step.never) return
  if (step.wait) await new Promise((resolve) => setTimeout(resolve, step.wait))
  if (step.session && !run.hasSession) {
    seen.isAnswered = true
    return answer(response, 401, { code: 'session_required', message: '', status: 401 })
  }
  seen.isAnswered = true
  const { name, type, size } = seen.part
  const file = { id: `id-${run.uploads.length}`, name, size: step.truncated ?? size, extension: name.split('.').pop(), mime_type: type, created_at: 1 }
  const text = step.body ?? JSON.stringify(file)
  response.writeHead(step.status ?? 201, { 'Content-Type': step.body === undefined ? 'application/json' : 'text/html', ...step.headers })
  response.end(text)
}

/** Ends the connection in the middle of the body, as a proxy that died does. */
function cut(request, bytes) {
  let received = 0
  request.on('error', () => undefined)
  request.on('data', (chunk) => {
    received += chunk.length
    if (received >= bytes) request.socket.destroy()
  })
}

/** The whole body; with `bytesPerRead` not faster than that many bytes every 20 ms. */
async function read(request, bytesPerRead) {
  const chunks = []
  for await (const chunk of request) {
    chunks.push(chunk)
    if (bytesPerRead) await new Promise((resolve) => setTimeout(resolve, (20 * chunk.length) / bytesPerRead))
  }
  return Buffer.concat(chunks)
}

/** The one part of a multipart body, with its headers as they stood on the wire. */
function partOf(body) {
  const head = body.subarray(0, body.indexOf('\r\n\r\n')).toString()
  const boundary = head.slice(0, head.indexOf('\r\n'))
  const start = Buffer.byteLength(head) + 4
  const bytes = body.subarray(start, body.indexOf(`\r\n${boundary}--`, start))
  return {
    part: {
      header: head.slice(boundary.length + 2),
      field: / name="([^"]*)"/.exec(head)?.[1],
      name: / filename="([^"]*)"/.exec(head)?.[1],
      type: /content-type: (.*)/i.exec(head)?.[1],
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
  }
}

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}
