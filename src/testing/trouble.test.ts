import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createDifyEmulator, type DifyEmulator } from './difyEmulator.js'
import { createEmulatorFetch } from './emulatorFetch.js'
import { createEmulatorSend } from './emulatorSend.js'
import { ConnectionCut } from './trouble.js'

const KEY = 'app-secret'
/** Node wants it for a streamed body; the DOM's types do not know it yet. */
const STREAMED = { duplex: 'half' }
let emulator: DifyEmulator
beforeEach(() => {
  emulator = createDifyEmulator({ apiKey: KEY })
})
afterEach(() => {
  vi.useRealTimers()
})

interface SendOptions {
  signal?: AbortSignal
  onProgress?: (sent: number) => void
}

function send(name = 'a.bin', size = 10, { signal = new AbortController().signal, onProgress = () => {} }: SendOptions = {}) {
  return createEmulatorSend(emulator, { chunkBytes: 1000 })({ file: new File([new Uint8Array(size)], name), signal, onProgress })
}

describe('a send into the emulator', () => {
  test('resolves with the file and reports each step', async () => {
    const steps: number[] = []
    const file = await send('报告.txt', 2500, { onProgress: (sent) => steps.push(sent) })
    expect(file).toMatchObject({ name: '报告.txt', size: 2500, mime_type: 'text/plain' })
    expect(steps).toEqual([0, 1000, 2000, 2500])
    expect(emulator.requests[0]).toMatchObject({ outcome: 'answered', status: 201, user: 'emulator-user' })
  })

  test('rejects with the fault as the engine reads it', async () => {
    await expect(send('a.png', 10 * 1024 * 1024 + 1)).rejects.toMatchObject({ code: 'file_too_large', from: 'dify', status: 413, message: '', retryAfter: null })
  })

  test('stops when aborted, and the emulator sees it', async () => {
    const stall = emulator.script({ kind: 'stall', after: 2000 })
    const controller = new AbortController()
    const sending = send('a.bin', 5000, { signal: controller.signal })
    const request = await stall.reached
    controller.abort()
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
    expect(request.outcome).toBe('aborted')
    expect(request.bytesReceived).toBeLessThan(4000)
    expect(emulator.files.size).toBe(0)
  })
})

