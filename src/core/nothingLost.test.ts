import { describe, expect, test, vi } from 'vitest'
import type { DifyFile } from '../dify/difyFile.js'
import type { FailedEntry } from './entry.js'
import { play } from './schedule.fixture.js'
import type { ModelSetup } from './model.fixture.js'
import type { SendRequest } from './send.js'
import { refuse, type Step } from './steps.js'
import { failure } from './uploadError.js'
import { createWorld, fileOf, statuses } from './world.fixture.js'

const setup: ModelSetup = { concurrency: 1, autoUpload: true, steps: [], rules: {}, isLoading: false, host: 'listens', isDeaf: false }
const fault = (code: string, status: number, retryAfter: number | null = null) => ({ code, from: 'dify', status, message: '', retryAfter })

describe('counter-examples that random schedules found', () => {
  test('a retry by hand ends the wait that a server had asked the whole queue for, with its timer', async () => {
    await expect(play(setup, [{ do: 'add', what: ['file'] }, { do: 'answer', n: 0, outcome: 'upstream_unavailable' }, { do: 'add', what: ['file'] }, { do: 'retry all' }])).resolves.toBeUndefined()
  })

  test('a retry takes no slot that others have', async () => {
    await expect(play({ ...setup, concurrency: 2 }, [
      { do: 'add', what: ['file', 'file', 'file'] }, { do: 'answer', n: 0, outcome: 'ok' }, { do: 'rules', n: 1 },
      { do: 'answer', n: 9, outcome: 'long peace' }, { do: 'retry', n: 2 },
    ])).resolves.toBeUndefined()
  })

  test('what waited for the connection gives way like all that is queued, when the count was lowered meanwhile', async () => {
    await expect(play(setup, [
      { do: 'parameters', as: 'app' }, { do: 'add', what: ['file'] }, { do: 'add', what: ['file'] }, { do: 'offline' },
      { do: 'answer', n: 0, outcome: 'network' }, { do: 'rules', n: 6 },
    ])).resolves.toBeUndefined()
  })

  test('a step that works on for removed files holds up no other', async () => {
    await expect(play({ ...setup, concurrency: 0, steps: ['later'], host: 'clears' }, [
      { do: 'add', what: ['file'] }, { do: 'add', what: ['file'] }, { do: 'add', what: ['empty', 'file', 'file'] }, { do: 'unlisten' }, { do: 'add', what: ['file'] },
    ])).resolves.toBeUndefined()
  })

  test('clearing a full list begins no step of what is being cleared', async () => {
    await expect(play({ ...setup, concurrency: 0, steps: ['later'], host: 'clears' }, [
      { do: 'add', what: ['file', 'file'] }, { do: 'add', what: ['file'] }, { do: 'add', what: ['file', 'file'] }, { do: 'pass', ms: 0 },
    ])).resolves.toBeUndefined()
  })
})

