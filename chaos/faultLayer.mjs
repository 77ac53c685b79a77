// A server that stands between two others and breaks what goes through it. One is put before the proxy, one behind it.
import { createServer, request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Every way in which one upload can go wrong here, with how often it is chosen. */
const FAULTS = {
  'connection refused': 2,
  'reset before the body': 2,
  'reset at byte k': 6,
  'answer lost after the whole body': 3,
  'stall in the body': 2,
  'answer never comes': 1,
  trickle: 2,
  'slow headers': 2,
  'truncated answer': 3,
  '5xx burst, HTML': 2,
  '5xx burst, Dify’s JSON': 2,
  '503 with Retry-After': 1,
  '429 without Retry-After': 1,
  '429 with Retry-After, seconds': 1,
  '429 with Retry-After, date': 1,
  'HTML with status 200': 1,
  'wrong JSON with status 201': 1,
  'another size in the answer': 1,
}

/**
 * Listens on `port` and passes everything on to `target`; of the uploads, a share of `rate` meets a fault. `tried` counts
 * them by kind. With `page`, what is not for the proxy is that one's to answer, unharmed.
 */
export class FaultLayer {
  tried = new Map()
  uploads = 0
  faulty = 0
  /** Requests that went on from a byte other than the first. */
  resumed = 0
  /** While true, nothing goes wrong here. */
  isCalm = false
  #burst = []
  #server
  #sockets = new Set()

  constructor({ name, port, target, rate, random, page }) {
    Object.assign(this, { name, port, target, rate, random, page })
    this.kinds = Object.entries(FAULTS).flatMap(([kind, weight]) => Array(weight).fill(kind))
  }

  async open() {
    this.#server = createServer({ keepAliveTimeout: 4000 }, (request, response) => {
      request.on('error', () => {})
      response.on('error', () => {})
      this.#handle(request, response).catch(() => response.destroy())
    })
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => this.#sockets.delete(socket))
    })
    await new Promise((resolve, reject) => this.#server.once('error', reject).listen(this.port, '127.0.0.1', resolve))
    this.port = this.#server.address().port
  }

  /** Nobody listens any more: who comes is refused, who is there is thrown out. */
  async close() {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    for (const socket of this.#sockets) socket.resetAndDestroy()
    await closed
  }

  /** Whoever comes next has to connect anew, and so to look the name up. */
  forgetIdle() {
    this.#server.closeIdleConnections()
  }

  count(kind) {
    this.tried.set(kind, (this.tried.get(kind) ?? 0) + 1)
  }

  async #handle(request, response) {
    if (this.page !== undefined && !request.url.startsWith('/api/dify/')) return this.page(request, response)
    const isPiece = request.url.includes('/files/resumable')
    const isUpload = isPiece || (request.method === 'POST' && request.url.endsWith('/files/upload'))
    if (!isUpload) return this.#forward(request, response, {})
    this.uploads++
    if (Number(request.headers['upload-offset']) > 0) this.resumed++
    if (this.isCalm) return this.#forward(request, response, {})
    const inBurst = this.#burst.shift()
    const kind = inBurst ?? (this.random.next() < this.rate ? this.random.one(this.kinds) : null)
    if (kind?.startsWith('5xx') && inBurst === undefined) this.#burst = Array(this.random.between(1, 3)).fill(kind)
    if (kind === null) return this.#forward(request, response, {})
    this.faulty++
    this.count(kind)
    await this.#misbehave(kind, request, response)
  }

  async #misbehave(kind, request, response) {
    const { random } = this
    const length = Number(request.headers['content-length'] ?? 100_000)
    const k = random.between(1, Math.max(1, length - 1))
    const reset = () => request.socket.resetAndDestroy()
    switch (kind) {
      case 'connection refused':
        await this.close()
        await sleep(random.between(50, 300))
        return this.open()
      case 'reset before the body': return reset()
      case 'reset at byte k': return this.#forward(request, response, { until: k, atEnd: reset })
      case 'stall in the body': return this.#forward(request, response, { until: k, atEnd: () => {} })
      case 'answer lost after the whole body': return this.#forward(request, response, { answer: reset })
      case 'answer never comes': return this.#forward(request, response, { answer: () => {} })
      case 'trickle': return this.#forward(request, response, { piece: Math.ceil(length / 20), pause: random.between(20, 60) })
      case 'slow headers': return this.#forward(request, response, { answer: async (status, headers, body) => {
        await sleep(random.between(300, 1500))
        say(response, status, headers, body)
      } })
      case 'truncated answer': return this.#forward(request, response, { answer: async (status, headers, body) => {
        response.writeHead(status, { ...headers, 'content-length': body.length })
        response.write(body.subarray(0, random.between(0, body.length - 1)))
        await sleep(20)
        reset()
      } })
      case 'another size in the answer': return this.#forward(request, response, { answer: (status, headers, body) => {
        const text = body.toString().replace(/"size":\s*(\d+)/, (_, size) => `"size":${Number(size) >> 1}`)
        say(response, status, headers, Buffer.from(text))
      } })
      case '5xx burst, HTML': return this.#refuse(request, response, ...html(random.one([500, 502, 503, 504, 524])))
      case '5xx burst, Dify’s JSON': return this.#refuse(request, response, ...envelope(500, 'unknown', 'Internal Server Error'))
      case '503 with Retry-After': return this.#refuse(request, response, ...html(503, { 'retry-after': random.between(1, 20) }))
      case '429 without Retry-After': return this.#refuse(request, response, ...html(429))
      case '429 with Retry-After, seconds': return this.#refuse(request, response, ...html(429, { 'retry-after': random.between(1, 20) }))
      case '429 with Retry-After, date': return this.#refuse(request, response, ...html(429, { 'retry-after': new Date(Date.now() + random.between(1, 4) * 1000).toUTCString() }))
      case 'HTML with status 200': return this.#refuse(request, response, ...html(200))
      case 'wrong JSON with status 201': return this.#refuse(request, response, 201, { 'content-type': 'application/json' }, random.one(['{"ok":true}', '{"id":', '[]', 'null']))
      default: throw new Error(`There is no fault "${kind}".`)
    }
  }

  /** Answers in the next one's place: at once, or after the body. */
  async #refuse(request, response, status, headers, body) {
    if (this.random.next() < 0.5) for await (const _ of request);
    else request.resume()
    say(response, status, headers, Buffer.from(body))
  }

  /** Passes a request on. `until` and `atEnd`: only so many bytes of its body; `answer`: does something else with the answer. */
  async #forward(request, response, { until = Infinity, atEnd, answer, piece = Infinity, pause = 0 }) {
    const { hostname, port } = new URL(this.target)
    const onward = httpRequest({ host: hostname, port, method: request.method, path: request.url, headers: request.headers, agent: false })
    onward.on('error', () => {
      if (atEnd === undefined) request.socket.destroy()
    })
    response.on('close', () => onward.destroy())
    onward.on('response', async (received) => {
      received.on('error', () => response.destroy())
      if (answer === undefined) {
        response.writeHead(received.statusCode, headersOf(received))
        received.pipe(response)
        return
      }
      const chunks = []
      try {
        for await (const chunk of received) chunks.push(chunk)
      } catch {
        return response.destroy()
      }
      await answer(received.statusCode, headersOf(received), Buffer.concat(chunks))
    })
    let passed = 0
    onward.setMaxListeners(0)
    for await (const chunk of request) {
      for (let at = 0; at < chunk.length; at += piece) {
        const part = chunk.subarray(at, Math.min(at + piece, chunk.length, at + until - passed))
        passed += part.length
        if (!onward.destroyed && !onward.write(part)) await Promise.race([once(onward, 'drain'), once(onward, 'close')])
        if (pause > 0) await sleep(pause)
        if (passed >= until) return atEnd()
      }
    }
    if (!onward.destroyed) onward.end()
  }
}

function once(emitter, event) {
  return new Promise((resolve) => emitter.once(event, resolve))
}

function headersOf({ headers }) {
  const { connection: _connection, 'transfer-encoding': _encoding, ...rest } = headers
  return rest
}

function say(response, status, headers, body) {
  if (response.destroyed) return
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.end(body)
}

function html(status, headers = {}) {
  return [status, { 'content-type': 'text/html', ...headers }, `<html><head><title>${status}</title></head><body><h1>${status}</h1><hr>nginx</body></html>`]
}

function envelope(status, code, message) {
  return [status, { 'content-type': 'application/json', 'x-version': '1.16.0' }, JSON.stringify({ message, code, status })]
}
