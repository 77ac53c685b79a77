import { afterAll, describe, expect, it } from 'vitest'
import { anonymousUser } from '../../server/index.js'
import { defaultParameters } from '../../testing/index.js'
import { behindGateway, closeAll, dify, doctor, KEY, listen, proxyTo, SECRET, troubles } from './fixtures/servers.js'

afterAll(closeAll)

const MIB = 1024 * 1024

async function healthy() {
  const { emulator, url } = await dify()
  return { emulator, dify: url, url: await proxyTo(url) }
}

describe.concurrent('a proxy that is well', () => {
  it('is told so, with its limits and who sets them, at the price of one small file named as a probe', async () => {
    const { emulator, url } = await healthy()
    const told = await doctor('--proxy', url)
    expect(told.findings).toEqual([
      'fine reached', 'fine proxy_version', 'fine dify_version', 'fine key_works', 'fine cookie_fine', 'fine limits', 'fine no_gateway_cap', 'fine upload_works', 'note stream_not_asked',
    ])
    expect(told.exitCode).toBe(0)
    expect(told.facts('dify_version')).toEqual({ version: '1.16.0' })
    expect(told.says('limits')).toBe('Largest files: image 10 MB (Dify); document 15 MB (Dify); audio 50 MB (Dify); video 100 MB (Dify). ')
    expect(told.facts('no_gateway_cap')).toMatchObject({ reach: 'all' })
    expect([...emulator.files.values()].map(({ name, size }) => [name, size])).toEqual([['dify-file-drop-probe.txt', 53]])
    expect(emulator.requests.every(({ bytesReceived }) => bytesReceived < 1000)).toBe(true)
    expect(emulator.messages).toEqual([])
  })

  it('the operator’s own caps are told as theirs', async () => {
    const { dify: base } = await healthy()
    const told = await doctor('--proxy', await proxyTo(base, { maxBytes: { video: 4 * MIB, image: 20 * MIB } }))
    expect(told.says('limits')).toContain('image 10 MB (Dify); document 15 MB (Dify); audio 50 MB (Dify); video 4 MB (the proxy’s maxBytes)')
    expect(told.exitCode).toBe(0)
  })
})

