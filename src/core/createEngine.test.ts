import { describe, expect, test, vi } from 'vitest'
import type { AppParameters } from '../dify/parameters.js'
import { MIB } from '../dify/parameters.js'
import { createWorld, fileOf, statuses } from './world.fixture.js'
import type { FailedEntry, Note } from './entry.js'
import type { Step, StepContext } from './steps.js'
import { refuse } from './steps.js'
import { failure } from './uploadError.js'

const fault = (code: string, status: number, more: object = {}) => ({ code, from: 'dify', status, message: '', retryAfter: null, ...more })
const app = (upload: object = {}, system: object = {}): AppParameters => ({
  file_upload: { enabled: true, allowed_file_types: [], number_limits: 10, ...upload },
  system_parameters: { file_size_limit: 15, image_file_size_limit: 10, audio_file_size_limit: 50, video_file_size_limit: 100, ...system },
})

describe('the queue', () => {
  test('runs as many uploads as concurrency allows, in order', async () => {
    const { uploader, requests, open, settle } = createWorld({ concurrency: 2 })
    uploader.add(['a.txt', 'b.txt', 'c.txt', 'd.txt'].map((name) => fileOf(name)))
    await settle()
    expect(requests.map((it) => it.name)).toEqual(['a.txt', 'b.txt'])
    open()[0]!.succeed()
    await settle()
    expect(requests.map((it) => it.name)).toEqual(['a.txt', 'b.txt', 'c.txt'])
    expect(statuses(uploader)).toEqual(['uploaded', 'uploading', 'uploading', 'queued'])
  })

  test('an entry without steps is born queued in the same tick', () => {
    const { uploader } = createWorld({ concurrency: 0 })
    const [entry] = uploader.add(fileOf('a.txt'))
    expect(entry).toMatchObject({ status: 'queued', name: 'a.txt', size: 3, kind: 'document' })
  })

  test('sends the repaired name, and says that it was changed', async () => {
    const { uploader, requests, settle } = createWorld()
    const [entry] = uploader.add(fileOf('a:b?.txt'))
    await settle()
    expect(requests[0]!.name).toBe('a_b_.txt')
    expect(entry!.notes).toEqual([{ type: 'renamed', from: 'a:b?.txt' }])
  })

  test('with autoUpload off nothing starts until start()', async () => {
    const { uploader, requests, settle } = createWorld({ autoUpload: false })
    const [a] = uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    await settle()
    expect(requests).toHaveLength(0)
    expect(uploader.readiness).toEqual({ status: 'blocked', reason: 'not_started' })
    uploader.start(a!.id)
    await settle()
    expect(requests.map((it) => it.name)).toEqual(['a.txt'])
    uploader.start()
    await settle()
    expect(requests.map((it) => it.name)).toEqual(['a.txt', 'b.txt'])
  })

  test('progress moves forward only, and all sent is not done', async () => {
    const { uploader, requests, settle } = createWorld()
    const [entry] = uploader.add(fileOf('a.txt', 100))
    await settle()
    requests[0]!.onProgress(60)
    requests[0]!.onProgress(40)
    expect(uploader.get(entry!.id)).toMatchObject({ status: 'uploading', sent: 60, measured: true })
    requests[0]!.onProgress(100)
    expect(uploader.get(entry!.id)).toMatchObject({ status: 'uploading', sent: 100 })
    expect(uploader.readiness.status).toBe('uploading')
  })

  test('a file removed while uploading stops using the network, and its late answer is ignored', async () => {
    const onUploaded = vi.fn()
    const { uploader, requests, settle } = createWorld()
    uploader.listen({ onUploaded })
    const [entry] = uploader.add(fileOf('a.txt'))
    await settle()
    uploader.remove(entry!.id)
    expect(requests[0]!.signal.aborted).toBe(true)
    requests[0]!.succeed()
    await settle()
    expect(uploader.entries).toEqual([])
    expect(onUploaded).not.toHaveBeenCalled()
  })

  test('leaves no timer behind once all is done', async () => {
    const world = createWorld()
    world.uploader.listen({ onEntriesChange: () => undefined })
    world.uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    await world.settle()
    for (const request of world.open()) request.succeed()
    await world.pass(10)
    expect(world.timers()).toBe(0)
  })
})

