import { afterAll, describe, expect, it } from 'vitest'
import { anonymousUser } from '../../server/index.js'
import { behindGateway, closeAll, dify, doctor, listen, proxyTo, SECRET, troubles } from './fixtures/servers.js'

afterAll(closeAll)

const MIB = 1024 * 1024

describe.concurrent('a Dify that is well', () => {
  it('is told so, with its version, its app and its limits', async () => {
    const { emulator, url } = await dify({ info: { name: 'Support', mode: 'chat' }, version: '1.9.2' })
    const told = await doctor('--base-url', url)
    expect(told.findings).toEqual([
      'fine reached', 'fine dify_version', 'fine key_works', 'fine limits', 'fine no_gateway_cap', 'fine upload_works', 'fine user_matches', 'note stream_not_asked',
    ])
    expect(told.exitCode).toBe(0)
    expect([told.facts('dify_version'), told.facts('key_works'), told.facts('user_matches')]).toEqual([{ version: '1.9.2' }, { app: 'Support', mode: 'chat' }, { user: 'dify-file-drop-doctor' }])
    expect([...emulator.files.values()].map(({ name, size, user }) => [name, size, user])).toEqual([['dify-file-drop-probe.txt', 53, 'dify-file-drop-doctor']])
    // A declared length that Dify itself reads would be half a form to it, and half a form makes it a user.
    expect(emulator.requests.filter(({ path, bytesReceived }) => path.endsWith('/upload') && bytesReceived > 0).length).toBe(1)
  })

  it('the user that one’s own messages have is kept', async () => {
    const { emulator, url } = await dify()
    expect((await doctor('--base-url', url, '--user', 'bob')).facts('user_matches')).toEqual({ user: 'bob' })
    expect([...emulator.files.values()][0]!.user).toBe('bob')
  })

  it('and a proxy before it: who its visitors are to Dify', async () => {
    const { url } = await dify()
    const told = await doctor('--base-url', url, '--proxy', await proxyTo(url))
    expect(told.exitCode).toBe(0)
    expect(told.facts('proxy_user')).toEqual({ user: expect.stringMatching(/^anonymous-[0-9a-f]{32}$/) as unknown })
    const other = await dify()
    expect(troubles(await doctor('--base-url', other.url, '--proxy', await proxyTo(url)))).toEqual(['warning other_app'])
  })

  it('answers word by word, when asked to show it', async () => {
    const { url } = await dify({ tokenDelay: 40 })
    expect((await doctor('--base-url', url, '--message')).findings).toContain('fine stream_flows')
  })

  it.each([['completion', '/v1/completion-messages'], ['workflow', '/v1/workflows/run'], ['advanced-chat', '/v1/chat-messages']] as const)('a message goes where an app of mode %s takes it', async (mode, path) => {
    const { emulator, url } = await dify({ info: { mode } })
    expect(troubles(await doctor('--base-url', url, '--message'))).toEqual([])
    expect(emulator.requests.at(-1)!.path).toBe(path)
  })
})

