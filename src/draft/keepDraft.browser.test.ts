import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { browserPorts } from '../http/browserPorts.js'
import { createEngine } from '../core/createEngine.js'
import type { SendRequest } from '../core/send.js'
import type { Uploader, UploaderListeners } from '../core/uploader.js'
import { clearDrafts } from './clearDrafts.js'
import { DraftStore } from './draftStore.js'
import { keepDraft, type DraftNotice, type DraftOptions, type KeptDraft } from './keepDraft.js'

/** A page with a composer in it: an engine whose server answers when told, and its draft. */
interface Page {
  uploader: Uploader
  draft: KeptDraft
  requests: (SendRequest & { succeed: () => void })[]
  notices: DraftNotice[]
  /** The page goes: what is not written yet is, and the draft is free for the next. */
  leave: () => Promise<void>
}

let scope = ''

beforeEach(() => {
  scope = crypto.randomUUID()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await clearDrafts()
})

function openPage(options: Partial<DraftOptions> = {}, listeners: UploaderListeners = {}): Page {
  const requests: Page['requests'] = []
  const notices: DraftNotice[] = []
  const uploader = createEngine({
    concurrency: 10,
    send: (request) => new Promise((resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason as Error))
      requests.push({
        ...request,
        succeed: () => resolve({
          id: `dify-${request.name}`, name: request.name, size: request.file.size, extension: 'txt', mime_type: 'text/plain', created_by: 'u', created_at: 1,
          source_url: 'https://secret.example/signed?sig=1', preview_url: 'x', tenant_id: 't',
        }),
      })
    }),
  }, browserPorts)
  uploader.listen(listeners)
  const draft = keepDraft(uploader, { key: 'composer', scope, onNotice: (it) => notices.push(it), ...options })
  const leave = async (): Promise<void> => {
    uploader.pause()
    await draft.stop()
  }
  onTestFinished(leave)
  return { uploader, draft, requests, notices, leave }
}

const fileOf = (name: string, text = name): File => new File([text], name, { type: 'text/plain', lastModified: 1_600_000_000_000 })

async function stored<Value>(name: 'records' | 'bytes'): Promise<Value[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('dify-file-drop')
    opening.addEventListener('error', () => reject(opening.error!))
    opening.addEventListener('success', () => {
      const db = opening.result
      const reading = db.transaction(name).objectStore(name).getAll(IDBKeyRange.bound([scope], [scope, []])) as IDBRequest<Value[]>
      reading.addEventListener('success', () => {
        db.close()
        resolve(reading.result)
      })
    })
  })
}