describe('the door', () => {
  const refusal = (entry: unknown) => (entry as FailedEntry).error

  test('refuses an empty file, keeps it visible, and uploads the others', async () => {
    const onRejected = vi.fn()
    const { uploader, requests, settle } = createWorld()
    uploader.listen({ onRejected })
    const [empty, full] = uploader.add([fileOf('a.txt', 0), fileOf('b.txt')])
    await settle()
    expect(refusal(empty).code).toBe('empty_file')
    expect(full!.status).toBe('queued')
    expect(requests.map((it) => it.name)).toEqual(['b.txt'])
    expect(onRejected).toHaveBeenCalledExactlyOnceWith([empty])
    expect(uploader.readiness.status).toBe('uploading')
  })

  test('a limit is inclusive, by the category of the extension, and names the layer that set it', () => {
    const { uploader } = createWorld({ parameters: app(), concurrency: 0 })
    const [fits, over] = uploader.add([sized('a.png', 10 * MIB), sized('b.png', 10 * MIB + 1)])
    expect(fits!.status).toBe('queued')
    expect(refusal(over)).toMatchObject({ code: 'file_too_large', facts: { limit: 10 * MIB, size: 10 * MIB + 1, category: 'image', layer: 'app' } })
  })

  test('the strictest layer wins and nobody widens', () => {
    const parameters: AppParameters = { ...app(), dify_file_drop: { max_bytes: { image: 5 * MIB } } }
    const { uploader } = createWorld({ parameters, rules: { maxBytes: { image: 100 * MIB, document: MIB } }, concurrency: 0 })
    expect(uploader.rules.maxBytes.image).toEqual({ value: 5 * MIB, layer: 'operator', enforced: true })
    expect(uploader.rules.maxBytes.document).toEqual({ value: MIB, layer: 'host', enforced: true })
  })

  test('unknown limits are shown and not enforced', () => {
    const { uploader } = createWorld({ concurrency: 0 })
    expect(uploader.rules.maxBytes.image).toEqual({ value: 10 * MIB, layer: 'default', enforced: false })
    expect(uploader.add(sized('a.png', 11 * MIB))[0]!.status).toBe('queued')
  })

  test('what is over the count is one entry, refilled when a slot frees', async () => {
    const onRejected = vi.fn()
    const { uploader, settle } = createWorld({ rules: { maxFiles: 2 }, concurrency: 0 })
    uploader.listen({ onRejected })
    uploader.add(['a', 'b', 'c', 'd', 'e'].map((name) => fileOf(`${name}.txt`)))
    expect(uploader.entries.map((it) => it.name)).toEqual(['a.txt', 'b.txt', 'c.txt'])
    expect(refusal(uploader.entries[2])).toMatchObject({ code: 'too_many_attachments', facts: { limit: 2, count: 3, names: ['c.txt', 'd.txt', 'e.txt'], layer: 'host' } })
    expect(onRejected).toHaveBeenCalledTimes(1)
    uploader.remove(uploader.ids[0]!)
    await settle()
    expect(uploader.entries.map((it) => [it.name, it.status])).toEqual([['b.txt', 'queued'], ['d.txt', 'failed'], ['c.txt', 'queued']])
    expect(refusal(uploader.entries[1])).toMatchObject({ facts: { count: 2 } })
    uploader.remove(uploader.ids[0]!)
    uploader.remove(uploader.ids[1]!)
    expect(uploader.entries.filter((it) => it.status === 'queued').map((it) => it.name)).toEqual(['d.txt', 'e.txt'])
    expect(uploader.entries).toHaveLength(2)
  })

  test('a refused file never takes a slot', () => {
    const { uploader } = createWorld({ rules: { maxFiles: 1, kinds: ['image'] }, concurrency: 0 })
    uploader.add([fileOf('a.txt'), fileOf('b.png')])
    expect(statuses(uploader)).toEqual(['failed', 'queued'])
  })

  test('a folder that is not wanted, and one that could not be read, are entries with a reason', () => {
    const { uploader } = createWorld()
    uploader.add([{ folder: 'photos', problem: 'not_accepted' }, { folder: 'secret', problem: 'unreadable' }])
    expect(uploader.entries.map((it) => refusal(it).code)).toEqual(['folder_not_accepted', 'file_unreadable'])
    expect(uploader.readiness.status).toBe('empty')
  })

  test('links are attached where the app allows them, http and https only', () => {
    const { uploader } = createWorld({ parameters: app({ allowed_file_upload_methods: ['local_file', 'remote_url'] }) })
    const [good, ftp] = uploader.add([{ url: 'https://example.com/a/chart.png' }, { url: 'ftp://example.com/x' }])
    expect(good).toMatchObject({ status: 'uploaded', name: 'chart.png', kind: 'image' })
    expect(refusal(ftp)).toMatchObject({ code: 'file_name_invalid', facts: { reason: 'not_a_link' } })
    uploader.configure({ parameters: app({ allowed_file_upload_methods: ['local_file'] }) })
    const [refused] = uploader.add({ url: 'https://example.com/b.png' })
    expect(refusal(refused)).toMatchObject({ code: 'uploads_disabled', facts: { what: 'links', layer: 'app' } })
  })

  test('files wait for rules that are on their way, and are judged by them', async () => {
    const { uploader, requests, pass } = createWorld({ parameters: 'loading' })
    uploader.add([fileOf('a.txt'), fileOf('b.png')])
    await pass(100)
    expect(requests).toHaveLength(0)
    uploader.configure({ parameters: app({ allowed_file_types: ['image'] }) })
    await pass(0)
    expect(statuses(uploader)).toEqual(['failed', 'uploading'])
    expect(refusal(uploader.entries[0])).toMatchObject({ code: 'kind_not_allowed', facts: { layer: 'app' } })
  })

  test('files wait for rules at most 1.5 s', async () => {
    const { uploader, requests, pass } = createWorld({ parameters: 'loading' })
    uploader.add(fileOf('a.txt'))
    await pass(1499)
    expect(requests).toHaveLength(0)
    await pass(1)
    expect(requests).toHaveLength(1)
  })

  test('what a rule refused comes in when the rule is lifted', async () => {
    const { uploader, pass } = createWorld({ rules: { kinds: ['image'] } })
    uploader.add(fileOf('a.txt'))
    expect(statuses(uploader)).toEqual(['failed'])
    uploader.configure({ rules: {} })
    await pass(0)
    expect(statuses(uploader)).toEqual(['uploading'])
  })

  test('a count that is known only now takes back what is still being prepared or opened, the last first', async () => {
    const opened: (() => void)[] = []
    const steps: Step[] = [() => new Promise<void>((resolve) => opened.push(resolve))]
    const goOn = async (): Promise<void> => {
      for (let round = 0; round < 10; round++) {
        for (const each of opened.splice(0)) each()
        await world.settle()
      }
    }
    const world = createWorld({ steps, parameters: 'loading' })
    world.uploader.add(['a', 'b', 'c', 'd', 'e'].map((name) => fileOf(`${name}.txt`)))
    await world.settle()
    world.uploader.configure({ parameters: app({ number_limits: 2 }) })
    await goOn()
    expect(world.requests.map((it) => it.name)).toEqual(['a.txt', 'b.txt'])
    expect(world.uploader.entries.at(-1)).toMatchObject({ status: 'failed', error: { code: 'too_many_attachments', facts: { limit: 2, count: 3 } } })

    const folder = createWorld({ parameters: 'loading' })
    folder.uploader.add(['f', 'g', 'h'].map((name) => ({ name: `${name}.txt`, path: `x/${name}.txt`, open: () => new Promise<File>((resolve) => opened.push(() => resolve(fileOf(`${name}.txt`)))) })))
    folder.uploader.configure({ parameters: app({ number_limits: 2 }) })
    await goOn()
    await folder.settle()
    expect(folder.requests.map((it) => it.name)).toEqual(['f.txt', 'g.txt'])
    // The third is opened when there is room for it.
    folder.uploader.remove(folder.uploader.ids[0]!)
    await goOn()
    await folder.settle()
    expect(folder.requests.map((it) => it.name)).toEqual(['f.txt', 'g.txt', 'h.txt'])
  })

  test('a lowered count takes back only what has not started', async () => {
    const { uploader, settle } = createWorld({ concurrency: 1 })
    uploader.add(['a', 'b', 'c'].map((name) => fileOf(`${name}.txt`)))
    await settle()
    uploader.configure({ rules: { maxFiles: 1 } })
    expect(uploader.entries.map((it) => it.status)).toEqual(['uploading', 'failed'])
    expect(refusal(uploader.entries[1])).toMatchObject({ code: 'too_many_attachments', facts: { count: 2 } })
  })

  test('a look-alike is kept, with a note that names the first', () => {
    const { uploader } = createWorld({ concurrency: 0 })
    const [first, second] = uploader.add([fileOf('a.txt'), fileOf('a.txt')])
    expect(second!.notes).toEqual([{ type: 'duplicate', of: first!.id }])
  })

  test('a file that was to take another\'s place, and found none free, takes the next', async () => {
    const { uploader, requests, settle } = createWorld({ rules: { maxFiles: 1 } })
    const [bad] = uploader.add(fileOf('bad.txt', 0))
    const [a] = uploader.add(fileOf('a.txt'))
    await settle()
    uploader.replace(bad!.id, fileOf('good.txt'))
    expect(uploader.get(bad!.id)).toMatchObject({ status: 'failed', at: 'door', error: { code: 'too_many_attachments', facts: { limit: 1 } } })
    uploader.remove(a!.id)
    await settle()
    expect(requests.map((it) => it.name)).toEqual(['a.txt', 'good.txt'])
    expect(uploader.get(bad!.id)).toMatchObject({ status: 'uploading', name: 'good.txt' })
  })

  test('a link is judged by rules that come later', () => {
    const { uploader } = createWorld({ parameters: 'loading' })
    const [link] = uploader.add({ url: 'https://example.com/a.pdf' })
    expect(link!.status).toBe('uploaded')
    uploader.configure({ parameters: app({ allowed_file_upload_methods: ['local_file'] }) })
    expect(uploader.get(link!.id)).toMatchObject({ status: 'failed', at: 'door', error: { code: 'uploads_disabled', facts: { what: 'links' } } })
    expect(uploader.readiness.status).toBe('empty')
  })

  test('what takes the place of a file is no copy of what was there, nor are its copies any more', () => {
    const { uploader } = createWorld({ concurrency: 0 })
    const [a, copy, third] = uploader.add([fileOf('a.txt'), fileOf('a.txt'), fileOf('a.txt')])
    uploader.replace(a!.id, fileOf('b.txt'))
    expect([copy, third].map((it) => uploader.get(it!.id)!.notes)).toEqual([[], [{ type: 'duplicate', of: copy!.id }]])
    uploader.replace(third!.id, fileOf('b.txt'))
    expect(uploader.get(third!.id)!.notes).toEqual([{ type: 'duplicate', of: a!.id }])
  })

  test('rejects what is no file with a sentence for the programmer', () => {
    const { uploader } = createWorld()
    expect(() => uploader.add({} as File)).toThrow(/add\(\) takes Files/)
  })
})

