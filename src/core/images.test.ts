import { expect, test } from 'vitest'
import type { AppParameters } from '../dify/parameters.js'
import { createWorld, fileOf } from './world.fixture.js'

/** §4.3.6: one setting, read twice. The count of all files takes missing and 0 for "no limit"; that of images does not. */
const app = (number_limits?: number | null, more: object = {}): AppParameters => ({ file_upload: { enabled: true, allowed_file_types: ['image', 'document'], ...(number_limits !== undefined && { number_limits }), ...more } })
const pictures = (from: number, to: number): File[] => Array.from({ length: to - from }, (_, i) => fileOf(`${from + i}.png`))
const stateOf = (uploader: ReturnType<typeof createWorld>['uploader']): string[] => uploader.entries.map((it) => `${it.name} ${it.status === 'failed' ? it.error.code : it.status}`)

test('§4.3.6 without a limit for files, four images are one too many; documents are not counted', () => {
  const { uploader } = createWorld({ parameters: app() })
  uploader.add([...pictures(0, 2), fileOf('a.pdf'), ...pictures(2, 4), fileOf('b.pdf')])
  expect(stateOf(uploader)).toEqual(['0.png uploading', '1.png uploading', 'a.pdf uploading', '2.png queued', 'b.pdf queued', '3.png too_many_attachments'])
  expect(uploader.entries.at(-1)).toMatchObject({ at: 'door', error: { facts: { limit: 3, count: 1, kind: 'image', layer: 'app' } } })
})

test('§4.3.6 0 is no limit for files and none for images', () => {
  const { uploader } = createWorld({ parameters: app(0) })
  uploader.add([...pictures(0, 2), ...Array.from({ length: 12 }, (_, i) => fileOf(`${i}.pdf`))])
  expect(uploader.entries.filter((it) => it.status !== 'failed')).toHaveLength(12)
  expect(uploader.entries.at(-1)).toMatchObject({ error: { code: 'too_many_attachments', facts: { limit: 0, count: 2, kind: 'image' } } })
})

test('an image that did not fit comes in when an image goes, and not when a document does', () => {
  const { uploader } = createWorld({ parameters: app() })
  const [first, , , pdf] = uploader.add([...pictures(0, 3), fileOf('a.pdf'), ...pictures(3, 5)])
  uploader.remove(pdf!.id)
  expect(uploader.entries.at(-1)).toMatchObject({ error: { facts: { count: 2 } } })
  uploader.remove(first!.id)
  expect(uploader.entries.map((it) => it.name)).toEqual(['1.png', '2.png', '4.png', '3.png'])
  expect(uploader.entries[2]).toMatchObject({ error: { facts: { count: 1, kind: 'image' } } })
})

test('both counts at once: the stricter one speaks', () => {
  const { uploader } = createWorld({ parameters: app(), rules: { maxFiles: 4 } })
  uploader.add([...pictures(0, 5), fileOf('a.pdf'), fileOf('b.pdf')])
  expect(stateOf(uploader).filter((it) => it.includes('too_many'))).toEqual(['b.pdf too_many_attachments', '3.png too_many_attachments'])
  expect(uploader.entries.filter((it) => it.status !== 'failed').map((it) => it.name)).toEqual(['0.png', '1.png', '2.png', 'a.pdf'])
})

test('links and files that Dify has count too', () => {
  const { uploader } = createWorld({ parameters: app() })
  uploader.add([{ url: 'https://a.example/1.png' }, { id: 'x', name: '2.png', extension: 'png' }, ...pictures(3, 5)])
  expect(stateOf(uploader)).toEqual(['1.png uploaded', '2.png uploaded', '3.png uploading', '4.png too_many_attachments'])
})

test('pictures that an app takes as custom files are not counted as images', () => {
  const { uploader } = createWorld({ parameters: app(undefined, { allowed_file_types: ['custom'], allowed_file_extensions: ['png'] }) })
  uploader.add(pictures(0, 6))
  expect(uploader.entries.every((it) => it.status !== 'failed')).toBe(true)
})

test('when the rules come late, the last images give way together', async () => {
  const { uploader, pass } = createWorld({ parameters: 'loading' })
  uploader.add([...pictures(0, 5), fileOf('a.pdf')])
  uploader.configure({ parameters: app() })
  await pass(0)
  expect(stateOf(uploader)).toEqual(['0.png uploading', '1.png uploading', '2.png uploading', 'a.pdf queued', '3.png too_many_attachments'])
  expect(uploader.entries.at(-1)).toMatchObject({ error: { facts: { count: 2, kind: 'image' } } })
})

test('another name that makes an image of a file is refused where images are full', () => {
  const { uploader } = createWorld({ parameters: app(), autoUpload: false })
  const all = uploader.add([...pictures(0, 3), fileOf('scan.pdf')])
  uploader.replace(all[3]!.id, 'scan.png')
  expect(uploader.get(all[3]!.id)).toMatchObject({ status: 'failed', error: { code: 'too_many_attachments', facts: { kind: 'image' } } })
})
