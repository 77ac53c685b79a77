import { inspect } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import pkg from '../../package.json' with { type: 'json' }
import { createDifyProxy, toNodeListener, type ProxyOptions } from './index.js'
import { get, KEY, post, proxyBefore, refusalIn, uploadOf } from './fixtures/askProxy.js'
import { difyJson, fakeDify, formIn, PARAMETERS } from './fixtures/fakeDify.js'
import { VERSION } from './version.js'

describe('createDifyProxy', () => {
  it.each<[Record<string, unknown>, RegExp]>([
    [{ authorize: undefined }, /`authorize` is missing.*anyone.*Pass a function/],
    [{ baseUrl: 'dify.example/v1' }, /no http\(s\) URL/],
    [{ baseUrl: 'ftp://dify.example/v1' }, /no http\(s\) URL/],
    [{ baseUrl: 'https://user:pw@dify.example/v1' }, /no credentials/],
    [{ baseUrl: 'https://dify.example/v1?x' }, /no credentials, query/],
    [{ allowOrigins: ['https://a.example/path'] }, /allowOrigins.*is no origin/],
    [{ allowOrigins: ['*'] }, /is no origin/],
    [{ allowOrigins: ['null'] }, /is no origin/],
    [{ publicOrigin: 'a.example' }, /publicOrigin.*is no origin/],
    [{ maxBytes: { image: -1 } }, /maxBytes.image is -1/],
    [{ maxBytes: { images: 1 } }, /maxBytes.images/],
    [{ maxBytes: { image: '5' } }, /maxBytes.image is "5"/],
    [{ trustProxy: NaN }, /trustProxy is NaN/],
    [{ trustProxy: -1 }, /trustProxy is -1/],
    [{ trustProxy: 1.5 }, /trustProxy is 1.5/],
    [{ trustProxy: Infinity }, /trustProxy is Infinity/],
    [{ trustProxy: 'loopback' }, /trustProxy is "loopback"/],
    [{ maxMessageBytes: NaN }, /maxMessageBytes is NaN/],
    [{ maxMessageBytes: -1 }, /maxMessageBytes is -1/],
    [{ timeouts: { connect: NaN } }, /timeouts.connect is NaN/],
    [{ timeouts: { stall: -1 } }, /timeouts.stall is -1/],
    [{ timeouts: { total: '60' } }, /timeouts.total is "60"/],
    [{ parametersTtl: NaN }, /parametersTtl is NaN/],
    [{ drain: { bytes: NaN } }, /drain.bytes is NaN/],
    [{ drain: { ms: Infinity } }, /drain.ms is Infinity/],
  ])('throws for %o, saying what to do', (options, message) => {
    const make = () => createDifyProxy({ apiKey: KEY, authorize: () => null, ...options })
    expect(make).toThrow(TypeError)
    expect(make).toThrow(message)
  })

  it.each<Record<string, unknown>>([
    { trustProxy: false }, { trustProxy: 0 }, { maxBytes: { image: Infinity } }, { maxMessageBytes: Infinity }, { timeouts: { answer: 0, total: Infinity } },
    { parametersTtl: Infinity }, { drain: { bytes: Infinity, ms: 0 } },
    { trustProxy: undefined, maxMessageBytes: undefined, timeouts: undefined, parametersTtl: undefined, drain: { bytes: undefined, ms: undefined } },
  ])('takes %o', async (options) => {
    expect((await proxyBefore(fakeDify(), options).proxy(uploadOf())).status).toBe(201)
  })

  it('takes a timeout that is undefined for one that is not given', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    try {
      const silent = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new TextEncoder().encode('data: {}\n\n')) })
      const dify = fakeDify({ 'chat-messages': () => new Response(silent, { headers: { 'content-type': 'text/event-stream' } }) })
      const given: Record<string, unknown> = { timeouts: { idle: undefined } }
      const reader = (await proxyBefore(dify, given).proxy(post('chat-messages', {}))).body!.getReader()
      await reader.read()
      const next = reader.read()
      await vi.advanceTimersByTimeAsync(120_001)
      expect(new TextDecoder().decode((await next).value)).toContain('gateway_timeout')
    } finally {
      vi.useRealTimers()
    }
  })

  it.each([
    [{ bytes: NaN }, /toNodeListener: drain.bytes is NaN/],
    [{ ms: -1 }, /toNodeListener: drain.ms is -1/],
    [{ ms: Infinity }, /toNodeListener: drain.ms is Infinity/],
  ])('is not served with a drain of %o', (drain, message) => {
    const { proxy } = proxyBefore()
    expect(() => toNodeListener(proxy, { drain })).toThrow(TypeError)
    expect(() => toNodeListener(proxy, { drain })).toThrow(message)
  })

  it('throws without an apiKey, but waits for one that is empty: builds have no secrets', async () => {
    expect(() => createDifyProxy({ authorize: () => null } as unknown as ProxyOptions)).toThrow(/`apiKey` is missing/)
    for (const apiKey of ['', undefined, 'app-x y', () => '', () => Promise.reject(new Error('vault is closed'))]) {
      const { proxy, events } = proxyBefore(fakeDify(), { apiKey: apiKey as string })
      expect(await refusalIn(await proxy(uploadOf()))).toBe('500 upstream_unauthorized')
      await vi.waitFor(() => expect(events[0]).toMatchObject({ level: 'error', detail: expect.stringMatching(/apiKey|vault/) as unknown }))
    }
  })

  it('takes a base URL with or without a slash at its end, and a key with a line break', async () => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify, { baseUrl: 'http://dify.test/deep/v1//', apiKey: `${KEY}\n` })
    expect((await proxy(uploadOf())).status).toBe(201)
    expect(dify.uploads[0]!.path).toBe('/deep/v1/files/upload')
    expect(dify.uploads[0]!.headers.get('authorization')).toBe(`Bearer ${KEY}`)
  })

  it('serves several apps by the request, each with its own key and limits', async () => {
    const dify = fakeDify({ parameters: ({ headers }) => difyJson({ ...PARAMETERS, which: headers.get('authorization') }) })
    const { proxy } = proxyBefore(dify, { apiKey: (request) => `app-${request.headers.get('x-app')}` })
    for (const app of ['one', 'two', 'one']) {
      expect(await (await proxy(get('parameters', { 'x-app': app }))).json()).toMatchObject({ which: `Bearer app-${app}` })
    }
    expect(dify.seen).toHaveLength(2)
  })

  it('sends Dify its own headers and nothing of the client’s', async () => {
    const dify = fakeDify({ info: () => difyJson({ name: 'app' }) })
    const headers = {
      cookie: 'session=1', authorization: 'Bearer mine', 'x-api-key': 'x', 'x-forwarded-for': '1.2.3.4', 'accept-language': 'de',
      'x-request-id': 'from-the-client', connection: 'x-other', 'x-other': '1', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    }
    const { proxy } = proxyBefore(dify)
    const response = await proxy(get('info', headers))
    const id = response.headers.get('x-request-id')!
    expect(id).not.toBe('from-the-client')
    expect(Object.fromEntries(dify.seen[0]!.headers)).toEqual({
      authorization: `Bearer ${KEY}`, accept: 'application/json', 'user-agent': `dify-file-drop/${VERSION}`, 'x-request-id': id, traceparent: headers.traceparent,
    })
  })

  it('passes on none of Dify’s headers but its version', async () => {
    const dify = fakeDify({ info: () => difyJson({ name: 'app' }, 200, { 'set-cookie': 'a=1', 'x-env': 'PROD', server: 'nginx', 'access-control-allow-origin': '*', 'cache-control': 'public' }) })
    const response = await proxyBefore(dify).proxy(get('info'))
    expect([...response.headers.keys()].toSorted()).toEqual(['cache-control', 'content-type', 'vary', 'x-content-type-options', 'x-request-id', 'x-version'])
  })

  it('knows its version', () => {
    expect(VERSION).toBe(pkg.version)
  })
})