describe('a reload', () => {
  test('brings everything back in its order: what is uploaded as it is, the rest with its bytes, which go on', async () => {
    const first = openPage()
    await first.draft.restored
    first.uploader.add([fileOf('a.txt'), { file: fileOf('b.txt', 'bytes of b'), path: 'dir/b.txt' }, fileOf('c.txt'), { url: 'https://example.com/d.png' }])
    await vi.waitFor(() => expect(first.requests).toHaveLength(3))
    first.requests[0]!.succeed()
    await vi.waitFor(() => expect(first.uploader.tally.uploaded).toBe(2))
    first.uploader.move(first.uploader.ids[2]!, 0)
    await first.leave()

    const onUploaded = vi.fn<() => void>()
    const second = openPage({}, { onUploaded })
    const restored = await second.draft.restored
    expect(restored).toMatchObject({ owner: 'this', missing: 0, entries: { length: 4 } })
    expect(second.uploader.entries.map((it) => [it.name, it.status === 'uploaded', it.path])).toEqual([
      ['c.txt', false, null], ['a.txt', true, null], ['b.txt', false, 'dir/b.txt'], ['d.png', true, null],
    ])
    expect(second.uploader.entries[1]).toMatchObject({ result: { file: { id: 'dify-a.txt' } } })
    await vi.waitFor(() => expect(second.requests.map((it) => it.name)).toEqual(['c.txt', 'b.txt']))
    expect(await second.requests[1]!.file.text()).toBe('bytes of b')
    expect(second.requests[1]!.file).toMatchObject({ name: 'b.txt', type: 'text/plain', lastModified: 1_600_000_000_000 })
    expect(onUploaded).not.toHaveBeenCalled()
    for (const request of second.requests) request.succeed()
    await second.uploader.settled()
    expect(onUploaded).toHaveBeenCalledTimes(2)
    expect(second.notices).toEqual([])
  })

  test('and another, and another: nothing is doubled, nothing is written again', async () => {
    const first = openPage()
    await first.draft.restored
    first.uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    await first.leave()
    const before = await stored('records')
    const put = vi.spyOn(IDBObjectStore.prototype, 'put')
    for (let reload = 0; reload < 3; reload++) {
      const page = openPage()
      await page.draft.restored
      expect(page.uploader.entries.map((it) => it.name)).toEqual(['a.txt', 'b.txt'])
      await page.leave()
    }
    expect(put).not.toHaveBeenCalled()
    expect(await stored('records')).toEqual(before)
  })

  test('knows of an upload although the bytes of other files are still being written', async () => {
    const page = openPage()
    await page.draft.restored
    let written = (): void => undefined
    const putBytes = vi.spyOn(DraftStore.prototype, 'putBytes').mockImplementation(() => new Promise((resolve) => (written = resolve)))
    page.uploader.add(Array.from({ length: 40 }, (_, i) => fileOf(`${i}.txt`)))
    await vi.waitFor(() => expect(page.requests).toHaveLength(10))
    page.requests[0]!.succeed()
    await vi.waitFor(async () => expect((await stored<{ result: unknown }>('records')).filter(({ result }) => result !== null)).toHaveLength(1), { interval: 5 })
    expect(putBytes).toHaveBeenCalledOnce()
    putBytes.mockRestore()
    written()
  })

  test('soon after many small files came finds them all: they are written together, not one by one', async () => {
    const page = openPage()
    await page.draft.restored
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    page.uploader.add(Array.from({ length: 60 }, (_, i) => fileOf(`${i}.txt`)))
    await vi.waitFor(async () => expect(await stored('bytes')).toHaveLength(60))
    expect(transaction.mock.calls.filter(([name, mode]) => name === 'bytes' && mode === 'readwrite')).toHaveLength(2)
  })

  test('finds no signed URL in the store, nor anything else of Dify that is not needed', async () => {
    const page = openPage()
    await page.draft.restored
    page.uploader.add(fileOf('a.txt'))
    await vi.waitFor(() => expect(page.requests).toHaveLength(1))
    page.requests[0]!.succeed()
    await page.uploader.settled()
    await page.leave()
    const records = await stored<{ result: { file: object } }>('records')
    expect(records[0]!.result.file).toEqual({ id: 'dify-a.txt', name: 'a.txt', size: 5, extension: 'txt', mime_type: 'text/plain', created_by: 'u', created_at: 1 })
    expect(JSON.stringify(records)).not.toContain('secret')
    expect(await stored('bytes')).toEqual([])
  })

  test('does not bring back what was sent, removed or refused', async () => {
    const page = openPage()
    await page.draft.restored
    const [, gone] = page.uploader.add([fileOf('a.txt'), fileOf('b.txt'), fileOf('empty.txt', '')])
    await vi.waitFor(() => expect(page.requests).toHaveLength(2))
    page.requests[0]!.succeed()
    await vi.waitFor(() => expect(page.uploader.tally.uploaded).toBe(1))
    page.uploader.remove(gone!.id)
    page.uploader.take()
    await vi.waitFor(async () => expect([await stored('records'), await stored('bytes')]).toEqual([[], []]))
  })

  test('brings back what a message that failed had put back', async () => {
    const page = openPage()
    await page.draft.restored
    page.uploader.add({ id: '1', name: 'a.txt' })
    page.uploader.restore(page.uploader.take())
    await page.leave()
    const again = openPage()
    expect((await again.draft.restored).entries).toMatchObject([{ name: 'a.txt', status: 'uploaded' }])
  })

  test('does not attach a second time what the host attached already', async () => {
    const page = openPage()
    await page.draft.restored
    page.uploader.add({ id: '1', name: 'a.txt' })
    await page.leave()
    const again = openPage()
    again.uploader.add({ id: '1', name: 'a.txt' })
    await again.draft.restored
    expect(again.uploader.entries).toHaveLength(1)
  })

  test('a component that unmounts and mounts again, with the same engine, restores nothing twice', async () => {
    const page = openPage()
    await page.draft.restored
    page.uploader.add(fileOf('a.txt'))
    await page.draft.stop()
    const again = keepDraft(page.uploader, { key: 'composer', scope })
    expect(await again.restored).toMatchObject({ owner: 'this', entries: [] })
    expect(page.uploader.entries).toHaveLength(1)
    await again.stop()
    expect(await stored('bytes')).toHaveLength(1)
  })
})

