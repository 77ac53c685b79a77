import axios, { type AxiosInstance } from 'axios'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { SendRequest } from '../core/send.js'
import { UploadError, type UploadFailure } from '../core/uploadError.js'
import type { DifyFile } from '../dify/difyFile.js'
import type { AxiosLike, Transport } from './axiosLike.js'
import { createDifyClient, type DifyClient } from './createDifyClient.js'

interface Seen {
  headers: Record<string, string>
  isAborted: boolean
  part: { header: string; field: string; name: string; type: string; size: number; sha256: string }
}

/** An upload endpoint of a test's own: see scripts/test-server.mjs. `steps` are what its next requests get, in order. */
async function endpoint(transport: Transport = {}, steps: object[] = [{}]): Promise<{ client: DifyClient; url: string; seen: () => Promise<{ uploads: Seen[]; sessions: number }> }> {
  const url = `/__send/${crypto.randomUUID()}`
  await fetch(url, { method: 'PUT', body: JSON.stringify(steps) })
  return {
    url,
    client: createDifyClient({ proxyUrl: url, ...transport }),
    seen: async () => (await fetch(url)).json(),
  }
}

function send(client: DifyClient, file: File, how: Partial<SendRequest> = {}): Promise<DifyFile> {
  return client.send({ file, name: file.name, signal: new AbortController().signal, onProgress: () => undefined, ...how })
}

async function failureOf(promise: Promise<unknown>): Promise<UploadFailure> {
  const thrown: unknown = await promise.then(() => null, (error: unknown) => error)
  expect(thrown).toBeInstanceOf(UploadError)
  return (thrown as UploadError).failure
}

async function sha256(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Bytes that a text-minded transport would damage. */
function bytes(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, i) => (i * 7) % 256)
}

