import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server, type ClientHttp2Session, type Http2Server } from 'node:http2'
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createDifyProxy, toNodeListener, type ProxyEvent, type ProxyOptions } from '../index.js'
import { A_FILE, KEY } from '../fixtures/askProxy.js'
import { formIn, PARAMETERS, UPLOADED } from '../fixtures/fakeDify.js'
import { BOUNDARY, formOf, join } from '../fixtures/forms.js'

const closing: (() => void)[] = []
afterEach(() => {
  vi.unstubAllEnvs()
  for (const close of closing.splice(0)) close()
})

async function listen(server: Server | Http2Server | ReturnType<typeof createTcpServer>): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A client's connection of HTTP/2 to a handler. */
async function sessionWith(handler: Parameters<typeof toNodeListener>[0]): Promise<ClientHttp2Session> {
  const session = connectHttp2(await listen(createHttp2Server(toNodeListener(handler))))
  closing.push(() => session.destroy())
  return session
}

/** A Dify on node:http. */
async function dify(onUpload?: RequestListener) {
  const seen: { headers: Headers; body: Uint8Array; isWhole: boolean }[] = []
  const server = createServer((request, response) => {
    if (request.url === '/v1/parameters') {
      response.writeHead(200, { 'content-type': 'application/json', 'x-version': '1.16.0' }).end(JSON.stringify(PARAMETERS))
      return
    }
    if (onUpload !== undefined) {
      onUpload(request, response)
      return
    }
    const it = { headers: new Headers(request.headers as Record<string, string>), body: new Uint8Array(), isWhole: false }
    seen.push(it)
    const chunks: Uint8Array[] = []
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    request.on('end', () => {
      it.body = join(...chunks)
      it.isWhole = true
      response.writeHead(201, { 'content-type': 'application/json', 'x-version': '1.16.0' }).end(JSON.stringify(UPLOADED))
    })
  })
  return { base: `${await listen(server)}/v1`, seen }
}

async function proxyServer(base: string, options: Partial<ProxyOptions> = {}) {
  const events: ProxyEvent[] = []
  const proxy = createDifyProxy({ apiKey: KEY, baseUrl: base, authorize: () => ({ user: 'user-1' }), onEvent: (event) => events.push(event), ...options })
  return { url: await listen(createServer(toNodeListener(proxy))), events }
}

const TYPE = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }

async function upload(url: string, body: Uint8Array<ArrayBuffer> = formOf([A_FILE])): Promise<Response> {
  return fetch(`${url}/api/dify/files/upload`, { method: 'POST', headers: TYPE, body })
}

