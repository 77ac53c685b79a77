import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createLimit, redisLeases, type Leases, type RateLimiter } from './index.js'

/** As rate-limiter-flexible behaves: `points` per key, then a rejection that says how long. */
function limiterOf(points: number): RateLimiter {
  const used = new Map<string, number>()
  return {
    async consume(key) {
      used.set(key, (used.get(key) ?? 0) + 1)
      // oxlint-disable-next-line typescript/only-throw-error -- what rate-limiter-flexible rejects with is no Error
      if (used.get(key)! > points) throw { msBeforeNext: 700 }
    },
  }
}

const ann = { user: 'ann', address: '10.0.0.1', route: 'upload' } as const
const bob = { user: 'bob', address: '10.0.0.1', route: 'upload' } as const

describe('createLimit', () => {
  it('limits how often by user and by address', async () => {
    const limit = createLimit({ rate: { user: limiterOf(2), address: limiterOf(3) } })
    expect(await limit(ann)).toMatchObject({ ok: true })
    expect(await limit(ann)).toMatchObject({ ok: true })
    expect(await limit(ann)).toEqual({ ok: false, retryAfter: 700 })
    expect(await limit(bob)).toMatchObject({ ok: true })
    expect(await limit(bob)).toEqual({ ok: false, retryAfter: 700 })
    expect(await limit({ user: 'bob2', route: 'upload' })).toMatchObject({ ok: true })
  })

  it('takes limiters of rate-limiter-flexible as they are', async () => {
    const limit = createLimit({ rate: { user: new RateLimiterMemory({ points: 2, duration: 60 }), address: new RateLimiterMemory({ points: 3, duration: 60 }) } })
    expect([await limit(ann), await limit(ann)]).toMatchObject([{ ok: true }, { ok: true }])
    const refused = await limit(ann)
    if (refused.ok) throw new Error('three of two')
    expect(refused.retryAfter).toBeGreaterThan(50_000)
    expect(refused.retryAfter).toBeLessThanOrEqual(60_000)
  })

  it('limits how many at once, and a place given back twice is one place', async () => {
    const limit = createLimit({ concurrent: { user: 1, address: 2 } })
    const first = await limit(ann)
    expect(await limit(ann)).toMatchObject({ ok: false })
    expect(await limit(bob)).toMatchObject({ ok: true })
    expect(await limit({ ...bob, user: 'carl' })).toMatchObject({ ok: false })
    if (first.ok) first.release?.()
    if (first.ok) first.release?.()
    expect(await limit(ann)).toMatchObject({ ok: true })
    expect(await limit({ ...bob, user: 'carl' })).toMatchObject({ ok: false })
  })

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:eeee:dddd:cccc', false], ['2001:db8:1:2::1', '2001:db8:1:3::1', true], ['2001:db8::1', '2001:0DB8:0:0::2', false],
    ['fe80::1%eth0', 'fe80::2%eth1', false], ['::ffff:10.0.0.1', '::ffff:10.0.0.2', true], ['::ffff:10.0.0.1', '10.0.0.1', false], ['::ffff:a00:1', '::ffff:a00:2', true],
    ['10.0.0.1', '10.0.0.2', true], ['unix:', 'unix:', false], ['a:b', 'a:c', true],
  ])('counts an address of IPv6 by its network, for whoever has one has them all: %s, then %s', async (first, second, ok) => {
    const limit = createLimit({ rate: { address: limiterOf(1) } })
    expect(await limit({ ...ann, address: first })).toMatchObject({ ok: true })
    expect(await limit({ ...ann, address: second })).toMatchObject({ ok })
    const atOnce = createLimit({ concurrent: { address: 1 } })
    expect(await atOnce({ ...ann, address: first })).toMatchObject({ ok: true })
    expect(await atOnce({ ...ann, address: second })).toMatchObject({ ok })
  })

  it('gives places back when the rate refuses, or its store is down', async () => {
    const full = createLimit({ rate: { user: limiterOf(0) }, concurrent: { address: 1 } })
    expect(await full(ann)).toMatchObject({ ok: false, retryAfter: 700 })
    expect(await full(ann)).toMatchObject({ ok: false, retryAfter: 700 })
    const down = createLimit({ rate: { user: { consume: () => Promise.reject(new Error('no redis')) } }, concurrent: { address: 1 } })
    await expect(down(ann)).rejects.toThrow('no redis')
    await expect(down(ann)).rejects.toThrow('no redis')
  })

  it('gives every place back, though one fails, at once or later', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    for (const fail of [() => { throw new Error('redis is gone') }, () => Promise.reject(new Error('redis is gone'))]) {
      logged.mockClear()
      const freed: string[] = []
      const leases: Leases = { take: (key) => (key.startsWith('user') ? fail : () => freed.push(key)) }
      const limit = createLimit({ concurrent: { user: 1, address: 1 }, leases })
      const taken = await limit(ann)
      if (taken.ok) taken.release?.()
      expect(freed).toEqual(['address:10.0.0.1'])
      await vi.waitFor(() => expect(logged).toHaveBeenCalledExactlyOnceWith('dify-file-drop: redis is gone'))
      const refusing = createLimit({ rate: { user: limiterOf(0) }, concurrent: { user: 1, address: 1 }, leases })
      expect(await refusing(ann)).toMatchObject({ ok: false, retryAfter: 700 })
      expect(freed).toHaveLength(2)
      await vi.waitFor(() => expect(logged).toHaveBeenCalledTimes(2))
    }
  })

  it.each([
    [{ user: NaN }, /createLimit: concurrent.user is NaN/],
    [{ user: 6, address: -1 }, /createLimit: concurrent.address is -1/],
    [{ user: '6' as unknown as number }, /createLimit: concurrent.user is "6"/],
  ])('throws for %o places at once, which would limit nothing', (concurrent, message) => {
    expect(() => createLimit({ concurrent })).toThrow(TypeError)
    expect(() => createLimit({ concurrent })).toThrow(message)
  })

  it('takes Infinity for any number, and 0 for nobody', async () => {
    expect(await createLimit({ concurrent: { user: Infinity } })(ann)).toMatchObject({ ok: true })
    expect(await createLimit({ concurrent: { user: 0 } })(ann)).toMatchObject({ ok: false })
  })
})

