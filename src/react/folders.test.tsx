import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { DifyFileDrop } from '../index.js'
import { ANYTHING, createFakeServer, drag, fileOf, itemIn, itemOf, pick, show, zone } from './surface.fixture.js'

type Tree = { [name: string]: Tree | File | 'unreadable' | 'silent' | 'locked' }

/** A folder as a browser hands one over. */
function folder(name: string, tree: Tree | 'unreadable', path = ''): FileSystemDirectoryEntry {
  const fullPath = `${path}/${name}`
  return {
    isDirectory: true, isFile: false, name, fullPath,
    createReader: () => {
      const rest = tree === 'unreadable' ? [] : Object.entries(tree).map(([child, what]) => (isOfFile(what) ? fileEntry(child, what, fullPath) : folder(child, what, fullPath)))
      return {
        // As Chromium does: at most a hundred at a time.
        readEntries: (resolve: (entries: FileSystemEntry[]) => void, reject: (error: DOMException) => void) =>
          setTimeout(() => (tree === 'unreadable' ? reject(new DOMException('no', 'NotReadableError')) : resolve(rest.splice(0, 100)))),
      }
    },
  } as unknown as FileSystemDirectoryEntry
}

function isOfFile(what: Tree[string]): what is File | 'silent' | 'locked' {
  return what instanceof File || what === 'silent' || what === 'locked'
}

/** `silent`: the drive never answers; `locked`: the file can't be read. */
function fileEntry(name: string, what: File | 'silent' | 'locked', path: string): FileSystemEntry {
  const file = (resolve: (file: File) => void, reject: (error: DOMException) => void): void => {
    if (what instanceof File) setTimeout(resolve, 0, what)
    else if (what === 'locked') setTimeout(reject, 0, new DOMException('no', 'NotReadableError'))
  }
  return { isDirectory: false, isFile: true, name, fullPath: `${path}/${name}`, file } as unknown as FileSystemEntry
}

/** A drop of folders and files, which no test can make with a real `DataTransfer`. */
function dropEntries(target: Element, entries: (FileSystemDirectoryEntry | File)[]): void {
  const items = entries.map((entry) => ({
    kind: 'file', type: entry instanceof File ? entry.type : '',
    getAsFile: () => (entry instanceof File ? entry : new File([], entry.name)),
    webkitGetAsEntry: () => (entry instanceof File ? null : entry),
  }))
  const transfer = new DataTransfer()
  Object.defineProperties(transfer, { items: { value: items }, types: { value: ['Files'] } })
  drag('drop', target, transfer)
}

test('a dropped folder is walked, with paths, and without what systems leave lying about', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  show(<DifyFileDrop uploader={uploader} />)
  dropEntries(zone(), [fileOf('alone.txt'), folder('photos', { 'a.txt': fileOf('a.txt'), '.DS_Store': fileOf('.DS_Store'), 2026: { 'b.txt': fileOf('b.txt'), 'Thumbs.db': fileOf('Thumbs.db') } })])
  await itemOf('alone.txt')
  await itemOf('b.txt')
  expect(uploader.entries.map((it) => it.path ?? it.name)).toEqual(['alone.txt', 'photos/a.txt', 'photos/2026/b.txt'])
})

test('one unreadable folder inside is one failed entry; everything else comes', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  show(<DifyFileDrop uploader={uploader} />)
  dropEntries(zone(), [folder('work', { locked: 'unreadable', 'a.txt': fileOf('a.txt') })])
  expect(await itemIn('locked', 'failed')).toHaveAccessibleDescription(/can’t be read/)
  await itemOf('a.txt')
})

