import { describe, expect, it } from 'vitest'
import { anonymousUser } from './index.js'
import { get, proxyBefore, refusalIn, uploadOf } from './fixtures/askProxy.js'
import { difyJson, fakeDify, formIn, PARAMETERS } from './fixtures/fakeDify.js'

const SECRET = 'a secret of at least thirty-two characters'

/** As a browser keeps them. */
function jar() {
  const cookies = new Map<string, string>()
  return {
    take(response: Response) {
      for (const line of response.headers.getSetCookie()) {
        const pair = line.split(';', 1)[0]!
        cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
      }
      return response
    },
    get header() {
      return { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }
    },
  }
}

describe('anonymousUser', () => {
  it('refuses an upload without a session, without asking Dify', async () => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify, { authorize: anonymousUser({ secret: SECRET }) })
    const response = await proxy(uploadOf())
    expect(response.headers.getSetCookie()).toEqual([])
    expect(await refusalIn(response)).toBe('401 session_required')
    expect(dify.seen).toEqual([])
  })

  it('makes one user of many parallel first uploads', async () => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify, { authorize: anonymousUser({ secret: SECRET }) })
    const browser = jar()
    const first = await Promise.all(Array.from({ length: 20 }, () => proxy(uploadOf())))
    expect(first.every(({ status }) => status === 401)).toBe(true)
    browser.take(await proxy(get('session')))
    const again = await Promise.all(Array.from({ length: 20 }, () => proxy(uploadOf(undefined, { headers: browser.header }))))
    expect(again.every(({ status }) => status === 201)).toBe(true)
    const users = new Set(dify.uploads.map((upload) => formIn(upload).user))
    expect(users.size).toBe(1)
    expect([...users][0]).toMatch(/^anonymous-[0-9a-f]{32}$/)
    expect(await proxy.userOf(get('my-own-route', browser.header))).toBe([...users][0])
  })

  it('keeps the user of a first upload when a slow answer to GET parameters brings another cookie', async () => {
    let release!: () => void
    const isSlow = new Promise<void>((resolve) => {
      release = resolve
    })
    const dify = fakeDify({ parameters: async () => {
      await isSlow
      return difyJson(PARAMETERS)
    } })
    const { proxy } = proxyBefore(dify, { authorize: anonymousUser({ secret: SECRET }) })
    const browser = jar()
    const parameters = proxy(get('parameters'))
    await new Promise((resolve) => setTimeout(resolve, 5))
    browser.take(await proxy(get('session')))
    const before = await proxy.userOf(get('x', browser.header))
    release()
    browser.take(await parameters)
    expect(await proxy.userOf(get('x', browser.header))).toBe(before)
  })

  it('keeps a visitor and renews the cookie', async () => {
    const { proxy } = proxyBefore(fakeDify(), { authorize: anonymousUser({ secret: SECRET }) })
    const browser = jar()
    browser.take(await proxy(get('parameters')))
    const before = browser.header
    const user = await proxy.userOf(get('x', before))
    const renewed = browser.take(await proxy(get('session', before)))
    expect(renewed.headers.getSetCookie()).toHaveLength(1)
    expect(browser.header).toEqual(before)
    expect(await proxy.userOf(get('x', browser.header))).toBe(user)
  })

  it.each([
    [{}, /^__Host-dify-file-drop-session=[0-9a-f]{32}\.[0-9a-z]+\.[0-9a-f]{64}; Path=\/; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax$/],
    [{ embed: true }, /; HttpOnly; Secure; SameSite=None; Partitioned$/],
    [{ insecure: true }, /^dify-file-drop-session=[^;]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/],
  ])('with %j sets a cookie as it should be', async (options, expected) => {
    const { proxy } = proxyBefore(fakeDify(), { authorize: anonymousUser({ secret: SECRET, ...options }) })
    const response = await proxy(get('session'))
    expect(response.status).toBe(200)
    expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(expected)])
  })

  it('believes no cookie that it did not sign', async () => {
    const { proxy } = proxyBefore(fakeDify(), { authorize: anonymousUser({ secret: SECRET }) })
    const other = proxyBefore(fakeDify(), { authorize: anonymousUser({ secret: SECRET.toUpperCase() }) }).proxy
    const browser = jar()
    browser.take(await other(get('session')))
    expect(await proxy.userOf(get('x', browser.header))).toBeNull()
    browser.take(await proxy(get('session')))
    const good = browser.header.cookie
    for (const forged of [good.replace(/=./, '=g'), good.replace(/.$/, (last) => (last === '0' ? '1' : '0')), good.replace(/=[0-9a-f]{32}/, `=${'0'.repeat(32)}`)]) {
      expect(await proxy.userOf(get('x', { cookie: forged }))).toBeNull()
    }
  })

  it('takes old secrets along', async () => {
    const browser = jar()
    const old = proxyBefore(fakeDify(), { authorize: anonymousUser({ secret: SECRET }) }).proxy
    browser.take(await old(get('session')))
    const user = await old.userOf(get('x', browser.header))
    const proxy = proxyBefore(fakeDify(), { authorize: anonymousUser({ secret: [`new ${SECRET}`, SECRET] }) }).proxy
    expect(await proxy.userOf(get('x', browser.header))).toBe(user)
    browser.take(await proxy(get('session', browser.header)))
    const next = proxyBefore(fakeDify(), { authorize: anonymousUser({ secret: `new ${SECRET}` }) }).proxy
    expect(await next.userOf(get('x', browser.header))).toBe(user)
  })

  it('does not work with what cannot be safe', () => {
    expect(() => anonymousUser({ secret: 'short' })).toThrow(/at least 32 characters.*openssl/)
    expect(() => anonymousUser({ secret: [] })).toThrow(/32 characters/)
    expect(() => anonymousUser({ secret: SECRET, embed: true, insecure: true })).toThrow(/needs https/)
  })

  // Browsers leave out a Max-Age that is not of digits, and forget at once what has 0.
  it.each([NaN, 0, -1, 1.5, Infinity])('throws for a maxAge of %o', (maxAge) => {
    expect(() => anonymousUser({ secret: SECRET, maxAge })).toThrow(TypeError)
    expect(() => anonymousUser({ secret: SECRET, maxAge })).toThrow(`anonymousUser: maxAge is ${maxAge}`)
  })
})
