import axios from 'axios'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Send, SendRequest } from '../core/send.js'
import { UploadError, type UploadFailure } from '../core/uploadError.js'
import type { Uploader } from '../core/uploader.js'
import type { DifyFile } from '../dify/difyFile.js'
import { clearDrafts } from '../draft/clearDrafts.js'
import { DraftStore } from '../draft/draftStore.js'
import { keepDraft } from '../draft/keepDraft.js'
import type { AxiosLike } from '../http/axiosLike.js'
import { createUploader } from '../http/createUploader.js'
import { createResumableSend, type ResumableSendOptions } from './createResumableSend.js'
import type { ResumablePage } from './page.fixture.js'

interface Seen {
  method: string
  path: string
  offset: string | null
  headers: Record<string, string>
  status?: number
  bytes: number
  /** What it was told to stop or cut at. */
  isReached?: boolean
}

afterEach(async () => {
  vi.restoreAllMocks()
  localStorage.clear()
  await clearDrafts()
})

/** The real proxy of a test's own, before a Dify in memory: see scripts/resumable-server.mjs. */
function proxy(options: Partial<ResumableSendOptions> = {}) {
  const url = `/__resumable/${crypto.randomUUID()}`
  return {
    url,
    /** A send as a page makes one; another one is the page after a reload. */
    page: () => createResumableSend({ proxyUrl: url, minBytes: 0, ...options }),
    next: (what: object) => fetch(url, { method: 'PUT', body: JSON.stringify(what) }),
    async state() {
      return (await (await fetch(url)).json()) as { seen: Seen[]; files: { id: string; name: string; sha256: string; mime_type: string; user: string }[] }
    },
  }
}

