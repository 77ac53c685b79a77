import { describe, expect, it, vi } from 'vitest'
import type { ProxyOptions } from './index.js'
import { get, post, proxyBefore, refusalIn, uploadOf } from './fixtures/askProxy.js'
import { fakeDify } from './fixtures/fakeDify.js'

const SISTER = 'https://sister.example'

describe('whether a page may use the proxy', () => {
  const listed = { allowOrigins: [SISTER] }
  const table: [string, Record<string, string>, 'passes' | 'refused', Partial<ProxyOptions>?, ('GET' | 'POST')?][] = [
    ['no browser at all', {}, 'passes'],
    ['same-origin', { 'sec-fetch-site': 'same-origin', origin: 'https://app.example' }, 'passes'],
    // Behind TLS and in Next's production server the request's own URL is http://localhost.
    ['same-origin, Host and Origin differing', { 'sec-fetch-site': 'same-origin', origin: 'https://app.example', host: 'localhost:3000' }, 'passes'],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }, 'passes', {}, 'GET'],
    ['POST without a page', { 'sec-fetch-site': 'none' }, 'refused'],
    ['same-site', { 'sec-fetch-site': 'same-site', origin: SISTER }, 'refused'],
    ['cross-site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 'refused'],
    ['cross-site without Origin', { 'sec-fetch-site': 'cross-site' }, 'refused', listed],
    ['cross-site, listed', { 'sec-fetch-site': 'cross-site', origin: SISTER }, 'passes', listed],
    ['same-site, listed', { 'sec-fetch-site': 'same-site', origin: SISTER }, 'passes', listed],
    ['cross-site, another than the listed', { 'sec-fetch-site': 'cross-site', origin: 'https://sister.example.evil' }, 'refused', listed],
    ['cross-site, by function', { 'sec-fetch-site': 'cross-site', origin: 'https://t1.example' }, 'passes', { allowOrigins: (origin) => origin.endsWith('.example') }],
    ['cross-site, by a function that does not say true', { 'sec-fetch-site': 'cross-site', origin: SISTER }, 'refused', { allowOrigins: () => 'yes' as unknown as boolean }],
    ['cross-site, by a function that says so later', { 'sec-fetch-site': 'cross-site', origin: SISTER }, 'refused', { allowOrigins: later(() => Promise.resolve(true)) }],
    ['an opaque origin, by function', { 'sec-fetch-site': 'cross-site', origin: 'null' }, 'refused', { allowOrigins: () => true }],
    ['old browser, own host', { origin: 'https://app.example', host: 'app.example' }, 'passes'],
    ['old browser, default port', { origin: 'https://app.example', host: 'app.example:443' }, 'passes'],
    ['old browser, other port', { origin: 'https://app.example:8443', host: 'app.example' }, 'refused'],
    ['old browser, other host', { origin: 'https://evil.example', host: 'app.example' }, 'refused'],
    ['old browser, opaque', { origin: 'null', host: 'app.example' }, 'refused'],
    ['old browser, no Host', { origin: 'https://app.example' }, 'refused'],
    ['old browser, listed', { origin: SISTER, host: 'app.example' }, 'passes', listed],
    ['a forwarded host that nobody vouches for', { origin: 'https://evil.example', host: 'app.example', 'x-forwarded-host': 'evil.example' }, 'refused'],
    ['a forwarded host behind our own proxy', { origin: 'https://app.example', host: 'inner', 'x-forwarded-host': 'app.example' }, 'passes', { trustProxy: true }],
    ['the public origin', { origin: 'https://app.example', host: 'inner' }, 'passes', { publicOrigin: 'https://app.example' }],
    ['the public origin’s host over http', { origin: 'http://app.example', host: 'app.example' }, 'refused', { publicOrigin: 'https://app.example' }],
    ['a Host that is more than a host', { origin: 'https://app.example', host: 'app.example@evil' }, 'refused'],
  ]
  const ask = (dify: ReturnType<typeof fakeDify>, [, headers, , options = {}, method = 'POST']: (typeof table)[number]) =>
    proxyBefore(dify, options).proxy(method === 'POST' ? uploadOf(undefined, { headers }) : get('parameters', headers))

  it.each(table.filter(([, , outcome]) => outcome === 'passes'))('%s (%j) passes', async (...row) => {
    expect((await ask(fakeDify(), row)).status).toBeLessThan(300)
  })

  it.each(table.filter(([, , outcome]) => outcome === 'refused'))('%s (%j) is refused', async (...row) => {
    const dify = fakeDify()
    const response = await ask(dify, row)
    expect(await refusalIn(response)).toBe('403 forbidden_origin')
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(dify.seen).toEqual([])
  })

  it('is refused, and told of, when the function fails later', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    const { proxy } = proxyBefore(fakeDify(), { allowOrigins: later(() => Promise.reject(new Error('no database'))) })
    expect(await refusalIn(await proxy(uploadOf(undefined, { headers: { 'sec-fetch-site': 'cross-site', origin: SISTER } })))).toBe('403 forbidden_origin')
    await vi.waitFor(() => expect(logged).toHaveBeenCalledExactlyOnceWith('dify-file-drop: no database'))
  })

  /** As JavaScript may write it. */
  function later(word: () => Promise<boolean>): (origin: string) => boolean {
    return word as unknown as () => boolean
  }
})