describe('the key', () => {
  it('is in no answer, no event, no error and no inspection', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    const told: string[] = []
    const echo = () => difyJson({ code: `c-${KEY}`, message: KEY, status: 400 }, 400)
    for (const answer of [echo, () => new Response(KEY, { status: 502 }), () => Promise.reject(new Error(KEY)), () => new Response(KEY, { status: 200 })]) {
      const { proxy, events } = proxyBefore(fakeDify({ 'files/upload': answer, info: answer, 'chat-messages': answer }), {})
      for (const request of [uploadOf(), get('info'), post('chat-messages', {})]) {
        const response = await proxy(request)
        told.push(await response.text(), JSON.stringify([...response.headers]))
      }
      await vi.waitFor(() => expect(events).toHaveLength(3))
      told.push(JSON.stringify(events))
      // What a host that renders its page with the app's parameters would write to its log.
      const reason: unknown = await proxyBefore(fakeDify({ parameters: answer }), {}).proxy.parameters(get('page')).catch((error: unknown) => error)
      told.push(inspect(reason, { depth: 9, showHidden: true }), (reason as Error).stack!)
      told.push(inspect(proxy, { depth: 9, showHidden: true }), inspect(toNodeListener(proxy), { depth: 9, showHidden: true }), JSON.stringify(proxy) ?? '', String(proxy), JSON.stringify(Object.entries(proxy)))
    }
    const { proxy } = proxyBefore(fakeDify(), { onEvent: () => { throw new Error('broken log') }, authorize: () => { throw new Error('broken session') } })
    await proxy(uploadOf())
    await vi.waitFor(() => expect(logged).toHaveBeenCalled())
    told.push(inspect(logged.mock.calls))
    expect(told.join('\n')).not.toContain(KEY)
  })
})