function deliver(send: Send, file: File, how: Partial<SendRequest> = {}): Promise<DifyFile> {
  return send({ file, name: file.name, signal: new AbortController().signal, onProgress: () => undefined, ...how })
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

function fileOf(name: string, size: number, seed = 7): File {
  const bytes = new Uint8Array(size)
  for (let i = 0; i < size; i++) bytes[i] = i * seed + (i >> 8)
  return new File([bytes], name, { lastModified: 1_600_000_000_000 })
}

/** Where pieces began. A browser sends a request again by itself when a connection that it used before is cut: that counts once. */
const pieces = (seen: readonly Seen[]) => [...new Set(seen.filter(({ method }) => method === 'PATCH').map(({ offset, path }) => `${path} ${offset}`))].map((it) => Number(it.split(' ')[1]))
const places = () => Object.keys(localStorage).filter((key) => key.startsWith('dify-file-drop:resumable:'))

describe('a file in pieces', () => {
  test('arrives as the very bytes, with the repaired name and type, and Dify’s answer comes back', async () => {
    const { page, state } = proxy()
    const file = fileOf('notes.md', 300_000)
    const sent: number[] = []
    const answer = await deliver(page(), file, { name: 'no_tes 报告.md', onProgress: (it) => sent.push(it) })
    const { files, seen } = await state()
    expect(files).toEqual([{ id: answer.id, name: 'no_tes 报告.md', sha256: await sha256(file), mime_type: 'text/markdown', user: 'ann' }])
    expect(answer).toMatchObject({ name: 'no_tes 报告.md', size: 300_000, extension: 'md' })
    expect(seen.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{64}/, 'ID')}`)).toEqual(['POST files/resumable', 'PATCH files/resumable/ID', 'GET files/resumable/ID/result'])
    expect(sent).toEqual(sent.toSorted((a, b) => a - b))
    expect(sent.at(-1)).toBe(300_000)
    expect(places()).toEqual([])
  })

  test('of no bytes arrives too', async () => {
    const { page, state } = proxy()
    const answer = await deliver(page(), new File([], 'empty.txt'))
    expect((await state()).files).toMatchObject([{ id: answer.id, name: 'empty.txt' }])
  })

  test('that is small goes in one request', async () => {
    const { page, state } = proxy({ minBytes: 1000 })
    await deliver(page(), fileOf('a.txt', 999))
    await deliver(page(), fileOf('b.txt', 1000))
    expect((await state()).seen.map(({ method, path }) => `${method} ${path}`).slice(0, 2)).toEqual(['POST files/upload', 'POST files/resumable'])
  })

  test('goes by the host’s axios, with its headers, asked for anew each time', async () => {
    const instance = axios.create({ headers: { common: { 'X-Common': 'c' } }, timeout: 1, baseURL: 'http://elsewhere.invalid' })
    const headers = vi.fn(() => ({ 'X-Token': `t${headers.mock.calls.length}` }))
    const { page, state } = proxy({ axios: instance as unknown as AxiosLike, headers })
    await deliver(page(), fileOf('a.txt', 1000))
    const { seen } = await state()
    expect(seen.map((it) => [it.headers['x-token'], it.headers['x-common']])).toEqual([['t1', 'c'], ['t2', 'c'], ['t3', 'c']])
    expect(seen[1]!.headers['content-type']).toBe('application/offset+octet-stream')
  })

  test('gets itself an anonymous session first, one for all', async () => {
    const { page, state, next } = proxy()
    await next({ sessions: true })
    const send = page()
    const answers = await Promise.all(['a', 'b', 'c'].map((name) => deliver(send, fileOf(`${name}.txt`, 1000))))
    const { seen, files } = await state()
    expect(seen.filter(({ path }) => path === 'session')).toHaveLength(1)
    expect(files.map(({ id }) => id).toSorted()).toEqual(answers.map(({ id }) => id).toSorted())
    expect(new Set(files.map(({ user }) => user)).size).toBe(1)
  })
})

describe('from the last byte', () => {
  const size = 8_000_000

  test('after a cut connection: the error says how much is kept, the next attempt sends the rest', async () => {
    const { page, state, next } = proxy()
    const send = page()
    const file = fileOf('a.bin', size)
    await next({ cutAfter: 2_000_000 })
    expect(await failureOf(deliver(send, file))).toMatchObject({ code: 'network', facts: { kept: 0 } })
    await next({ cutAfter: 2_000_000 })
    const { facts } = await failureOf(deliver(send, file))
    expect((facts as { kept: number }).kept).toBeGreaterThan(0)
    const sent: number[] = []
    await deliver(send, file, { onProgress: (it) => sent.push(it) })
    const { files, seen } = await state()
    expect(files.map((it) => it.sha256)).toEqual([await sha256(file)])
    const [first, second, third] = pieces(seen) as [number, number, number]
    expect(first).toBe(0)
    expect(second).toBeGreaterThan(1_000_000)
    expect(third).toBeGreaterThan(second)
    expect(sent[0]).toBe(third)
    expect(seen.filter(({ method, path }) => method === 'POST' && path === 'files/resumable')).toHaveLength(1)
  })

  test('when the answer to its beginning is lost it is begun once all the same, also by the page after a reload', async () => {
    const { page, state, next } = proxy()
    const file = fileOf('a.bin', 5000)
    // More than the browser, which sends such a request again by itself, can take in two attempts.
    await next({ loseAnswers: 100 })
    await failureOf(deliver(page(), file))
    await failureOf(deliver(page(), file))
    await next({ loseAnswers: 0 })
    await deliver(page(), file)
    const { seen, files } = await state()
    const keys = seen.filter(({ method }) => method === 'POST').map(({ headers }) => headers['upload-metadata']!.split(',').find((it) => it.startsWith('key ')))
    expect(keys.length).toBeGreaterThanOrEqual(2)
    expect(new Set(keys).size).toBe(1)
    expect(files.map((it) => it.sha256)).toEqual([await sha256(file)])
    expect(places()).toEqual([])
    // The same file once more is another upload.
    await deliver(page(), file)
    expect((await state()).files).toHaveLength(2)
  })

  test('after a reload and a restart of the proxy, with nothing but an address kept meanwhile', async () => {
    const { page, state, next } = proxy()
    const file = fileOf('secret name.bin', size)
    await next({ cutAfter: 3_000_000 })
    await failureOf(deliver(page(), file))
    expect(places()).toHaveLength(1)
    expect(JSON.stringify(localStorage)).not.toContain('secret')
    await next({ restart: true })
    // The copy that a draft would give back.
    await deliver(page(), new File([file], file.name, { lastModified: file.lastModified }))
    const { files, seen } = await state()
    expect(files.map((it) => it.sha256)).toEqual([await sha256(file)])
    expect(pieces(seen)).toEqual([0, expect.any(Number)])
    expect(pieces(seen)[1]).toBeGreaterThan(2_000_000)
    expect(places()).toEqual([])
  })

  test('in an engine whose draft was restored', async () => {
    const { page, state, next } = proxy()
    const file = fileOf('a.bin', size)
    const draft = { key: 'composer', scope: crypto.randomUUID() }
    const open = (listeners = {}): Uploader => {
      const uploader = createUploader({ send: page(), ...listeners })
      onTestFinished(() => uploader.clear())
      return uploader
    }
    await next({ cutAfter: 3_000_000 })
    const before = open()
    const kept = keepDraft(before, draft)
    await kept.restored
    before.add(file)
    await vi.waitFor(() => expect(before.entries[0]!.status).toBe('waiting'), 5000)
    before.pause()
    await kept.stop()

    const onUploaded = vi.fn<(file: DifyFile) => void>()
    const after = open({ onUploaded })
    const again = keepDraft(after, draft)
    expect(await again.restored).toMatchObject({ owner: 'this', missing: 0 })
    const { uploaded } = await after.settled()
    expect(uploaded).toHaveLength(1)
    expect(onUploaded).toHaveBeenCalledOnce()
    await again.stop()
    const { files, seen } = await state()
    expect(files.map((it) => it.sha256)).toEqual([await sha256(file)])
    expect(pieces(seen)[1]).toBeGreaterThan(2_000_000)
  })

  test('when the page is reloaded in the middle, for real, before the server knows that anybody left', async () => {
    const { url, state, next } = proxy()
    const frame = document.createElement('iframe')
    onTestFinished(() => frame.remove())
    const loaded = () => vi.waitFor(async () => {
      const { page } = frame.contentWindow as unknown as { page?: ResumablePage }
      expect(page?.draft.owner).toBe('this')
      await page!.draft.restored
      return page!
    }, { timeout: 10_000, interval: 50 })
    await next({ stopAfter: 3_000_000 })
    frame.src = `${url}/page`
    document.body.append(frame)
    const before = await loaded()
    before.add('a.bin', size)
    await vi.waitFor(async () => expect((await state()).seen.some(({ isReached }) => isReached)).toBe(true), { timeout: 10_000, interval: 50 })
    const store = await DraftStore.open()
    onTestFinished(() => store.close())
    const draft = { scope: url, key: 'composer' }
    await vi.waitFor(async () => expect(await store.bytes(draft, (await store.read(draft))[0]!.id)).not.toBeNull(), { timeout: 10_000, interval: 50 })
    frame.contentWindow!.location.reload()
    await vi.waitFor(() => expect((frame.contentWindow as unknown as { page?: ResumablePage }).page).not.toBe(before), { timeout: 10_000 })
    const after = await loaded()
    await after.uploader.settled()
    expect(after.uploader.tally).toMatchObject({ uploaded: 1, failed: 0 })
    const { files, seen } = await state()
    expect(files).toHaveLength(1)
    expect(seen.filter(({ method, path }) => method === 'POST' && path === 'files/resumable')).toHaveLength(1)
    expect(pieces(seen)[1]).toBeGreaterThan(2_000_000)
  }, 30_000)

  test('when all was sent before: nothing is sent again, and Dify’s answer is asked for', async () => {
    const { page, state, next } = proxy()
    const file = fileOf('a.bin', 1000)
    await next({ trouble: { kind: 'status', status: 503, code: 'x', retryAfter: 3 } })
    expect(await failureOf(deliver(page(), file))).toMatchObject({ status: 503, retryAfter: 3000 })
    await deliver(page(), file)
    const { files, seen } = await state()
    expect(files).toHaveLength(1)
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'PATCH', 'GET', 'GET'])
  })

  test('when all was sent before and is lost meanwhile, from the first, at once', async () => {
    const { page, state, next } = proxy()
    const file = fileOf('a.bin', 1000)
    await next({ trouble: { kind: 'status', status: 503, code: 'x' } })
    expect(await failureOf(deliver(page(), file))).toMatchObject({ status: 503 })
    await next({ expire: true })
    await deliver(page(), file)
    expect((await state()).files.map((it) => it.sha256)).toEqual([await sha256(file)])
  })

  test('from the first, where the server has nothing any more', async () => {
    const { page, state, next } = proxy()
    const file = fileOf('a.bin', size)
    await next({ cutAfter: 3_000_000 })
    await failureOf(deliver(page(), file))
    await next({ expire: true })
    await deliver(page(), file)
    const { files, seen } = await state()
    expect(files.map((it) => it.sha256)).toEqual([await sha256(file)])
    expect(seen.filter(({ method }) => method === 'PATCH').at(-1)).toMatchObject({ offset: '0', status: 204 })
  })

  test('where nothing can be kept, as long as the page lives', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => { throw new DOMException('full', 'QuotaExceededError') })
    const { page, state, next } = proxy()
    const file = fileOf('a.bin', size)
    await next({ cutAfter: 3_000_000 })
    await failureOf(deliver(page(), file))
    await deliver(page(), file)
    expect(pieces((await state()).seen)[1]).toBeGreaterThan(2_000_000)
  })
})

describe('one upload, one writer', () => {
  test('the same file twice at once is two uploads', async () => {
    const { page, state } = proxy()
    const send = page()
    const file = fileOf('a.bin', 1_000_000)
    const answers = await Promise.all([deliver(send, file), deliver(send, file)])
    expect(answers[0].id).not.toBe(answers[1].id)
    expect((await state()).files.map((it) => it.sha256)).toEqual(Array(2).fill(await sha256(file)))
    expect(places()).toEqual([])
  })

  test('files alike but for their bytes are not taken for each other', async () => {
    const { page, state, next } = proxy()
    const [one, other] = [fileOf('a.bin', 8_000_000, 7), fileOf('a.bin', 8_000_000, 11)]
    await next({ cutAfter: 3_000_000 })
    await failureOf(deliver(page(), one))
    await deliver(page(), other)
    expect((await state()).files.map((it) => it.sha256)).toEqual([await sha256(other)])
  })

  test('another tab’s upload is left alone', async () => {
    const { page, state, next } = proxy()
    const file = fileOf('a.bin', 8_000_000)
    await next({ cutAfter: 3_000_000 })
    await failureOf(deliver(page(), file))
    let free = (): void => undefined
    await new Promise<void>((held) => {
      void navigator.locks.request(places()[0]!, () => new Promise<void>((resolve) => { free = resolve; held() }))
    })
    await deliver(page(), file)
    free()
    expect(pieces((await state()).seen)).toEqual([0, 0])
  })
})

describe('what goes wrong', () => {
  test('an abort stops it on the wire, and what was sent is kept for the next time', async () => {
    const { page, state } = proxy()
    const controller = new AbortController()
    const reason = new Error('enough')
    const file = fileOf('a.bin', 14_000_000)
    await expect(deliver(page(), file, { signal: controller.signal, onProgress: (sent) => { if (sent > 1_000_000) controller.abort(reason) } })).rejects.toBe(reason)
    expect((await state()).files).toEqual([])
    await deliver(page(), file)
    const { files, seen } = await state()
    expect(files.map((it) => it.sha256)).toEqual([await sha256(file)])
    expect(seen.filter(({ path }) => path === 'files/resumable')).toHaveLength(1)
  })

  test('a refusal is the one that a plain upload would get', async () => {
    const { page, next } = proxy()
    expect(await failureOf(deliver(page(), fileOf('a.bin', 20_000_000)))).toMatchObject({ code: 'file_too_large', from: expect.stringMatching(/proxy|dify/) as string, retryable: false })
    await next({ trouble: { kind: 'status', status: 415, code: 'unsupported_file_type' } })
    expect(await failureOf(deliver(page(), fileOf('a.bin', 10)))).toMatchObject({ code: 'unsupported_file_type', status: 415, from: 'dify', retryable: false })
    await next({ trouble: { kind: 'status', status: 401, code: 'unauthorized' } })
    expect(await failureOf(deliver(page(), fileOf('b.bin', 10)))).toMatchObject({ code: 'upstream_unauthorized', status: 500, retryable: false })
  })

  test('a proxy that takes no pieces says so', async () => {
    const url = `/__send/${crypto.randomUUID()}`
    expect(await failureOf(deliver(createResumableSend({ proxyUrl: url, minBytes: 0 }), fileOf('a.bin', 10)))).toMatchObject({ code: 'not_found', retryable: false })
  })

  test('a server that is down for a while does not make it begin anew', async () => {
    const { page, state, next } = proxy()
    const file = fileOf('a.bin', 8_000_000)
    await next({ cutAfter: 3_000_000 })
    await failureOf(deliver(page(), file))
    await next({ down: 1 })
    expect(await failureOf(deliver(page(), file))).toMatchObject({ code: 'upstream_unavailable', status: 503 })
    await deliver(page(), file)
    expect(pieces((await state()).seen)[1]).toBeGreaterThan(2_000_000)
  })
})