test('files of a folder that never open, or can’t be, hold up no other', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING, autoUpload: false })
  show(<DifyFileDrop uploader={uploader} />)
  const names = Array.from({ length: 300 }, (_, i) => `${i}.txt`)
  dropEntries(zone(), [folder('slow', Object.fromEntries(names.map((name, i) => [name, i < 10 ? 'silent' : i === 20 ? 'locked' : fileOf(name)])))])
  await waitFor(() => expect(uploader.tally).toMatchObject({ notStarted: 289, preparing: 10, refused: 1 }))
  expect(uploader.entries[20]).toMatchObject({ status: 'failed', error: { code: 'file_unreadable' } })
})

test('an empty folder says so, and a folder where none is taken is one refusal', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  const { rerender } = show(<DifyFileDrop uploader={uploader} />)
  dropEntries(zone(), [folder('nothing', { '.DS_Store': fileOf('.DS_Store') })])
  const nothing = await itemIn('nothing', 'failed')
  await waitFor(() => expect(nothing).toHaveAccessibleDescription('There are no files in this folder.'))
  rerender(<DifyFileDrop uploader={uploader} directory={false} />)
  dropEntries(zone(), [folder('whole', { 'a.txt': fileOf('a.txt') }), fileOf('beside.txt')])
  const whole = await itemIn('whole', 'failed')
  await waitFor(() => expect(whole).toHaveAccessibleDescription(/Folders can’t be attached here/))
  await itemOf('beside.txt')
})

test('a walk ends at its bound with a sentence', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  show(<DifyFileDrop uploader={uploader} maxWalk={150} />)
  dropEntries(zone(), [folder('big', Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`${i}.txt`, fileOf(`${i}.txt`)])))])
  await waitFor(() => expect(uploader.entries).toHaveLength(151))
  const last = uploader.entries.at(-1)
  expect(last).toMatchObject({ name: 'big', status: 'failed', error: { code: 'folder_not_accepted', facts: { limit: 150 } } })
})

test('what of a folder does not fit is one entry, however many batches it came in', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  dropEntries(zone(), [folder('many', Object.fromEntries(Array.from({ length: 350 }, (_, i) => [`${i}.txt`, fileOf(`${i}.txt`)])))])
  await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(4))
  expect((await itemOf('3.txt')).textContent).toContain('347 files were not added')
})

test('two drops in one tick lose nothing', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  show(<DifyFileDrop uploader={uploader} />)
  dropEntries(zone(), [fileOf('one.txt')])
  dropEntries(zone(), [fileOf('two.txt')])
  expect(uploader.entries.map((it) => it.name)).toEqual(['one.txt', 'two.txt'])
  await itemOf('two.txt')
})

/** 60 of them, the 50th of which is empty and the 55th without an extension. */
function many(): File[] {
  return Array.from({ length: 60 }, (_, i) => (i === 55 ? fileOf('README', 3, 'text/plain') : fileOf(`${i}.txt`, i === 50 ? 0 : 3, 'text/plain')))
}

test('many files and folders of one drop come all, in their order, each judged by its size', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING, autoUpload: false })
  show(<DifyFileDrop uploader={uploader} />)
  const files = many()
  dropEntries(zone(), [...files, folder('behind', { 'last.txt': fileOf('last.txt') })])
  await waitFor(() => expect(uploader.tally).toMatchObject({ preparing: 0, notStarted: 60, refused: 1 }))
  expect(uploader.entries.map((it) => it.name)).toEqual([...files.map((it) => it.name), 'last.txt'])
  expect(uploader.entries[50]).toMatchObject({ status: 'failed', error: { code: 'empty_file' } })
  expect(uploader.entries.slice(0, 60).map((it) => it.file)).toEqual(files)
})

test('many picked files come all, and those that do not fit are one entry', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING, autoUpload: false, rules: { maxFiles: 30 } })
  show(<DifyFileDrop uploader={uploader} />)
  pick(many())
  await waitFor(() => expect(uploader.tally).toMatchObject({ preparing: 0, notStarted: 30 }))
  expect(uploader.entries).toHaveLength(31)
  expect(uploader.entries.at(-1)).toMatchObject({ status: 'failed', error: { code: 'too_many_attachments', facts: { count: 30 } } })
})