describe('steps', () => {
  test('one that answers at once costs no state', () => {
    const { uploader } = createWorld({ steps: [() => undefined], concurrency: 0 })
    expect(uploader.add(fileOf('a.txt'))[0]!.status).toBe('queued')
  })

  test('one that needs time is seen, and may replace the file, which is checked again', async () => {
    let finish!: (file: File) => void
    const step: Step = () => new Promise<File>((resolve) => (finish = resolve))
    const { uploader, requests, settle } = createWorld({ steps: [step], rules: { maxBytes: { image: 10 } } })
    const [entry] = uploader.add(fileOf('a.png', 100))
    expect(entry!.status).toBe('preparing')
    finish(fileOf('a.png', 10))
    await settle()
    expect(requests[0]!.file.size).toBe(10)
    expect(uploader.get(entry!.id)!.notes).toMatchObject([{ type: 'converted', from: 100, to: 10 }])
  })

  test('one may refuse in the host\'s words; one that throws refuses too, and is reported', async () => {
    const boom = new Error('boom')
    const steps: Step[] = [(file) => (file.name === 'a.txt' ? refuse('Not on Fridays') : undefined), async (file) => { if (file.name === 'b.txt') throw boom }]
    const { uploader, settle, reported } = createWorld({ steps })
    uploader.add([fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt')])
    await settle()
    expect(uploader.entries.map((it) => it.status)).toEqual(['failed', 'failed', 'uploading'])
    expect((uploader.entries[0] as FailedEntry).error).toMatchObject({ code: 'refused_by_host', facts: { message: 'Not on Fridays' } })
    expect(reported).toEqual([boom])
  })

  test('a removed file\'s step is told, and its result dropped', async () => {
    let signal!: AbortSignal
    let finish!: () => void
    const { uploader, settle } = createWorld({ steps: [(_, context) => { signal = context.signal; return new Promise<void>((resolve) => (finish = resolve)) }] })
    const [entry] = uploader.add(fileOf('a.txt'))
    uploader.remove(entry!.id)
    expect(signal.aborted).toBe(true)
    finish()
    await settle()
    expect(uploader.entries).toEqual([])
  })

  test('a few run side by side, all of them in the end', async () => {
    const open: (() => void)[] = []
    const { uploader, settle } = createWorld({ steps: [() => new Promise<void>((resolve) => open.push(resolve))], concurrency: 0 })
    uploader.add(Array.from({ length: 10 }, (_, i) => fileOf(`${i}.txt`)))
    expect(open).toHaveLength(4)
    for (let i = 0; i < 10; i++) {
      open[i]!()
      await settle()
    }
    expect(uploader.entries.every((it) => it.status === 'queued')).toBe(true)
  })

  test('one that only watches holds nothing up, and its note comes in whatever state the file is by then', async () => {
    let finish!: (note: Note) => void
    const watching: Step = Object.assign(() => new Promise<Note>((resolve) => (finish = resolve)), { beside: true })
    const { uploader, requests, settle } = createWorld({ steps: [watching] })
    const [entry] = uploader.add(fileOf('a.png'))
    expect(entry!.status).toBe('uploading')
    await settle()
    requests[0]!.succeed()
    await settle()
    finish({ type: 'content-differs', extension: 'pdf', mime: 'application/pdf' })
    await settle()
    expect(uploader.get(entry!.id)).toMatchObject({ status: 'uploaded', notes: [{ type: 'content-differs', extension: 'pdf' }] })
  })

  test('one that only watches can neither refuse nor replace a file, and its error is reported', async () => {
    const boom = new Error('boom')
    const watching: Step = Object.assign(async (file: File) => {
      if (file.name === 'a.txt') return refuse('No')
      if (file.name === 'b.txt') return fileOf('other.txt', 9)
      throw boom
    }, { beside: true })
    const { uploader, settle, reported } = createWorld({ steps: [watching] })
    uploader.add([fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt')])
    await settle()
    expect(uploader.entries).toMatchObject(['a.txt', 'b.txt', 'c.txt'].map((name) => ({ status: 'uploading', name, size: 3, notes: [] })))
    expect(reported).toEqual([boom])
  })

  test('what watches is told when its file is removed or replaced, though it is on its way; few watch at once', async () => {
    const signals = new Map<string, AbortSignal>()
    const open: ((note: Note) => void)[] = []
    const watching: Step = Object.assign((file: File, { signal }: StepContext) => {
      signals.set(file.name, signal)
      return new Promise<Note>((resolve) => open.push(resolve))
    }, { beside: true })
    const { uploader, settle } = createWorld({ steps: [watching], concurrency: 0 })
    const [first, second] = uploader.add(Array.from({ length: 6 }, (_, i) => fileOf(`${i}.txt`)))
    await settle()
    expect([...signals.keys()]).toEqual(['0.txt', '1.txt', '2.txt', '3.txt'])
    uploader.remove(first!.id)
    uploader.replace(second!.id, 'renamed.txt')
    expect([...signals.values()].map((it) => it.aborted)).toEqual([true, true, false, false])
    for (const finish of open) finish({ type: 'host', message: 'late' })
    await settle()
    expect([...signals.keys()]).toEqual(['0.txt', '1.txt', '2.txt', '3.txt', '4.txt', '5.txt', 'renamed.txt'])
    expect(uploader.get(second!.id)!.notes).toEqual([])
    expect(uploader.entries.filter((it) => it.notes.length > 0).map((it) => it.name)).toEqual(['2.txt', '3.txt'])
  })

  test('what is prepared again, because the rules changed, is not told the same twice', async () => {
    const watching: Step = Object.assign(async (): Promise<Note> => ({ type: 'host', message: 'seen' }), { beside: true })
    const { uploader, settle } = createWorld({ steps: [watching], concurrency: 0 })
    const [entry] = uploader.add(fileOf('a.txt'))
    await settle()
    uploader.configure({ rules: { kinds: ['image'] } })
    uploader.configure({ rules: {} })
    await settle()
    expect(uploader.get(entry!.id)).toMatchObject({ status: 'queued', notes: [{ type: 'host', message: 'seen' }] })
  })

  test('a file of a folder is listed by name before it is opened', async () => {
    let opened!: (file: File) => void
    const { uploader, requests, settle } = createWorld()
    const [entry] = uploader.add({ name: 'a.txt', path: 'dir/a.txt', open: () => new Promise((resolve) => (opened = resolve)) })
    expect(entry).toMatchObject({ status: 'preparing', name: 'a.txt', size: null, path: 'dir/a.txt', step: -1 })
    opened(fileOf('a.txt', 7))
    await settle()
    expect(requests[0]!.file.size).toBe(7)
  })
})

describe('failures', () => {
  test('a deterministic refusal is final, with Dify\'s code and our facts', async () => {
    const onUploadFailed = vi.fn()
    const { uploader, requests, settle } = createWorld({ parameters: app() })
    uploader.listen({ onUploadFailed })
    uploader.add(sized('a.pdf', 3))
    await settle()
    requests[0]!.fail(fault('file_too_large', 413))
    await settle()
    expect(uploader.entries[0]).toMatchObject({ status: 'failed', at: 'way', error: { code: 'file_too_large', retryable: false, from: 'dify', status: 413, facts: { size: 3, limit: null, category: 'document' } } })
    expect(onUploadFailed).toHaveBeenCalledTimes(1)
    uploader.retry()
    await settle()
    expect(requests).toHaveLength(1)
  })

  test('a 503 is tried again by itself, with a back-off that people see', async () => {
    const world = createWorld({ random: () => 0.999 })
    world.uploader.add(fileOf('a.txt'))
    await world.settle()
    world.open()[0]!.fail(fault('upstream_unavailable', 503))
    await world.settle()
    expect(world.uploader.entries[0]).toMatchObject({ status: 'waiting', attempt: 2, until: { at: world.now() + 999 } })
    await world.pass(1000)
    world.open()[0]!.succeed()
    await world.settle()
    expect(statuses(world.uploader)).toEqual(['uploaded'])
  })

  test('gives up after five automatic attempts, and a retry by hand starts anew', async () => {
    const world = createWorld()
    world.uploader.add(fileOf('a.txt'))
    await world.settle()
    for (let i = 0; i < 6; i++) {
      world.open()[0]!.fail(fault('gateway_timeout', 504))
      await world.pass(40_000)
    }
    expect(world.requests).toHaveLength(6)
    expect(world.uploader.entries[0]).toMatchObject({ status: 'failed', at: 'way', error: { retryable: true } })
    world.uploader.retry()
    await world.settle()
    world.open()[0]!.succeed()
    await world.settle()
    expect(statuses(world.uploader)).toEqual(['uploaded'])
  })

  test('Retry-After is obeyed to the millisecond, and slows the whole queue', async () => {
    const world = createWorld({ concurrency: 4 })
    world.uploader.add(Array.from({ length: 8 }, (_, i) => fileOf(`${i}.txt`)))
    await world.settle()
    world.open()[0]!.fail(fault('too_many_requests', 429, { retryAfter: 20_000 }))
    await world.settle()
    for (const request of world.open()) request.succeed()
    await world.settle()
    expect(world.requests).toHaveLength(4)
    await world.pass(19_999)
    expect(world.requests).toHaveLength(4)
    await world.pass(1)
    expect(world.requests.length).toBeGreaterThan(4)
    expect(world.open().length).toBeLessThanOrEqual(3)
  })

  test('after that the queue climbs back, one more at once for each round of successes, up to its concurrency', async () => {
    const world = createWorld({ concurrency: 4 })
    world.uploader.add(Array.from({ length: 40 }, (_, i) => fileOf(`${i}.txt`)))
    await world.settle()
    for (const request of world.open()) request.fail(fault('too_many_requests', 429, { retryAfter: 1000 }))
    await world.pass(1000)
    const atOnce: number[] = []
    for (let round = 0; round < 8; round++) {
      atOnce.push(world.open().length)
      for (const request of world.open()) request.succeed()
      await world.settle()
    }
    expect(atOnce[0]).toBe(1)
    expect(atOnce.at(-1)).toBe(4)
    for (let i = 1; i < atOnce.length; i++) expect(atOnce[i]! - atOnce[i - 1]!).toBeOneOf([0, 1])
  })

  test('fifty files ask a server that wants peace once for each time that it named, not fifty times', async () => {
    const world = createWorld({ concurrency: 3 })
    world.uploader.add(Array.from({ length: 50 }, (_, i) => fileOf(`${i}.txt`)))
    await world.settle()
    for (let minute = 0; minute < 10; minute++) {
      for (const request of world.open()) request.fail(fault('upstream_unavailable', 503, { retryAfter: 60_000 }))
      await world.pass(60_000)
    }
    expect(world.requests).toHaveLength(3 + 10)
  })

  test('without a connection files wait for it, and go on when it is back', async () => {
    const world = createWorld()
    world.uploader.add(fileOf('a.txt'))
    await world.settle()
    world.goOffline()
    world.open()[0]!.fail(new TypeError('Failed to fetch'))
    await world.settle()
    expect(world.uploader.entries[0]).toMatchObject({ status: 'waiting', until: 'online', error: { code: 'network', facts: { reason: 'offline' } } })
    expect(world.uploader.readiness).toEqual({ status: 'uploading', reason: 'offline' })
    world.goOnline()
    await world.settle()
    expect(world.open()).toHaveLength(1)
  })

  test('the browser\'s "offline" is not believed for ever: one file tries now and then', async () => {
    const world = createWorld()
    world.uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    await world.settle()
    world.goOffline()
    for (const request of world.open()) request.fail(new TypeError('x'))
    await world.pass(5000)
    expect(world.open()).toHaveLength(1)
    world.open()[0]!.succeed()
    await world.settle()
    expect(world.open()).toHaveLength(1)
  })

  test('a large file whose connection is lost is tried once more, and a size limit suspected', async () => {
    const world = createWorld()
    world.uploader.add(sized('a.mp4', 9 * MIB))
    await world.settle()
    world.open()[0]!.fail(new TypeError('x'))
    await world.pass(30_000)
    world.open()[0]!.fail(new TypeError('x'))
    await world.pass(30_000)
    expect(world.uploader.entries[0]).toMatchObject({ status: 'failed', error: { code: 'network', facts: { reason: 'lost', mayBeSizeLimit: true } } })
  })

  test('a large file goes on as long as the server keeps more of it each time, and ends when it does not', async () => {
    const world = createWorld()
    const keeping = (kept: number) => failure('network', { reason: 'lost', mayBeSizeLimit: false, kept }, { from: 'network' }).toError()
    world.uploader.add(sized('a.mp4', 9 * MIB))
    await world.settle()
    for (let at = 1; at <= 20; at++) {
      expect(world.open()).toHaveLength(1)
      world.open()[0]!.fail(keeping(at * 1000))
      await world.pass(30_000)
    }
    for (let i = 0; i < 5; i++) {
      expect(world.open()).toHaveLength(1)
      world.open()[0]!.fail(keeping(20_000))
      await world.pass(30_000)
    }
    expect(world.uploader.entries[0]).toMatchObject({ status: 'failed', error: { code: 'network', facts: { reason: 'lost', mayBeSizeLimit: false, kept: 20_000 } } })
    expect(world.requests).toHaveLength(25)
  })

  test('an upload that stalls is shown, then given up and tried again', async () => {
    const world = createWorld()
    world.uploader.add(fileOf('a.txt', 100))
    await world.settle()
    world.open()[0]!.onProgress(10)
    await world.pass(11_000)
    expect(world.uploader.entries[0]).toMatchObject({ status: 'uploading', stalled: true })
    await world.pass(36_000)
    expect(world.requests[0]!.signal.aborted).toBe(true)
    expect(world.requests).toHaveLength(2)
  })

  test('so is one of a hidden page, whose timers go off once a minute; one that moves is not', async () => {
    const world = createWorld({ concurrency: 2 })
    world.uploader.add([fileOf('stuck.txt', 1000), fileOf('moving.txt', 1000)])
    await world.settle()
    const [stuck, moving] = world.open()
    world.hide()
    stuck!.onProgress(1)
    for (let sent = 1; sent < 40; sent++) {
      moving!.onProgress(sent)
      await world.pass(10_000)
    }
    expect(stuck!.signal.aborted).toBe(true)
    expect(moving!.signal.aborted).toBe(false)
    expect(world.requests.length).toBeGreaterThan(2)
  })

  test('what is tried again goes before what was not begun, so that little is half done', async () => {
    const world = createWorld({ concurrency: 1 })
    world.uploader.add(['a', 'b', 'c'].map((name) => fileOf(`${name}.txt`)))
    await world.settle()
    world.open()[0]!.fail(fault('upstream_unavailable', 502))
    await world.settle()
    await world.pass(30_000)
    expect(world.open().map(({ name }) => name)).toEqual(['b.txt'])
    world.open()[0]!.succeed()
    await world.settle()
    expect(world.open().map(({ name }) => name)).toEqual(['a.txt'])
  })

  test('an upload without any progress event (a service worker hides them) is not taken for stalled', async () => {
    const world = createWorld()
    world.uploader.add(fileOf('a.txt', 100))
    await world.pass(600_000)
    expect(world.requests).toHaveLength(1)
    expect(world.requests[0]!.signal.aborted).toBe(false)
  })

  test('Dify that stored fewer bytes than were sent is not success', async () => {
    const world = createWorld()
    world.uploader.add(fileOf('a.txt', 100))
    await world.settle()
    world.open()[0]!.succeed({ size: 60 })
    await world.pass(30_000)
    world.open()[0]!.succeed({ size: 60 })
    await world.pass(30_000)
    expect(world.uploader.entries[0]).toMatchObject({ status: 'failed', error: { code: 'upload_incomplete', facts: { expected: 100, stored: 60 } } })
  })

  test('a file that cannot be read any more says so, and takes another in its place', async () => {
    const world = createWorld()
    const gone = fileOf('a.txt')
    gone.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) }) as unknown as Blob
    const [entry] = world.uploader.add(gone)
    await world.settle()
    // All that a browser says of it.
    world.open()[0]!.fail(new TypeError('lost'))
    await world.settle()
    expect(world.uploader.entries[0]).toMatchObject({ status: 'failed', error: { code: 'file_unreadable', retryable: false, facts: { reason: 'missing' } } })
    world.uploader.replace(entry!.id, fileOf('a.txt', 5))
    await world.settle()
    expect(world.open()[0]!.file.size).toBe(5)
  })

  test('a file that was written to since it was added is not sent: nobody chose that', async () => {
    const world = createWorld({ concurrency: 1 })
    const file = fileOf('a.txt', 5)
    world.uploader.add([fileOf('first.txt'), file])
    await world.settle()
    Object.defineProperty(file, 'size', { value: 6 })
    world.open()[0]!.succeed()
    await world.settle()
    expect(world.requests).toHaveLength(1)
    expect(world.uploader.entries[1]).toMatchObject({ status: 'failed', error: { code: 'file_unreadable', facts: { reason: 'changed' } } })
  })

  test('a file that arrives is not read by us', async () => {
    const world = createWorld()
    const file = fileOf('a.txt')
    const slice = vi.spyOn(file, 'slice')
    world.uploader.add(file)
    await world.settle()
    world.open()[0]!.succeed()
    await world.settle()
    expect(world.uploader.entries[0]).toMatchObject({ status: 'uploaded' })
    expect(slice).not.toHaveBeenCalled()
  })

  test('a file larger than memory is looked at, and never read as a whole', async () => {
    const read: number[] = []
    const { arrayBuffer } = Blob.prototype
    vi.spyOn(Blob.prototype, 'arrayBuffer').mockImplementation(function (this: Blob) {
      read.push(this.size)
      return arrayBuffer.call(this)
    })
    const piece = new Blob([new Uint8Array(MIB)])
    const world = createWorld()
    world.uploader.add(new File(Array.from({ length: 64 * 1024 }, () => piece), 'huge.bin'))
    await world.settle()
    world.open()[0]!.fail(new TypeError('x'))
    await world.pass(30_000)
    world.open()[0]!.succeed()
    await world.settle()
    expect(world.uploader.entries[0]).toMatchObject({ status: 'uploaded', size: 64 * 1024 * MIB })
    expect(Math.max(...read)).toBe(1)
  })

  test('a file that failed and whose place was taken says so when it is tried again, and goes when there is one', async () => {
    const { uploader, requests, settle } = createWorld({ rules: { maxFiles: 1 } })
    const [a] = uploader.add(fileOf('a.txt'))
    await settle()
    requests[0]!.fail(fault('unauthorized', 401))
    await settle()
    const [b] = uploader.add(fileOf('b.txt'))
    uploader.retry(a!.id)
    expect(uploader.get(a!.id)).toMatchObject({ status: 'failed', at: 'way', error: { code: 'too_many_attachments', retryable: true, facts: { limit: 1, count: 1, layer: 'host' } } })
    uploader.remove(b!.id)
    uploader.retry(a!.id)
    await settle()
    requests.at(-1)!.succeed()
    await settle()
    expect(uploader.get(a!.id)).toMatchObject({ status: 'uploaded', name: 'a.txt' })
  })

  test('401 asks to sign in, once for all, and retry() goes on', async () => {
    const onUnauthorized = vi.fn()
    const world = createWorld()
    world.uploader.listen({ onUnauthorized })
    world.uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    await world.settle()
    for (const request of world.open()) request.fail(fault('unauthorized', 401, { from: 'proxy' }))
    await world.settle()
    expect(onUnauthorized).toHaveBeenCalledTimes(1)
    world.uploader.retry()
    await world.settle()
    expect(world.open()).toHaveLength(2)
    // Signed in meanwhile; then the session ends again.
    world.open()[0]!.succeed()
    await world.settle()
    world.open()[0]!.fail(fault('unauthorized', 401, { from: 'proxy' }))
    await world.settle()
    expect(onUnauthorized).toHaveBeenCalledTimes(2)
  })

  test('a code that nobody knows is kept as sent, and judged by its status', async () => {
    const world = createWorld()
    world.uploader.add(fileOf('a.txt'))
    await world.settle()
    world.open()[0]!.fail(fault('teapot', 418))
    await world.settle()
    expect(world.uploader.entries[0]).toMatchObject({ status: 'failed', error: { code: 'other', serverCode: 'teapot', retryable: false } })
  })
})

describe('sending a message', () => {
  test('take() removes what is uploaded and dismisses refusals; what moves stays for the next message', async () => {
    const { uploader, requests, settle } = createWorld({ concurrency: 2 })
    uploader.add([fileOf('a.txt'), fileOf('empty.txt', 0), fileOf('b.png')])
    await settle()
    requests[0]!.succeed()
    await settle()
    expect(uploader.take()).toEqual([{ type: 'document', transfer_method: 'local_file', upload_file_id: 'dify-a.txt' }])
    expect(uploader.entries.map((it) => it.name)).toEqual(['b.png'])
    expect(uploader.take()).toEqual([])
  })

  test('restore() puts back the very entries, first, also from copies', async () => {
    const { uploader, requests, settle } = createWorld()
    uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    await settle()
    for (const request of requests) request.succeed()
    await settle()
    const before = uploader.entries
    const files = uploader.take()
    uploader.add(fileOf('c.txt'))
    uploader.restore(structuredClone(files))
    expect(uploader.entries.slice(0, 2)).toEqual(before)
    expect(uploader.entries[0]).toBe(before[0])
    uploader.restore(files)
    expect(uploader.entries).toHaveLength(3)
  })

  test('settled() waits for all that moves and tells how each ended', async () => {
    const { uploader, requests, settle } = createWorld()
    uploader.add([fileOf('a.txt'), fileOf('b.txt'), fileOf('empty.txt', 0)])
    const done = vi.fn()
    const promise = uploader.settled().then((it) => { done(); return it })
    await settle()
    requests[0]!.succeed()
    await settle()
    expect(done).not.toHaveBeenCalled()
    requests[1]!.fail(fault('invalid_param', 400))
    const outcome = await promise
    expect([outcome.uploaded.length, outcome.failed.length, outcome.refused.length]).toEqual([1, 1, 1])
  })

  test('settled() rejects only with its caller\'s abort', async () => {
    const { uploader } = createWorld()
    uploader.add(fileOf('a.txt'))
    const controller = new AbortController()
    const promise = uploader.settled({ signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(promise).rejects.toThrow('enough')
  })

  test('a file that failed on the way blocks; one refused at the door never does', async () => {
    const { uploader, requests, settle } = createWorld()
    uploader.add([fileOf('a.txt'), fileOf('empty.txt', 0)])
    await settle()
    requests[0]!.fail(fault('invalid_param', 400))
    await settle()
    expect(uploader.readiness).toEqual({ status: 'blocked', reason: 'failed' })
    uploader.remove(uploader.ids[0]!)
    expect(uploader.readiness).toEqual({ status: 'empty', reason: null })
  })

  test('more than the app takes in one message block it until some are removed: what is put back may be', async () => {
    const { uploader, requests, settle } = createWorld({ parameters: app({ number_limits: 1 }) })
    uploader.add(fileOf('a.txt'))
    await settle()
    requests[0]!.succeed()
    await settle()
    const files = uploader.take()
    uploader.add(fileOf('b.txt'))
    await settle()
    uploader.restore(files)
    expect(uploader.readiness).toEqual({ status: 'uploading', reason: 'uploading' })
    requests[1]!.succeed()
    await settle()
    expect(uploader.readiness).toEqual({ status: 'blocked', reason: 'too_many' })
    uploader.remove(uploader.ids[0]!)
    expect(uploader.readiness).toEqual({ status: 'ready', reason: null })
  })

  test('so do more images than it takes, and files that Dify holds already', () => {
    const { uploader } = createWorld({ parameters: app({ number_limits: 0 }), initial: [{ id: '1', name: 'a.png' }] })
    expect(uploader.rules.maxImages).toMatchObject({ value: 0, enforced: true })
    expect(uploader.readiness).toEqual({ status: 'blocked', reason: 'too_many' })
    uploader.configure({ parameters: app({ number_limits: 1 }) })
    expect(uploader.readiness).toEqual({ status: 'ready', reason: null })
  })

  test('a required file blocks an empty message', () => {
    const { uploader } = createWorld({ rules: { required: true } })
    expect(uploader.readiness).toEqual({ status: 'blocked', reason: 'required' })
  })

  test('files that Dify holds already are attached without sending a byte', () => {
    const { uploader, requests } = createWorld({ initial: [{ id: '1', name: 'old.pdf', extension: 'pdf' }] })
    uploader.add({ id: '2', name: 'x.png', extension: 'png', mime_type: 'image/png' })
    expect(uploader.take()).toEqual([
      { type: 'document', transfer_method: 'local_file', upload_file_id: '1' },
      { type: 'image', transfer_method: 'local_file', upload_file_id: '2' },
    ])
    expect(requests).toHaveLength(0)
  })
})

describe('listeners', () => {
  test('an upload is delivered once to everyone present, or to the first that comes', async () => {
    const [early, twin, late] = [vi.fn(), vi.fn(), vi.fn()]
    const { uploader, requests, settle } = createWorld()
    uploader.add(fileOf('a.txt'))
    await settle()
    requests[0]!.succeed()
    await settle()
    uploader.listen({ onUploaded: early })
    expect(early).toHaveBeenCalledTimes(1)
    uploader.listen({ onUploaded: twin })
    uploader.add(fileOf('b.txt'))
    await settle()
    requests[1]!.succeed()
    await settle()
    uploader.listen({ onUploaded: late })
    expect([early, twin, late].map((it) => it.mock.calls.length)).toEqual([2, 1, 0])
  })

  test('who hears only of something else does not swallow an upload', async () => {
    const onUploaded = vi.fn()
    const { uploader, requests, settle } = createWorld()
    uploader.listen({ onRejected: () => undefined })
    uploader.add(fileOf('a.txt'))
    await settle()
    requests[0]!.succeed()
    await settle()
    uploader.listen({ onUploaded })
    expect(onUploaded).toHaveBeenCalledTimes(1)
  })

  test('a restored entry is not news', async () => {
    const onUploaded = vi.fn()
    const { uploader, requests, settle } = createWorld()
    uploader.listen({ onUploaded })
    uploader.add(fileOf('a.txt'))
    await settle()
    requests[0]!.succeed()
    await settle()
    uploader.restore(uploader.take())
    await settle()
    expect(onUploaded).toHaveBeenCalledTimes(1)
  })

  test('a callback that throws is reported, and neither stops the queue nor the other listeners', async () => {
    const other = vi.fn()
    const world = createWorld({ concurrency: 1 })
    world.uploader.listen({ onUploaded: () => { throw new Error('host') } })
    world.uploader.listen({ onUploaded: other })
    world.uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    await world.settle()
    world.open()[0]!.succeed()
    await world.settle()
    expect(other).toHaveBeenCalledTimes(1)
    expect(world.reported).toEqual([new Error('host')])
    expect(world.open()).toHaveLength(1)
  })

  test('a callback may call any verb', async () => {
    const taken: unknown[] = []
    const world = createWorld({ concurrency: 1 })
    const { uploader } = world
    uploader.listen({
      onUploaded: (_, entry) => uploader.remove(entry.id),
      onEntriesChange: () => taken.push(...uploader.take()),
    })
    uploader.add([fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt')])
    await world.settle()
    for (let i = 0; i < 3; i++) {
      world.open()[0]!.succeed()
      await world.pass(1)
    }
    expect(uploader.entries).toEqual([])
    expect(taken).toEqual([])
    expect(world.requests).toHaveLength(3)
  })

  test('changes are told at most once a turn', async () => {
    const onEntriesChange = vi.fn()
    const onReadinessChange = vi.fn()
    const world = createWorld()
    world.uploader.listen({ onEntriesChange, onReadinessChange })
    for (let i = 0; i < 20; i++) world.uploader.add(fileOf(`${i}.txt`))
    await world.pass(1)
    expect(onEntriesChange.mock.calls.length).toBeLessThanOrEqual(2)
    expect(onReadinessChange).toHaveBeenCalledExactlyOnceWith({ status: 'uploading', reason: 'uploading' })
  })
})

describe('pausing', () => {
  test('a paused engine uses no network and no timers, and goes on where it was', async () => {
    const world = createWorld({ concurrency: 2 })
    world.uploader.add(['a', 'b', 'c'].map((it) => fileOf(`${it}.txt`)))
    await world.settle()
    world.open()[1]!.fail(fault('upstream_unavailable', 503))
    await world.settle()
    world.uploader.pause()
    await world.settle()
    expect(world.open()).toHaveLength(0)
    expect(statuses(world.uploader)).toEqual(['queued', 'waiting', 'queued'])
    expect(world.timers()).toBe(0)
    world.uploader.resume()
    await world.pass(30_000)
    expect(world.requests.slice(2).map((it) => it.name)).toEqual(expect.arrayContaining(['a.txt']))
    for (let i = 0; i < 4; i++) {
      for (const request of world.open()) request.succeed()
      await world.pass(30_000)
    }
    expect(statuses(world.uploader)).toEqual(['uploaded', 'uploaded', 'uploaded'])
  })
})

describe('an error', () => {
  test('is a plain object with its facts, and an Error when asked for', () => {
    const failed = failure('file_too_large', { size: 2, limit: 1, category: 'image', layer: 'app' })
    expect(failed).not.toBeInstanceOf(Error)
    const error = failed.toError()
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ code: 'file_too_large', retryable: false, from: 'client' })
    expect(error.message).toBe('Upload failed: file_too_large')
  })
})

function sized(name: string, size: number): File {
  return Object.defineProperty(fileOf(name), 'size', { value: size })
}

describe('a clock that jumps', () => {
  const HOUR = 3_600_000

  test('a pause that the server asked for stays as long as it was, when the clock is set back', async () => {
    const { uploader, requests, open, settle, pass, setClock } = createWorld({ concurrency: 1 })
    uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    await settle()
    open()[0]!.fail(fault('too_many_requests', 429, { retryAfter: 20_000 }))
    await settle()
    setClock(-24 * HOUR)
    uploader.add(fileOf('c.txt'))
    await pass(21_000)
    expect(requests.length).toBeGreaterThan(1)
  })

  test('a machine that slept through an upload has all its attempts left', async () => {
    const { uploader, open, settle, setClock } = createWorld()
    const [entry] = uploader.add(fileOf('a.txt'))
    await settle()
    setClock(HOUR)
    open()[0]!.fail(fault('upstream_unavailable', 502))
    await settle()
    expect(uploader.get(entry!.id)).toMatchObject({ status: 'waiting', attempt: 2 })
  })

  test('an entry that waits does not wait for a day, when the clock is set back while the engine is paused', async () => {
    const { uploader, requests, open, settle, pass, setClock } = createWorld()
    uploader.add(fileOf('a.txt'))
    await settle()
    open()[0]!.fail(fault('upstream_unavailable', 502))
    await settle()
    uploader.pause()
    setClock(-24 * HOUR)
    uploader.resume()
    await pass(10 * 60_000)
    expect(requests).toHaveLength(2)
  })
})
