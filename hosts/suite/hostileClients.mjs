import assert from 'node:assert/strict'
import { runChecks } from './checks.mjs'
import { anyBytes, file, form, FORM_TYPE, until } from './client.mjs'
import { startProxy } from './commandLine.mjs'
import { startUpstream } from './upstream.mjs'

const HEADERS_S = 1
const STALL_S = 1
const UPLOAD_S = 3

/** Who lies about lengths, who is slow, and who is many: against `dify-file-drop proxy` with short times. */
export async function hostileClients() {
  const upstream = await startUpstream()
  const { emulator } = upstream
  const proxy = await startProxy(
    {
      AUTHORIZE_URL: upstream.authorizeUrl, HEADERS_TIMEOUT_SECONDS: String(HEADERS_S), STALL_TIMEOUT_SECONDS: String(STALL_S),
      UPLOAD_TIMEOUT_SECONDS: String(UPLOAD_S), RATE_PER_USER: '10000', RATE_PER_ADDRESS: '10000', CONCURRENT_PER_ADDRESS: '1000',
    },
    upstream,
  )
  const { client } = proxy
  const head = (headers, line = 'POST /api/dify/files/upload HTTP/1.1') =>
    `${line}\r\n${['Host: localhost', 'Cookie: session=alice', `Content-Type: ${FORM_TYPE}`, ...headers].join('\r\n')}\r\n\r\n`
  const body = form(file(anyBytes(1000))).toString('latin1')
  const latin1 = (text) => Buffer.from(text, 'latin1')
  const chunked = (text) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`
  await client.get('parameters')

  try {
    return await runChecks({
      async 'two readings of a length are refused, and Dify hears nothing'() {
        const lies = [
          { headers: [`Content-Length: ${body.length}`, `Content-Length: ${body.length - 1}`], sent: body },
          { headers: [`Content-Length: ${body.length}`, `Content-Length: ${body.length}`], sent: body },
          { headers: [`Content-Length: ${body.length}, ${body.length}`], sent: body },
          { headers: [`Content-Length: ${body.length}`, 'Transfer-Encoding: chunked'], sent: chunked(body) },
          { headers: ['Transfer-Encoding: chunked', `Content-Length: ${body.length}`], sent: chunked(body) },
          { headers: ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'], sent: chunked(body) },
          { headers: ['Transfer-Encoding: identity'], sent: body },
          { headers: ['Transfer-Encoding: xchunked'], sent: chunked(body) },
          { headers: ['Transfer-Encoding : chunked'], sent: chunked(body) },
          { headers: ['Transfer-Encoding:\x0bchunked'], sent: chunked(body) },
          { headers: [`Content-Length: +${body.length}`], sent: body },
          { headers: [`Content-Length: 0x${body.length.toString(16)}`], sent: body },
          { headers: ['Content-Length: -1'], sent: body },
          { headers: ['Content-Length: 99999999999999999999'], sent: body },
          { headers: [' Content-Length: 5'], sent: body },
          { headers: ['Transfer-Encoding: chunked'], sent: `${body.length.toString(16)};\n${body}` },
          { headers: ['Transfer-Encoding: chunked'], sent: `zz\r\n${body}\r\n0\r\n\r\n` },
          { headers: ['Transfer-Encoding: chunked'], sent: `fffffffffffffffff\r\n${body}\r\n0\r\n\r\n` },
        ]
        for (const { headers, sent } of lies) {
          const told = await client.raw(latin1(head(headers) + sent), { quiet: 200, most: 2500 })
          assert.match(told, /^(HTTP\/1\.1 (4\d\d|501) |$)/, headers.join(' | '))
          assert.equal(emulator.files.size, 0, headers.join(' | '))
        }
        assert.ok(emulator.requests.every(({ outcome }) => outcome !== 'answered'))
      },

      async 'a length larger than the body: 408, and Dify’s half is cut'() {
        const line = client.line()
        const began = Date.now()
        await line.write(latin1(head([`Content-Length: ${body.length + 10}`]) + body.slice(0, -10)))
        await until(() => line.text().includes('"status":'), 'an answer', 6000)
        assert.match(line.text(), /^HTTP\/1\.1 408 [^]*gateway_timeout/)
        assert.ok(Date.now() - began < STALL_S * 1000 + 1500)
        assert.equal(emulator.files.size, 0)
        line.close()
      },

      async 'a length larger than a form that is whole: its file is stored as it is'() {
        const line = client.line()
        await line.write(latin1(head([`Content-Length: ${body.length + 10}`]) + body))
        await until(() => line.text().includes('"id":'), 'an answer', 2000)
        assert.match(line.text(), /^HTTP\/1\.1 201 /)
        assert.deepEqual([...emulator.files.values()].map(({ size }) => size), [1000])
        line.close()
      },

      async 'a length smaller than the body: 400, and what follows is another request, of nobody'() {
        const smuggled = 'GET /api/dify/parameters HTTP/1.1\r\nHost: localhost\r\n\r\n'
        const cut = body.slice(0, 500)
        const told = await client.raw(latin1(head([`Content-Length: ${cut.length}`]) + cut + smuggled))
        assert.deepEqual(told.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 400', 'HTTP/1.1 401'])
        assert.equal(emulator.files.size, 0)
        assert.ok(emulator.requests.every(({ path, outcome }) => path === '/v1/files/upload' && outcome !== 'answered'))
      },

      async 'a form that ends before its length: what follows is no part of it'() {
        const more = 'GET /v1/conversations HTTP/1.1\r\n\r\n'
        const told = await client.raw(latin1(head([`Content-Length: ${body.length + more.length}`]) + body + more))
        assert.deepEqual(told.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 201'])
        assert.deepEqual(emulator.requests.map(({ path }) => path), ['/v1/files/upload'])
        assert.equal([...emulator.files.values()][0].size, 1000)
      },

      async 'two requests in one packet are answered in order'() {
        const one = head([`Content-Length: ${body.length}`]) + body
        const told = await client.raw(latin1(one + one), { quiet: 700 })
        assert.deepEqual(told.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 201', 'HTTP/1.1 201'])
        assert.equal(emulator.files.size, 2)
      },

      async 'a client that waits for 100 Continue gets it'() {
        const line = client.line()
        await line.write(head([`Content-Length: ${body.length}`, 'Expect: 100-continue']))
        await until(() => line.text().includes('100 Continue'), 'the word to go on', 2000)
        await line.write(latin1(body))
        await until(() => line.text().includes(' 201 '), 'the answer', 2000)
        line.close()
      },

      async 'headers without end or measure are refused'() {
        assert.match(await client.raw(head([`X-Bomb: ${'x'.repeat(20_000)}`])), /^HTTP\/1\.1 431 /)
        assert.match(await client.raw(head(Array.from({ length: 3000 }, (_, i) => `X-${i}: 1`))), /^HTTP\/1\.1 431 /)
        assert.match(await client.raw(head(['X-Nul: a\0b'])), /^HTTP\/1\.1 400 /)
        assert.equal(emulator.requests.length, 0)
      },

      async 'headers that trickle are cut off in time'() {
        const line = client.line()
        const began = Date.now()
        const text = head(['Content-Length: 1'])
        for (let i = 0; !line.isClosed() && i < text.length; i++) {
          await line.write(text[i]).catch(() => {})
          await new Promise((resolve) => setTimeout(resolve, 100))
          assert.ok(Date.now() - began < HEADERS_S * 1000 + 1500, 'it still listens')
        }
        assert.ok(line.isClosed())
        assert.match(line.text(), /^(HTTP\/1\.1 408 |$)/)
      },

      async 'a body that trickles is cut off in time, and Dify’s half with it'() {
        const line = client.line()
        const began = Date.now()
        await line.write(head(['Content-Length: 1000000']) + file('').toString().slice(0, -2))
        while (!line.isClosed() && !line.text().includes('"status":408') && !line.text().includes('"status":504')) {
          await line.write('x').catch(() => {})
          await new Promise((resolve) => setTimeout(resolve, 200))
          assert.ok(Date.now() - began < UPLOAD_S * 1000 + 2500, `it still listens: ${line.text()}`)
        }
        assert.match(line.text(), /^HTTP\/1\.1 (408|504) /)
        await until(() => emulator.requests.at(-1).outcome === 'aborted', 'Dify’s half is cut', 2000)
        line.close()
      },

      async 'a thousand idle connections keep nobody from uploading, and are closed'() {
        const lines = Array.from({ length: 1000 }, () => client.line())
        // Half of them say half a request.
        await Promise.all(lines.filter((_, i) => i % 2 === 0).map((line) => line.write('POST /api/dify/files/upload HTTP/1.1\r\nHost: l').catch(() => {})))
        const began = Date.now()
        assert.equal((await client.upload(form(file(anyBytes(500_000))))).status, 201)
        const took = Date.now() - began
        assert.ok(took < 1000, `${took} ms`)
        await until(() => lines.every((line) => line.isClosed()), 'all are closed', HEADERS_S * 1000 + 4000)
      },

      async 'a thousand uploads that never go on are cut off, and others are served meanwhile'() {
        const lines = Array.from({ length: 1000 }, () => client.line())
        await Promise.all(lines.map((line) => line.write(head(['Content-Length: 1000000']) + file('').toString().slice(0, -2)).catch(() => {})))
        // At most six of one user's get so far as to wait: the others are told at once.
        const other = await client.upload(form(file('x')), { cookie: 'session=bob' })
        assert.equal(other.status, 201)
        await until(() => lines.every((line) => line.isClosed() || line.text() !== ''), 'all are told', 10_000)
        const told = lines.map((line) => Number(/^HTTP\/1\.1 (\d+)/.exec(line.text())?.[1]))
        assert.ok(told.filter((status) => status === 429).length >= 980, `429 to ${told.filter((status) => status === 429).length}`)
        for (const line of lines) line.close()
        await until(async () => (await client.upload(form(file('x')))).status === 201, 'the user has places again')
      },
    }, () => {
      emulator.reset()
      return {}
    })
  } finally {
    await proxy.stop()
    upstream.close()
  }
}