/** An upload whose body the test writes itself. */
function openUpload(url: string, headers: Record<string, string> = {}) {
  const request = httpRequest(`${url}/files/upload`, { method: 'POST', headers: { ...TYPE, ...headers } })
  request.on('error', () => {})
  request.write(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n`)
  return request
}

/** RFC 9113, as far as it is wanted here: headers end with their one frame. */
function http2Frame(type: 'DATA' | 'HEADERS' | 'RST_STREAM' | 'SETTINGS', stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = { DATA: 0, HEADERS: 1, RST_STREAM: 3, SETTINGS: 4 }[type]
  head[4] = type === 'HEADERS' ? 4 : 0
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

async function textOf(message: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of message) text += String(chunk)
  return text
}

/** With node:http to Dify, as is the default here, and with a `fetch` of the host's. */
const transports: [string, Partial<ProxyOptions>][] = [['node:http', {}], ['fetch', { fetch: (input, init) => fetch(input, init) }]]

describe.each(transports)('the proxy behind toNodeListener, over %s', (_, transport) => {
  const proxyTo = (base: string, options: Partial<ProxyOptions> = {}) => proxyServer(base, { ...transport, ...options })
  it('streams an upload to Dify with an exact length', async () => {
    const { base, seen } = await dify()
    const { url, events } = await proxyTo(base)
    const response = await upload(url)
    expect(response.status).toBe(201)
    expect(await response.json()).toEqual(UPLOADED)
    expect(Number(seen[0]!.headers.get('content-length'))).toBe(seen[0]!.body.length)
    expect(formIn({ ...seen[0]!, method: 'POST', path: '', signal: new AbortController().signal })).toMatchObject({ user: 'user-1', file: { content: 'hi' } })
    await vi.waitFor(() => expect(events.some(({ route, status }) => route === 'upload' && status === 201)).toBe(true))
  })

  it('passes megabytes in order, chunked too', async () => {
    const { base, seen } = await dify()
    const { url } = await proxyTo(base)
    const content = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 31 + (i >> 8)) % 256)
    const body = formOf([{ ...A_FILE, content }])
    expect((await upload(url, body)).status).toBe(201)
    const request = httpRequest(`${url}/files/upload`, { method: 'POST', headers: TYPE })
    for (let at = 0; at < body.length; at += 10_007) request.write(body.slice(at, at + 10_007))
    request.end()
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(201)
    response.resume()
    const contents = seen.map(({ body }) => Buffer.from(body).indexOf(Buffer.from(content)))
    expect(contents.every((at) => at > 0)).toBe(true)
    expect(seen[1]!.headers.get('transfer-encoding')).toBe('chunked')
  })

  it('aborts the request to Dify at once when the client leaves', async () => {
    let closed!: () => void
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve
    })
    let reached!: () => void
    const isReached = new Promise<void>((resolve) => {
      reached = resolve
    })
    const { base } = await dify((request) => {
      reached()
      request.on('data', () => {})
      request.on('error', () => {})
      request.on('close', closed)
    })
    const { url, events } = await proxyTo(base)
    const request = openUpload(url)
    await isReached
    request.destroy()
    await isClosed
    await vi.waitFor(() => expect(events.find(({ route }) => route === 'upload')).toMatchObject({ status: 499, code: 'client_gone' }))
  })

  it('answers an early refusal of Dify’s at once and reads on, so that the client can finish its body', async () => {
    const { base } = await dify((request, response) => {
      response.writeHead(413, { 'content-type': 'text/html', connection: 'close' }).end('<html>too large</html>')
      request.resume()
    })
    const { url } = await proxyTo(base)
    const request = openUpload(url, { 'content-length': String(20_000_000) })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(413)
    let sent = 0
    const chunk = Buffer.alloc(1_000_000)
    const wait = () => new Promise<void>((resolve) => { request.write(chunk, () => resolve()) })
    for (; sent < 15_000_000; sent += chunk.length) await wait()
    expect(request.destroyed).toBe(false)
    // Node's client gives the body only now, for it was asked only now; the bytes came long ago.
    const text = textOf(response)
    for (; sent < 19_000_000; sent += chunk.length) await wait()
    request.destroy()
    expect(JSON.parse(await text.catch(() => '{"code":"cut"}'))).toMatchObject({ code: 'gateway_too_large' })
  })

  it.each([
    ['whole', 'content-length: 2\r\n\r\nno'], ['half of it', 'content-length: 100\r\n\r\n<html>'], ['its head alone', 'content-length: 100\r\n\r\n'], ['without a length', '\r\n<html>'],
  ])('passes on a refusal that came before the connection was reset: %s', async (_what, rest) => {
    const base = await listen(createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.on('data', (chunk) => {
        if (chunk.includes('/files/upload ')) socket.write(`HTTP/1.1 413 Too Large\r\ncontent-type: text/html\r\n${rest}`, () => socket.resetAndDestroy())
      })
    }))
    const { url, events } = await proxyTo(`${base}/v1`)
    const request = openUpload(url, { 'content-length': '20000000' })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(413)
    await vi.waitFor(() => expect(events.find(({ route }) => route === 'upload')).toMatchObject({ status: 413, code: 'gateway_too_large', upstreamStatus: 413 }))
    request.destroy()
  })

  it('takes no success that broke off for one', async () => {
    const base = await listen(createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.on('data', (chunk) => {
        if (chunk.includes(`--\r\n`)) socket.write('HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"id":', () => socket.resetAndDestroy())
      })
    }))
    const { url } = await proxyTo(`${base}/v1`)
    const response = await upload(url)
    expect([response.status, await response.json()]).toMatchObject([502, { code: 'upstream_unavailable' }])
  })

  it('reads on within its bound only, then hangs up', async () => {
    const { base } = await dify()
    const proxy = createDifyProxy({ apiKey: KEY, baseUrl: base, authorize: () => null, drain: { bytes: 1_000_000, ms: 5000 }, ...transport })
    const url = await listen(createServer(toNodeListener(proxy)))
    const request = openUpload(url)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(401)
    response.resume()
    response.on('error', () => {})
    const timer = setInterval(() => request.write(Buffer.alloc(100_000)), 1)
    await once(request, 'close')
    clearInterval(timer)
  })

  it('reads nothing of a body before the request is authorized', async () => {
    const { base } = await dify()
    let decide!: (user: null) => void
    const authorize = () => new Promise<null>((resolve) => {
      decide = resolve
    })
    const { url } = await proxyTo(base, { authorize })
    const request = openUpload(url)
    let written = 0
    const chunk = Buffer.alloc(1_000_000)
    while (request.write(chunk) || written < 30) {
      written++
      if (written > 30) break
    }
    await vi.waitFor(() => expect(decide).toBeTypeOf('function'))
    // What is written fills the sockets' buffers and stays there.
    expect(request.writableLength).toBeGreaterThan(10_000_000)
    decide(null)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(401)
    request.destroy()
  })

  it('is 502 when nobody listens, or the connection breaks, and 504 when Dify hangs', async () => {
    const nobody = createTcpServer()
    const gone = await listen(nobody)
    nobody.close()
    expect((await upload((await proxyTo(`${gone}/v1`)).url)).status).toBe(502)

    const breaking = await listen(createTcpServer((socket: Socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.destroy())
    }))
    expect((await upload((await proxyTo(`${breaking}/v1`)).url)).status).toBe(502)

    const { base } = await dify((request) => request.resume())
    expect((await upload((await proxyTo(base, { timeouts: { answer: 50 } })).url)).status).toBe(504)
    const { base: deaf } = await dify(() => {})
    const { url } = await proxyTo(deaf, { timeouts: { stall: 100 } })
    expect((await upload(url, formOf([{ ...A_FILE, content: new Uint8Array(14_000_000) }]))).status).toBe(504)
  })

  it('is 504 when the connection to Dify does not come about', async () => {
    // It takes connections and never says a word of TLS.
    const mute = await listen(createTcpServer((socket: Socket) => {
      socket.on('error', () => {})
      closing.push(() => socket.destroy())
    }))
    const { url, events } = await proxyTo(`${mute.replace('http:', 'https:')}/v1`, { timeouts: { connect: 100 } })
    expect((await upload(url)).status).toBe(504)
    await vi.waitFor(() => expect(events.find(({ route }) => route === 'upload')).toMatchObject({ code: 'gateway_timeout', detail: 'timed out waiting for the connection' }))
  })

  /** A Dify that takes nothing of an upload, and a client that has sent all that will fit on the way, and left. */
  async function leftBehind() {
    const reading = Promise.withResolvers<IncomingMessage>()
    const closed = Promise.withResolvers<void>()
    const { base } = await dify((request) => {
      request.on('error', () => {})
      request.on('close', closed.resolve)
      reading.resolve(request)
    })
    const { url, events } = await proxyTo(base)
    const request = openUpload(url, { 'content-length': '100000000' })
    const stuck = new Promise<void>((resolve) => {
      const more = (error?: Error | null) => { if (error == null) request.write(Buffer.alloc(1_000_000), more) }
      more()
      let before = -1
      // Nothing has moved for a while: Dify's buffers, the proxy's and the system's are full.
      const timer = setInterval(() => {
        const { bytesWritten } = request.socket!
        if (bytesWritten === before) {
          clearInterval(timer)
          resolve()
        }
        before = bytesWritten
      }, 50)
    })
    const dumb = await reading.promise
    await stuck
    request.destroy()
    return { dumb, closed: closed.promise, told: () => events.find(({ route }) => route === 'upload') }
  }

  it('learns that a client left while Dify took nothing as soon as Dify reads on: TCP tells it behind the bytes before (the timeout for `stall` is above)', async () => {
    const { dumb, closed, told } = await leftBehind()
    dumb.resume()
    await closed
    expect(dumb.complete).toBe(false)
    await vi.waitFor(() => expect(told()).toMatchObject({ status: 499, code: 'client_gone' }))
  })

  it('gives a client that stops sending 408', async () => {
    const { base, seen } = await dify()
    const { url } = await proxyTo(base, { timeouts: { stall: 50 }, drain: { ms: 50 } })
    const request = openUpload(url)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(408)
    request.destroy()
    expect(seen.filter(({ isWhole }) => isWhole)).toEqual([])
  })

  it.each([
    ['/../files/upload', 404], ['/x/%2e%2e/files/upload', 404], ['/files%2fupload', 404], ['//files/upload', 404],
    ['http://evil.example/files/upload', 404], ['/files/upload/', 404], ['/files/./upload', 404], ['/files\\upload', 404],
    ['/files/upload?x=/parameters', 201], ['/v1/files/upload', 201], ['/files/upload;x', 404],
  ])('the request line POST %s gets %i', async (target, status) => {
    const { base } = await dify()
    const { url } = await proxyTo(base)
    const body = formOf([A_FILE])
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.write(`POST ${target} HTTP/1.1\r\nHost: app.test\r\nConnection: close\r\nContent-Type: ${TYPE['content-type']}\r\nContent-Length: ${body.length}\r\n\r\n`)
    socket.write(body)
    let text = ''
    for await (const chunk of socket) text += String(chunk)
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  })

  it('keeps the connection for the next request', async () => {
    const { base } = await dify()
    const { url } = await proxyTo(base)
    const sockets = new Set<unknown>()
    const { Agent } = await import('node:http')
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let i = 0; i < 3; i++) {
      const request = httpRequest(`${url}/files/upload`, { method: 'POST', headers: TYPE, agent })
      request.end(formOf([A_FILE]))
      const [response] = (await once(request, 'response')) as [IncomingMessage]
      sockets.add(request.socket)
      await textOf(response)
    }
    agent.destroy()
    expect(sockets.size).toBe(1)
  })

  it('uses its connections to Dify again', async () => {
    let connections = 0
    const server = createServer((request, response) => {
      request.resume()
      request.on('end', () => response.writeHead(201, { 'content-type': 'application/json', 'x-version': '1.16.0' }).end(JSON.stringify(UPLOADED)))
    })
    server.on('connection', () => { connections++ })
    const { url } = await proxyTo(`${await listen(server)}/v1`)
    for (let i = 0; i < 6; i++) expect((await upload(url)).status).toBe(201)
    // One more for the parameters, which are asked for beside the first upload.
    expect(connections).toBeLessThanOrEqual(2)
  })

  it('writes not a byte more than its length, whatever of a part it passes on', async () => {
    const received: Buffer[] = []
    let sockets = 0
    const base = await listen(createTcpServer((socket) => {
      sockets += 1
      socket.on('error', () => {})
      socket.on('data', (chunk) => {
        received.push(chunk)
        // The form's end, with what stands for the client's epilogue.
        if (/--\r\n *$/.test(chunk.toString('latin1'))) socket.write(`HTTP/1.1 201 Created\r\ncontent-type: application/json\r\nx-version: 1.16.0\r\ncontent-length: ${JSON.stringify(UPLOADED).length}\r\n\r\n${JSON.stringify(UPLOADED)}`)
      })
    }))
    const { url } = await proxyTo(`${base}/v1`)
    expect((await upload(url, formOf([{ ...A_FILE, filename: `${'ä'.repeat(190)}.txt`, type: `a/${'b'.repeat(6000)}`, content: 'x'.repeat(100_000) }]))).status).toBe(201)
    const all = Buffer.concat(received).toString('latin1')
    const [head = '', ...rest] = all.slice(all.indexOf('POST /v1/files/upload')).split('\r\n\r\n')
    expect(rest.join('\r\n\r\n')).toHaveLength(Number(/content-length: (\d+)/i.exec(head)![1]))
    expect(sockets).toBeGreaterThan(0)
  })

  it('lets go of Dify and of the limit when the client takes nothing for `idle` ms', async () => {
    const closed = vi.fn<() => void>()
    const server = createServer((request, response) => {
      request.resume()
      response.on('close', closed)
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-version': '1.16.0' })
      const more = () => {
        while (!response.destroyed && response.write(`data: ${'x'.repeat(60_000)}\n\n`));
      }
      response.on('drain', more)
      more()
    })
    const release = vi.fn<() => void>()
    const { url, events } = await proxyTo(`${await listen(server)}/v1`, { timeouts: { idle: 300 }, limit: () => ({ ok: true, release }) })
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    const left = once(socket, 'close')
    socket.on('error', () => {})
    socket.pause()
    socket.write('POST /chat-messages HTTP/1.1\r\nHost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}')
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce(), 5000)
    await vi.waitFor(() => expect(release).toHaveBeenCalledOnce(), 5000)
    await vi.waitFor(() => expect(events[0]).toMatchObject({ code: 'client_gone', detail: 'the client stopped reading' }))
    // And the client is not kept either.
    socket.resume()
    await left
  })

  it('tells of a blocking answer that breaks off once, as what it is', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    const server = createServer((request, response) => {
      request.resume()
      response.writeHead(200, { 'content-type': 'application/json', 'x-version': '1.16.0', 'content-length': '100' })
      response.write('{"answer":', () => response.destroy())
    })
    const { url, events } = await proxyTo(`${await listen(server)}/v1`)
    await expect(fetch(`${url}/chat-messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then((it) => it.text())).rejects.toThrow(/terminated|aborted/)
    await vi.waitFor(() => expect(events[0]).toMatchObject({ status: 200, code: 'upstream_unavailable', level: 'warn' }))
    expect(logged).not.toHaveBeenCalled()
  })

  it('tells authorize the path that is served, also under a host that makes no address', async () => {
    const { base } = await dify()
    const asked: string[] = []
    const { url } = await proxyTo(base, {
      authorize: (request) => {
        asked.push(request.url)
        return { user: 'u' }
      },
    })
    for (const host of ['a:b', 'h:99999', '[']) {
      const request = httpRequest(`${url}/tenants/one/parameters?x=1`, { headers: { host } }).end()
      const [response] = (await once(request, 'response')) as [IncomingMessage]
      response.resume()
    }
    expect(asked).toEqual(Array.from({ length: 3 }, () => 'http://localhost/tenants/one/parameters?x=1'))
  })

  it('tells authorize the socket’s address and the host’s own request', async () => {
    const { base } = await dify()
    const asked: unknown[] = []
    const { url } = await proxyTo(base, {
      authorize: (request, { address, native, route }) => {
        asked.push(address, (native as { url: string }).url, route, request.headers.get('x-mine'), request.body)
        return { user: 'u' }
      },
    })
    await fetch(`${url}/info`, { headers: { 'x-mine': 'yes' } })
    expect(asked).toEqual(['127.0.0.1', '/info', 'info', 'yes', null])
  })

  it('passes events on as they come', async () => {
    let send!: (text: string) => void
    const server = createServer((request, response) => {
      request.resume()
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-version': '1.16.0' })
      send = (text) => response.write(text)
      send('data: {"event":"message","answer":"one"}\n\n')
    })
    const { url } = await proxyTo(`${await listen(server)}/v1`)
    const response = await fetch(`${url}/chat-messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    const reader = response.body!.getReader()
    const next = async () => new TextDecoder().decode((await reader.read()).value)
    expect(await next()).toContain('one')
    send('data: {"event":"message","answer":"two"}\n\n')
    expect(await next()).toContain('two')
    send('data: {"event":"error","code":"x"}\n\n')
    expect(await next()).toContain('error')
    expect((await reader.read()).done).toBe(true)
  })

  it('aborts an event stream when the client leaves, even between two events', async () => {
    let closed!: () => void
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve
    })
    const server = createServer((request, response) => {
      request.resume()
      response.on('close', closed)
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-version': '1.16.0' })
      response.write('data: {"event":"ping"}\n\n')
    })
    const { url, events } = await proxyTo(`${await listen(server)}/v1`)
    const leaving = new AbortController()
    const response = await fetch(`${url}/chat-messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}', signal: leaving.signal })
    await response.body!.getReader().read()
    leaving.abort()
    await isClosed
    await vi.waitFor(() => expect(events).toHaveLength(1))
  })
})