describe('what is sent', () => {
  test('is one part, with the repaired name and type in its own header, and the very bytes', async () => {
    const { client, seen } = await endpoint()
    const file = new File([bytes(300_000)], 'notes: 1?.md', { type: '' })
    const answer = await send(client, file, { name: 'notes_ 1_.md' })
    expect(answer).toMatchObject({ name: 'notes_ 1_.md', size: 300_000, extension: 'md' })
    const [{ part, headers }] = (await seen()).uploads as [Seen]
    expect(part).toMatchObject({ field: 'file', name: 'notes_ 1_.md', type: 'text/markdown', size: 300_000, sha256: await sha256(file) })
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(headers['accept']).toBe('application/json')
  })

  test('keeps names beyond ASCII', async () => {
    const { client, seen } = await endpoint()
    await send(client, new File(['x'], 'Ünï 报告 🎉.pdf'))
    expect((await seen()).uploads[0]!.part).toMatchObject({ name: 'Ünï 报告 🎉.pdf', type: 'application/pdf' })
  })

  test('is measured in bytes of the file, never falling, up to all of them', async () => {
    const { client } = await endpoint({}, [{ bytesPerRead: 600_000 }])
    const size = 30_000_000
    const sent: number[] = []
    await send(client, new File([new Uint8Array(size)], 'a.bin'), { onProgress: (it) => sent.push(it) })
    expect(sent.length).toBeGreaterThan(2)
    expect(sent).toEqual(sent.toSorted((a, b) => a - b))
    expect(sent.at(-1)).toBe(size)
    expect(sent[0]!).toBeGreaterThanOrEqual(0)
  })

  test('says what the XSRF cookie says, to its own origin alone', async () => {
    document.cookie = 'other=1'
    document.cookie = 'XSRF-TOKEN=a%20b%3D'
    onTestFinished(() => {
      document.cookie = 'XSRF-TOKEN=; max-age=0'
      document.cookie = 'other=; max-age=0'
    })
    const { client, seen } = await endpoint({}, [{}, {}])
    await send(client, new File(['x'], 'a.txt'))
    expect((await seen()).uploads[0]!.headers['x-xsrf-token']).toBe('a b=')
    document.cookie = 'XSRF-TOKEN=100%'
    await send(client, new File(['x'], 'a.txt'))
    expect((await seen()).uploads[1]!.headers['x-xsrf-token']).toBe('100%')
    const headers = vi.spyOn(XMLHttpRequest.prototype, 'setRequestHeader')
    onTestFinished(() => headers.mockRestore())
    await failureOf(send(createDifyClient({ proxyUrl: 'http://elsewhere.invalid/api' }), new File(['x'], 'a.txt')))
    expect(headers.mock.calls.map(([name]) => name.toLowerCase())).not.toContain('x-xsrf-token')
  })

  test('stops on the wire when it is aborted', async () => {
    const { client, seen } = await endpoint({}, [{ bytesPerRead: 200_000 }])
    const controller = new AbortController()
    const reason = new Error('enough')
    const sending = send(client, new File([new Uint8Array(20_000_000)], 'a.bin'), { signal: controller.signal, onProgress: (sent) => { if (sent > 0) controller.abort(reason) } })
    await expect(sending).rejects.toBe(reason)
    await vi.waitFor(async () => expect((await seen()).uploads[0]!.isAborted).toBe(true), { timeout: 5000 })
  })

  test('is nothing when it was aborted before', async () => {
    const { client, seen } = await endpoint()
    await expect(send(client, new File(['x'], 'a.txt'), { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before')
    expect((await seen()).uploads).toEqual([])
  })
})

describe('headers', () => {
  test('a function is asked anew for each attempt', async () => {
    let token = 0
    const { client, seen } = await endpoint({ headers: async () => ({ Authorization: `Bearer ${++token}`, 'Content-Type': 'application/json' }) })
    await send(client, new File(['x'], 'a.txt'))
    await send(client, new File(['x'], 'b.txt'))
    const { uploads } = await seen()
    expect(uploads.map((it) => it.headers['authorization'])).toEqual(['Bearer 1', 'Bearer 2'])
    expect(uploads.every((it) => it.headers['content-type']!.startsWith('multipart/form-data'))).toBe(true)
  })
})

describe('whatever the host\'s axios instance does', () => {
  const instances: [string, () => AxiosInstance][] = [
    ['a JSON content type by default', () => axios.create({ headers: { 'Content-Type': 'application/json' } })],
    ['a JSON content type for posts', () => axios.create({ headers: { post: { 'Content-Type': 'application/json' } } })],
    ['an interceptor that unwraps the data', () => intercepted((it) => it.use((response) => response.data))],
    ['an interceptor that throws on success', () => intercepted((it) => it.use(() => { throw new Error('host') }))],
    ['an interceptor that swallows', () => intercepted((it) => it.use(() => undefined as never))],
    ['a timeout of a millisecond', () => axios.create({ timeout: 1 })],
    ['a base URL', () => axios.create({ baseURL: 'https://example.invalid/api' })],
    ['the fetch adapter', () => axios.create({ adapter: 'fetch' })],
    ['a response type', () => axios.create({ responseType: 'blob' })],
    ['its own idea of which status is an error', () => axios.create({ validateStatus: () => false })],
    ['its own transforms', () => axios.create({ transformRequest: [() => 'mine'], transformResponse: [() => ({ mine: true })] })],
    ['small limits for bodies', () => axios.create({ maxBodyLength: 1, maxContentLength: 1 })],
    ['form serialisation of its own', () => axios.create({ formSerializer: { indexes: true }, params: { tenant: 1 } })],
  ]
  test.each(instances)('%s: files arrive', async (_, instance) => {
    const { client, seen } = await endpoint({ axios: instance() as unknown as AxiosLike }, [{ wait: 30 }])
    const file = new File([bytes(70_000)], 'a.png', { type: 'image/png' })
    const sent: number[] = []
    expect(await send(client, file, { onProgress: (it) => sent.push(it) })).toMatchObject({ name: 'a.png', size: 70_000 })
    expect((await seen()).uploads).toHaveLength(1)
    expect((await seen()).uploads[0]!.part).toMatchObject({ type: 'image/png', sha256: await sha256(file) })
    expect(sent.at(-1)).toBe(70_000)
  })

  test.each(instances)('%s: refusals are read', async (_, instance) => {
    const { client } = await endpoint({ axios: instance() as unknown as AxiosLike }, [{ status: 413, body: JSON.stringify({ code: 'file_too_large', message: 'no', status: 413 }) }])
    expect(await failureOf(send(client, new File(['x'], 'a.txt')))).toMatchObject({ code: 'file_too_large', status: 413, from: 'dify', serverMessage: 'no' })
  })

  test('its own retries stay off: the queue decides what is tried again', async () => {
    const instance = axios.create()
    // As axios-retry does it: its settings are read from the request, under this name.
    instance.interceptors.response.use((response) => {
      const { retries = 3 } = (response.config as { 'axios-retry'?: { retries?: number } })['axios-retry'] ?? {}
      return response.status >= 500 && retries > 0 ? instance.request(response.config) : response
    })
    const { client, seen } = await endpoint({ axios: instance as unknown as AxiosLike }, [{ status: 503, body: '' }])
    expect(await failureOf(send(client, new File(['x'], 'a.txt')))).toMatchObject({ code: 'upstream_unavailable' })
    expect((await seen()).uploads).toHaveLength(1)
  })
})

describe('what goes wrong', () => {
  const file = new File(['hello'], 'a.txt')

  test('a gateway\'s HTML 413 is the gateway\'s', async () => {
    const { client } = await endpoint({}, [{ status: 413, body: '<html><h1>413 Request Entity Too Large</h1>nginx' }])
    expect(await failureOf(send(client, file))).toMatchObject({ code: 'gateway_too_large', from: 'gateway', retryable: false })
  })

  test('a page instead of Dify\'s answer is no success', async () => {
    const { client } = await endpoint({}, [{ status: 200, body: '<html>Please log in to the hotel\'s Wi-Fi' }])
    expect(await failureOf(send(client, file))).toMatchObject({ code: 'upstream_not_dify', status: 200 })
  })

  test('a connection that is cut in the middle is the network\'s', async () => {
    const { client } = await endpoint({}, [{ cutAfter: 100_000 }])
    expect(await failureOf(send(client, new File([new Uint8Array(10_000_000)], 'a.bin')))).toMatchObject({ code: 'network', from: 'network', status: null, retryable: true })
  })

  test('the request\'s id and the wait that was asked for are kept', async () => {
    const { client } = await endpoint({}, [{ status: 429, body: '<html>slow down', headers: { 'Retry-After': '7', 'X-Request-Id': 'r-1' } }])
    expect(await failureOf(send(client, file))).toMatchObject({ code: 'too_many_requests', retryAfter: 7000, requestId: 'r-1' })
  })

  test('a wait may be asked for by date', async () => {
    const { client } = await endpoint({}, [{ status: 503, body: '', headers: { 'Retry-After': new Date(Date.now() + 60_000).toUTCString() } }])
    const { retryAfter } = await failureOf(send(client, file))
    expect(retryAfter).toBeGreaterThan(50_000)
    expect(retryAfter).toBeLessThanOrEqual(60_000)
  })

  test('what Dify stored is told as it is: the queue compares the size', async () => {
    const { client } = await endpoint({}, [{ truncated: 2 }])
    expect((await send(client, file)).size).toBe(2)
  })
})

describe('an anonymous session', () => {
  test('is asked for once, however many uploads need it at the same time, and then they go on', async () => {
    const { client, seen } = await endpoint({}, [{ session: true }])
    const answers = await Promise.all(['a.txt', 'b.txt', 'c.txt'].map((name) => send(client, new File(['x'], name))))
    expect(answers.map((it) => it.name)).toEqual(['a.txt', 'b.txt', 'c.txt'])
    expect(await seen()).toMatchObject({ sessions: 1, uploads: { length: 6 } })
  })

  test('is not asked for again by an upload that was refused before it came', async () => {
    // The last is answered long after the first two have their session.
    const { client, seen } = await endpoint({}, [{ session: true }, { status: 401, body: JSON.stringify({ code: 'session_required', message: '', status: 401 }), wait: 500 }, { session: true }])
    const early = send(client, new File(['x'], 'a.txt'))
    const late = send(client, new File(['x'], 'b.txt'))
    await Promise.all([early, late])
    expect((await seen()).sessions).toBe(1)
  })

  test('that is refused as well is not asked for a third time', async () => {
    const refused = { status: 401, body: JSON.stringify({ code: 'session_required', message: '', status: 401 }) }
    const { client, seen } = await endpoint({}, [refused])
    expect(await failureOf(send(client, new File(['x'], 'a.txt')))).toMatchObject({ code: 'session_required' })
    expect(await seen()).toMatchObject({ sessions: 1, uploads: { length: 2 } })
  })
})

function intercepted(change: (response: AxiosInstance['interceptors']['response']) => void): AxiosInstance {
  const instance = axios.create()
  change(instance.interceptors.response)
  return instance
}
