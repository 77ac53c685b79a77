import { describe, expect, it, vi } from 'vitest'
import { get, proxyBefore, refusalIn } from '../fixtures/askProxy.js'
import { difyJson, fakeDify, PARAMETERS } from '../fixtures/fakeDify.js'
import { VERSION } from '../version.js'

describe('GET parameters', () => {
  it('is Dify’s own answer and one key of ours', async () => {
    const { proxy } = proxyBefore(fakeDify(), { maxBytes: { video: 7 } })
    const response = await proxy(get('parameters?user=evil'))
    expect(response.headers.get('x-version')).toBe('1.16.0')
    expect(await response.json()).toEqual({ ...PARAMETERS, dify_file_drop: { version: VERSION, max_bytes: { video: 7 } } })
  })

  it('asks Dify once for many at a time, and again only when the answer is old', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify)
    await Promise.all(Array.from({ length: 20 }, () => proxy(get('parameters'))))
    expect(dify.seen).toHaveLength(1)
    vi.advanceTimersByTime(59_000)
    await proxy(get('parameters'))
    expect(dify.seen).toHaveLength(1)
    vi.advanceTimersByTime(2000)
    await proxy(get('parameters'))
    expect(dify.seen).toHaveLength(2)
    vi.useRealTimers()
  })

  it('is over for a client that leaves, and goes on for the others', async () => {
    let answer!: (response: Response) => void
    const release = vi.fn<() => void>()
    const { proxy } = proxyBefore(fakeDify({ parameters: () => new Promise((resolve) => { answer = resolve }) }), { limit: () => ({ ok: true, release }) })
    const leaving = new AbortController()
    const left = proxy(new Request(get('parameters'), { signal: leaving.signal }))
    const stayed = proxy(get('parameters'))
    await vi.waitFor(() => expect(answer).toBeTypeOf('function'))
    leaving.abort()
    await left
    await vi.waitFor(() => expect(release).toHaveBeenCalledOnce())
    answer(difyJson(PARAMETERS))
    expect((await stayed).status).toBe(200)
  })

  it('outlives a Dify that is down, but not a key that is wrong', async () => {
    let answer = () => difyJson(PARAMETERS)
    const { proxy } = proxyBefore(fakeDify({ parameters: () => answer() }), { parametersTtl: 0 })
    expect((await proxy(get('parameters'))).status).toBe(200)
    answer = () => new Response('<html>', { status: 502 })
    expect((await proxy(get('parameters'))).status).toBe(200)
    answer = () => difyJson({ code: 'unauthorized', message: '', status: 401 }, 401)
    expect(await refusalIn(await proxy(get('parameters')))).toBe('500 upstream_unauthorized')
  })

  it.each([
    ['502', () => new Response('', { status: 502 }), '502 upstream_unavailable'],
    ['HTML', () => new Response('<html>', { status: 200 }), '500 upstream_not_dify'],
    ['a list', () => difyJson([]), '500 upstream_not_dify'],
    ['unpublished', () => difyJson({ code: 'app_unavailable', message: 'App unavailable', status: 400 }, 400), '400 app_unavailable'],
  ])('with nothing known and %s for an answer says so', async (_, answer, expected) => {
    expect(await refusalIn(await proxyBefore(fakeDify({ parameters: answer })).proxy(get('parameters')))).toBe(expected)
  })
})

describe('GET info and health', () => {
  it('info is Dify’s own', async () => {
    const { proxy } = proxyBefore(fakeDify({ info: () => difyJson({ name: 'My app', mode: 'chat' }) }))
    expect(await (await proxy(get('info'))).json()).toEqual({ name: 'My app', mode: 'chat' })
  })

  it.each([['HTML', () => new Response('<html>', { status: 200 })], ['an envelope', () => difyJson({ code: 'x', message: '', status: 400 }, 200)]])('info that is %s is not Dify', async (_, answer) => {
    expect(await refusalIn(await proxyBefore(fakeDify({ info: answer })).proxy(get('info')))).toBe('500 upstream_not_dify')
  })

  it('health answers without anyone, when it is switched on', async () => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify, { health: true, authorize: () => null })
    expect(await (await proxy(get('health'))).json()).toEqual({ status: 'ok', version: VERSION })
    expect(dify.seen).toEqual([])
    expect(await refusalIn(await proxyBefore(dify).proxy(get('health')))).toBe('404 not_found')
  })
})