describe('redisLeases', () => {
  it.each([NaN, 0, -1, 0.5, Infinity])('throws for a ttl of %o', (ttl) => {
    expect(() => redisLeases({ eval: () => Promise.resolve(1) }, { ttl })).toThrow(TypeError)
    expect(() => redisLeases({ eval: () => Promise.resolve(1) }, { ttl })).toThrow(`redisLeases: ttl is ${ttl}`)
  })

  it('whose onError fails as well is told of', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    for (const onError of [() => { throw new Error('broken log') }, () => Promise.reject(new Error('broken log'))]) {
      logged.mockClear()
      const answers = [Promise.resolve(1), Promise.reject(new Error('no redis'))]
      const free = await redisLeases({ eval: () => answers.shift()! }, { style: 'ioredis', onError }).take('user:ann', 1)
      free!()
      await vi.waitFor(() => expect(logged).toHaveBeenCalledExactlyOnceWith('dify-file-drop: broken log'))
    }
  })
})

const hasRedis = spawnSync('redis-server', ['--version']).status === 0

describe.skipIf(!hasRedis)('redisLeases, on a real redis-server', () => {
  const closing: (() => void)[] = []
  afterEach(() => {
    for (const close of closing.splice(0)) close()
  })

  async function redis(): Promise<{ client: ReturnType<typeof tinyClient> }> {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    probe.close()
    const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore', cwd: '/tmp' })
    closing.push(() => server.kill())
    const socket = await vi.waitFor(async () => {
      const it = connect(port, '127.0.0.1')
      await once(it, 'connect')
      return it
    }, { timeout: 4000, interval: 50 })
    closing.push(() => socket.destroy())
    return { client: tinyClient(socket) }
  }

  /** `eval` as ioredis has it, over a bare socket. Integers only, one at a time. */
  function tinyClient(socket: Socket) {
    let last: Promise<unknown> = Promise.resolve()
    const ask = async (args: string[]): Promise<number> => {
      socket.write(`*${args.length}\r\n${args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`).join('')}`)
      const [reply] = (await once(socket, 'data')) as [Buffer]
      const text = reply.toString()
      if (text[0] === '-') throw new Error(text)
      return Number(text.slice(1))
    }
    return {
      eval(script: string, keyCount: number, ...args: string[]) {
        const answer = last.then(() => ask(['EVAL', script, String(keyCount), ...args]))
        last = answer.catch(() => {})
        return answer
      },
    }
  }

  it('counts across replicas and gives back', async () => {
    const { client } = await redis()
    const [one, two] = [redisLeases(client), redisLeases(client)]
    const first = await one.take('user:ann', 2)
    await two.take('user:ann', 2)
    expect(await one.take('user:ann', 2)).toBeNull()
    expect(await one.take('user:bob', 2)).not.toBeNull()
    first!()
    await vi.waitFor(async () => expect(await two.take('user:ann', 2)).not.toBeNull())
  })

  it('keeps a running request’s place, and frees a dead replica’s', async () => {
    const { client } = await redis()
    const living = redisLeases(client, { ttl: 150 })
    const free = await living.take('user:ann', 1)
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await living.take('user:ann', 1)).toBeNull()
    free!()
    // A replica that dies renews nothing: its timer is taken away here.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    await redisLeases(client, { ttl: 150 }).take('user:ann', 1)
    vi.useRealTimers()
    expect(await living.take('user:ann', 1)).toBeNull()
    await vi.waitFor(async () => expect(await living.take('user:ann', 1)).not.toBeNull(), { timeout: 2000 })
  })
})
