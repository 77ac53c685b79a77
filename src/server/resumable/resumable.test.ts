import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ProxyOptions } from '../index.js'
import { KEY, proxyBefore, refusalIn } from '../fixtures/askProxy.js'
import { difyJson, fakeDify, formIn, UPLOADED } from '../fixtures/fakeDify.js'
import { redisLocker, resumable, type ResumableOptions } from './index.js'

const SECRET = 's'.repeat(32)
let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'resumable-'))
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(directory, { recursive: true, force: true })
})

/** A proxy that takes pieces, before a fake Dify; another one over the same directory is the same after a restart. */
function start(dify = fakeDify(), options: Partial<ResumableOptions> = {}, proxyOptions: Partial<ProxyOptions> = {}) {
  const uploads = resumable({ secret: SECRET, directory, ...options })
  return { dify, uploads, ...proxyBefore(dify, { resumable: uploads, authorize: (request) => ({ user: request.headers.get('x-user') ?? 'ann' }), ...proxyOptions }) }
}
type Proxy = ReturnType<typeof start>['proxy']

function ask(proxy: Proxy, method: string, path: string, headers: Record<string, string> = {}, body?: BodyInit): Promise<Response> {
  const init: RequestInit & { duplex: 'half' } = { method, headers: { 'tus-resumable': '1.0.0', ...headers }, duplex: 'half', ...(body === undefined ? {} : { body }) }
  return proxy(new Request(`http://app.test/api/dify/files/${path}`, init))
}

const base64 = (text: string) => Buffer.from(text).toString('base64')
const named = (name: string, type = 'text/plain') => `filename ${base64(name)},filetype ${base64(type)}`

function begin(proxy: Proxy, size: number, name = 'a.txt', headers: Record<string, string> = {}): Promise<Response> {
  return ask(proxy, 'POST', 'resumable', { 'upload-length': String(size), 'upload-metadata': named(name), ...headers })
}

/** `resumable/ID`, as the browser would resolve it. */
async function beginAt(proxy: Proxy, size: number, name?: string, headers?: Record<string, string>): Promise<string> {
  const response = await begin(proxy, size, name, headers)
  expect(response.status).toBe(201)
  return response.headers.get('location')!
}