describe.concurrent('what is wrong with it', () => {
  it.each([
    ['nothing listens', async () => 'http://127.0.0.1:9/v1', 'refused'],
    ['a page', () => listen((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>')), 'not_dify'],
    ['a redirect to https', () => listen((_, response) => response.writeHead(301, { location: 'https://x.test/' }).end()), 'redirects'],
    ['a gateway without a Dify', () => listen((_, response) => response.writeHead(502).end()), 'gateway_fails'],
  ])('%s', async (_, start, code) => {
    expect(troubles(await doctor('--base-url', await start()))).toEqual([`trouble ${code}`])
  })

  it('an address without /v1, or with more: the right one is told', async () => {
    const { url } = await dify()
    for (const wrong of [url.replace('/v1', ''), `${url}/chat-messages`]) {
      const told = await doctor('--base-url', wrong)
      expect(troubles(told)).toEqual(['trouble not_dify'])
      expect(told.says('not_dify')).toContain(`Dify’s API is at ${url}: use that`)
    }
  })

  it('the key is not sent to whoever is not Dify', async () => {
    const seen: (string | undefined)[] = []
    const url = await listen((request, response) => {
      seen.push(request.headers.authorization)
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>')
    })
    await doctor('--base-url', url)
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.every((header) => header === undefined)).toBe(true)
  })

  it('a wrong key, and one of a knowledge base', async () => {
    const { url } = await dify()
    const wrong = await doctor('--base-url', url, '--key', 'app-wrong')
    expect(troubles(wrong)).toEqual(['trouble key_refused'])
    expect(wrong.text).not.toContain('app-wrong')
    expect((await doctor('--base-url', url, '--key', 'dataset-1234')).says('key_refused')).toContain('knowledge base')
  })

  it('an app that is closed says so in Dify’s words', async () => {
    const { emulator, url } = await dify()
    emulator.script({ kind: 'status', route: 'parameters', status: 403, code: 'forbidden', message: "The app's API service has been disabled." })
    expect((await doctor('--base-url', url)).says('app_refused')).toContain('API service has been disabled')
  })

  it('a server in front that stops at 15 MB', async () => {
    const { url } = await dify()
    const told = await doctor('--base-url', await behindGateway(url, { maxBytes: 15 * MIB }))
    expect(told.facts('gateway_cap')).toEqual({ bytes: 15 * MIB, needed: 100 * MIB, where: 'dify_gateway', server: 'nginx/1.22.1' })
  })

  it('one that cuts files off, and one that loses who sent them', async () => {
    const { emulator, url } = await dify()
    emulator.script({ kind: 'truncate', bytes: 7, name: 'probe.txt' })
    expect(troubles(await doctor('--base-url', url))).toEqual(['trouble truncated'])
    const cutting = await behindGateway(url, { cutAt: 150 })
    expect(troubles(await doctor('--base-url', cutting))).toContain('trouble upload_mangled')
  })

  it('a file that is another’s at Dify', async () => {
    const { url } = await dify()
    const relabelled = await behindGateway(url, { answer: (request, response) => {
      if (!request.url!.includes('/end-users/')) return false
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'x', external_user_id: 'DEFAULT-USER' }))
      return true
    } })
    const told = await doctor('--base-url', relabelled)
    expect(told.facts('user_lost')).toEqual({ sent: 'dify-file-drop-doctor', got: 'DEFAULT-USER' })
    expect(told.exitCode).toBe(1)
  })

  it('a Dify too old to be asked whose it is', async () => {
    const { url } = await dify()
    const old = await behindGateway(url, { answer: (request, response) => request.url!.includes('/end-users/') && Boolean(response.writeHead(404, { 'content-type': 'text/html' }).end('<html>')) })
    const told = await doctor('--base-url', old)
    expect(told.findings).toContain('note user_unknown')
    expect(told.exitCode).toBe(0)
  })

  it('a version that is hidden on the way', async () => {
    const { url } = await dify()
    const hidden = await behindGateway(url, { response: (headers) => { delete headers['x-version'] } })
    expect((await doctor('--base-url', hidden)).findings).toContain('note dify_version_hidden')
  })
})

it('both at once: each layer’s limit is told where it is', async () => {
  const { url } = await dify({ gateway: { maxBodyBytes: 15 * MIB } })
  const proxy = await proxyTo(url, { authorize: anonymousUser({ secret: SECRET, insecure: true }), maxBytes: { video: 12 * MIB, audio: 12 * MIB, document: 12 * MIB } })
  const told = await doctor('--base-url', url, '--proxy', await behindGateway(proxy, { maxBytes: MIB }))
  expect(troubles(told)).toEqual(['trouble gateway_cap', 'trouble gateway_cap'])
  expect(told.text).toContain('a server in front of Dify')
  expect(told.text).toContain('a server in front of the proxy')
})