describe.concurrent('who answers', () => {
  it.each([
    ['nothing listens', async () => 'http://127.0.0.1:9/api/dify', 'refused'],
    ['no such host', async () => 'http://no-such-host.invalid/api/dify', 'unknown_host'],
    ['http where https was asked', async () => (await listen((_, response) => response.end())).replace('http:', 'https:'), 'no_tls'],
    ['silence', () => listen(() => {}), 'timeout'],
    ['a connection that is cut', () => listen((request) => request.socket.destroy()), 'broken'],
    ['a redirect', () => listen((_, response) => response.writeHead(308, { location: 'https://x.test/' }).end()), 'redirects'],
    ['the web app’s page', () => listen((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>')), 'not_the_proxy'],
    ['a page that is not there', () => listen((_, response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<html>')), 'not_the_proxy'],
    ['other JSON', () => listen((_, response) => response.end('{"hello":1}')), 'not_the_proxy'],
    ['a gateway that does not get through', () => listen((_, response) => response.writeHead(502, { server: 'nginx/1.22.1', 'content-type': 'text/html' }).end('<html>')), 'gateway_fails'],
  ])('%s is %s', async (_, start, code) => {
    const url = await start()
    const told = await doctor('--proxy', url, ...(code === 'timeout' ? ['--timeout', '0.3'] : []))
    expect(troubles(told)).toEqual([`trouble ${code}`])
    expect(told.exitCode).toBe(1)
  })
})

describe.concurrent('what keeps the proxy from Dify', () => {
  const through = async (baseUrl: string, options: Parameters<typeof proxyTo>[1] = {}) => doctor('--proxy', await proxyTo(baseUrl, options))

  it.each([
    ['a wrong key', async (base: string) => through(base, { apiKey: 'app-wrong' }), 'key_refused'],
    ['an empty key', async (base: string) => through(base, { apiKey: ' ' }), 'key_refused'],
    ['a base URL without /v1', async (base: string) => through(base.replace('/v1', '')), 'dify_not_found'],
    ['a base URL that is a web app', async () => through(await listen((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'))), 'dify_is_another'],
    ['a base URL that redirects', async () => through(await listen((_, response) => response.writeHead(301, { location: 'https://x.test/' }).end())), 'dify_redirects'],
    ['a Dify that is down', async () => through('http://127.0.0.1:9/v1'), 'dify_down'],
    ['an authorize that throws', async (base: string) => through(base, { authorize: () => { throw new Error('x') } }), 'proxy_fails'],
    ['an authorize without a user', async (base: string) => through(base, { authorize: () => ({ user: '' }) }), 'proxy_fails'],
    ['nobody signed in', async (base: string) => through(base, { authorize: () => null }), 'not_signed_in'],
    ['a rate limit', async (base: string) => through(base, { limit: () => ({ ok: false, retryAfter: 1000 }) }), 'rate_limited'],
  ])('%s', async (_, examine, code) => {
    const { url } = await dify()
    const told = await examine(url)
    expect(troubles(told)).toEqual([`trouble ${code}`])
    expect(told.exitCode).toBe(1)
    expect(told.text).not.toContain('app-wrong')
  })

  it('an app that is closed, and one that is not published', async () => {
    const { emulator, url } = await dify()
    emulator.script({ kind: 'status', route: 'parameters', status: 403, code: 'forbidden', message: 'x' })
    expect(troubles(await through(url))).toEqual(['trouble app_refused'])
    emulator.script({ kind: 'status', route: 'parameters', status: 400, code: 'app_unavailable', message: 'x' })
    expect(troubles(await through(url))).toEqual(['trouble app_unavailable'])
  })

  it('a session that was given is sent, and never told', async () => {
    const { url } = await dify()
    const proxy = await proxyTo(url, { authorize: (request) => (request.headers.get('cookie') === 'sid=alices-secret' ? { user: 'alice' } : null) })
    const told = await doctor('--proxy', proxy, '--header', 'Cookie: sid=alices-secret')
    expect(told.exitCode).toBe(0)
    expect(told.text).not.toContain('alices-secret')
    const other = await doctor('--proxy', proxy, '--header', 'Cookie: sid=old')
    expect(other.says('not_signed_in')).toContain('for nobody’s')
  })

  it('an authorize that lets everybody in is worth a thought', async () => {
    const { url } = await dify()
    const told = await through(url, { authorize: () => ({ user: 'everybody' }) })
    expect(troubles(told)).toEqual(['warning open_to_strangers'])
    expect(told.exitCode).toBe(0)
  })

  it('an app that takes no files', async () => {
    const { url } = await dify({ parameters: { ...defaultParameters(), file_upload: { enabled: false, image: { enabled: true } } } })
    expect(troubles(await through(url))).toEqual(['warning legacy_images'])
    const other = await dify({ parameters: { ...defaultParameters(), file_upload: { enabled: false } } })
    expect(troubles(await through(other.url))).toEqual(['warning uploads_off'])
  })
})

describe.concurrent('sizes', () => {
  it.each([[MIB, '1 MB'], [4_500_000, '4.29 MB'], [20 * MIB, '20 MB']])('a server in front that stops at %i bytes is found, named and measured', async (maxBytes, told) => {
    const { url, emulator } = await healthy()
    const it = await doctor('--proxy', await behindGateway(url, { maxBytes }))
    expect(troubles(it)).toEqual(['trouble gateway_cap'])
    expect(it.facts('gateway_cap')).toEqual({ bytes: maxBytes, needed: 100 * MIB, where: 'front', server: 'nginx/1.22.1' })
    expect(it.says('gateway_cap')).toContain(`A server in front of the proxy (nginx/1.22.1) refuses requests over ${told}`)
    expect(it.says('gateway_cap')).toContain('client_max_body_size')
    expect(emulator.files.size).toBe(1)
  })

  it('a server between proxy and Dify is found from outside too', async () => {
    const { emulator, url } = await dify({ gateway: { maxBodyBytes: 15 * MIB } })
    const told = await doctor('--proxy', await proxyTo(url))
    expect(told.facts('gateway_cap')).toMatchObject({ bytes: 15 * MIB, where: 'behind' })
    expect(told.says('limits')).toContain('image 10 MB (Dify); document 15 MB (a server between the proxy and Dify)')
    expect([...emulator.files.values()].map(({ name }) => name)).toEqual(['dify-file-drop-probe.txt'])
  })

  it('one that is a form’s width too small is only a note', async () => {
    const { url } = await dify({ gateway: { maxBodyBytes: 100 * MIB } })
    const told = await doctor('--proxy', await proxyTo(url))
    expect(told.findings).toContain('note gateway_cap_near')
    expect(told.exitCode).toBe(0)
  })

  it('a server that keeps requests until they are whole', async () => {
    const { url } = await healthy()
    const told = await doctor('--proxy', await behindGateway(url, { holdsRequests: true }))
    expect(troubles(told)).toEqual(['warning requests_buffered'])
    expect(told.facts('no_gateway_cap')).toMatchObject({ reach: 'front' })
  })

  it('a Dify that tells no limits', async () => {
    const { url } = await dify({ parameters: { ...defaultParameters(), system_parameters: {} } })
    expect(troubles(await doctor('--proxy', await proxyTo(url)))).toEqual(['warning limits_unknown'])
  })

  it('platforms whose limits no declared length shows', async () => {
    const { url } = await healthy()
    const vercel = await behindGateway(url, { response: (headers) => { headers['x-vercel-id'] = 'fra1::x' } })
    expect(troubles(await doctor('--proxy', vercel))).toEqual(['warning vercel'])
    const next = await behindGateway(url, { response: (headers) => { headers['x-powered-by'] = 'Next.js' } })
    expect((await doctor('--proxy', next)).findings).toContain('note next')
  })
})

describe.concurrent('the probe', () => {
  it('a gateway that passes on only a part of the file', async () => {
    const { emulator, url } = await dify()
    emulator.script({ kind: 'truncate', bytes: 7, name: 'probe.txt' })
    const told = await doctor('--proxy', await proxyTo(url))
    expect(troubles(told)).toEqual(['trouble truncated'])
    expect(told.facts('truncated')).toEqual({ sent: 53, stored: 7 })
  })

  it('a server in front that cuts bodies off', async () => {
    const { url, emulator } = await healthy()
    const told = await doctor('--proxy', await behindGateway(url, { cutAt: 150, holdsRequests: false }))
    expect(troubles(told)).toContain('trouble upload_mangled')
    expect(emulator.files.size).toBe(0)
  })

  it.each([
    ['a firewall', { answer: (request, response) => request.method === 'POST' && Boolean(response.writeHead(403, { server: 'cloudflare', 'content-type': 'text/html' }).end('<html>')) }, 'upload_refused'],
    ['a static host', { answer: (request, response) => request.method === 'POST' && Boolean(response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')) }, 'upload_not_json'],
    ['a server that hangs up', { answer: (request) => request.method === 'POST' && Boolean(request.socket.destroy()) }, 'upload_no_answer'],
  ] satisfies [string, Parameters<typeof behindGateway>[1], string][])('%s in the way of POST', async (_, faults, code) => {
    const { url } = await healthy()
    expect(troubles(await doctor('--proxy', await behindGateway(url, faults)))).toContain(`trouble ${code}`)
  })

  it('a Dify that cannot store it', async () => {
    const { emulator, url } = await dify()
    emulator.script({ kind: 'status', status: 500, code: 'unknown', message: 'Internal Server Error', name: 'probe.txt' })
    const told = await doctor('--proxy', await proxyTo(url))
    expect(told.says('upload_refused')).toMatch(/500 unknown .* by Dify\. .*storage/)
  })

  it('a body parser before the proxy', async () => {
    const { url } = await healthy()
    const parsed = await behindGateway(url, { request: (headers) => { headers['content-type'] = 'application/json' } })
    expect(troubles(await doctor('--proxy', parsed))).toContain('trouble upload_mangled')
  })
})

describe.concurrent('pages of another origin', () => {
  const PAGE = 'https://chat.example.com'
  const allowing = async () => proxyTo((await dify()).url, { allowOrigins: [PAGE], authorize: () => ({ user: 'u' }) })
  const examine = (url: string, ...more: string[]) => doctor('--proxy', url, '--origin', PAGE, ...more)

  it('may upload where the proxy lists them', async () => {
    const told = await examine(await allowing(), '--header', 'Authorization: Bearer session-token')
    expect(troubles(told)).toEqual([])
    expect(told.findings).toContain('fine cors_works')
    expect(told.text).not.toContain('session-token')
  })

  it('may not where it does not', async () => {
    const told = await examine((await healthy()).url)
    expect(troubles(told)).toEqual(['trouble cookie_not_sent', 'trouble origin_refused'])
    expect(told.says('origin_refused')).toContain('ALLOW_ORIGINS')
  })

  it.each([
    ['OPTIONS that does not arrive', { answer: (request, response) => request.method === 'OPTIONS' && Boolean(response.writeHead(405, { server: 'nginx/1.22.1' }).end()) }, 'preflight_refused'],
    ['a login before OPTIONS', { answer: (request, response) => request.method === 'OPTIONS' && Boolean(response.writeHead(302, { location: '/login' }).end()) }, 'preflight_refused'],
    ['OPTIONS without an answer', { answer: (request) => request.method === 'OPTIONS' && Boolean(request.socket.destroy()) }, 'preflight_no_answer'],
    ['a header that is taken out', { response: (headers) => { delete headers['access-control-allow-origin'] } }, 'cors_missing'],
    ['a star', { response: (headers) => { headers['access-control-allow-origin'] = '*' } }, 'cors_wildcard'],
    ['a header that is there twice', { response: (headers) => { headers['access-control-allow-origin'] = [PAGE, PAGE] as never } }, 'cors_twice'],
    ['no credentials', { response: (headers) => { delete headers['access-control-allow-credentials'] } }, 'credentials_missing'],
    ['a preflight without POST', { response: (headers) => { headers['access-control-allow-methods'] = 'GET' } }, 'method_refused'],
    ['a preflight without the page’s own header', { response: (headers) => { delete headers['access-control-allow-headers'] } }, 'headers_refused'],
  ] satisfies [string, Parameters<typeof behindGateway>[1], string][])('%s', async (_, faults, code) => {
    const told = await examine(await behindGateway(await allowing(), faults), '--header', 'X-Tenant: acme-tenant')
    expect(troubles(told)).toContain(`trouble ${code}`)
    expect(told.exitCode).toBe(1)
  })

  it('headers that pages cannot read are a note', async () => {
    const told = await examine(await behindGateway(await allowing(), { response: (headers) => { delete headers['access-control-expose-headers'] } }), '--header', 'X-A: some-value')
    expect(told.findings).toContain('note headers_hidden')
  })

  it('the proxy’s own origin needs nothing', async () => {
    const { url } = await healthy()
    const told = await doctor('--proxy', url, '--origin', new URL(url).origin)
    expect(told.findings).toContain('fine same_origin')
    expect(troubles(told)).toEqual([])
  })

  it('a server in front that changes Host makes the own origin a foreign one, for old browsers', async () => {
    const { url } = await healthy()
    const told = await doctor('--proxy', await behindGateway(url, { request: (headers) => { headers.host = 'backend:8080' } }))
    expect(troubles(told)).toEqual(['warning own_host_lost'])
  })
})

describe.concurrent('the session of visitors without accounts', () => {
  const PAGE = 'https://chat.example.com'

  it('a cookie that browsers do not send from another site', async () => {
    const { dify: base } = await healthy()
    const told = await doctor('--proxy', await proxyTo(base, { allowOrigins: [PAGE] }), '--origin', PAGE)
    expect(troubles(told)).toEqual(['trouble cookie_not_sent'])
    expect(told.says('cookie_not_sent')).toContain('SameSite=Lax')
  })

  it('one that is made for it', async () => {
    const { dify: base } = await healthy()
    const embed = await proxyTo(base, { allowOrigins: [PAGE], authorize: anonymousUser({ secret: SECRET, embed: true }) })
    const told = await doctor('--proxy', embed, '--origin', PAGE)
    expect(troubles(told)).toEqual([])
    expect(told.findings).toContain('fine cookie_fine')
  })

  it.each([
    ['a server that takes Set-Cookie out', { response: (headers) => { delete headers['set-cookie'] } }, 'set_cookie_lost'],
    ['a server that drops Cookie', { request: (headers) => { delete headers.cookie } }, 'cookie_lost'],
    ['a server that makes it SameSite=None without Secure', { response: (headers) => { headers['set-cookie'] = headers['set-cookie']?.map((line) => line.replace('Lax', 'None')) } }, 'cookie_changed'],
  ] satisfies [string, Parameters<typeof behindGateway>[1], string][])('%s', async (_, faults, code) => {
    const { url } = await healthy()
    expect(troubles(await doctor('--proxy', await behindGateway(url, faults)))).toEqual([`trouble ${code}`])
  })
})

describe.concurrent('answers word by word, with --message only', () => {
  it('flow', async () => {
    const { emulator, url } = await dify({ tokenDelay: 40 })
    const told = await doctor('--proxy', await proxyTo(url), '--message')
    expect(told.findings).toContain('fine stream_flows')
    expect(told.text).toContain('costs what a message costs')
    expect(emulator.messages.length).toBe(1)
  })

  it('are collected on the way', async () => {
    const { url } = await dify({ tokenDelay: 40 })
    const collected = await doctor('--proxy', await behindGateway(await proxyTo(url), { holdsAnswers: true }), '--message')
    expect(troubles(collected)).toEqual(['trouble stream_buffered'])
  })

  it('an answer that comes at once tells nothing', async () => {
    const { url } = await healthy()
    expect((await doctor('--proxy', url, '--message')).findings).toContain('note stream_unclear')
  })

  it('a message that is refused, at once or in an event', async () => {
    const { emulator, url } = await dify()
    emulator.script({ kind: 'status', route: 'chat', status: 400, code: 'provider_not_initialize', message: 'x' })
    const proxy = await proxyTo(url)
    expect(troubles(await doctor('--proxy', proxy, '--message'))).toEqual(['trouble message_refused'])
    emulator.script({ kind: 'body', route: 'chat', contentType: 'text/event-stream', body: 'data: {"event":"error","status":400,"code":"invalid_param","message":"q is required in input form"}\n\n' })
    expect((await doctor('--proxy', proxy, '--message')).facts('message_refused')).toMatchObject({ code: 'invalid_param' })
  })
})

it('the key is in nothing that is written, not even when a server quotes it', async () => {
  const quoting = await listen((request, response) => response.writeHead(400, { 'content-type': 'application/json', 'x-version': '1.16.0' }).end(JSON.stringify({ code: 'odd', message: `no ${request.headers.authorization}`, status: 400 })))
  const told = await doctor('--base-url', quoting)
  expect(told.text).toContain('[secret]')
  expect(told.text).not.toContain(KEY)
})
