import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { runChecks } from './checks.mjs'
import { anyBytes, clientOf, file, form, sha256, until } from './client.mjs'
import { startProxy } from './commandLine.mjs'
import { AS_DOCUMENTED, isOpen, startNginx, withPrograms } from './nginx.mjs'
import { answers, freePort, start } from './start.mjs'
import { startUpstream } from './upstream.mjs'

const RATE = 10

/**
 * Two `dify-file-drop proxy`, a real Redis and a real nginx in front: as one.
 *
 * @returns an outcome, or why it cannot be tried here
 */
export async function replicas() {
  const missing = await withPrograms({ nginx: 'nginx-light', 'redis-server': 'redis-server' })
  if (missing !== null) return { missing }
  const upstream = await startUpstream()
  const { emulator } = upstream
  const redisPort = await freePort()
  const redis = start(['redis-server', '--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { cwd: tmpdir() })
  const started = [redis]
  try {
    await redis.ready(() => isOpen(redisPort))
    const variables = {
      AUTHORIZE_URL: '', ANONYMOUS_SECRET: 'the-same-secret-on-every-replica-0123456789', ANONYMOUS_INSECURE: '1', TRUST_PROXY: '1',
      REDIS_URL: `redis://127.0.0.1:${redisPort}`, RATE_PER_USER: String(RATE), RATE_PER_ADDRESS: '1000', CONCURRENT_PER_USER: '2',
    }
    const both = await Promise.all([startProxy(variables, upstream), startProxy(variables, upstream)])
    started.push(...both)
    const nginx = await startNginx(nginxServer(both.map(({ port }) => port)))
    started.push(nginx)
    const client = clientOf(`${nginx.url}/api/dify`)
    /** A visitor, known to all replicas. */
    const visitor = async () => {
      const { headers } = await client.get('session', { cookie: '' })
      return { cookie: headers['set-cookie'][0].split(';')[0] }
    }

    return await runChecks({
      async 'nginx asks both in turn'() {
        for (let i = 0; i < 6; i++) await client.get('nothing')
        for (const { events } of both) await until(() => events().filter(({ code }) => code === 'not_found').length >= 2, 'each was asked')
      },

      async 'a session from one is good at the other, for the same user'() {
        const { headers } = await both[0].client.get('session', { cookie: '' })
        const cookie = headers['set-cookie'][0].split(';')[0]
        for (const replica of both) assert.equal((await replica.client.upload(form(file('x')), { cookie })).status, 201)
        const users = [...emulator.files.values()].map(({ user }) => user)
        assert.equal(new Set(users).size, 1)
        assert.equal(users.length, 2)
      },

      async 'a rate limit is one limit'() {
        const who = await visitor()
        const statuses = []
        for (let i = 0; i < RATE + 4; i++) statuses.push((await client.get('parameters', who)).status)
        // The session was the first request.
        assert.equal(statuses.filter((status) => status === 200).length, RATE - 1)
        assert.deepEqual(statuses.slice(RATE - 1), Array.from({ length: 5 }, () => 429))
        for (const replica of both) {
          const answer = await replica.client.get('parameters', who)
          assert.equal(answer.status, 429)
          assert.ok(Number(answer.headers['retry-after']) > 2)
        }
        assert.equal((await client.get('parameters', await visitor())).status, 200, 'others go on')
      },

      async 'places for running uploads are counted together'() {
        const who = await visitor()
        const body = form(file(anyBytes(400_000)))
        const open = both.map((replica) => replica.client.openUpload({ 'content-length': String(body.length), ...who }))
        for (const it of open) await it.write(body.subarray(0, 200_000))
        await until(() => emulator.requests.filter(({ bytesReceived }) => bytesReceived > 100_000).length === 2, 'one at each')
        assert.equal((await client.upload(form(file('x')), who)).status, 429)
        for (const it of open) it.end(body.subarray(200_000))
        for (const it of open) assert.equal((await it.answer).status, 201)
        await until(async () => (await client.upload(form(file('x')), who)).status === 201, 'both places are free')
      },

      async 'an upload streams through nginx, with its length'() {
        const bytes = anyBytes(4_000_000)
        const body = form(file(bytes))
        const sent = client.openUpload({ 'content-length': String(body.length), ...(await visitor()) })
        await sent.write(body.subarray(0, 2_000_000))
        await until(() => emulator.requests.at(-1)?.bytesReceived > 1_000_000, 'a megabyte is at Dify')
        sent.end(body.subarray(2_000_000))
        assert.equal((await sent.answer).status, 201)
        assert.equal([...emulator.files.values()][0].sha256, sha256(bytes))
        const { headers, bytesReceived } = emulator.requests.find(({ path }) => path.endsWith('/upload'))
        assert.equal(headers['content-length'], String(bytesReceived))
      },

      async 'events pass nginx one by one'() {
        const sent = client.open('POST', 'chat-messages', { headers: { 'content-type': 'application/json', ...(await visitor()) } })
        sent.end(JSON.stringify({ query: 'one two three four five six', inputs: {}, response_mode: 'streaming' }))
        const answer = await sent.answer
        await until(() => answer.sofar().includes('data:'), 'an event')
        assert.equal(emulator.requests.at(-1).outcome, 'answering')
        await answer.text
      },

      async 'a client that leaves nginx leaves Dify'() {
        const sent = client.openUpload({ 'content-length': '3000000', ...(await visitor()) })
        await sent.write(file(anyBytes(500_000)).subarray(0, 400_000))
        const upload = await until(() => emulator.requests.find((it) => it.bytesReceived > 100_000), 'it is at Dify')
        sent.leave()
        await until(() => upload.outcome === 'aborted', 'Dify sees it leave', 3000)
      },

      async 'nginx’s request id is ours'() {
        const answer = await client.get('parameters', await visitor())
        assert.match(answer.headers['x-request-id'], /^[0-9a-f]{32}$/)
      },

      async 'without Redis each counts for itself, and says so once'() {
        await redis.stop()
        const who = await visitor()
        for (let i = 0; i < 4; i++) assert.equal((await client.upload(form(file('x')), who)).status, 201)
        for (const { output } of both) assert.equal(output().match(/Redis cannot be asked/g)?.length, 1, output().slice(-500))
      },

      async 'a replica that is told to stop is missed by nobody: what runs finishes, new ones go to the other'() {
        const who = await visitor()
        const body = form(file(anyBytes(400_000)))
        // nginx asks in turn: one of two is there.
        const open = [client, client].map((it) => it.openUpload({ 'content-length': String(body.length), ...who }))
        for (const it of open) await it.write(body.subarray(0, 200_000))
        await until(() => emulator.requests.filter(({ bytesReceived }) => bytesReceived > 100_000).length === 2, 'both are at Dify')
        both[0].signal('SIGTERM')
        await until(async () => !(await answers(`${both[0].base}/health`)), 'it takes no new ones')
        for (const it of open) it.end(body.subarray(200_000))
        for (const it of open) assert.equal((await it.answer).status, 201)
        assert.equal(await both[0].ended, 0)
        for (let i = 0; i < 4; i++) assert.equal((await client.upload(form(file('x')), who)).status, 201)
      },
    }, () => {
      emulator.reset()
      return {}
    })
  } finally {
    await Promise.all(started.map((it) => it.stop()))
    upstream.close()
  }
}

/** The lines that matter are in docs/hosts.md too. */
function nginxServer(ports) {
  return `
  upstream dify_file_drop { ${ports.map((each) => `server 127.0.0.1:${each};`).join(' ')} keepalive 32; }
  server {
    listen 127.0.0.1:PORT;
    location /api/dify/ {
      proxy_pass http://dify_file_drop;
      ${AS_DOCUMENTED}
    }
  }`
}
