import assert from 'node:assert/strict'
import { anyBytes, file, form, FORM_TYPE, part, sha256, until, within } from './client.mjs'
import { KEYS } from './upstream.mjs'

const MIB = 1024 * 1024
const JSON_TYPE = { 'content-type': 'application/json' }

/**
 * What the proxy does, as requests and expected answers: the same for every host.
 *
 * `it`: `client` of the host, `emulator` behind it (empty before each), `host` with what is special about it.
 */
export const BEHAVIOURS = {
  async 'an upload arrives byte for byte, and Dify’s 201 comes back'({ client, emulator }) {
    const bytes = anyBytes(3 * MIB + 1)
    const answer = await client.upload(form(file(bytes)))
    assert.equal(answer.status, 201)
    assert.match(answer.headers['content-type'], /^application\/json/)
    assert.equal(answer.headers['x-version'], '1.16.0')
    const [stored] = emulator.files.values()
    const { id, name, size, extension, mime_type } = await answer.json
    assert.deepEqual({ id, name, size, extension, mime_type }, { id: stored.id, name: 'photo.png', size: bytes.length, extension: 'png', mime_type: 'image/png' })
    assert.equal(stored.sha256, sha256(bytes))
    assert.equal(stored.user, 'alice')
  },

  async 'an upload streams: its first bytes are at Dify before the last have left'({ client, emulator }) {
    const body = form(file(anyBytes(2 * MIB)))
    const sent = client.openUpload({ 'content-length': String(body.length) })
    await sent.write(body.subarray(0, MIB))
    await until(() => uploadsOf(emulator).some((it) => it.bytesReceived > MIB / 2), 'half a megabyte is at Dify')
    sent.end(body.subarray(MIB))
    assert.equal((await sent.answer).status, 201)
  },

  async 'Dify gets an exact Content-Length where the client gave one'({ client, emulator }) {
    assert.equal((await client.upload(form(part('user', 'x'), file(anyBytes(500_000)), part('more', 'fields')))).status, 201)
    const [{ headers, bytesReceived }] = uploadsOf(emulator)
    assert.equal(headers['transfer-encoding'], undefined)
    assert.equal(headers['content-length'], String(bytesReceived))
  },

  async 'an upload without a length arrives too'({ client, emulator }) {
    const bytes = anyBytes(3 * MIB)
    const body = form(file(bytes))
    const chunks = Array.from({ length: 50 }, (_, i) => body.subarray((i * body.length) / 50, ((i + 1) * body.length) / 50))
    assert.equal((await client.upload(chunks)).status, 201)
    assert.equal([...emulator.files.values()][0].sha256, sha256(bytes))
  },

  async 'an upload of 60 MB passes, whatever limits the host has by default'({ client, emulator }) {
    const bytes = anyBytes(60_000_000)
    assert.equal((await client.upload(form(file(bytes, 'film.mp4', 'video/mp4')))).status, 201)
    assert.equal([...emulator.files.values()][0].sha256, sha256(bytes))
  },

  async 'eight uploads at once do not mix'({ client, emulator }) {
    const all = Array.from({ length: 8 }, (_, i) => anyBytes(200_000 + i))
    const answers = await Promise.all(all.map((bytes, i) => client.upload(form(file(bytes, `${i}.png`)))))
    assert.deepEqual(answers.map(({ status }) => status), all.map(() => 201))
    for (const [i, bytes] of all.entries()) {
      assert.equal([...emulator.files.values()].find(({ name }) => name === `${i}.png`)?.sha256, sha256(bytes))
    }
  },

  async 'the user that authorize names wins over the client’s'({ client, emulator }) {
    assert.equal((await client.upload(form(part('user', 'mallory'), file('x'), part('user', 'mallory')))).status, 201)
    assert.equal([...emulator.files.values()][0].user, 'alice')
  },

  async 'a file’s path and odd characters stay behind'({ client, emulator }) {
    assert.equal((await client.upload(form(file('x', '../../etc/pa:ss.png', 'application/octet-stream')))).status, 201)
    const [{ name, mime_type }] = emulator.files.values()
    assert.deepEqual({ name, mime_type }, { name: 'pa_ss.png', mime_type: 'image/png' })
  },

  async 'a second file is refused, and nothing is stored'({ client, emulator }) {
    for (const name of ['file', 'user', 'other']) {
      await refused(client.upload(form(file('one'), part(name, 'two', 'b.png', 'image/png'))), 400, 'too_many_files')
    }
    assert.equal(emulator.files.size, 0)
  },

  async 'a form that breaks off is refused, and nothing is stored'({ client, emulator }) {
    const whole = form(file(anyBytes(100_000)))
    await refused(client.upload(whole.subarray(0, -10)), 400, 'no_file_uploaded')
    await refused(client.upload(whole.subarray(0, 50_000)), 400, 'no_file_uploaded')
    await refused(client.upload([whole.subarray(0, 50_000)]), 400, 'no_file_uploaded')
    await refused(client.upload('no form at all'), 400, 'no_file_uploaded')
    await refused(client.send('POST', 'files/upload', { body: '{}', headers: JSON_TYPE }), 400, 'no_file_uploaded')
    assert.equal(emulator.files.size, 0)
    assert.ok(uploadsOf(emulator).every(({ outcome }) => outcome !== 'answered'))
  },

  async 'a declared length over every limit is refused before a byte of it has come'({ client, emulator }) {
    const sent = client.openUpload({ 'content-length': String(200 * MIB) })
    sent.request.flushHeaders()
    const answer = await within(sent.answer, 3000, 'the answer')
    assert.equal(answer.status, 413)
    assert.match(answer.headers['content-type'], /^application\/json/)
    sent.leave()
    assert.equal(uploadsOf(emulator).length, 0)
  },

  async 'too many bytes are refused while they are counted, by Dify’s limit and by the operator’s'({ client, emulator }) {
    for (const [name, type, limit] of [['notes.txt', 'text/plain', MIB], ['song.mp3', 'audio/mpeg', 2 * MIB]]) {
      const body = form(file(anyBytes(limit + 1), name, type))
      const chunks = Array.from({ length: 20 }, (_, i) => body.subarray((i * body.length) / 20, ((i + 1) * body.length) / 20))
      const { message } = await refused(client.upload(chunks), 413, 'file_too_large')
      assert.match(message, new RegExp(`${limit / MIB} MB`))
      await refused(client.upload(body), 413, 'file_too_large')
      assert.equal((await client.upload(form(file(anyBytes(limit), name, type)))).status, 201, 'the limit itself is allowed')
    }
    assert.equal(emulator.files.size, 2)
  },

  async 'an early refusal of Dify’s is told at once, and the rest may still be sent'({ client, emulator, host }) {
    emulator.script({ kind: 'status', status: 413, early: true })
    const body = form(file(anyBytes(9 * MIB)))
    // Not by Node's client, which hangs up once it has its answer: browsers do not.
    const line = client.line()
    const head = `POST ${host.path}/files/upload HTTP/1.1\r\nHost: localhost\r\nCookie: session=alice\r\nContent-Type: ${FORM_TYPE}\r\nContent-Length: ${body.length}\r\n\r\n`
    await line.write(Buffer.concat([Buffer.from(head), body.subarray(0, 100_000)]))
    await until(() => line.text().includes('"status":413}'), 'the answer', 3000)
    assert.match(line.text(), /^HTTP\/1\.1 413 [^]*gateway_too_large/)
    // A browser on a slow line takes its time.
    for (const [from, to] of [[100_000, 200_000], [200_000, 300_000], [300_000, undefined]]) {
      await new Promise((resolve) => setTimeout(resolve, 300))
      await within(line.write(body.subarray(from, to)), 5000, 'sending the rest')
    }
    assert.equal(line.error(), null)
    line.close()
  },

  async 'faults of Dify and of gateways become the codes of the error table'({ client, emulator }) {
    const table = [
      [{ kind: 'status', status: 503 }, 503, 'upstream_unavailable'],
      [{ kind: 'status', status: 502 }, 502, 'upstream_unavailable'],
      [{ kind: 'status', status: 524 }, 504, 'gateway_timeout'],
      [{ kind: 'status', status: 413 }, 413, 'gateway_too_large'],
      [{ kind: 'status', status: 413, code: 'file_too_large' }, 413, 'file_too_large'],
      [{ kind: 'status', status: 401, code: 'unauthorized', message: `Access token ${KEYS[0]} is invalid` }, 500, 'upstream_unauthorized'],
      [{ kind: 'status', status: 403, code: 'forbidden' }, 500, 'upstream_forbidden'],
      [{ kind: 'status', status: 404 }, 500, 'upstream_not_found'],
      [{ kind: 'status', status: 302 }, 500, 'upstream_redirect'],
      [{ kind: 'status', status: 415, code: 'unsupported_file_type' }, 415, 'unsupported_file_type'],
      [{ kind: 'body', body: '<html>welcome</html>' }, 500, 'upstream_not_dify'],
      [{ kind: 'cutOff', at: 'body' }, 502, 'upstream_unavailable'],
      [{ kind: 'cutOff', at: 'answer' }, 502, 'upstream_unavailable'],
    ]
    for (const [trouble, status, code] of table) {
      emulator.script(trouble)
      await refused(client.upload(form(file('x'))), status, code)
    }
    emulator.script({ kind: 'status', status: 429, retryAfter: 7 })
    const busy = await client.upload(form(file('x')))
    assert.deepEqual([busy.status, busy.headers['retry-after'], (await busy.json).code], [429, '7', 'too_many_requests'])
  },

  async 'a client that leaves takes its upload to Dify with it'({ client, emulator }) {
    const sent = client.openUpload({ 'content-length': '5000000' })
    await sent.write(file(anyBytes(300_000)).subarray(0, 200_000))
    const upload = await until(() => uploadsOf(emulator).find((it) => it.bytesReceived > 100_000), 'the upload is at Dify')
    sent.leave()
    await until(() => upload.outcome === 'aborted', 'Dify sees it leave', 3000)
    assert.equal(emulator.files.size, 0)
  },

  async 'an answer’s events pass one by one'({ client, emulator }) {
    const sent = client.open('POST', 'chat-messages', { headers: JSON_TYPE })
    sent.end(JSON.stringify({ query: 'one two three four five six seven eight', inputs: {}, response_mode: 'streaming', user: 'mallory' }))
    const answer = await sent.answer
    assert.equal(answer.status, 200)
    assert.match(answer.headers['content-type'], /^text\/event-stream/)
    await until(() => answer.sofar().includes('data:'), 'an event')
    assert.equal(emulator.requests.at(-1).outcome, 'answering', 'the first event came while Dify was still answering')
    const words = [...(await answer.text).matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json))
    assert.equal(words.filter(({ event }) => event === 'message').map(({ answer }) => answer).join(''), emulator.messages[0].answer)
    assert.equal(words.at(-1).event, 'message_end')
    assert.equal(emulator.messages[0].user, 'alice')
  },

  async 'a client that leaves an answer ends it at Dify'({ client, emulator }) {
    const sent = client.open('POST', 'chat-messages', { headers: JSON_TYPE })
    sent.end(JSON.stringify({ query: 'word '.repeat(500), inputs: {}, response_mode: 'streaming' }))
    const answer = await sent.answer
    await until(() => answer.sofar().includes('data:'), 'an event')
    sent.leave()
    await until(() => emulator.requests.at(-1).outcome === 'aborted', 'Dify sees it leave', 3000)
  },

  async 'a message carries the server’s user, and is held to its size'({ client, emulator }) {
    const body = JSON.stringify({ query: 'hi', inputs: {}, response_mode: 'blocking', user: 'mallory' })
    const answer = await client.send('POST', 'chat-messages', { headers: JSON_TYPE, body })
    assert.equal(answer.status, 200)
    assert.match((await answer.json).answer, /You wrote: hi/)
    assert.equal(emulator.messages[0].user, 'alice')
    await refused(client.send('POST', 'chat-messages', { headers: JSON_TYPE, body: JSON.stringify({ query: 'x'.repeat(MIB) }) }), 413, 'request_entity_too_large')
  },

  async 'who is nobody gets 401, and Dify hears nothing'({ client, emulator }) {
    await refused(client.upload(form(file('x')), { cookie: '' }), 401, 'unauthorized')
    await refused(client.get('parameters', { cookie: 'other=1' }), 401, 'unauthorized')
    assert.equal(emulator.requests.length, 0)
  },

  async 'a page of another site gets 403, and Dify hears nothing'({ client, emulator }) {
    const evil = 'https://evil.example'
    for (const headers of [{ origin: evil, 'sec-fetch-site': 'cross-site' }, { origin: evil }, { origin: 'null' }, { 'sec-fetch-site': 'same-site' }]) {
      await refused(client.upload(form(file('x')), headers), 403, 'forbidden_origin')
    }
    assert.equal(emulator.requests.length, 0)
    assert.equal((await client.upload(form(file('x')), { origin: evil, 'sec-fetch-site': 'same-origin' })).status, 201)
  },

  async 'a listed origin passes its preflight and may read the answer'({ client }) {
    const origin = 'https://chat.example.com'
    const asked = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-csrf' }
    const preflight = await client.send('OPTIONS', 'files/upload', { headers: { ...asked, cookie: '' } })
    assert.equal(preflight.status, 204)
    assert.equal(preflight.headers['access-control-allow-origin'], origin)
    assert.equal(preflight.headers['access-control-allow-credentials'], 'true')
    assert.equal(preflight.headers['access-control-allow-headers'], 'content-type,x-csrf')
    assert.match(preflight.headers['access-control-allow-methods'], /POST/)
    const answer = await client.upload(form(file('x')), { origin, 'sec-fetch-site': 'cross-site' })
    assert.equal(answer.status, 201)
    assert.equal(answer.headers['access-control-allow-origin'], origin)
    assert.match(answer.headers['access-control-expose-headers'], /retry-after/)
    const other = await client.send('OPTIONS', 'files/upload', { headers: { ...asked, origin: 'https://evil.example' } })
    assert.equal(other.status, 403)
    assert.equal(other.headers['access-control-allow-origin'], undefined)
  },

  async 'tricks with the path reach nothing'({ client, emulator, host }) {
    const nowhere = [
      'datasets', 'conversations', 'files', 'messages?user=alice', 'chat-messages/a/b/stop', 'files%2fupload', 'files/%75pload', 'files\\upload',
      'parameters/..%2fconversations', '%2e%2e/conversations', 'parameters%00', 'parameters;x=1', 'parameters/', '..;/conversations', 'chat-messages/%2e%2e/stop', 'files/upload%20',
    ]
    for (const path of nowhere) {
      const told = await client.raw(`GET ${host.path}/${path} HTTP/1.1\r\nHost: localhost\r\nCookie: session=alice\r\nConnection: close\r\n\r\n`)
      assert.match(told, /^HTTP\/1\.1 (400|404|405|307|308) /, path)
    }
    assert.deepEqual(emulator.requests.map(({ path }) => path), [])
    // A host that tidies a URL up before we see it may make a route of these: then exactly that route, or none.
    const tidied = ['../parameters', 'x/../parameters', './parameters', '/parameters', 'x/%2e%2e/parameters', 'parameters/../../parameters']
    for (const path of tidied) {
      await client.raw(`GET ${host.path}/${path} HTTP/1.1\r\nHost: localhost\r\nCookie: session=alice\r\nConnection: close\r\n\r\n`)
    }
    await client.raw(`GET http://evil.example${host.path}/../../v1/conversations HTTP/1.1\r\nHost: localhost\r\nCookie: session=alice\r\nConnection: close\r\n\r\n`)
    await client.raw(`GET //evil.example${host.path}/conversations HTTP/1.1\r\nHost: localhost\r\nCookie: session=alice\r\nConnection: close\r\n\r\n`)
    for (const { method, path } of emulator.requests) assert.equal(`${method} ${path}`, 'GET /v1/parameters')
  },

  async 'a request whose length has two readings brings Dify one whole file or none'({ client, emulator, host }) {
    const bytes = anyBytes(1000)
    const body = form(file(bytes)).toString('latin1')
    const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
    const smuggled = `GET ${host.path}/parameters HTTP/1.1\r\nHost: localhost\r\nCookie: session=alice\r\n\r\n`
    const honest = { headers: [`Content-Length: ${body.length}`], sent: body }
    const lies = [
      { headers: [`Content-Length: ${body.length}`, `Content-Length: ${body.length - 1}`], sent: body },
      { headers: [`Content-Length: ${body.length - 1}`, `Content-Length: ${body.length}`], sent: body },
      { headers: [`Content-Length: ${body.length}`, 'Transfer-Encoding: chunked'], sent: chunked },
      { headers: ['Content-Length: 4', 'Transfer-Encoding: chunked'], sent: chunked },
      { headers: ['Transfer-Encoding: chunked', 'Content-Length: 0'], sent: chunked + smuggled },
      { headers: ['Transfer-Encoding: chunked, identity'], sent: chunked },
      { headers: ['Transfer-Encoding: xchunked'], sent: chunked },
      { headers: ['Transfer-Encoding: chunked'], sent: `zz\r\n${body}\r\n0\r\n\r\n` },
      { headers: ['Transfer-Encoding: chunked'], sent: `fffffffffffffffff\r\n${body}\r\n0\r\n\r\n` },
      { headers: [`Content-Length: ${body.length - 20}`], sent: body },
      { headers: ['Content-Length: -5'], sent: body },
    ]
    for (const { headers, sent } of [honest, ...lies]) {
      emulator.reset()
      const head = [`POST ${host.path}/files/upload HTTP/1.1`, 'Host: localhost', 'Cookie: session=alice', `Content-Type: ${FORM_TYPE}`, ...headers].join('\r\n')
      const told = await client.raw(Buffer.from(`${head}\r\n\r\n${sent}`, 'latin1'), { quiet: 150, most: 1500 })
      const stored = [...emulator.files.values()].map(({ sha256 }) => sha256)
      const isOneWhole = stored.length === 1 && stored[0] === sha256(bytes) && told.includes(' 201 ')
      assert.ok(headers !== honest.headers || isOneWhole, 'the honest one arrives')
      assert.ok(stored.length === 0 || isOneWhole, `${headers.join(' | ')}: ${stored.length} stored`)
      assert.ok(emulator.requests.every(({ path, outcome }) => path === '/v1/files/upload' && (outcome !== 'answered' || isOneWhole)), headers.join(' | '))
    }
  },

  async 'other methods get 405, other paths 404, in Dify’s envelope'({ client, emulator }) {
    for (const [method, path, allowed] of [['GET', 'files/upload', 'POST'], ['POST', 'parameters', 'GET'], ['GET', 'chat-messages', 'POST']]) {
      const answer = await client.send(method, path)
      assert.equal((await answer.json).code, 'method_not_allowed')
      assert.equal(answer.status, 405)
      assert.match(answer.headers.allow, new RegExp(allowed))
    }
    await refused(client.get('nothing'), 404, 'not_found')
    await refused(client.get('session'), 404, 'not_found')
    await refused(client.get('files/123/preview'), 404, 'not_found')
    for (const method of ['PUT', 'DELETE', 'PATCH']) assert.equal((await client.send(method, 'files/upload')).status, 405)
    assert.equal(emulator.requests.length, 0)
  },

  async 'every answer has a request id, is not sniffed and not kept'({ client }) {
    const answers = [
      await client.upload(form(file('x'))),
      await client.get('parameters'),
      await client.get('nothing'),
      await client.upload('no form'),
      await client.upload(form(file('x')), { cookie: '' }),
    ]
    for (const { headers } of answers) {
      assert.match(headers['x-request-id'], /^[\w.-]{8,128}$/)
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['cache-control'], 'private, no-store')
      assert.equal(headers['set-cookie'], undefined)
    }
    assert.equal(new Set(answers.map(({ headers }) => headers['x-request-id'])).size, answers.length)
  },

  async 'of the client’s headers Dify sees none but its place in a trace'({ client, emulator }) {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    const answer = await client.upload(form(file('x')), { authorization: 'Bearer stolen', 'x-forwarded-for': '1.2.3.4', 'x-secret': 'y', traceparent })
    const [{ headers }] = uploadsOf(emulator)
    assert.equal(headers.authorization, `Bearer ${KEYS[0]}`)
    assert.equal(headers.traceparent, traceparent)
    assert.equal(headers['x-request-id'], answer.headers['x-request-id'])
    for (const name of ['cookie', 'x-forwarded-for', 'x-secret', 'origin', 'referer']) assert.equal(headers[name], undefined, name)
  },

  async 'parameters are Dify’s own, with the operator’s limits'({ client, emulator }) {
    const answer = await client.get('parameters')
    const { dify_file_drop, ...own } = await answer.json
    assert.deepEqual(own, JSON.parse(JSON.stringify(emulator.parameters(KEYS[0]))))
    assert.match(dify_file_drop.version, /^\d+\.\d+\.\d+/)
    assert.deepEqual(dify_file_drop.max_bytes, { audio: 2 * MIB })
  },

  async 'the app’s key may depend on the request'({ client, emulator }) {
    assert.equal((await client.upload(form(file('x')))).status, 201)
    assert.equal((await client.upload(form(file('x')), { 'x-app': 'second' })).status, 201)
    assert.deepEqual([...emulator.files.values()].map(({ app }) => app), emulator.apps.map(({ id }) => id))
    assert.deepEqual(uploadsOf(emulator).map(({ headers }) => headers.authorization), KEYS.map((key) => `Bearer ${key}`))
  },

  async 'health says that it is there, to anyone'({ client, emulator }) {
    const answer = await client.get('health', { cookie: '' })
    assert.equal(answer.status, 200)
    assert.equal((await answer.json).status, 'ok')
    assert.equal(emulator.requests.length, 0)
  },

  async 'a body that was read before is told in the log, and is a clear 500'({ client, host }) {
    const body = form(file('x'))
    const answer = await client.send('POST', host.tooLate, { headers: { 'content-type': FORM_TYPE }, body })
    assert.equal(answer.status, 500)
    assert.equal((await answer.json).code, 'internal_server_error')
    await until(() => /body was already read.*body parser/s.test(host.output()), 'the log says so')
  },

  async 'the key is in nothing that was told or logged'({ client, host }) {
    for (const key of KEYS) {
      assert.ok(!Buffer.concat(client.told).includes(key), 'in an answer')
      assert.ok(!host.output().includes(key), 'in the log')
    }
    assert.match(host.output(), /"route":"upload"/)
  },
}

function uploadsOf(emulator) {
  return emulator.requests.filter(({ path }) => path === '/v1/files/upload')
}

async function refused(answering, status, code) {
  const answer = await answering
  const text = await answer.text
  assert.match(answer.headers['content-type'] ?? '', /^application\/json/, `${answer.status} ${text.slice(0, 200)}`)
  const told = JSON.parse(text)
  assert.deepEqual([answer.status, told.code, told.status], [status, code, status])
  assert.equal(typeof told.message, 'string')
  return told
}