describe('an embedder on a listed origin', () => {
  const options = { allowOrigins: [SISTER], authorize: () => null }

  it('gets its preflight answered, headers of its own included, without authorize', async () => {
    const { proxy } = proxyBefore(fakeDify(), options)
    const preflight = new Request('http://app.test/api/dify/files/upload', {
      method: 'OPTIONS',
      headers: { origin: SISTER, 'sec-fetch-site': 'cross-site', 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,x-csrf' },
    })
    const response = await proxy(preflight)
    expect(response.status).toBe(204)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': SISTER, 'access-control-allow-credentials': 'true', 'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization,x-csrf', 'access-control-max-age': '7200',
    })
    expect(response.headers.get('vary')).toContain('Origin')
  })

  it('can read errors and their headers', async () => {
    const { proxy } = proxyBefore(fakeDify(), options)
    const response = await proxy(uploadOf(undefined, { headers: { origin: SISTER, 'sec-fetch-site': 'cross-site' } }))
    expect(response.headers.get('access-control-allow-origin')).toBe(SISTER)
    expect(response.headers.get('access-control-expose-headers')).toBe('x-request-id, retry-after, x-version, x-dify-file-drop-from')
    expect(await refusalIn(response)).toBe('401 unauthorized')
  })

  it('is the only one: another’s preflight is refused', async () => {
    const { proxy } = proxyBefore(fakeDify(), options)
    const preflight = new Request('http://app.test/api/dify/files/upload', {
      method: 'OPTIONS', headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'access-control-request-method': 'POST' },
    })
    expect(await refusalIn(await proxy(preflight))).toBe('403 forbidden_origin')
  })

  it('never gets a header back that is none', async () => {
    const { proxy } = proxyBefore(fakeDify(), options)
    const headers = { origin: SISTER, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x: y' }
    const response = await proxy(new Request('http://app.test/x/parameters', { method: 'OPTIONS', headers }))
    expect(response.headers.get('access-control-allow-headers')).toBeNull()
  })
})

describe('methods', () => {
  it.each([['GET', 'files/upload', 'POST, OPTIONS'], ['DELETE', 'files/upload', 'POST, OPTIONS'], ['POST', 'parameters', 'GET, OPTIONS']])('%s %s is 405 and says what is allowed', async (method, path, allow) => {
    const { proxy } = proxyBefore()
    const response = await proxy(new Request(`http://app.test/${path}`, { method }))
    expect(response.headers.get('allow')).toBe(allow)
    expect(await refusalIn(response)).toBe('405 method_not_allowed')
  })

  it.each(['', 'files', 'files/upload/x', 'datasets', 'v1/audio-to-text', 'health', 'session', 'files/3ccd270f/preview', 'files%2Fupload', '/files/upload'])('POST /%s is nothing', async (path) => {
    const dify = fakeDify()
    expect(await refusalIn(await proxyBefore(dify).proxy(post(path, {})))).toBe('404 not_found')
    expect(dify.seen).toEqual([])
  })
})
