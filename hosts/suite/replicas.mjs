import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'node:net'
import { runChecks } from './checks.mjs'
import { anyBytes, clientOf, file, form, sha256, until } from './client.mjs'
import { startProxy } from './commandLine.mjs'
import { versionOf } from './hosts.mjs'
import { freePort, run, start } from './start.mjs'
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
  const folder = mkdtempSync(join(tmpdir(), 'dify-file-drop-nginx-'))
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
    const nginxPort = await freePort()
    const nginx = start(['nginx', '-e', 'stderr', '-c', nginxConfig(folder, nginxPort, both.map(({ port }) => port))])
    started.push(nginx, ...both)
    await nginx.ready(() => isOpen(nginxPort))
    const client = clientOf(`http://127.0.0.1:${nginxPort}/api/dify`)
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

      async 'a replica that is told to stop is missed by nobody'() {
        const who = await visitor()
        both[0].signal('SIGTERM')
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
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Installs what is missing where that is possible. @returns why not, or null */
async function withPrograms(packages) {
  const lacking = Object.entries(packages).filter(([program]) => !isThere(program)).map(([, name]) => name)
  if (lacking.length === 0) return null
  if (process.getuid?.() !== 0 || versionOf('apt-get') === null) return `${lacking.join(' and ')} not found; install with: sudo apt-get install ${lacking.join(' ')}`
  try {
    await run(['apt-get', 'update', '-qq'])
    await run(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...lacking], { env: { DEBIAN_FRONTEND: 'noninteractive' } })
  } catch (error) {
    return `apt-get could not install ${lacking.join(' and ')}: ${error.message.trim().split('\n').at(-1)}`
  }
  return null
}

function isThere(program) {
  // nginx writes its version to stderr: that it ran is enough.
  return versionOf(program, program === 'nginx' ? '-v' : '--version') !== null
}

function isOpen(port) {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

/** The lines that matter are in docs/hosts.md too. */
function nginxConfig(folder, port, ports) {
  mkdirSync(join(folder, 'logs'))
  const file = join(folder, 'nginx.conf')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')
  writeFileSync(file, `daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr;
events { worker_connections 2048; }
http {
  access_log off; ${temporary}
  upstream dify_file_drop { ${ports.map((each) => `server 127.0.0.1:${each};`).join(' ')} keepalive 32; }
  server {
    listen 127.0.0.1:${port};
    location /api/dify/ {
      proxy_pass http://dify_file_drop;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_request_buffering off;
      proxy_buffering off;
      client_max_body_size 0;
      proxy_read_timeout 200s;
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Request-Id $request_id;
    }
  }
}
`)
  return file
}
