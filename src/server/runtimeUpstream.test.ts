import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { createDifyProxy } from './index.js'
import { KEY, uploadOf } from './fixtures/askProxy.js'
import { UPLOADED } from './fixtures/fakeDify.js'
import { BOUNDARY, join } from './fixtures/forms.js'

const MB = 1_000_000

it('an upload that comes as a Request is held nowhere on Node, however large it is', async () => {
  let arrived = 0
  const server = createServer((request, response) => {
    request.on('data', (chunk: Uint8Array) => { arrived += chunk.length })
    request.on('end', () => response.writeHead(201, { 'content-type': 'application/json', 'x-version': '1.16.0' }).end(JSON.stringify(UPLOADED)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy = createDifyProxy({ apiKey: KEY, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, authorize: () => ({ user: 'user-1' }) })

  const before = process.memoryUsage().arrayBuffers
  let peak = 0
  function* chunks() {
    yield join(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="film.mp4"\r\n\r\n`)
    for (let sent = 0; sent < 300 * MB; sent += 100_000) {
      yield new Uint8Array(100_000)
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before)
    }
    yield join(`\r\n--${BOUNDARY}--\r\n`)
  }
  const response = await proxy(uploadOf([], { chunks: chunks(), length: false }))
  expect(response.status).toBe(201)
  expect(arrived).toBeGreaterThan(300 * MB)
  // What V8's collector lets pile up; a copy would be all 300.
  expect(peak).toBeLessThan(150 * MB)
  server.closeAllConnections()
  server.close()
}, 30_000)