function piece(proxy: Proxy, at: string, offset: number, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  return ask(proxy, 'PATCH', at, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream', ...headers }, body)
}

async function offset(proxy: Proxy, at: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await ask(proxy, 'HEAD', at, headers)
  return `${response.status} ${response.headers.get('upload-offset')}/${response.headers.get('upload-length')}`
}

const result = (proxy: Proxy, at: string, headers: Record<string, string> = {}) => ask(proxy, 'GET', `${at}/result`, headers)

/** A body that gives these bytes and then breaks, as a connection that is cut does. */
function cutAfter(text: string): ReadableStream {
  let isGiven = false
  return new ReadableStream({
    pull(controller) {
      if (isGiven) controller.error(new Error('cut'))
      else controller.enqueue(new TextEncoder().encode(text))
      isGiven = true
    },
  }, { highWaterMark: 0 })
}

const everything = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' })

describe('an upload in pieces', () => {
  it('reaches Dify as a plain one does, once it is whole', async () => {
    const { proxy, dify, events } = start()
    const response = await begin(proxy, 11, '../we:ird?.md', { 'upload-metadata': named('../we:ird?.md', '') })
    expect(response.status).toBe(201)
    const at = response.headers.get('location')!
    expect(at).toMatch(/^resumable\/[0-9a-f]{64}$/)
    expect(await offset(proxy, at)).toBe('200 0/11')
    expect((await piece(proxy, at, 0, 'hello ')).headers.get('upload-offset')).toBe('6')
    expect(await offset(proxy, at)).toBe('200 6/11')
    expect(dify.uploads).toHaveLength(0)
    expect((await piece(proxy, at, 6, 'world')).status).toBe(204)
    const answer = await result(proxy, at)
    expect([answer.status, await answer.json()]).toEqual([201, UPLOADED])
    const [seen] = dify.uploads
    expect(formIn(seen!)).toEqual({ user: 'ann', file: { name: 'file', filename: 'we_ird_.md', type: 'text/markdown', content: 'hello world' } })
    expect(Number(seen!.headers.get('content-length'))).toBe(seen!.body.length)
    expect(events.some(({ route, method, status, bytes }) => route === 'upload' && method === 'POST' && status === 201 && bytes === 11)).toBe(true)
  })

  it('keeps Dify’s answer for whoever asks again, and the bytes no longer', async () => {
    const { proxy, dify } = start()
    const at = await beginAt(proxy, 2)
    await piece(proxy, at, 0, 'hi')
    for (let i = 0; i < 3; i++) expect(await (await result(proxy, at)).json()).toEqual(UPLOADED)
    expect(await offset(proxy, at)).toBe('200 2/2')
    expect(dify.uploads).toHaveLength(1)
    expect(readdirSync(join(directory, 'pieces'))).toEqual([])
    const again = start(dify).proxy
    expect(await offset(again, at)).toBe('200 2/2')
    expect((await result(again, at)).status).toBe(201)
    expect((await piece(again, at, 0, 'xx')).status).toBe(409)
    expect(dify.uploads).toHaveLength(1)
  })

  it('hands an empty file over at once', async () => {
    const { proxy, dify } = start()
    expect((await result(proxy, await beginAt(proxy, 0))).status).toBe(201)
    expect(formIn(dify.uploads[0]!).file.content).toBe('')
  })

  it('passes megabytes unharmed', async () => {
    const { proxy, dify } = start()
    const content = Uint8Array.from({ length: 5_000_000 }, (_, i) => (i * 31 + (i >> 8)) % 256)
    const at = await beginAt(proxy, content.length)
    for (const [from, to] of [[0, 1_234_567], [1_234_567, 4_999_999], [4_999_999, 5_000_000]] as const) {
      expect((await piece(proxy, at, from, content.slice(from, to))).headers.get('upload-offset')).toBe(String(to))
    }
    expect((await result(proxy, at)).status).toBe(201)
    expect(Buffer.from(dify.uploads[0]!.body).indexOf(Buffer.from(content))).toBeGreaterThan(0)
  })

  it('says 202 while Dify takes its time, and gives the answer when it comes', async () => {
    let take!: () => void
    const taken = new Promise<void>((resolve) => { take = resolve })
    const { proxy, dify } = start(fakeDify({ 'files/upload': () => taken.then(() => difyJson(UPLOADED, 201)) }))
    const at = await beginAt(proxy, 2)
    await piece(proxy, at, 0, 'hi')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const early: Response[] = []
    void result(proxy, at).then((response) => early.push(response))
    while (early.length === 0) {
      await new Promise((resolve) => { setImmediate(resolve) })
      await vi.advanceTimersByTimeAsync(1000)
    }
    expect([early[0]!.status, early[0]!.headers.get('retry-after')]).toEqual([202, '1'])
    vi.useRealTimers()
    const late = result(proxy, at)
    take()
    expect((await late).status).toBe(201)
    expect(dify.uploads).toHaveLength(1)
  })
})

describe('what a cut, a restart or a lost answer leaves', () => {
  it('goes on from the last byte after a cut connection', async () => {
    const { proxy, dify } = start()
    const at = await beginAt(proxy, 11)
    expect((await piece(proxy, at, 0, cutAfter('hello '))).status).toBe(499)
    expect(await offset(proxy, at)).toBe('200 6/11')
    await piece(proxy, at, 6, 'world')
    expect((await result(proxy, at)).status).toBe(201)
    expect(formIn(dify.uploads[0]!).file.content).toBe('hello world')
  })

  it('goes on from the last byte after a restart', async () => {
    const dify = fakeDify()
    const at = await beginAt(start(dify).proxy, 11)
    await piece(start(dify).proxy, at, 0, cutAfter('hello '))
    const { proxy } = start(dify)
    expect(await offset(proxy, at)).toBe('200 6/11')
    await piece(proxy, at, 6, 'world')
    expect((await result(proxy, at)).status).toBe(201)
    expect(formIn(dify.uploads[0]!).file.content).toBe('hello world')
  })

  it('is handed over when it was whole before the restart, and an orphan that is possible is logged', async () => {
    const never = fakeDify({ 'files/upload': () => new Promise<Response>(() => {}) })
    const before = start(never)
    const at = await beginAt(before.proxy, 2)
    await piece(before.proxy, at, 0, 'hi')
    await vi.waitFor(() => expect(never.uploads).toHaveLength(1))
    const { proxy, dify, events } = start()
    expect((await result(proxy, at)).status).toBe(201)
    expect(dify.uploads).toHaveLength(1)
    expect(events.find(({ route }) => route === 'upload')).toMatchObject({ level: 'warn', status: 201, detail: expect.stringContaining('Dify may hold an orphan of 2 bytes') as string })
  })

  it('however many ask at once, it is handed over once', async () => {
    const { proxy, dify } = start()
    const at = await beginAt(proxy, 2)
    await piece(proxy, at, 0, 'hi')
    const answers = await Promise.all([result(proxy, at), result(proxy, at), result(proxy, at)])
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(dify.uploads).toHaveLength(1)
  })

  it('begins anew where the bytes are lost', async () => {
    const { proxy } = start()
    const at = await beginAt(proxy, 11)
    rmSync(join(directory, 'pieces'), { recursive: true })
    expect(await offset(proxy, at)).toBe('404 null/null')
  })

  it('does not complete at Dify where bytes are missing after all', async () => {
    const dify = fakeDify({ 'files/upload': () => difyJson({ code: 'unknown', message: '', status: 500 }, 500) })
    const { proxy } = start(dify)
    const at = await beginAt(proxy, 6)
    await piece(proxy, at, 0, 'hello!')
    await result(proxy, at)
    truncateSync(join(directory, 'pieces', at.split('/')[1]!), 3)
    const before = dify.uploads.length
    expect(await refusalIn(await result(proxy, at))).toBe('409 invalid_param')
    expect(dify.uploads).toHaveLength(before)
  })
})

describe('what Dify refuses', () => {
  const refusing = (status: number, code: string, headers = {}) => fakeDify({ 'files/upload': () => difyJson({ code, message: '', status }, status, headers) })

  it('is told in the one table’s words, and forgotten where asking again is in vain', async () => {
    const { proxy, dify } = start(refusing(415, 'unsupported_file_type'))
    const at = await beginAt(proxy, 2)
    await piece(proxy, at, 0, 'hi')
    expect(await refusalIn(await result(proxy, at))).toBe('415 unsupported_file_type')
    expect((await result(proxy, at)).status).toBe(404)
    expect(dify.uploads).toHaveLength(1)
    expect(everything(directory).filter((path) => path.includes(at.split('/')[1]!))).toEqual([])
  })

  it('is handed over again by whoever asks again, where that may help', async () => {
    let isUp = false
    const { proxy, dify } = start(fakeDify({
      'files/upload': () => (isUp ? difyJson(UPLOADED, 201) : difyJson({ code: 'too_many_requests', message: '', status: 429 }, 429, { 'retry-after': '7' })),
    }))
    const at = await beginAt(proxy, 2)
    await piece(proxy, at, 0, 'hi')
    const refused = await result(proxy, at)
    expect([refused.headers.get('retry-after'), await refusalIn(refused)]).toEqual(['7', '429 too_many_requests'])
    isUp = true
    expect(await offset(proxy, at)).toBe('200 2/2')
    expect((await result(proxy, at)).status).toBe(201)
    expect(dify.uploads).toHaveLength(2)
  })

  it('a wrong key is the operator’s fault, and the file is still there when it is mended', async () => {
    let isRight = false
    const { proxy, events } = start(fakeDify({ 'files/upload': () => (isRight ? difyJson(UPLOADED, 201) : difyJson({ code: 'unauthorized', message: '', status: 401 }, 401)) }))
    const at = await beginAt(proxy, 2)
    await piece(proxy, at, 0, 'hi')
    expect(await refusalIn(await result(proxy, at))).toBe('500 upstream_unauthorized')
    expect(events.some(({ level, route }) => level === 'error' && route === 'upload')).toBe(true)
    isRight = true
    expect((await result(proxy, at)).status).toBe(201)
  })
})

describe('who may', () => {
  it('nobody but its user, whatever the verb', async () => {
    const { proxy } = start()
    const at = await beginAt(proxy, 2)
    const bob = { 'x-user': 'bob' }
    expect(await offset(proxy, at, bob)).toBe('404 null/null')
    expect(await refusalIn(await piece(proxy, at, 0, 'hi', bob))).toBe('404 not_found')
    expect(await refusalIn(await result(proxy, at, bob))).toBe('404 not_found')
    expect(await offset(proxy, at)).toBe('200 0/2')
    await piece(proxy, at, 0, 'hi')
    expect((await result(proxy, at)).status).toBe(201)
    expect(await refusalIn(await result(proxy, at, bob))).toBe('404 not_found')
  })

  it('no other app, and nobody who makes up an id', async () => {
    const { proxy } = start()
    const at = await beginAt(proxy, 2)
    expect(await offset(start(fakeDify(), {}, { apiKey: 'app-another' }).proxy, at)).toMatch(/^404/)
    for (const id of ['x', 'f'.repeat(64), at.split('/')[1]!.slice(0, 63), '..']) expect(await offset(proxy, `resumable/${id}`)).toMatch(/^404/)
  })

  it('asks authorize and limit for every verb, and refuses other origins', async () => {
    const asked: string[] = []
    const { proxy } = start(fakeDify(), {}, { limit: ({ route, user }) => { asked.push(`${route} ${user}`); return { ok: true } } })
    const at = await beginAt(proxy, 2)
    await offset(proxy, at)
    await piece(proxy, at, 0, 'hi')
    await result(proxy, at)
    expect(asked).toEqual(['resumableStart ann', 'resumablePiece ann', 'resumablePiece ann', 'resumableResult ann'])
    const evil = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    expect(await refusalIn(await begin(proxy, 2, 'a.txt', evil))).toBe('403 forbidden_origin')
    expect(await refusalIn(await piece(proxy, at, 0, 'hi', evil))).toBe('403 forbidden_origin')
    const { proxy: closed } = start(fakeDify(), {}, { authorize: () => null })
    for (const response of [await begin(closed, 2), await piece(closed, at, 0, 'x'), await result(closed, at)]) expect(await refusalIn(response)).toBe('401 unauthorized')
  })

  it('a listed origin may read what tus needs, and send its verbs', async () => {
    const { proxy } = start(fakeDify(), {}, { allowOrigins: ['https://chat.example'] })
    const preflight = await proxy(new Request(`http://app.test/files/resumable/${'a'.repeat(64)}`, {
      method: 'OPTIONS', headers: { origin: 'https://chat.example', 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'tus-resumable,upload-offset' },
    }))
    expect([preflight.status, preflight.headers.get('access-control-allow-methods'), preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'HEAD, PATCH', 'tus-resumable,upload-offset'])
    const begun = await begin(proxy, 2, 'a.txt', { origin: 'https://chat.example' })
    expect(begun.headers.get('access-control-expose-headers')).toMatch(/location.*upload-offset.*upload-length/)
  })

  it('only the listed verbs exist, and none of them unless switched on', async () => {
    const { proxy } = start()
    const at = await beginAt(proxy, 2)
    expect(await refusalIn(await ask(proxy, 'DELETE', at))).toBe('405 method_not_allowed')
    expect(await refusalIn(await ask(proxy, 'GET', at))).toBe('405 method_not_allowed')
    expect(await refusalIn(await ask(proxy, 'PATCH', 'resumable', {}, 'x'))).toBe('405 method_not_allowed')
    expect(await refusalIn(await begin(proxyBefore().proxy, 2))).toBe('404 not_found')
  })
})

describe('limits', () => {
  it('refuse what is too large before a byte is sent: the operator’s cap, and Dify’s once known', async () => {
    const { proxy } = start(fakeDify(), {}, { maxBytes: { audio: 100 } })
    expect(await refusalIn(await begin(proxy, 101, 'a.mp3'))).toBe('413 file_too_large')
    expect((await begin(proxy, 100, 'a.mp3')).status).toBe(201)
    await proxy(new Request('http://app.test/parameters'))
    expect(await refusalIn(await begin(proxy, 15 * 1024 * 1024 + 1))).toBe('413 file_too_large')
    expect((await begin(proxy, 15 * 1024 * 1024)).status).toBe(201)
  })

  it('bound what a user has unfinished; what is finished does not count, nor what is another’s', async () => {
    const { proxy } = start(fakeDify(), { quota: { uploads: 2, bytes: 100 } })
    const first = await beginAt(proxy, 60)
    const over = await begin(proxy, 41)
    expect(over.headers.get('retry-after')).toBe('30')
    expect(await refusalIn(over)).toBe('429 too_many_requests')
    await beginAt(proxy, 40)
    expect(await refusalIn(await begin(proxy, 0))).toBe('429 too_many_requests')
    expect((await begin(proxy, 100, 'a.txt', { 'x-user': 'bob' })).status).toBe(201)
    await piece(proxy, first, 0, 'x'.repeat(60))
    expect((await result(proxy, first)).status).toBe(201)
    expect((await begin(proxy, 60)).status).toBe(201)
  })

  it('count what is begun twice with one key once, as the answer may have been lost', async () => {
    const { proxy, dify } = start(fakeDify(), { quota: { uploads: 2 } })
    const keyed = (key: string, size = 4, user = 'ann') => begin(proxy, size, 'a.txt', { 'upload-metadata': `${named('a.txt')},key ${base64(key)}`, 'x-user': user })
    const all = await Promise.all([keyed('k'), keyed('k'), keyed('k')])
    expect(all.map(({ status }) => status)).toEqual([201, 201, 201])
    const [at, ...others] = all.map(({ headers }) => headers.get('location')!)
    expect(others).toEqual([at, at])
    // What has come stays when it is begun once more.
    await piece(proxy, at!, 0, 'ab')
    expect((await keyed('k')).headers.get('location')).toBe(at)
    expect(await offset(proxy, at!)).toBe('200 2/4')
    expect((await keyed('other')).headers.get('location')).not.toBe(at)
    expect(await refusalIn(await keyed('third'))).toBe('429 too_many_requests')
    // Another's key, and another file's, are others.
    expect((await keyed('k', 4, 'bob')).headers.get('location')).not.toBe(at)
    await piece(proxy, at!, 2, 'cd')
    expect((await result(proxy, at!)).status).toBe(201)
    expect((await keyed('k', 5)).headers.get('location')).not.toBe(at)
    expect(dify.uploads.map((it) => formIn(it).file.content)).toEqual(['abcd'])
  })

  it('leave a user no more than six files on the way to Dify at once, and others theirs', async () => {
    const atOnce = { ann: 0, bob: 0 }
    const most = { ...atOnce }
    const go = Promise.withResolvers<void>()
    const { proxy, dify } = start(fakeDify({ 'files/upload': async (seen) => {
      const user = formIn(seen).user as 'ann' | 'bob'
      most[user] = Math.max(most[user], ++atOnce[user])
      await go.promise
      atOnce[user] -= 1
      return difyJson(UPLOADED, 201)
    } }))
    const whole = async (user: string) => {
      const at = await beginAt(proxy, 2, 'a.txt', { 'x-user': user })
      await piece(proxy, at, 0, 'hi', { 'x-user': user })
      return at
    }
    const places = await Promise.all(Array.from({ length: 20 }, () => whole('ann')))
    await vi.waitFor(() => expect(dify.uploads).toHaveLength(6))
    await whole('bob')
    await vi.waitFor(() => expect(atOnce).toEqual({ ann: 6, bob: 1 }))
    go.resolve()
    const answers = await Promise.all(places.map((at) => result(proxy, at)))
    expect(answers.map(({ status }) => status)).toEqual(places.map(() => 201))
    expect([dify.uploads.length, most]).toEqual([21, { ann: 6, bob: 1 }])
  })

  it('hold when many begin at once', async () => {
    const { proxy } = start(fakeDify(), { quota: { uploads: 3 } })
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await begin(proxy, 1)).status))
    expect(statuses.filter((status) => status === 201).length).toBeLessThanOrEqual(3)
  })

  it.each([
    ['no size', { 'upload-defer-length': '1' }, 400], ['a size that is none', { 'upload-length': '-1' }, 400], ['a size in words', { 'upload-length': '1e3' }, 400],
    ['metadata that is none', { 'upload-length': '1', 'upload-metadata': 'filename ***' }, 400], ['metadata twice', { 'upload-length': '1', 'upload-metadata': 'filename YQ==,filename Yg==' }, 400],
    ['endless metadata', { 'upload-length': '1', 'upload-metadata': `filename ${'YWFh'.repeat(3000)}` }, 400], ['another version of tus', { 'upload-length': '1', 'tus-resumable': '0.2.2' }, 412],
  ])('refuse %s', async (_, headers, status) => {
    const { proxy } = start()
    const response = await ask(proxy, 'POST', 'resumable', headers)
    expect(await refusalIn(response)).toBe(`${status} invalid_param`)
    expect(existsSync(join(directory, 'pieces'))).toBe(false)
  })

  it('refuse a piece at another place, of another type, or beyond the size that was told', async () => {
    const { proxy } = start()
    const at = await beginAt(proxy, 4)
    expect(await refusalIn(await piece(proxy, at, 2, 'xx'))).toBe('409 invalid_param')
    expect(await refusalIn(await piece(proxy, at, 0, 'xx', { 'content-type': 'text/plain' }))).toBe('400 invalid_param')
    expect(await refusalIn(await piece(proxy, at, 0, 'xxxxx', { 'content-length': '5' }))).toBe('400 invalid_param')
    expect((await piece(proxy, at, 0, 'xxxxx')).status).toBeGreaterThanOrEqual(400)
    expect(await offset(proxy, at)).toMatch(/^200 [0-4]\/4$/)
  })

  it('give a client that stops sending 408, and keep what it sent', async () => {
    const { proxy } = start(fakeDify(), {}, { timeouts: { stall: 60 }, drain: { ms: 20 } })
    const at = await beginAt(proxy, 11)
    const stuck = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('hello ')) })
    expect(await refusalIn(await piece(proxy, at, 0, stuck))).toBe('408 gateway_timeout')
    expect(await offset(proxy, at)).toBe('200 6/11')
  })
})