describe('bytes that are not there', () => {
  test('make an entry that asks for its file again, and blocks the message until it has it', async () => {
    const first = openPage({ blobs: false })
    await first.draft.restored
    first.uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    await first.leave()

    const { draft, uploader, requests } = openPage({ blobs: false })
    expect(await draft.restored).toMatchObject({ missing: 2 })
    expect(uploader.entries[0]).toMatchObject({
      status: 'failed', at: 'way', name: 'a.txt', size: 5, kind: 'document', file: null, error: { code: 'file_unreadable', retryable: false, facts: { reason: 'missing' } },
    })
    expect(uploader.readiness).toEqual({ status: 'blocked', reason: 'failed' })
    uploader.replace(uploader.ids[0]!, fileOf('a.txt'))
    await vi.waitFor(() => expect(requests.map((it) => it.name)).toEqual(['a.txt']))
    expect(uploader.ids).toHaveLength(2)
  })

  test('for want of room are told once, and the file goes on uploading', async () => {
    const { put } = IDBObjectStore.prototype
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
      if (this.name === 'bytes') throw new DOMException('full', 'QuotaExceededError')
      return put.call(this, value, key)
    })
    const page = openPage()
    await page.draft.restored
    page.uploader.add(fileOf('a.txt'))
    await vi.waitFor(() => expect(page.notices).toEqual([{ type: 'not_kept', name: 'a.txt', reason: 'quota' }]))
    await vi.waitFor(() => expect(page.requests).toHaveLength(1))
    await page.leave()
    expect(page.notices).toHaveLength(1)
    const again = openPage()
    expect(await again.draft.restored).toMatchObject({ missing: 1 })
  })

  test('take no other file with them', async () => {
    const { put } = IDBObjectStore.prototype
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
      if (value instanceof File && value.name === 'b.txt') throw new DOMException('full', 'QuotaExceededError')
      return put.call(this, value, key)
    })
    const page = openPage()
    await page.draft.restored
    page.uploader.add([fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt')])
    await vi.waitFor(() => expect(page.notices).toEqual([{ type: 'not_kept', name: 'b.txt', reason: 'quota' }]))
    await page.leave()
    expect((await stored<File>('bytes')).map(({ name }) => name)).toEqual(['a.txt', 'c.txt'])
  })
})

describe('a draft has its bounds', () => {
  test('what is older than allowed is gone, with a word', async () => {
    const first = openPage({ maxAge: 1000 })
    await first.draft.restored
    first.uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    await first.leave()
    const now = Date.now()
    vi.spyOn(Date, 'now').mockReturnValue(now + 1001)
    const second = openPage({ maxAge: 1000 })
    expect(await second.draft.restored).toMatchObject({ entries: [] })
    expect(second.notices).toEqual([{ type: 'expired', count: 2 }])
    expect([await stored('records'), await stored('bytes')]).toEqual([[], []])
  })

  test('bytes that no record speaks of do not stay', async () => {
    const first = openPage()
    await first.draft.restored
    first.uploader.add(fileOf('a.txt'))
    await vi.waitFor(async () => expect(await stored('bytes')).toHaveLength(1))
    await first.leave()
    await new Promise<void>((resolve) => {
      const opening = indexedDB.open('dify-file-drop')
      opening.addEventListener('success', () => {
        const change = opening.result.transaction('records', 'readwrite')
        change.objectStore('records').clear()
        change.addEventListener('complete', () => {
          opening.result.close()
          resolve()
        })
      })
    })
    await openPage().draft.restored
    expect(await stored('bytes')).toEqual([])
  })

  test('another scope or another key sees nothing of it', async () => {
    const first = openPage()
    await first.draft.restored
    first.uploader.add(fileOf('a.txt'))
    await first.leave()
    expect((await openPage({ key: 'other' }).draft.restored).entries).toEqual([])
    expect((await openPage({ scope: `${scope}x` }).draft.restored).entries).toEqual([])
    expect((await openPage().draft.restored).entries).toHaveLength(1)
  })

  test('clearDrafts() deletes a scope, also under a page that still keeps it, and no other', async () => {
    const page = openPage()
    await page.draft.restored
    page.uploader.add(fileOf('a.txt'))
    await vi.waitFor(async () => expect(await stored('bytes')).toHaveLength(1))
    await clearDrafts('somebody else')
    expect(await stored('records')).toHaveLength(1)
    await clearDrafts(scope)
    page.uploader.add(fileOf('b.txt'))
    await page.leave()
    expect([await stored('records'), await stored('bytes')]).toEqual([[], []])
  })
})

