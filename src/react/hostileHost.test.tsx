import { waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { DifyFileDrop, type Uploader } from '../index.js'
import { ANYTHING, createFakeServer, fileOf, itemIn, itemOf, pick, show } from './surface.fixture.js'

/** What the host's callbacks threw, as the page reports it. */
function reported(): unknown[] {
  const errors: unknown[] = []
  vi.spyOn(window, 'reportError').mockImplementation((error) => void errors.push(error))
  return errors
}

const FIVE = ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt']
const files = (): File[] => FIVE.map((name) => fileOf(name))
const uploaded = (uploader: Uploader): string[] => uploader.entries.filter(({ status }) => status === 'uploaded').map(({ name }) => name)

test('every callback throws: each file is uploaded all the same, and each error is reported', async () => {
  const errors = reported()
  const { uploader, answerAll } = createFakeServer({ parameters: ANYTHING })
  const boom = (what: string) => (): never => {
    throw new Error(what)
  }
  show(<DifyFileDrop uploader={uploader} onUploaded={boom('uploaded')} onRejected={boom('rejected')} onEntriesChange={boom('entries')} onReadinessChange={boom('readiness')} />)
  answerAll()
  pick([...files(), fileOf('empty.txt', 0)])
  for (const name of FIVE) await itemIn(name, 'uploaded')
  await itemIn('empty.txt', 'failed')
  await waitFor(() => {
    const said = errors.map((error) => (error as Error).message)
    expect(said.filter((it) => it === 'uploaded')).toHaveLength(5)
    expect(said).toEqual(expect.arrayContaining(['rejected', 'entries', 'readiness']))
  })
})

test('a callback that is slow holds up no file and loses none', async () => {
  const { uploader, answerAll } = createFakeServer({ parameters: ANYTHING })
  const heard: string[] = []
  const block = (): void => {
    for (const end = performance.now() + 60; performance.now() < end;);
  }
  show(<DifyFileDrop uploader={uploader} onUploaded={(_, { name }) => { block(); heard.push(name) }} onEntriesChange={block} />)
  answerAll()
  pick(files())
  await waitFor(() => expect(heard.toSorted()).toEqual(FIVE), { timeout: 5000 })
  expect(uploaded(uploader)).toEqual(FIVE)
})

test('`onUploaded` that removes the file leaves the others alone', async () => {
  const errors = reported()
  const { uploader, answerAll, deliveries } = createFakeServer({ parameters: ANYTHING })
  const heard: string[] = []
  show(<DifyFileDrop uploader={uploader} onUploaded={(_, { id, name }) => { heard.push(name); uploader.remove(id) }} />)
  answerAll()
  pick(files())
  await waitFor(() => expect(uploader.entries).toEqual([]))
  expect(heard).toEqual(FIVE)
  expect(deliveries).toHaveLength(5)
  expect(errors).toEqual([])
})

test('`take()` inside `onEntriesChange` takes each file once', async () => {
  const { uploader, answerAll } = createFakeServer({ parameters: ANYTHING })
  const taken: unknown[] = []
  show(<DifyFileDrop uploader={uploader} onEntriesChange={() => taken.push(...uploader.take().map((file) => ('upload_file_id' in file ? file.upload_file_id : null)))} />)
  answerAll()
  pick(files())
  await waitFor(() => expect(taken).toHaveLength(5))
  expect(new Set(taken).size).toBe(5)
  expect(uploader.entries).toEqual([])
})

test('a host that adds a file whenever something changes does not hang the page', async () => {
  const { uploader, answerAll } = createFakeServer({ parameters: ANYTHING })
  let added = 0
  show(<DifyFileDrop uploader={uploader} onEntriesChange={() => { if (added < 20) uploader.add(fileOf(`more ${++added}.txt`)) }} />)
  answerAll()
  pick([fileOf('a.txt')])
  // The page gets its turns meanwhile, or this timer would wait for all of it.
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  await vi.waitFor(() => expect(uploader.tally.uploaded).toBe(21), { timeout: 10_000, interval: 50 })
  clearInterval(timer)
  expect(turns).toBeGreaterThan(5)
})

test('a host that clears and adds again from within its callbacks ends with what it added last', async () => {
  const { uploader, answerAll } = createFakeServer({ parameters: ANYTHING })
  let isFirst = true
  show(<DifyFileDrop uploader={uploader} onUploaded={() => {
    if (!isFirst) return
    isFirst = false
    uploader.clear()
    uploader.add(fileOf('last.txt'))
  }} />)
  answerAll()
  pick(files())
  await itemIn('last.txt', 'uploaded')
  await waitFor(() => expect(uploader.entries.map(({ name }) => name)).toEqual(['last.txt']))
  expect(await itemOf('last.txt')).toBeVisible()
})