describe('what is kept', () => {
  it('expires: it cannot be gone on with, and is swept, bytes and all', async () => {
    const { proxy, uploads } = start(fakeDify(), { maxAge: 1000 })
    const open = await beginAt(proxy, 11)
    await piece(proxy, open, 0, 'hello ')
    const done = await beginAt(proxy, 2)
    await piece(proxy, done, 0, 'hi')
    expect((await result(proxy, done)).status).toBe(201)
    expect(await uploads.sweep()).toBe(0)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1001 })
    expect(await offset(proxy, open)).toMatch(/^404/)
    expect((await result(proxy, done)).status).toBe(404)
    expect(await uploads.sweep()).toBe(2)
    expect(readdirSync(join(directory, 'pieces'))).toEqual([])
    expect(readdirSync(join(directory, 'ledger'))).toEqual([])
  })

  it('is swept by itself when others begin', async () => {
    const { proxy } = start(fakeDify(), { maxAge: 1000 })
    const at = await beginAt(proxy, 11)
    await piece(proxy, at, 0, 'hello ')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
    await begin(proxy, 1)
    await vi.waitFor(() => expect(everything(directory).some((path) => path.includes(at.split('/')[1]!))).toBe(false))
  })

  it.each([
    ['unfinished', 'swept meanwhile'], ['unfinished', 'not swept yet'], ['answered', 'swept meanwhile'], ['answered', 'not swept yet'],
  ])('is begun anew with the key of one that expired: %s, %s', async (what, swept) => {
    const { proxy, dify, uploads } = start(fakeDify(), { maxAge: 1000 })
    const keyed = async (user = 'ann') => (await begin(proxy, 11, 'a.txt', { 'upload-metadata': `${named('a.txt')},key ${base64('k')}`, 'x-user': user })).headers.get('location')!
    const before = await keyed()
    await piece(proxy, before, 0, what === 'answered' ? 'hello there' : 'hello ')
    if (what === 'answered') expect((await result(proxy, before)).status).toBe(201)
    // Others', so that sweeping takes its time.
    for (let i = 0; i < 20; i++) await keyed(`bob ${i}`)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1001 })
    const [at] = await Promise.all([keyed(), ...(swept === 'swept meanwhile' ? [uploads.sweep()] : [])])
    expect(await offset(proxy, at)).toBe('200 0/11')
    expect((await piece(proxy, at, 0, 'hello ')).status).toBe(204)
    expect((await piece(proxy, at, 6, 'world')).status).toBe(204)
    expect((await result(proxy, at)).status).toBe(201)
    expect(formIn(dify.uploads.at(-1)!).file.content).toBe('hello world')
  })

  it('is not taken away from under a hand-over that began before', async () => {
    const go = Promise.withResolvers<void>()
    const { proxy, dify, uploads } = start(fakeDify({ 'files/upload': () => go.promise.then(() => difyJson(UPLOADED, 201)) }), { maxAge: 3_600_000 })
    const places = await Promise.all(Array.from({ length: 7 }, async () => {
      const at = await beginAt(proxy, 2)
      await piece(proxy, at, 0, 'hi')
      return at
    }))
    // One waits its turn.
    await vi.waitFor(() => expect(dify.uploads).toHaveLength(6))
    const later = Date.now() + 3_700_000
    vi.useFakeTimers({ toFake: ['Date'], now: later })
    expect(await uploads.sweep()).toBe(0)
    vi.useRealTimers()
    go.resolve()
    expect((await Promise.all(places.map((at) => result(proxy, at)))).map(({ status }) => status)).toEqual(places.map(() => 201))
    expect(dify.uploads).toHaveLength(7)
    vi.useFakeTimers({ toFake: ['Date'], now: later })
    expect(await uploads.sweep()).toBe(7)
    expect([...readdirSync(join(directory, 'pieces')), ...readdirSync(join(directory, 'ledger'))]).toEqual([])
  })

  it('is deleted by the next sweep where the process ended in the middle of one', async () => {
    mkdirSync(join(directory, 'pieces'))
    const deleting = Promise.withResolvers<void>()
    /** Whoever asks it to delete something never hears of it again. */
    class Ended extends FileStore {
      override remove(): Promise<void> {
        deleting.resolve()
        return new Promise(() => {})
      }
    }
    const { proxy, uploads } = start(fakeDify(), { maxAge: 1000, store: new Ended({ directory: join(directory, 'pieces') }) })
    for (const name of ['a.txt', 'b.txt']) await piece(proxy, await beginAt(proxy, 11, name), 0, 'hello ')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1001 })
    void uploads.sweep()
    await deleting.promise
    expect(await start().uploads.sweep()).toBe(2)
    expect([...readdirSync(join(directory, 'pieces')), ...readdirSync(join(directory, 'ledger'))]).toEqual([])
  })

  it('is swept again where the store could not delete it', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue()
    mkdirSync(join(directory, 'pieces'))
    let isAway = true
    class Away extends FileStore {
      override remove(id: string): Promise<void> {
        return isAway ? Promise.reject(new Error('the bucket is away')) : super.remove(id)
      }
    }
    const { proxy, uploads } = start(fakeDify(), { maxAge: 1000, store: new Away({ directory: join(directory, 'pieces') }) })
    await piece(proxy, await beginAt(proxy, 11), 0, 'hello ')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1001 })
    expect(await uploads.sweep()).toBe(0)
    expect(logged).toHaveBeenCalledExactlyOnceWith('dify-file-drop: an upload’s bytes could not be deleted: the bucket is away')
    isAway = false
    expect(await uploads.sweep()).toBe(1)
    expect(readdirSync(join(directory, 'pieces'))).toEqual([])
  })

  it.each(['{"size":', JSON.stringify({ size: 11, name: 'a.txt', type: 'text/plain', expiresAt: 1, isOpenEnded: true, answer: null })])('stays while only what a killed process was writing of it is old: %s', async (text) => {
    const { proxy, uploads } = start()
    const at = await beginAt(proxy, 11)
    await piece(proxy, at, 0, 'hello ')
    const record = everything(join(directory, 'ledger')).find((path) => path.endsWith('.open'))!
    const beside = join(directory, 'ledger', record.replace(/open$/, `${crypto.randomUUID()}.tmp`))
    writeFileSync(beside, text)
    utimesSync(beside, 1, 1)
    await uploads.sweep()
    expect(existsSync(beside)).toBe(false)
    expect(await offset(proxy, at)).toBe('200 6/11')
  })

  it('names neither the user nor the key', async () => {
    const { proxy, events } = start()
    const at = await beginAt(proxy, 11, 'a.txt', { 'x-user': 'ann@example.com' })
    await piece(proxy, at, 0, 'hello world', { 'x-user': 'ann@example.com' })
    await result(proxy, at, { 'x-user': 'ann@example.com' })
    const paths = everything(directory)
    const texts = paths.map((path) => join(directory, path)).filter((path) => path.endsWith('.answered')).map((path) => readFileSync(path, 'utf8'))
    expect(texts).toHaveLength(1)
    for (const text of [...paths, ...texts, JSON.stringify(events)]) {
      expect(text).not.toContain('ann@example.com')
      expect(text).not.toContain(KEY)
      expect(text).not.toContain(SECRET)
    }
  })

  it('half a record that a killed process left is no record', async () => {
    const { proxy, dify } = start()
    const at = await beginAt(proxy, 2)
    const path = everything(join(directory, 'ledger')).find((each) => each.endsWith('.open'))!
    truncateSync(join(directory, 'ledger', path), 10)
    expect(await offset(proxy, at)).toMatch(/^404/)
    const again = await beginAt(proxy, 2)
    await piece(proxy, again, 0, 'hi')
    expect((await result(proxy, again)).status).toBe(201)
    expect(dify.uploads).toHaveLength(1)
  })
})