describe('a real page of its own', () => {
  /** Another document of this origin, with its own memory and locks: a tab, as far as the browser's storage goes. */
  function openFrame(): { say: (what: string) => Promise<unknown>; crash: () => void } {
    const frame = document.createElement('iframe')
    frame.srcdoc = `<script type="module">
      import { createUploader } from '/src/http/createUploader.ts'
      import { keepDraft } from '/src/draft/keepDraft.ts'
      const uploader = createUploader({ send: () => new Promise(() => undefined) })
      const draft = keepDraft(uploader, { key: 'composer', scope: ${JSON.stringify(scope)} })
      onmessage = async ({ data, ports: [port] }) => {
        const { owner } = await draft.restored
        if (data === 'add') uploader.add(['a.txt', 'b.txt'].map((name) => new File(['bytes of ' + name], name)))
        port.postMessage({ owner, names: uploader.entries.map((it) => it.name) })
      }
      parent.postMessage('loaded')
    </script>`
    const loaded = new Promise<void>((resolve) => {
      addEventListener('message', function hear({ source }) {
        if (source !== frame.contentWindow) return
        removeEventListener('message', hear)
        resolve()
      })
    })
    document.body.append(frame)
    onTestFinished(() => frame.remove())
    const say = async (what: string): Promise<unknown> => {
      await loaded
      const { port1, port2 } = new MessageChannel()
      frame.contentWindow!.postMessage(what, '*', [port2])
      port1.start()
      return new Promise((resolve) => port1.addEventListener('message', ({ data }) => resolve(data), { once: true }))
    }
    return { say, crash: () => frame.remove() }
  }

  test('that is gone from one moment to the next leaves its draft to the next page', async () => {
    const frame = openFrame()
    expect(await frame.say('add')).toEqual({ owner: 'this', names: ['a.txt', 'b.txt'] })
    await vi.waitFor(async () => expect(await stored('bytes')).toHaveLength(2))
    frame.crash()
    const page = openPage()
    expect((await page.draft.restored).entries).toMatchObject([{ name: 'a.txt' }, { name: 'b.txt' }])
    await vi.waitFor(() => expect(page.requests).toHaveLength(2))
    expect(await page.requests[1]!.file.text()).toBe('bytes of b.txt')
  })

  test('keeps its draft to itself, and leaves to others theirs', async () => {
    const page = openPage()
    await page.draft.restored
    page.uploader.add(fileOf('mine.txt'))
    expect(await openFrame().say('hello')).toEqual({ owner: 'other', names: [] })
    await page.leave()
    expect(await openFrame().say('hello')).toEqual({ owner: 'this', names: ['mine.txt'] })
  })
})

describe('one tab owns a draft', () => {
  test('the other starts empty, says so, and writes nothing', async () => {
    const first = openPage()
    await first.draft.restored
    first.uploader.add(fileOf('a.txt'))
    const second = openPage()
    expect(await second.draft.restored).toEqual({ owner: 'other', entries: [], missing: 0 })
    expect([first.draft.owner, second.draft.owner]).toEqual(['this', 'other'])
    expect(second.notices).toEqual([{ type: 'elsewhere' }])
    second.uploader.add(fileOf('b.txt'))
    await second.leave()
    await first.leave()
    expect(await stored<{ name: string }>('records')).toMatchObject([{ name: 'a.txt' }])
    const third = openPage()
    expect((await third.draft.restored).entries).toMatchObject([{ name: 'a.txt' }])
  })

  test('a reload waits a moment for the page that is on its way out', async () => {
    const first = openPage()
    await first.draft.restored
    first.uploader.add(fileOf('a.txt'))
    const second = openPage()
    await first.leave()
    expect(await second.draft.restored).toMatchObject({ owner: 'this', entries: { length: 1 } })
  })

  test('the same where there are no locks: first come', async () => {
    vi.spyOn(navigator, 'locks', 'get').mockReturnValue(undefined as unknown as LockManager)
    const first = openPage()
    await first.draft.restored
    expect(await openPage().draft.restored).toMatchObject({ owner: 'other' })
    await first.leave()
    expect(await openPage().draft.restored).toMatchObject({ owner: 'this' })
  })

  test('and a tab that died without a word is not waited for for ever', async () => {
    vi.spyOn(navigator, 'locks', 'get').mockReturnValue(undefined as unknown as LockManager)
    const first = openPage()
    await first.draft.restored
    const now = Date.now()
    vi.spyOn(Date, 'now').mockReturnValue(now + 10 * 60_000)
    expect(await openPage().draft.restored).toMatchObject({ owner: 'this' })
  })
})

describe('where nothing can be kept', () => {
  test('files upload as ever, and it is said', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => { throw new DOMException('private', 'SecurityError') })
    const page = openPage()
    expect(await page.draft.restored).toEqual({ owner: 'this', entries: [], missing: 0 })
    expect(page.notices).toMatchObject([{ type: 'unavailable' }])
    page.uploader.add(fileOf('a.txt'))
    await vi.waitFor(() => expect(page.requests).toHaveLength(1))
    await page.leave()
    await expect(clearDrafts(scope)).resolves.toBeUndefined()
  })

  test('a store that fails later is given up with a word', async () => {
    const page = openPage()
    await page.draft.restored
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => { throw new DOMException('broken', 'UnknownError') })
    page.uploader.add(fileOf('a.txt'))
    await vi.waitFor(() => expect(page.notices).toMatchObject([{ type: 'unavailable' }]))
    page.uploader.add(fileOf('b.txt'))
    await page.leave()
    expect(page.notices).toHaveLength(1)
  })
})