describe('authorize', () => {
  it.each([null, undefined, false, ''] as const)('saying %j is 401', async (word) => {
    expect(await refusalIn(await proxyBefore(fakeDify(), { authorize: () => word }).proxy(uploadOf()))).toBe('401 unauthorized')
  })

  it.each(['', '   ', 'x'.repeat(256), 'a\0b', 'a\ud800', 7, null, undefined])('giving the user %j is 500, and nothing is sent', async (user) => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify, { authorize: () => ({ user: user as string }) })
    expect(await refusalIn(await proxy(uploadOf()))).toBe('500 invalid_user')
    expect(dify.seen).toEqual([])
  })

  it.each(['x'.repeat(255), '😀'.repeat(255), 'a\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n', 'ünïcode "quoted"'])('giving the user %j reaches Dify to the letter', async (user) => {
    const dify = fakeDify()
    expect((await proxyBefore(dify, { authorize: () => ({ user }) }).proxy(uploadOf())).status).toBe(201)
    expect(Buffer.from(formIn(dify.uploads[0]!).user, 'latin1').toString()).toBe(user)
  })

  it('may answer itself, and set headers with any answer', async () => {
    const own = proxyBefore(fakeDify(), { authorize: () => new Response('please sign in', { status: 402, headers: { 'set-cookie': 'a=1' } }) })
    const response = await own.proxy(uploadOf())
    expect([response.status, await response.text(), response.headers.getSetCookie()]).toEqual([402, 'please sign in', ['a=1']])
    // As it comes from `fetch`: decoded, under the headers of what came over the wire.
    const fetched = proxyBefore(fakeDify(), { authorize: () => new Response('no', { status: 403, headers: { 'content-encoding': 'gzip', 'content-length': '22', 'transfer-encoding': 'chunked', 'x-why': 'b' } }) })
    expect(Object.fromEntries((await fetched.proxy(uploadOf())).headers)).toMatchObject({ 'x-why': 'b' })
    expect([...(await fetched.proxy(uploadOf())).headers.keys()]).not.toContain('content-encoding')
    expect([...(await fetched.proxy(uploadOf())).headers.keys()]).not.toContain('content-length')
    const { proxy } = proxyBefore(fakeDify(), { authorize: () => ({ user: 'u', headers: [['set-cookie', 'a=1'], ['set-cookie', 'b=2']] }) })
    expect((await proxy(uploadOf())).headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect((await proxy(uploadOf([]))).headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  it('that throws is 500, told to the operator and not to the client', async () => {
    const { proxy, events } = proxyBefore(fakeDify(), { authorize: () => Promise.reject(new Error('redis://secret is down')) })
    const response = await proxy(uploadOf())
    expect(await response.clone().text()).not.toContain('redis')
    expect(await refusalIn(response)).toBe('500 internal_server_error')
    await vi.waitFor(() => expect(events[0]).toMatchObject({ level: 'error', detail: 'authorize threw: redis://secret is down' }))
  })

  it('or another function of the host’s that throws late is 500, never a rejection', async () => {
    const broken = () => { throw new Error('broken') }
    for (const options of [{ authorize: () => ({ user: 'u', headers: broken }) }, { clientAddress: broken }, { clientAddress: (() => Promise.resolve('1.1.1.1')) as unknown as () => string }, { limit: broken }, { apiKey: broken }]) {
      expect((await proxyBefore(fakeDify(), options).proxy(uploadOf())).status).toBe(500)
    }
  })

  it('gets the request without its body, and its route', async () => {
    const seen: unknown[] = []
    const { proxy } = proxyBefore(fakeDify(), { authorize: (request, { route }) => {
      seen.push(request.url, request.method, request.headers.get('cookie'), request.body, route)
      return { user: 'u' }
    } })
    await proxy(uploadOf(undefined, { headers: { cookie: 's=1' } }))
    expect(seen).toEqual(['http://app.test/api/dify/files/upload', 'POST', 's=1', null, 'upload'])
  })
})

describe('the host’s own code', () => {
  it('asks who a request’s user is, even after reading the request', async () => {
    const { proxy } = proxyBefore(fakeDify(), { authorize: (request) => request.headers.get('x-user') !== null && { user: request.headers.get('x-user')! } })
    const request = post('my-own', {}, { 'x-user': 'ann' })
    await request.json()
    expect(await proxy.userOf(request)).toBe('ann')
    expect(await proxy.userOf(get('my-own'))).toBeNull()
  })

  it('asks for the app’s parameters', async () => {
    const { proxy } = proxyBefore(fakeDify(), { maxBytes: { image: 5 } })
    expect(await proxy.parameters(get('page'))).toEqual({ ...PARAMETERS, dify_file_drop: { version: VERSION, max_bytes: { image: 5 } } })
    const { proxy: broken } = proxyBefore(fakeDify({ parameters: () => new Response('', { status: 502 }) }))
    await expect(broken.parameters(get('page'))).rejects.toMatchObject({ code: 'upstream_unavailable' })
  })
})

describe('limits', () => {
  it('are asked with user, address and route, and released once, when the answer is over', async () => {
    const asked: unknown[] = []
    const release = vi.fn<() => void>()
    const { proxy } = proxyBefore(fakeDify({ 'chat-messages': () => new Response('data: {}\n\n', { headers: { 'content-type': 'text/event-stream' } }) }), {
      limit: (key) => {
        asked.push(key)
        return { ok: true, release }
      },
      clientAddress: (request) => request.headers.get('x-ip'),
    })
    const response = await proxy(post('chat-messages', {}, { 'x-ip': '10.0.0.1' }))
    expect(asked).toEqual([{ user: 'user-1', address: '10.0.0.1', route: 'chat' }])
    expect(release).not.toHaveBeenCalled()
    await response.text()
    expect(release).toHaveBeenCalledOnce()
    await proxy(uploadOf([]))
    expect(release).toHaveBeenCalledTimes(2)
    const left = await proxy(post('chat-messages', {}))
    await left.body!.cancel()
    expect(release).toHaveBeenCalledTimes(3)
  })

  it('answer 429 with Retry-After, and Dify hears nothing', async () => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify, { limit: () => ({ ok: false, retryAfter: 1200 }) })
    const response = await proxy(uploadOf())
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await refusalIn(response)).toBe('429 too_many_requests')
    expect(dify.seen).toEqual([])
  })

  it('whose release fails, at once or later, are told of, and the answer stays', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    for (const release of [() => { throw new Error('redis is gone') }, () => Promise.reject(new Error('redis is gone'))]) {
      logged.mockClear()
      const { proxy, events } = proxyBefore(fakeDify(), { limit: () => ({ ok: true, release }) })
      expect((await proxy(uploadOf())).status).toBe(201)
      await vi.waitFor(() => expect(logged).toHaveBeenCalledExactlyOnceWith('dify-file-drop: redis is gone'))
      await vi.waitFor(() => expect(events).toHaveLength(1))
    }
  })

  it.each([['that nobody reads', 'client_gone'], ['whose client left before anybody read', null]])('are released of an answer %s', async (what, code) => {
    const release = vi.fn<() => void>()
    const upstream = new AbortController()
    const dify = fakeDify({ 'chat-messages': ({ signal }) => {
      signal.addEventListener('abort', () => upstream.abort())
      return new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('data: {}\n\n')) }), { headers: { 'content-type': 'text/event-stream', 'x-version': '1.16.0' } })
    } })
    const { proxy, events } = proxyBefore(dify, { limit: () => ({ ok: true, release }) })
    const leaving = new AbortController()
    vi.useFakeTimers()
    try {
      const response = await proxy(new Request(post('chat-messages', {}), { signal: leaving.signal }))
      expect(response.status).toBe(200)
      if (what === 'that nobody reads') await vi.advanceTimersByTimeAsync(120_001)
      else leaving.abort()
      await vi.waitFor(() => expect(events).toMatchObject([{ code }]))
      expect([release.mock.calls.length, upstream.signal.aborted]).toEqual([1, true])
    } finally {
      vi.useRealTimers()
    }
  })

  it('that cannot be asked let nobody through', async () => {
    const { proxy } = proxyBefore(fakeDify(), { limit: () => Promise.reject(new Error('no redis')) })
    expect(await refusalIn(await proxy(uploadOf()))).toBe('500 internal_server_error')
  })

  it.each([
    [0, '6.6.6.6, 1.1.1.1, 10.0.0.1', undefined],
    [1, '6.6.6.6, 1.1.1.1', '1.1.1.1'],
    [2, '6.6.6.6, 1.1.1.1, 10.0.0.1', '1.1.1.1'],
    [3, '1.1.1.1', undefined],
    // Azure's gateways and IIS write the port along, which is another for each connection.
    [1, '6.6.6.6, 1.1.1.1:4711', '1.1.1.1'], [1, '[2001:db8::1]:4711', '2001:db8::1'], [1, '[2001:db8::1]', '2001:db8::1'], [1, '2001:db8::1', '2001:db8::1'],
  ])('go by the address that %i proxies vouch for in %j', async (trustProxy, forwarded, expected) => {
    const asked: (string | undefined)[] = []
    const { proxy } = proxyBefore(fakeDify(), { trustProxy, limit: ({ address }) => {
      asked.push(address)
      return { ok: true }
    } })
    await proxy(get('parameters', { 'x-forwarded-for': forwarded }))
    expect(asked).toEqual([expected])
  })
})

