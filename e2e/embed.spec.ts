import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { anonymousUser, createDifyProxy, toNodeListener } from '../src/server/index.js'
import { createDifyEmulator } from '../src/testing/index.js'

/*
 * A page of another site that uses the proxy with its visitor's cookie. What a browser makes of CORS, of a preflight that
 * listening to the progress asks for, and of a cookie in a foreign page, only a browser can say. `127.0.0.1` and
 * `localhost` are two sites to it.
 */
async function listen(host: string, listener: RequestListener) {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('a page of a listed site uploads with a session of its own and sees the progress; one that is not listed reaches nothing', async ({ page }) => {
  const dify = createDifyEmulator({ apiKey: 'app-embedded' })
  const blank: RequestListener = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>embedder</title>')
  const listed = await listen('127.0.0.1', blank)
  const stranger = await listen('127.0.0.1', blank)
  const events: string[] = []
  const proxy = createDifyProxy({
    apiKey: 'app-embedded', baseUrl: 'http://dify.test/v1', fetch: (input, init) => dify.fetch(new Request(input, init)),
    allowOrigins: [listed.origin], authorize: anonymousUser({ secret: 'a-secret-of-more-than-32-characters-0123', embed: true }),
    onEvent: ({ code, route, status }) => events.push(`${route} ${status} ${code}`),
  })
  const { origin, close } = await listen('localhost', toNodeListener(proxy))

  /** In the page: a session, then two uploads with their progress; what the page could read of each. */
  const upload = (base: string) => page.evaluate(async (url) => {
    const ask = (method: string, path: string, body?: FormData) => new Promise<{ status: number; text: string; requestId: string | null; seen: number[] }>((resolve) => {
      const request = new XMLHttpRequest()
      const seen: number[] = []
      request.upload.addEventListener('progress', ({ loaded }) => seen.push(loaded))
      request.addEventListener('loadend', () => {
        resolve({ status: request.status, text: request.responseText, requestId: request.getResponseHeader('x-request-id'), seen })
      })
      request.open(method, `${url}/${path}`)
      request.withCredentials = true
      request.send(body)
    })
    const form = () => {
      const it = new FormData()
      it.append('file', new File([new Uint8Array(2_000_000)], 'photo.png', { type: 'image/png' }))
      return it
    }
    return [await ask('GET', 'session'), await ask('POST', 'files/upload', form()), await ask('POST', 'files/upload', form())]
  }, `${base}/api/dify`)

  try {
    await page.goto(listed.origin)
    const [session, first, second] = await upload(origin)
    expect([session!.status, first!.status, second!.status]).toEqual([200, 201, 201])
    expect(JSON.parse(first!.text)).toMatchObject({ name: 'photo.png', size: 2_000_000 })
    expect(first!.requestId).toMatch(/^[\w-]{8,}$/)
    expect(Math.max(...first!.seen)).toBeGreaterThanOrEqual(2_000_000)
    const users = [...dify.files.values()].map(({ user }) => user)
    expect(users).toHaveLength(2)
    expect(new Set(users).size).toBe(1)

    await page.goto(stranger.origin)
    events.length = 0
    const refused = await upload(origin)
    expect(refused.map(({ status, text }) => `${status} ${text}`)).toEqual(['0 ', '0 ', '0 '])
    expect(events.filter((event) => !event.endsWith(' 403 forbidden_origin'))).toEqual([])
    expect(dify.files.size).toBe(2)
  } finally {
    for (const server of [listed, stranger, { close }]) server.close()
  }
})