describe('nothing is lost', () => {
  test('one file over the count comes in once when the count is raised', async () => {
    const { uploader, requests, settle } = createWorld({ rules: { maxFiles: 1 } })
    uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    uploader.configure({ rules: { maxFiles: 2 } })
    await settle()
    expect(statuses(uploader)).toEqual(['uploading', 'uploading'])
    uploader.remove(uploader.ids[0]!)
    await settle()
    expect(requests.map((it) => it.name)).toEqual(['a.txt', 'b.txt'])
    expect(statuses(uploader)).toEqual(['uploading'])
  })

  test('a file over the count comes in when another failed for good, not when that one may be tried again', async () => {
    const { uploader, open, settle } = createWorld({ rules: { maxFiles: 1 } })
    uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    await settle()
    open()[0]!.fail(fault('too_many_requests', 429, 3_600_000))
    await settle()
    expect(uploader.entries.map((it) => [it.name, it.status])).toEqual([['a.txt', 'failed'], ['b.txt', 'failed']])
    uploader.retry()
    await settle()
    open()[0]!.fail(fault('unsupported_file_type', 415))
    await settle()
    expect(uploader.entries.map((it) => [it.name, it.status])).toEqual([['a.txt', 'failed'], ['b.txt', 'uploading']])
  })

  test('progress that is no number is no progress', async () => {
    const { uploader, requests, settle } = createWorld()
    uploader.add(fileOf('a.txt', 10))
    await settle()
    requests[0]!.onProgress(4)
    requests[0]!.onProgress(Number.NaN)
    expect(uploader.entries[0]).toMatchObject({ sent: 4 })
  })

  test('a restored file without bytes takes no slot, and gets its upload from replace()', async () => {
    const { uploader, requests, settle } = createWorld({ rules: { maxFiles: 2 } })
    const [lost] = uploader.add([{ lost: 'a.txt', size: 3, path: null }, fileOf('b.txt')])
    expect(lost).toMatchObject({ status: 'failed', at: 'way', file: null, error: { code: 'file_unreadable', facts: { reason: 'missing' } } })
    uploader.take()
    expect(uploader.ids).toHaveLength(2)
    uploader.replace(lost!.id, fileOf('a.txt'))
    await settle()
    expect(requests.map((it) => it.name).toSorted()).toEqual(['a.txt', 'b.txt'])
  })

  test('a message that names one file twice comes back with both, also from copies', () => {
    const file = { id: '1', name: 'a.png', extension: 'png' }
    const { uploader } = createWorld({ initial: [file, file] })
    const before = uploader.entries
    uploader.restore(structuredClone(uploader.take()))
    expect(uploader.entries).toEqual(before)
  })

  test('a concurrency of zero stays zero, also after the server asked for peace', async () => {
    const { uploader, requests, settle, pass, open } = createWorld({ concurrency: 2 })
    uploader.add(['a.txt', 'b.txt', 'c.txt'].map((name) => fileOf(name)))
    await settle()
    uploader.configure({ concurrency: 0 })
    open()[0]!.fail(fault('too_many_requests', 429, 1000))
    await pass(10_000)
    expect(requests).toHaveLength(2)
  })

  test('what a step refused for now is checked by all steps again', async () => {
    let isUp = false
    const steps: Step[] = [() => (isUp ? undefined : failure('network', { reason: 'lost', mayBeSizeLimit: false })), (file) => (file.name === 'b.txt' ? refuse() : undefined)]
    const { uploader, requests, settle } = createWorld({ steps })
    uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    isUp = true
    uploader.retry()
    await settle()
    expect(statuses(uploader)).toEqual(['uploading', 'failed'])
    expect(requests.map((it) => it.name)).toEqual(['a.txt'])
  })

  test('a file of a folder that cannot be opened, in whatever way, is refused and holds up no other', async () => {
    const { uploader, settle } = createWorld()
    uploader.add([
      { name: 'a.txt', path: null, open: () => { throw new Error('at once') } },
      { name: 'b.txt', path: null, open: async () => { throw new Error('later') } },
      { name: 'c.txt', path: null, open: async () => undefined as unknown as File },
      { name: 'd.txt', path: null, open: async () => fileOf('d.txt') },
    ])
    await settle()
    expect(statuses(uploader)).toEqual(['failed', 'failed', 'failed', 'uploading'])
    expect((uploader.entries[2] as FailedEntry).error.code).toBe('file_unreadable')
  })

  test('files of a folder that never open hold up no other once they are removed', async () => {
    const { uploader, settle } = createWorld()
    uploader.add(Array.from({ length: 40 }, (_, i) => ({ name: `${i}.txt`, path: null, open: () => new Promise<File>(() => undefined) })))
    uploader.clear()
    uploader.add({ name: 'a.txt', path: null, open: async () => fileOf('a.txt') })
    await settle()
    expect(statuses(uploader)).toEqual(['uploading'])
  })

  test('a step may replace its own file: what it then says of the old one is dropped', async () => {
    const { uploader, requests, settle } = createWorld({
      steps: [(file, { entries }) => {
        if (file.name !== 'a.txt') return undefined
        uploader.replace(entries[0]!.id, fileOf('b.txt'))
        return refuse('too late')
      }],
    })
    uploader.add(fileOf('a.txt'))
    await settle()
    expect(requests.map((it) => it.name)).toEqual(['b.txt'])
  })
})

