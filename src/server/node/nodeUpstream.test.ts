import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterEach, expect, it, vi } from 'vitest'
import { A_FILE, proxyBefore, refusalIn, uploadOf } from '../fixtures/askProxy.js'
import { formOf } from '../fixtures/forms.js'

let stop = () => {}
afterEach(() => stop())

/** A gateway with a thread of its own: it refuses the first upload and resets the connection, and only then says so. */
async function hastyGateway(): Promise<{ base: string; hasReset: Int32Array }> {
  const hasReset = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(
    `const { workerData, parentPort } = require('node:worker_threads')
    const server = require('node:net').createServer((socket) => {
      socket.on('error', () => {})
      socket.on('data', (chunk) => {
        if (!chunk.includes('/files/upload ')) return
        socket.on('close', () => {
          Atomics.store(workerData, 0, 1)
          Atomics.notify(workerData, 0)
        })
        socket.write('HTTP/1.1 413 Too Large\\r\\ncontent-type: text/html\\r\\ncontent-length: 2\\r\\n\\r\\nno', () => socket.resetAndDestroy())
      })
    })
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))`,
    { eval: true, workerData: hasReset },
  )
  stop = () => void worker.terminate()
  const [port] = (await once(worker, 'message')) as [number]
  return { base: `http://127.0.0.1:${port}/v1`, hasReset }
}

it('finds the refusal that came before the connection was reset, though it is a write that tells', async () => {
  const { base, hasReset } = await hastyGateway()
  const form = formOf([{ ...A_FILE, content: new Uint8Array(100_000) }])
  async function* chunks() {
    yield form.slice(0, 50_000)
    // Written by now. While this thread stands still, the answer and the reset come; nothing has read them when it goes on.
    await new Promise((resolve) => { setImmediate(resolve) })
    Atomics.wait(hasReset, 0, 0)
    yield form.slice(50_000)
  }
  const { proxy, events } = proxyBefore(undefined, { baseUrl: base, fetch: undefined })
  expect(await refusalIn(await proxy(uploadOf(form, { chunks: chunks() })))).toBe('413 gateway_too_large')
  await vi.waitFor(() => expect(events.find(({ route }) => route === 'upload')).toMatchObject({ status: 413, upstreamStatus: 413 }))
})