describe('toNodeListener', () => {
  it('serves any handler, streaming both ways', async () => {
    const url = await listen(createServer(toNodeListener(async (request) => {
      const headers = new Headers({ 'x-url': request.url, 'x-method': request.method })
      headers.append('set-cookie', 'a=1')
      headers.append('set-cookie', 'b=2')
      return new Response(request.body, { status: 203, headers })
    })))
    const response = await fetch(`${url}/x?y=1`, { method: 'POST', body: 'echo' })
    expect([response.status, await response.text(), response.headers.get('x-url'), response.headers.getSetCookie()]).toEqual([203, 'echo', `${url}/x?y=1`, ['a=1', 'b=2']])
  })

  it('lets a handler answer without reading the body', async () => {
    const url = await listen(createServer(toNodeListener(() => new Response('no', { status: 400 }))))
    const response = await fetch(url, { method: 'POST', body: new Uint8Array(3_000_000) })
    expect(await response.text()).toBe('no')
  })

  it('says clearly that a body parser was faster', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    const { base } = await dify()
    const proxy = createDifyProxy({ apiKey: KEY, baseUrl: base, authorize: () => ({ user: 'u' }) })
    const listener = toNodeListener(proxy)
    const url = await listen(createServer((request, response) => {
      request.on('data', () => {})
      request.on('end', () => listener(request, response))
    }))
    const response = await upload(url)
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({ code: 'internal_server_error' })
    // As every answer has; the log says it too.
    const id = response.headers.get('x-request-id')!
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(String(logged.mock.calls[0])).toContain(id)
    expect(String(logged.mock.calls[0])).toMatch(/body was already read.*before any body parser/s)
  })

  it('reaches Dify through the proxy of the environment where Node is told to use one', async () => {
    const asked: string[] = []
    const between = await listen(createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      request.resume()
      request.on('end', () => response.writeHead(201, { 'content-type': 'application/json', 'x-version': '1.16.0' }).end(JSON.stringify(UPLOADED)))
    }))
    vi.stubEnv('NODE_USE_ENV_PROXY', '1')
    vi.stubEnv('HTTP_PROXY', between)
    vi.stubEnv('NO_PROXY', '')
    const { url } = await proxyServer('http://dify.example/v1')
    expect((await upload(url)).status).toBe(201)
    expect(asked).toContain('POST http://dify.example/v1/files/upload')
  })

  it('asks Dify for answers as they are, and takes no others', async () => {
    const asked: unknown[] = []
    const server = createServer((request, response) => {
      asked.push(request.headers['accept-encoding'])
      request.resume()
      response.writeHead(200, { 'content-type': 'application/json', 'x-version': '1.16.0', 'content-encoding': 'gzip' }).end(gzipSync('{"answer":"hi"}'))
    })
    const { url } = await proxyServer(`${await listen(server)}/v1`)
    const response = await fetch(`${url}/chat-messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    expect([response.status, await response.json()]).toMatchObject([500, { code: 'upstream_not_dify' }])
    expect(asked).toEqual(['identity'])
  })

  it('serves the proxy over HTTP/2', async () => {
    const { base, seen } = await dify()
    const proxy = createDifyProxy({ apiKey: KEY, baseUrl: base, authorize: () => ({ user: 'user-1' }), allowOrigins: ['https://chat.example.com'] })
    const session = await sessionWith(proxy)
    const ask = async (headers: Record<string, string>, body?: Uint8Array) => {
      const stream = session.request({ ':method': 'POST', ':path': '/api/dify/files/upload', ...TYPE, ...headers })
      stream.end(body)
      const [answer] = (await once(stream, 'response')) as [Record<string, unknown>]
      let text = ''
      for await (const chunk of stream) text += String(chunk)
      return { status: answer[':status'], requestId: answer['x-request-id'], text }
    }
    const content = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 31 + (i >> 8)) % 256)
    expect(await ask({}, formOf([{ ...A_FILE, content }]))).toMatchObject({ status: 201, text: JSON.stringify(UPLOADED) })
    expect(Buffer.from(seen[0]!.body).indexOf(Buffer.from(content))).toBeGreaterThan(0)
    expect(await ask({ origin: 'https://evil.example' }, formOf([A_FILE]))).toMatchObject({ status: 403, requestId: expect.any(String) as string })
    expect(await ask({}, formOf([A_FILE]).slice(0, -10))).toMatchObject({ status: 400, text: expect.stringContaining('no_file_uploaded') as string })
    expect(seen.filter(({ isWhole }) => isWhole)).toHaveLength(1)
  })

  it.each([['CANCEL', 8, null], ['CANCEL', 8, 1000], ['NO_ERROR', 0, null], ['NO_ERROR', 0, 1000]] as const)('tells that a client left which resets its stream of HTTP/2 by %s (%i), Content-Length %s', async (_, code, length) => {
    const reached = Promise.withResolvers<void>()
    const closed = Promise.withResolvers<void>()
    const { base } = await dify((request) => {
      request.on('data', () => reached.resolve())
      request.on('error', () => {})
      request.on('close', closed.resolve)
    })
    const events: ProxyEvent[] = []
    const proxy = createDifyProxy({ apiKey: KEY, baseUrl: base, authorize: () => ({ user: 'user-1' }), onEvent: (event) => events.push(event) })
    const { port } = new URL(await listen(createHttp2Server(toNodeListener(proxy))))
    // In frames, for Node's own client ends its body before it resets a stream, which browsers do not.
    const socket = connect(Number(port), '127.0.0.1').resume()
    closing.push(() => socket.destroy())
    const headers = { ':method': 'POST', ':scheme': 'http', ':path': '/files/upload', ':authority': 'app.test', ...TYPE, ...(length === null ? {} : { 'content-length': String(length) }) }
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    socket.write(http2Frame('SETTINGS', 0, Buffer.alloc(0)))
    socket.write(http2Frame('HEADERS', 1, Buffer.concat(Object.entries(headers).flatMap((line) => [Buffer.of(0), ...line.flatMap((text) => [Buffer.of(text.length), Buffer.from(text)])]))))
    socket.write(http2Frame('DATA', 1, Buffer.from(formOf([A_FILE]).slice(0, -20))))
    await reached.promise
    socket.write(http2Frame('RST_STREAM', 1, Buffer.of(0, 0, 0, code)))
    await closed.promise
    await vi.waitFor(() => expect(events.find(({ route }) => route === 'upload')).toMatchObject({ status: 499, code: 'client_gone' }))
  })

  it.each([
    ['an upload that Dify thinks about', '/files/upload', TYPE['content-type'], formOf([A_FILE]), null],
    ['a blocking message', '/chat-messages', 'application/json', '{}', null],
    ['an event stream', '/chat-messages', 'application/json', '{}', 'data: {"event":"ping"}\n\n'],
  ])('lets go of Dify and of the limit when a client leaves over HTTP/2: %s', async (_, path, type, body, first) => {
    const reached = Promise.withResolvers<void>()
    const closed = Promise.withResolvers<void>()
    const { base } = await dify((request, response) => {
      request.resume()
      request.on('end', reached.resolve)
      response.on('close', closed.resolve)
      if (first !== null) response.writeHead(200, { 'content-type': 'text/event-stream', 'x-version': '1.16.0' }).write(first)
    })
    const events: ProxyEvent[] = []
    const release = vi.fn<() => void>()
    const proxy = createDifyProxy({ apiKey: KEY, baseUrl: base, authorize: () => ({ user: 'user-1' }), limit: () => ({ ok: true, release }), onEvent: (event) => events.push(event) })
    const session = await sessionWith(proxy)
    const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': type })
    stream.on('error', () => {})
    stream.end(body)
    await (first === null ? reached.promise : once(stream, 'data'))
    stream.close(8)
    await closed.promise
    await vi.waitFor(() => expect(release).toHaveBeenCalledOnce())
    await vi.waitFor(() => expect(events).toHaveLength(1))
    if (first === null) expect(events).toMatchObject([{ status: 499, code: 'client_gone' }])
  })

  it('ends the signal that a handler gets when a client leaves over HTTP/2, and not when all is well', async () => {
    const signals: AbortSignal[] = []
    const aborted = Promise.withResolvers<void>()
    const session = await sessionWith((request) => {
      signals.push(request.signal)
      if (request.url.endsWith('/fine')) return new Response('ok')
      return new Promise((resolve) => {
        request.signal.addEventListener('abort', () => {
          resolve(new Response('too late'))
          aborted.resolve()
        })
        stream.close(8)
      })
    })
    const fine = session.request({ ':path': '/fine' })
    await once(fine.resume(), 'close')
    const stream = session.request({ ':path': '/slow' })
    stream.on('error', () => {})
    await aborted.promise
    expect(signals.map((signal) => signal.aborted)).toEqual([false, true])
  })

  it('answers 500 when a handler throws', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    const url = await listen(createServer(toNodeListener(() => Promise.reject(new Error('handler broke')))))
    expect((await fetch(url)).status).toBe(500)
    expect(logged).toHaveBeenCalledOnce()
  })

  it('tells a handler’s stream at once that the client left', async () => {
    const cancel = vi.fn<() => void>()
    const stream = () => new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)), cancel })
    const url = await listen(createServer(toNodeListener(() => new Response(stream()))))
    const leaving = new AbortController()
    const response = await fetch(url, { signal: leaving.signal })
    await response.body!.getReader().read()
    leaving.abort()
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce())
  })
})
