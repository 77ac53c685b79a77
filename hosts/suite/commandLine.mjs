import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { runChecks } from './checks.mjs'
import { anyBytes, clientOf, file, form, until, within } from './client.mjs'
import { answers, freePort, start } from './start.mjs'
import { KEYS, startUpstream } from './upstream.mjs'

export const COMMAND = [process.execPath, 'node_modules/.bin/dify-file-drop']
const SECRET = 'a-secret-of-more-than-32-characters-0123'

/** Starts `dify-file-drop proxy` with these variables, and waits until it answers. */
export async function startProxy(variables, upstream) {
  const port = await freePort()
  const env = { DIFY_API_KEY: KEYS[0], DIFY_BASE_URL: upstream.url, PORT: String(port), ...variables }
  const server = start([...COMMAND, 'proxy'], { env })
  const base = `http://127.0.0.1:${port}/api/dify`
  await server.ready(() => answers(`${base}/health`))
  const events = () => server.output().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)).filter(({ route }) => route !== 'health')
  return { ...server, port, base, client: clientOf(base), events }
}

/** `npx dify-file-drop proxy`, started for real. */
export async function commandLine() {
  const upstream = await startUpstream()
  const { emulator } = upstream
  const running = []
  const proxyWith = async (variables) => {
    const proxy = await startProxy({ AUTHORIZE_URL: upstream.authorizeUrl, ...variables }, upstream)
    running.push(proxy)
    return proxy
  }
  /** Runs it to its end. */
  const told = async (args, variables = {}) => {
    const it = start([...COMMAND, ...args], { env: { DIFY_API_KEY: KEYS[0], DIFY_BASE_URL: upstream.url, PORT: '0', AUTHORIZE_URL: upstream.authorizeUrl, ...variables } })
    const code = await within(it.ended, 10_000, 'it ends').finally(() => it.stop())
    return { code, text: it.output() }
  }

  try {
    return await runChecks({
      async 'says what it can do'() {
        for (const args of [[], ['--help'], ['proxy', '--help'], ['-h']]) {
          const { code, text } = await told(args)
          assert.equal(code, 0)
          assert.match(text, /DIFY_API_KEY[^]*AUTHORIZE_URL[^]*REDIS_URL/)
        }
        const { text } = await told(['--version'])
        assert.match(text, /^\d+\.\d+\.\d+/)
      },

      async 'does not start on what cannot work, and says why in one sentence'() {
        const taken = createServer().listen(0, '127.0.0.1')
        await once(taken, 'listening')
        const table = [
          [['serve'], {}, /no command "serve"/],
          [['proxy', '--port', '1'], {}, /takes no arguments/],
          [['proxy'], { DIFY_API_KEY: ' ' }, /DIFY_API_KEY is not set/],
          [['proxy'], { DIFY_API_KEY: 'two words' }, null],
          [['proxy'], { AUTHORIZE_URL: '' }, /neither AUTHORIZE_URL nor ANONYMOUS_SECRET/],
          [['proxy'], { ANONYMOUS_SECRET: SECRET }, /both set/],
          [['proxy'], { AUTHORIZE_URL: '', ANONYMOUS_SECRET: 'short' }, /at least 32 characters/],
          [['proxy'], { AUTHORIZE_URL: 'backend/who' }, /AUTHORIZE_URL is no http\(s\) URL/],
          [['proxy'], { DIFY_BASE_URL: 'dify.example' }, /DIFY_BASE_URL is no http\(s\) URL/],
          [['proxy'], { ALLOW_ORIGINS: 'chat.example.com' }, /allowOrigins.*is no origin/],
          [['proxy'], { PORT: 'http' }, /PORT is "http"/],
          [['proxy'], { PORT: String(taken.address().port) }, /EADDRINUSE/],
          [['proxy'], { LOG: 'text' }, /LOG is "text"/],
          [['proxy'], { MAX_IMAGE_MB: '10MB' }, /MAX_IMAGE_MB is "10MB"/],
          [['proxy'], { REDIS_URL: `redis://127.0.0.1:${await freePort()}` }, /Redis at REDIS_URL does not answer/],
        ]
        for (const [args, variables, sentence] of table) {
          if (sentence === null) continue
          const { code, text } = await told(args, variables)
          assert.equal(code, 1, text)
          assert.match(text, sentence)
          assert.equal(text.trim().split('\n').length, 1, text)
          assert.ok(!text.includes(KEYS[0]))
        }
        taken.close()
      },

      async 'asks the backend who it is, with the caller’s cookie and authorization and nothing else'() {
        let seen = null
        let reply = [200, '{"user":"carol"}']
        const backend = createServer((request, response) => {
          seen = request.headers
          if (reply === null) return
          response.writeHead(reply[0], { 'content-type': 'application/json', location: '/login' }).end(reply[1])
        })
        backend.listen(0, '127.0.0.1')
        await once(backend, 'listening')
        const { client, output } = await proxyWith({ AUTHORIZE_URL: `http://127.0.0.1:${backend.address().port}/who?x=1` })
        const upload = async (headers) => {
          const answer = await client.upload(form(file('x')), headers)
          return [answer.status, (await answer.json).code ?? null]
        }
        assert.deepEqual(await upload({ authorization: 'Bearer t', 'x-other': '1' }), [201, null])
        assert.equal([...emulator.files.values()].at(-1).user, 'carol')
        assert.deepEqual([seen.cookie, seen.authorization, seen['x-other'], seen['content-length']], ['session=alice', 'Bearer t', undefined, undefined])
        for (const [answer, status, code] of [
          [[401, ''], 401, 'unauthorized'], [[403, '{}'], 401, 'unauthorized'], [[302, ''], 401, 'unauthorized'], [[200, '{"user":null}'], 401, 'unauthorized'],
          [[500, 'oops'], 500, 'internal_server_error'], [[200, '<html>'], 500, 'internal_server_error'], [[200, '{"user":7}'], 500, 'internal_server_error'], [[200, '{"user":""}'], 500, 'invalid_user'],
        ]) {
          reply = answer
          assert.deepEqual(await upload({}), [status, code], JSON.stringify(answer))
        }
        assert.match(output(), /AUTHORIZE_URL answered 500/)
        seen = null
        assert.deepEqual(await upload({ cookie: '' }), [401, 'unauthorized'])
        assert.equal(seen, null, 'who shows nothing is not worth a question')
        backend.closeAllConnections()
        backend.close()
        reply = [200, '{"user":"carol"}']
        assert.deepEqual(await upload({}), [500, 'internal_server_error'], 'the backend is gone')
      },

      async 'gives visitors without accounts a session'() {
        const { client } = await proxyWith({ AUTHORIZE_URL: '', ANONYMOUS_SECRET: `${SECRET}, an-older-${SECRET}`, ANONYMOUS_INSECURE: '1' })
        const without = await client.upload(form(file('x')), { cookie: '' })
        assert.deepEqual([without.status, (await without.json).code], [401, 'session_required'])
        const session = await client.get('session', { cookie: '' })
        const cookie = session.headers['set-cookie'][0].split(';')[0]
        assert.equal((await client.upload(form(file('x')), { cookie })).status, 201)
        assert.match([...emulator.files.values()].at(-1).user, /^anonymous-[0-9a-f]{32}$/)
      },

      async 'writes one JSON line a request, or none'() {
        const { client, events } = await proxyWith({})
        await client.upload(form(file('hello')))
        await client.get('nothing')
        await until(() => events().length >= 2, 'two lines')
        const [upload, nothing] = events()
        assert.deepEqual([events().length, upload.route, upload.bytes, upload.status, nothing.code], [2, 'upload', 5, 201, 'not_found'])
        const quiet = await proxyWith({ LOG: 'off' })
        await quiet.client.upload(form(file('hello')))
        assert.ok(!quiet.output().includes('{'))
      },

      async 'tells the operator’s own limits'() {
        const { client } = await proxyWith({ MAX_DOCUMENT_MB: '0.5', MAX_VIDEO_MB: '20' })
        const { dify_file_drop } = await (await client.get('parameters')).json
        assert.deepEqual(dify_file_drop.max_bytes, { document: 524_288, video: 20_971_520 })
        assert.equal((await client.upload(form(file(anyBytes(524_289), 'a.txt')))).status, 413)
      },

      async 'limits how often and how many at once, by user'() {
        const { client } = await proxyWith({ RATE_PER_USER: '5', CONCURRENT_PER_USER: '2' })
        const open = [client.openUpload(), client.openUpload()]
        for (const it of open) await it.write(file(anyBytes(200_000)).subarray(0, 100_000))
        await until(() => emulator.requests.filter(({ outcome, path }) => outcome === 'reading' && path.endsWith('/upload')).length === 2, 'two are at Dify')
        const third = await client.get('parameters')
        assert.deepEqual([third.status, (await third.json).code], [429, 'too_many_requests'])
        assert.ok(Number(third.headers['retry-after']) > 0)
        assert.equal((await client.get('parameters', { cookie: 'session=bob' })).status, 200, 'others go on')
        for (const it of open) it.leave()
        const allowed = []
        for (let i = 0; i < 6; i++) {
          await until(async () => {
            const { status, headers } = await client.get('parameters')
            if (status === 429 && Number(headers['retry-after']) <= 2) return false
            allowed.push(status)
            return true
          }, 'a place is free again')
        }
        assert.deepEqual(allowed, [200, 200, 200, 429, 429, 429])
      },

      async 'told to stop, lets running uploads finish and takes no new ones'() {
        const proxy = await proxyWith({ SHUTDOWN_SECONDS: '20' })
        const bytes = anyBytes(2_000_000)
        const body = form(file(bytes))
        const sent = proxy.client.openUpload({ 'content-length': String(body.length) })
        await sent.write(body.subarray(0, 1_000_000))
        await until(() => emulator.requests.at(-1)?.bytesReceived > 500_000, 'it is at Dify')
        proxy.signal('SIGTERM')
        await until(async () => !(await answers(`${proxy.base}/health`)), 'new ones are refused')
        sent.end(body.subarray(1_000_000))
        const answer = await sent.answer
        assert.equal(answer.status, 201)
        assert.equal((await answer.json).size, bytes.length)
        assert.equal(await within(proxy.ended, 3000, 'it ends'), 0)
      },

      async 'told to stop, waits so long and no longer'() {
        const proxy = await proxyWith({ SHUTDOWN_SECONDS: '1' })
        const sent = proxy.client.openUpload({ 'content-length': '1000000' })
        await sent.write(file(anyBytes(200_000)))
        await until(() => emulator.requests.at(-1)?.bytesReceived > 100_000, 'it is at Dify')
        proxy.signal('SIGTERM')
        assert.equal(await within(proxy.ended, 4000, 'it ends'), 1)
        assert.match(proxy.output(), /some had not finished/)
        await until(() => emulator.requests.at(-1).outcome === 'aborted', 'Dify’s half is cut')
      },
    }, () => {
      emulator.reset()
      return {}
    })
  } finally {
    await Promise.all(running.map((proxy) => proxy.stop()))
    upstream.close()
  }
}
