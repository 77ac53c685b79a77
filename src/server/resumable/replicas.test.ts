import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { proxyBefore } from '../fixtures/askProxy.js'
import { difyJson, fakeDify, formIn, UPLOADED } from '../fixtures/fakeDify.js'
import { redisLedger, redisLocker, resumable } from './index.js'

const hasRedis = spawnSync('redis-server', ['--version']).status === 0

describe.skipIf(!hasRedis)('two replicas with one store, on a real redis-server', () => {
  const directory = mkdtempSync(join(tmpdir(), 'replicas-'))
  const closing: (() => void)[] = []
  let port = 0

  beforeAll(async () => {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    port = (probe.address() as AddressInfo).port
    probe.close()
    const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore', cwd: directory })
    closing.push(() => server.kill())
  })
  afterAll(() => {
    for (const close of closing.splice(0).toReversed()) close()
    rmSync(directory, { recursive: true, force: true })
  })

  /** Processes that share nothing but Redis and the store. */
  function replica(dify: ReturnType<typeof fakeDify>, maxAge?: number) {
    const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50 })
    client.on('error', () => {})
    closing.push(() => client.disconnect())
    const uploads = resumable({
      secret: 's'.repeat(32), store: new FileStore({ directory: join(directory, 'pieces') }), ledger: redisLedger(client), locker: redisLocker(client, { ttl: 1000 }),
      ...(maxAge === undefined ? {} : { maxAge }),
    })
    const { proxy, events } = proxyBefore(dify, { resumable: uploads })
    const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: BodyInit) => {
      const init: RequestInit & { duplex: 'half' } = { method, headers: { 'tus-resumable': '1.0.0', ...headers }, duplex: 'half', ...(body === undefined ? {} : { body }) }
      return proxy(new Request(`http://app.test/files/${path}`, init))
    }
    return {
      uploads, events,
      begin: async (size: number) => (await ask('POST', 'resumable', { 'upload-length': String(size), 'upload-metadata': `filename ${btoa('a.txt')}` })).headers.get('location')!,
      piece: (at: string, offset: number, body: BodyInit) => ask('PATCH', at, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, body),
      offset: async (at: string) => (await ask('HEAD', at)).headers.get('upload-offset'),
      result: (at: string) => ask('GET', `${at}/result`),
    }
  }

  it('take pieces of one file by turns, and hand it over once', async () => {
    const dify = fakeDify({ 'files/upload': async () => {
      await new Promise((resolve) => { setTimeout(resolve, 100) })
      return difyJson(UPLOADED, 201)
    } })
    const [a, b] = [replica(dify), replica(dify)]
    const at = await a.begin(11)
    await a.piece(at, 0, 'hello ')
    expect(await b.offset(at)).toBe('6')
    await b.piece(at, 6, 'world')
    await vi.waitFor(async () => {
      const statuses = await Promise.all([a.result(at), b.result(at), a.result(at)].map(async (it) => (await it).status))
      expect(statuses).toEqual([201, 201, 201])
    }, { timeout: 5000 })
    expect(dify.uploads).toHaveLength(1)
    expect(formIn(dify.uploads[0]!).file.content).toBe('hello world')
    expect(await a.offset(at)).toBe('11')
  })

  it('let a new connection have what a dead one holds elsewhere', async () => {
    const [a, b] = [replica(fakeDify()), replica(fakeDify())]
    const at = await a.begin(11)
    const dead = a.piece(at, 0, new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('hello ')) }))
    await new Promise((resolve) => { setTimeout(resolve, 300) })
    expect(await b.offset(at)).toBe('6')
    expect((await dead).status).toBe(204)
    await b.piece(at, 6, 'world')
    expect((await b.result(at)).status).toBe(201)
  }, 15_000)

  it('free the locks of one that died', async () => {
    const client = new Redis({ port, host: '127.0.0.1' })
    closing.push(() => client.disconnect())
    // One that dies renews nothing: its timer is taken away here.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    await redisLocker(client, { ttl: 300 }).newLock('x').lock(new AbortController().signal, () => {})
    vi.useRealTimers()
    const next = redisLocker(client, { ttl: 300 }).newLock('x')
    await expect(next.lock(AbortSignal.timeout(5000), () => {})).resolves.toBeUndefined()
    await next.unlock()
  })

  it('give up a lock that is not let go when nobody wants it any more', async () => {
    const client = new Redis({ port, host: '127.0.0.1' })
    closing.push(() => client.disconnect())
    const held = redisLocker(client).newLock('y')
    let asked = 0
    await held.lock(new AbortController().signal, () => { asked++ })
    await expect(redisLocker(client).newLock('y').lock(AbortSignal.timeout(700), () => {})).rejects.toThrow('nobody wants')
    expect(asked).toBe(1)
    await held.unlock()
  })

  it('find what is answered elsewhere while they look for it, however slowly they look', async () => {
    const client = new Redis({ port, host: '127.0.0.1' })
    closing.push(() => client.disconnect())
    const entry = { size: 2, name: 'a.txt', type: 'text/plain', expiresAt: Date.now() + 60_000, isOpenEnded: false, answer: null }
    await redisLedger(client).put('slow', 'z', entry)
    const answer = { status: 201, headers: {}, body: '{}' }
    const busy = {
      eval: async (script: string, count: number, ...args: string[]): Promise<unknown> => {
        const told: unknown = await client.eval(script, count, ...args)
        await redisLedger(client).put('slow', 'z', { ...entry, answer })
        return told
      },
    }
    expect(await redisLedger(busy, { style: 'ioredis' }).get('slow', 'z')).toMatchObject({ answer })
  })

  it('sweep what expired, once', async () => {
    const [a, b] = [replica(fakeDify(), 400), replica(fakeDify(), 400)]
    const at = await a.begin(11)
    await a.piece(at, 0, 'hello ')
    await new Promise((resolve) => { setTimeout(resolve, 450) })
    expect(await b.offset(at)).toBeNull()
    expect((await a.uploads.sweep()) + (await b.uploads.sweep())).toBe(1)
  })
})