describe('scripted trouble', () => {
  test('a stall holds the sender until it is released', async () => {
    const stall = emulator.script({ kind: 'stall', after: 2000 })
    const steps: number[] = []
    const sending = send('a.bin', 5000, { onProgress: (sent) => steps.push(sent) })
    await stall.reached
    expect(steps.at(-1)).toBeLessThanOrEqual(2000)
    stall.release()
    await expect(sending).resolves.toMatchObject({ size: 5000 })
  })

  test('a stalled answer has read everything', async () => {
    const stall = emulator.script({ kind: 'stall', at: 'answer' })
    const steps: number[] = []
    const sending = send('a.bin', 5000, { onProgress: (sent) => steps.push(sent) })
    expect((await stall.reached).outcome).toBe('answering')
    expect(steps.at(-1)).toBe(5000)
    stall.release()
    await expect(sending).resolves.toMatchObject({ size: 5000 })
  })

  test('slow takes the time it says', async () => {
    vi.useFakeTimers()
    emulator.script({ kind: 'slow', bytesPerSecond: 1000 })
    const steps: number[] = []
    const sending = send('a.bin', 4000, { onProgress: (sent) => steps.push(sent) })
    await vi.advanceTimersByTimeAsync(2500)
    expect(steps.at(-1)).toBe(2000)
    await vi.advanceTimersByTimeAsync(3000)
    await expect(sending).resolves.toMatchObject({ size: 4000 })
  })

  test('a delay keeps the answer back', async () => {
    vi.useFakeTimers()
    emulator.script({ kind: 'delay', ms: 3000 })
    const sending = send()
    await vi.advanceTimersByTimeAsync(2999)
    expect(emulator.requests[0]).toMatchObject({ outcome: 'answering', answeredAt: null })
    await vi.advanceTimersByTimeAsync(1)
    await expect(sending).resolves.toMatchObject({ size: 10 })
  })

  test('a connection is cut in the request', async () => {
    const cut = emulator.script({ kind: 'cutOff', after: 1500 })
    await expect(send('a.bin', 5000)).rejects.toBeInstanceOf(ConnectionCut)
    expect(cut.met[0]).toMatchObject({ outcome: 'cut-off', status: null })
  })

  test('a connection is cut in the answer', async () => {
    emulator.script({ kind: 'cutOff', at: 'answer', after: 20, route: 'parameters' })
    const response = await createEmulatorFetch(emulator)('parameters', { headers: { authorization: `Bearer ${KEY}` } })
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow(TypeError)
  })

  test.each([
    [{ status: 503 }, { code: 'upstream_unavailable', from: 'gateway', retryAfter: null }],
    [{ status: 502, retryAfter: 7 }, { code: 'upstream_unavailable', from: 'gateway', retryAfter: 7000 }],
    [{ status: 504 }, { code: 'gateway_timeout', from: 'gateway' }],
    [{ status: 524 }, { code: 'gateway_timeout', from: 'gateway' }],
    [{ status: 413, early: true }, { code: 'gateway_too_large', from: 'gateway' }],
    [{ status: 429, retryAfter: 2 }, { code: 'too_many_requests', from: 'gateway', retryAfter: 2000 }],
    [{ status: 429, code: 'rate_limit_error', message: 'Rate Limit Error' }, { code: 'rate_limit_error', from: 'dify', message: 'Rate Limit Error' }],
    [{ status: 500, code: 'unknown', message: 'Internal Server Error' }, { code: 'unknown', from: 'dify' }],
  ])('status %j', async (trouble, fault) => {
    emulator.script({ kind: 'status', ...trouble })
    await expect(send()).rejects.toMatchObject(fault)
    await expect(send()).resolves.toMatchObject({ size: 10 })
  })

  test('Retry-After may be a date', async () => {
    emulator.script({ kind: 'status', status: 503, retryAfter: new Date(Date.now() + 60_000) })
    const fault = (await send().catch((error: unknown) => error)) as { retryAfter: number }
    expect(fault.retryAfter).toBeGreaterThan(50_000)
  })

  test.each([['<html>Welcome to Hotel Wi-Fi</html>'], [{ uploaded: true }], ['null']])('a 200 that is not Dify: %j', async (body) => {
    emulator.script({ kind: 'body', body })
    await expect(send()).rejects.toMatchObject({ code: 'upstream_not_dify', from: 'gateway', status: 200 })
  })

  test('an early refusal reads nothing', async () => {
    const early = emulator.script({ kind: 'status', status: 503, early: true })
    await expect(send('a.bin', 5000)).rejects.toMatchObject({ status: 503 })
    expect(early.met[0]?.bytesReceived).toBe(0)
  })

  test('a truncating gateway makes the answered size smaller', async () => {
    emulator.script({ kind: 'truncate', bytes: 3 })
    await expect(send('a.bin', 10)).resolves.toMatchObject({ size: 3 })
  })

  test('a gateway limit answers nginx’s page, announced or counted', async () => {
    emulator = createDifyEmulator({ apiKey: KEY, gateway: { maxBodyBytes: 4000 } })
    await expect(send('a.bin', 5000)).rejects.toMatchObject({ code: 'gateway_too_large', from: 'gateway' })
    expect(emulator.requests[0]?.bytesReceived).toBe(0)
    const form = new FormData()
    form.append('file', new File([new Uint8Array(5000)], 'a.bin'))
    const response = await emulator.fetch(new Request(`${emulator.baseUrl}/files/upload`, { method: 'POST', body: form }))
    expect(response.status).toBe(413)
    expect(response.headers.has('x-version')).toBe(false)
    expect(await response.text()).toContain('<center>nginx/')
  })

  test('troubles of one sort queue up, slowness goes along with them', async () => {
    emulator.script({ kind: 'slow', bytesPerSecond: 1e9, times: Infinity })
    emulator.script({ kind: 'status', status: 503, times: 2 })
    emulator.script({ kind: 'status', status: 502 })
    for (const status of [503, 503, 502]) await expect(send()).rejects.toMatchObject({ status })
    await expect(send()).resolves.toMatchObject({ size: 10 })
  })

  test('finds its file by name, or by number', async () => {
    emulator.script({ kind: 'status', status: 503, name: /报告/ })
    await expect(send('other.txt')).resolves.toBeDefined()
    await expect(send('报告.txt')).rejects.toMatchObject({ status: 503 })
    emulator.script({ kind: 'status', status: 502, nth: 2 })
    await expect(send()).resolves.toBeDefined()
    await expect(send()).rejects.toMatchObject({ status: 502 })
  })

  test('a reset lets go what is held and forgets everything', async () => {
    const stall = emulator.script({ kind: 'stall' })
    emulator.script({ kind: 'status', status: 503 })
    const sending = send()
    await stall.reached
    emulator.reset()
    await sending
    emulator.reset()
    expect(emulator.files.size).toBe(0)
    expect(emulator.requests).toHaveLength(0)
    await expect(send()).resolves.toBeDefined()
  })
})

describe('the request log', () => {
  test('shows a body while it arrives, so that streaming can be proved', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    const answer = emulator.fetch(
      new Request(`${emulator.baseUrl}/files/upload`, {
        method: 'POST', body: readable, ...STREAMED,
        headers: { authorization: `Bearer ${KEY}`, 'content-type': 'multipart/form-data; boundary=b' },
      }),
    )
    const write = (text: string): Promise<void> => writer.write(new TextEncoder().encode(text))
    await write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhello')
    await vi.waitFor(() => expect(emulator.requests[0]?.bytesReceived).toBeGreaterThan(80))
    expect(emulator.requests[0]).toMatchObject({ outcome: 'reading', lastByteAt: expect.any(Number), answeredAt: null })
    await write('\r\n--b--\r\n')
    await writer.close()
    expect((await answer).status).toBe(201)
  })

  test('a stalled emulator pushes back', async () => {
    const stall = emulator.script({ kind: 'stall', after: 3000 })
    let pulled = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(1000))
      },
    })
    const controller = new AbortController()
    const sending = emulator.fetch(
      new Request(`${emulator.baseUrl}/files/upload`, { method: 'POST', body, ...STREAMED, signal: controller.signal }),
    )
    await stall.reached
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(pulled).toBeLessThan(8)
    controller.abort()
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
    expect(emulator.requests[0]?.outcome).toBe('aborted')
  })
})
