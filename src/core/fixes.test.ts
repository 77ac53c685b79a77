import { expect, test } from 'vitest'
import { mergeRules } from './rules.js'
import type { Step } from './steps.js'
import { fixesOf, fixName, sendOriginal } from './fixes.js'
import { createWorld, fileOf } from './world.fixture.js'

const halve: Step = (file) => new File([file.slice(0, Math.ceil(file.size / 2))], file.name, { type: file.type, lastModified: file.lastModified })

test('a copy can be removed, for as long as there is something that it is a copy of', () => {
  const { uploader } = createWorld()
  const [first, second, third] = uploader.add([fileOf('a.txt'), fileOf('a.txt'), fileOf('a.txt')])
  const fixes = (id: string): string[] => fixesOf(uploader.get(id)!, uploader.rules).map((it) => it.type)
  expect([first, second, third].map((it) => fixes(it!.id))).toEqual([[], ['remove-copy'], ['remove-copy']])
  uploader.remove(first!.id)
  expect(uploader.get(second!.id)!.notes).toEqual([])
  expect(uploader.get(third!.id)!.notes).toEqual([{ type: 'duplicate', of: second!.id }])
  uploader.remove(third!.id)
  expect(fixes(second!.id)).toEqual([])
  const [again] = uploader.add(fileOf('a.txt'))
  expect(again!.notes).toEqual([{ type: 'duplicate', of: second!.id }])
})

test('the original of what was uploaded smaller is sent in its place, and no step changes it again', async () => {
  let runs = 0
  const { uploader, requests, settle } = createWorld({ steps: [(file, context) => (runs++, halve(file, context))] })
  const [, entry] = uploader.add([fileOf('first.txt', 4), fileOf('big.txt', 8)])
  const original = entry!.notes.find((it) => it.type === 'converted')!.original
  await settle()
  requests.at(-1)!.succeed()
  await settle()
  expect(fixesOf(uploader.get(entry!.id)!, uploader.rules)).toEqual([{ type: 'use-original', original }])

  const id = sendOriginal(uploader, entry!.id)
  expect(uploader.ids.indexOf(id!)).toBe(1)
  expect(uploader.get(id!)).toMatchObject({ name: 'big.txt', size: 8, notes: [] })
  await settle()
  expect(requests.at(-1)!.file.size).toBe(8)
  expect(runs).toBe(3)
  expect(sendOriginal(uploader, id!)).toBeNull()
})

test('the original stays as it is when it is looked at again, and a step may still refuse it', async () => {
  const { uploader } = createWorld({ autoUpload: false, steps: [halve] })
  const [entry] = uploader.add(fileOf('a.txt', 8))
  const id = sendOriginal(uploader, entry!.id)!
  uploader.replace(id, 'b.txt')
  expect(uploader.get(id)).toMatchObject({ name: 'b.txt', size: 8 })
  uploader.replace(id, fileOf('other.txt', 8))
  expect(uploader.get(id)).toMatchObject({ name: 'other.txt', size: 4 })
})

test('what the rules refuse is not offered', () => {
  const { uploader } = createWorld({ autoUpload: false, rules: { maxBytes: { image: 5, document: 5 } }, steps: [halve] })
  const [entry] = uploader.add(fileOf('a.png', 8))
  expect(entry!.status).toBe('queued')
  expect(fixesOf(entry!, uploader.rules)).toEqual([])
  const scan = { ...entry!, notes: [{ type: 'content-differs', extension: 'pdf', mime: 'application/pdf' } as const] }
  expect(fixesOf(scan, mergeRules())).toEqual([{ type: 'rename', name: 'a.pdf' }])
  expect(fixesOf(scan, mergeRules({ kinds: ['image'] }))).toEqual([])
})

test('in a full list the file that takes another\'s place is not overtaken by what waits outside', async () => {
  const { uploader, settle, requests } = createWorld({ rules: { maxFiles: 1 }, steps: [(file) => (file.name === 'scan.png' ? { type: 'content-differs', extension: 'pdf', mime: 'application/pdf' } : undefined)] })
  const [entry] = uploader.add([fileOf('scan.png'), fileOf('waits.txt')])
  await settle()
  requests[0]!.succeed()
  await settle()
  const id = fixName(uploader, entry!.id)
  expect(uploader.get(id!)).toMatchObject({ name: 'scan.pdf', status: 'uploading' })
  expect(uploader.entries[1]).toMatchObject({ name: 'waits.txt', error: { code: 'too_many_attachments' } })
})

test('what takes the place of a file on its way goes on without being started, after its steps too', async () => {
  const { uploader, requests, settle } = createWorld({ autoUpload: false, steps: [async () => undefined] })
  const [a] = uploader.add(fileOf('a.txt'))
  await settle()
  uploader.start()
  await settle()
  const next = uploader.exchange(a!.id, { file: fileOf('b.txt'), path: null })
  await settle()
  expect(requests.map((it) => it.name)).toEqual(['a.txt', 'b.txt'])
  expect(uploader.get(next!.id)!.status).toBe('uploading')
})

test('what is gone is not exchanged', () => {
  const { uploader } = createWorld()
  expect(uploader.exchange('f9', { file: fileOf('a.txt'), path: null })).toBeUndefined()
  expect(sendOriginal(uploader, 'f9')).toBeNull()
})