it.each([
  ['a short secret', { secret: 'short', directory: '/x' }, /at least 32/], ['no directory', { secret: SECRET }, /directory.*is missing/], ['no age', { secret: SECRET, directory: '/x', maxAge: 0 }, /maxAge is 0/],
  ['an age that is no number', { secret: SECRET, directory: '/x', maxAge: NaN }, /maxAge is NaN/],
  // No date says never, and a ledger's JSON has no Infinity.
  ['an age without end', { secret: SECRET, directory: '/x', maxAge: Infinity }, /maxAge is Infinity/],
  ['a quota of NaN uploads', { secret: SECRET, directory: '/x', quota: { uploads: NaN } }, /quota.uploads is NaN/],
  ['a quota of less than no bytes', { secret: SECRET, directory: '/x', quota: { bytes: -1 } }, /quota.bytes is -1/],
])('%s is told when the proxy is made', (_, options, says) => {
  expect(() => resumable(options)).toThrow(TypeError)
  expect(() => resumable(options)).toThrow(says)
})

it('a quota may be without end', () => {
  expect(() => resumable({ secret: SECRET, directory: '/x', quota: { uploads: Infinity, bytes: Infinity } })).not.toThrow()
})

it.each([NaN, 0, -1, 0.5, Infinity])('locks that last %o ms are told when the locker is made', (ttl) => {
  expect(() => redisLocker({ eval: () => Promise.resolve(1) }, { ttl })).toThrow(TypeError)
  expect(() => redisLocker({ eval: () => Promise.resolve(1) }, { ttl })).toThrow(`redisLocker: ttl is ${ttl}`)
})