describe('events', () => {
  it('go to console.error when nobody listens and somebody should', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    const dify = fakeDify({ 'files/upload': () => difyJson({ code: 'unauthorized', message: 'Access token is invalid', status: 401 }, 401) })
    const proxy = createDifyProxy({ apiKey: KEY, baseUrl: 'http://dify.test/v1', authorize: () => ({ user: 'u' }), fetch: dify.fetch })
    await proxy(uploadOf())
    await vi.waitFor(() => expect(logged).toHaveBeenCalledOnce())
    expect(logged.mock.calls[0]![0]).toMatch(/upload failed with upstream_unauthorized: 401 unauthorized: Access token is invalid/)
    await proxy(new Request('http://app.test/nothing'))
    expect(logged).toHaveBeenCalledOnce()
  })

  it('whose listener fails, at once or later, are told of, and the answer stays', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    for (const onEvent of [() => { throw new Error('broken log') }, () => Promise.reject(new Error('broken log'))]) {
      logged.mockClear()
      expect((await proxyBefore(fakeDify(), { onEvent }).proxy(uploadOf())).status).toBe(201)
      await vi.waitFor(() => expect(logged).toHaveBeenCalledExactlyOnceWith('dify-file-drop: onEvent threw: broken log'))
    }
  })

  it('carry a hash that is the same for a user and says nothing about them', async () => {
    const { proxy, events } = proxyBefore(fakeDify(), { authorize: (request) => ({ user: request.headers.get('x-user')! }) })
    for (const [nth, user] of ['ann', 'bob', 'ann'].entries()) {
      await proxy(get('parameters', { 'x-user': user }))
      // Told after the answer, once the hash is made: two at a time may change places.
      await vi.waitFor(() => expect(events).toHaveLength(nth + 1))
    }
    expect(events[0]!.user).toBe(events[2]!.user)
    expect(events[0]!.user).not.toBe(events[1]!.user)
    expect(JSON.stringify(events)).not.toContain('ann')
  })

  it('are one flat line with all that there is to know of a request', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    const { proxy, events } = proxyBefore()
    const before = Date.now()
    const response = await proxy(uploadOf(undefined, { headers: { traceparent } }))
    await response.text()
    await vi.waitFor(() => expect(events).toHaveLength(1))
    const { startedAt, ms, user, ...event } = events[0]!
    expect(event).toEqual({
      level: 'info', id: response.headers.get('x-request-id'), traceparent, method: 'POST', route: 'upload', bytes: 2, status: 201,
      code: null, upstreamStatus: 201, detail: null,
    })
    expect(startedAt).toBeGreaterThanOrEqual(before)
    expect(ms).toBeGreaterThanOrEqual(0)
    expect(user).toMatch(/^[0-9a-f]{16}$/)
    expect(JSON.parse(JSON.stringify(events[0]))).toEqual(events[0])
  })

  it.each(['', 'nonsense', '00-00000000000000000000000000000000-b7ad6b7169203331-01', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x'])(
    'and Dify hear of no trace that is none: %j',
    async (traceparent) => {
      const dify = fakeDify()
      const { proxy, events } = proxyBefore(dify)
      await proxy(uploadOf(undefined, { headers: { traceparent, tracestate: 'a=1' } }))
      await vi.waitFor(() => expect(events[0]).toMatchObject({ traceparent: null }))
      expect([dify.uploads[0]!.headers.get('traceparent'), dify.uploads[0]!.headers.get('tracestate')]).toEqual([null, null])
    },
  )

  it('believe a request id only behind a proxy of our own', async () => {
    const { proxy } = proxyBefore(fakeDify(), { trustProxy: true })
    expect((await proxy(get('parameters', { 'x-request-id': 'req-12345678' }))).headers.get('x-request-id')).toBe('req-12345678')
    expect((await proxy(get('parameters', { 'x-request-id': 'no spaces!' }))).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})