describe('what hosts are told', () => {
  test('all that one gesture refused, at once, also where a step refuses', () => {
    const onRejected = vi.fn<(entries: readonly FailedEntry[]) => void>()
    const { uploader } = createWorld({ steps: [(file) => (file.name === 'c.txt' ? undefined : refuse())] })
    uploader.listen({ onRejected })
    uploader.add(['a.txt', 'b.txt', 'c.txt', 'd.exe'].map((name) => fileOf(name)))
    expect(onRejected).toHaveBeenCalledTimes(1)
    expect(onRejected.mock.calls[0]![0]).toMatchObject([{ name: 'a.txt' }, { name: 'b.txt' }, { name: 'd.exe' }])
  })

  test('nothing before the change is whole', () => {
    const seen: string[][] = []
    const { uploader } = createWorld({ steps: [(file) => (file.name === 'a.txt' ? refuse() : undefined)], concurrency: 0 })
    uploader.listen({ onRejected: () => void seen.push(statuses(uploader)) })
    uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    expect(seen).toEqual([['failed', 'queued']])
  })
})

describe('endings that nobody can be sure of', () => {
  test('all was sent and no answer came: told as that, and tried again as often as a connection that broke', async () => {
    const { uploader, requests, open, pass, settle } = createWorld()
    uploader.add(fileOf('a.txt', 100))
    await settle()
    open()[0]!.onProgress(100)
    await pass(179_000)
    expect(requests[0]!.signal.aborted).toBe(false)
    await pass(4_000)
    expect(requests[0]!.signal.aborted).toBe(true)
    expect(requests).toHaveLength(2)
    open()[0]!.onProgress(100)
    await pass(181_500)
    await pass(60_000)
    expect(uploader.entries[0]).toMatchObject({ status: 'failed', at: 'way', error: { code: 'network', retryable: true, facts: { reason: 'no_answer' } } })
    uploader.retry()
    await settle()
    open()[0]!.succeed()
    await settle()
    expect(statuses(uploader)).toEqual(['uploaded'])
  })

  test('the answer to an attempt that was given up comes after all: dropped, and the upload is told once, by the other’s id', async () => {
    const answers: ((id: string) => void)[] = []
    // One that goes on whatever it is told.
    const send = ({ name, size, onProgress }: SendRequest) => new Promise<DifyFile>((resolve) => {
      onProgress(1)
      answers.push((id) => resolve({ id, name, size: size ?? null, extension: 'txt' }))
    })
    const { uploader, pass, settle } = createWorld({ send })
    const onUploaded = vi.fn()
    uploader.listen({ onUploaded })
    uploader.add(fileOf('a.txt', 100))
    await settle()
    await pass(50_000)
    expect(answers).toHaveLength(2)
    answers[0]!('late')
    await settle()
    expect(statuses(uploader)).toEqual(['uploading'])
    answers[1]!('right')
    await settle()
    answers[0]!('later still')
    await settle()
    expect(onUploaded).toHaveBeenCalledTimes(1)
    expect(uploader.entries[0]).toMatchObject({ status: 'uploaded', result: { file: { id: 'right' } } })
  })

  test.each([['upstream_unauthorized', 500], ['upstream_not_dify', 500], ['upstream_redirect', 500], ['invalid_param', 400], ['file_too_large', 413], ['unsupported_file_type', 415], ['rate_limit_error', 429]])(
    '%s will be the same tomorrow: asked once, and never again by itself', async (code, status) => {
      const { uploader, requests, open, pass, settle, timers } = createWorld()
      uploader.add(fileOf('a.txt'))
      await settle()
      open()[0]!.fail(fault(code, status))
      await pass(3_600_000)
      expect(requests).toHaveLength(1)
      expect(timers()).toBe(0)
      expect(uploader.entries[0]).toMatchObject({ status: 'failed', error: { code } })
    },
  )

  test('files that failed in one moment are tried again in different ones: each wait is anything up to twice the one before', async () => {
    const drawn = [0, 0.25, 0.5, 0.75]
    let n = 0
    const { uploader, open, settle, now } = createWorld({ concurrency: 4, random: () => drawn[n++ % 4]! })
    uploader.add(['a', 'b', 'c', 'd'].map((name) => fileOf(`${name}.txt`)))
    await settle()
    for (const request of open()) request.fail(fault('gateway_timeout', 504))
    await settle()
    const waits = uploader.entries.map((entry) => (entry.status === 'waiting' && entry.until !== 'online' ? entry.until.at - now() : null))
    expect(waits).toEqual([0, 250, 500, 750])
  })
})
