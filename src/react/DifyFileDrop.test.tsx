import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { StrictMode } from 'react'
import { expect, test, vi } from 'vitest'
import { DifyFileDrop, type FileDropHandle } from '../index.js'
import { button, createFakeServer, drag, dropOn, fileInput, fileOf, itemIn, itemOf, nextFrame, pasteInto, pick, show, transferOf, zone } from './surface.fixture.js'

test('a dropped file is listed, uploaded, and handed over exactly as Dify returned it', async () => {
  const { uploader, delivery } = createFakeServer()
  const onUploaded = vi.fn()
  show(<DifyFileDrop uploader={uploader} onUploaded={onUploaded} />)

  dropOn(zone(), transferOf([fileOf('report.pdf', 2048)]))
  const item = await itemOf('report.pdf')
  expect(item).toHaveProperty('tagName', 'LI')
  expect(item.textContent).toContain('2 kB')

  ;(await delivery('report.pdf')).succeed({ later_field: 'kept' })
  await itemIn('report.pdf', 'uploaded')
  expect(onUploaded).toHaveBeenCalledTimes(1)
  const [file, entry] = onUploaded.mock.calls[0]!
  expect(file).toMatchObject({ id: 'dify-report.pdf', size: 2048, created_at: 1_700_000_000, later_field: 'kept' })
  expect(entry).toMatchObject({ status: 'uploaded', name: 'report.pdf' })
})

test('picked files are listed in order, and a removed one can be picked again', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  const user = userEvent.setup()

  pick([fileOf('one.txt'), fileOf('two.txt')])
  await itemOf('two.txt')
  expect(screen.getAllByRole('listitem').map((it) => it.querySelector('[data-dfd-part="item-name"]')?.textContent)).toEqual(['one.txt', 'two.txt'])
  expect(fileInput().value).toBe('')

  await user.click(button('Remove one.txt'))
  await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1))
  pick([fileOf('one.txt')])
  await itemOf('one.txt')
})

test('the trigger opens the one file input, which says what the app accepts', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  const inputs = document.querySelectorAll<HTMLInputElement>('input[type="file"]')
  expect(inputs).toHaveLength(1)
  const input = inputs[0]!
  const click = vi.spyOn(input, 'click').mockImplementation(() => undefined)

  await userEvent.setup().click(button('Attach files'))

  expect(click).toHaveBeenCalledTimes(1)
  expect(screen.getByLabelText('Files')).toBe(input)
  expect(input.tabIndex).toBe(-1)
  expect(input.hasAttribute('name')).toBe(false)
  expect(input.multiple).toBe(true)
  expect(input.accept).toContain('image/*')
  expect(input.accept).toContain('.pdf')
})

test('what is accepted stands beside the trigger and describes it', () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  expect(button('Attach files')).toHaveAccessibleDescription('Images up to 10 MB, documents up to 15 MB, 3 files at most.')
})

test('progress is a named bar that moves, finishes without a number, and goes', async () => {
  const { uploader, delivery } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('film.pdf', 1000)])
  const { onProgress, succeed } = await delivery('film.pdf')

  const bar = await screen.findByRole('progressbar', { name: 'Uploading film.pdf' })
  expect(bar.hasAttribute('aria-valuenow')).toBe(false)
  onProgress(420)
  await waitFor(() => expect(bar.getAttribute('aria-valuenow')).toBe('42'))
  expect((await itemIn('film.pdf', 'uploading')).textContent).toContain('42%')

  onProgress(1000)
  await itemIn('film.pdf', 'finishing')
  expect(bar.hasAttribute('aria-valuenow')).toBe(false)
  succeed()
  await itemIn('film.pdf', 'uploaded')
  expect(screen.queryByRole('progressbar')).toBeNull()
})

test('removing a file while it uploads stops using the network', async () => {
  const { uploader, delivery } = createFakeServer()
  const onUploaded = vi.fn()
  show(<DifyFileDrop uploader={uploader} onUploaded={onUploaded} />)
  pick([fileOf('film.pdf', 1000)])
  const { signal, succeed } = await delivery('film.pdf')
  await userEvent.setup().click(button('Remove film.pdf'))
  expect(signal.aborted).toBe(true)
  succeed()
  await waitFor(() => expect(screen.queryByRole('list')).toBeNull())
  expect(onUploaded).not.toHaveBeenCalled()
})

test.each([
  ['too large', fileOf('scan.pdf', 31 * 1024 * 1024), 'file_too_large', '31 MB is over this app’s 15 MB limit for documents.'],
  ['one byte too large', fileOf('scan.pdf', 15 * 1024 * 1024 + 1), 'file_too_large', '15,728,641 bytes is over this app’s 15,728,640 bytes limit for documents.'],
  ['of another kind', fileOf('song.mp3'), 'kind_not_allowed', 'This app does not take .mp3 files, only images and documents.'],
  ['empty', fileOf('nothing.txt', 0), 'empty_file', 'This file is empty: it has 0 bytes. Choose one with something in it.'],
])('a file that is %s stays, with the rule and whose it is', async (_, file, code, sentence) => {
  const { uploader, deliveries } = createFakeServer()
  const onRejected = vi.fn()
  show(<DifyFileDrop uploader={uploader} onRejected={onRejected} />)
  pick([file, fileOf('fine.txt')])
  const item = await itemIn(file.name, 'failed')
  expect(await within(item).findByText(sentence)).toBeVisible()
  expect(item).toHaveAccessibleDescription(sentence)
  expect(item.dataset['errorCode']).toBe(code)
  expect(within(item).queryByRole('button', { name: /Retry/ })).toBeNull()
  expect(onRejected).toHaveBeenCalledTimes(1)
  await waitFor(() => expect(deliveries.map((it) => it.name)).toEqual(['fine.txt']))
})

test('what is over the count is one entry, which empties as room is made', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  pick(['a', 'b', 'c', 'd', 'e'].map((it) => fileOf(`${it}.txt`)))
  const rest = await itemIn('d.txt', 'failed')
  expect(screen.getAllByRole('listitem')).toHaveLength(4)
  await waitFor(() => expect(rest.textContent).toContain('2 files were not added, because this app takes 3 files in a message: d.txt and e.txt.'))

  await userEvent.setup().click(button('Remove a.txt'))
  await waitFor(() => expect(screen.getAllByRole('listitem').map((it) => it.dataset['state'])).not.toContain(undefined))
  await waitFor(async () => expect((await itemOf('e.txt')).textContent).toContain('Not added: this app takes 3 files in a message.'))
  await waitFor(async () => expect((await itemOf('d.txt')).dataset['state']).not.toBe('failed'))
})

test('a failed upload says why and, where that can help, is sent again by its button', async () => {
  const { uploader, delivery } = createFakeServer()
  const onUploadFailed = vi.fn()
  show(<DifyFileDrop uploader={uploader} onUploadFailed={onUploadFailed} />)
  pick([fileOf('notes.txt')])
  ;(await delivery('notes.txt')).fail('unauthorized', 401)

  const item = await itemIn('notes.txt', 'failed')
  await waitFor(() => expect(item).toHaveAccessibleDescription('You are signed out. Sign in, then try again.'))
  expect(onUploadFailed).toHaveBeenCalledTimes(1)

  await userEvent.setup().click(button('Retry notes.txt'))
  expect(document.activeElement).toBe(button('Remove notes.txt'))
  ;(await delivery('notes.txt', 2)).succeed()
  await itemIn('notes.txt', 'uploaded')
})

test('in StrictMode a file is uploaded once and reported once', async () => {
  const { uploader, deliveries, delivery } = createFakeServer()
  const onUploaded = vi.fn()
  show(<StrictMode><DifyFileDrop uploader={uploader} onUploaded={onUploaded} /></StrictMode>)
  dropOn(zone(), transferOf([fileOf('once.txt')]))
  ;(await delivery('once.txt')).succeed()
  await itemIn('once.txt', 'uploaded')
  expect(deliveries).toHaveLength(1)
  expect(onUploaded).toHaveBeenCalledTimes(1)
  expect(screen.getAllByRole('listitem')).toHaveLength(1)
})

test('a drag of text is none of its business', () => {
  const { uploader } = createFakeServer()
  const { container } = show(<DifyFileDrop uploader={uploader} layout="composer"><textarea aria-label="Message" /></DifyFileDrop>)
  const textarea = screen.getByLabelText('Message')
  const text = transferOf([], { 'text/plain': 'words' })
  for (const type of ['dragenter', 'dragover', 'drop'] as const) {
    expect(drag(type, textarea, text).defaultPrevented).toBe(false)
    expect(drag(type, document.body, text).defaultPrevented).toBe(false)
  }
  expect(container.querySelector('[data-dragging]')).toBeNull()
})

test('a file dropped beside it does not make the browser leave the page', () => {
  const { uploader } = createFakeServer()
  show(<><DifyFileDrop uploader={uploader} disabled /><input type="file" aria-label="Another" /></>)
  const files = transferOf([fileOf('a.txt')])
  expect(drag('dragover', document.body, files).defaultPrevented).toBe(true)
  expect(drag('drop', document.body, files).defaultPrevented).toBe(true)
  expect(drag('drop', zone(), files).defaultPrevented).toBe(true)
  expect(drag('drop', screen.getByLabelText('Another'), files).defaultPrevented).toBe(false)
  expect(uploader.entries).toEqual([])
})

test('while files are dragged over it, it says whether they are welcome, and stops when they leave', async () => {
  const { uploader } = createFakeServer()
  const { container } = show(<DifyFileDrop uploader={uploader} />)
  const root = container.querySelector<HTMLElement>('[data-dfd-part="root"]')!
  const picture = transferOf([fileOf('x.png', 3, 'image/png')])

  drag('dragenter', zone(), picture)
  await waitFor(() => expect(root.dataset['dragging']).toBe('accept'))
  expect(screen.getByText('Drop to attach')).toBeVisible()
  // Over its own children nothing changes: enter comes before leave.
  drag('dragenter', button('Attach files'), picture)
  await nextFrame()
  drag('dragleave', zone(), picture)
  await nextFrame()
  expect(root.dataset['dragging']).toBe('accept')
  drag('dragleave', button('Attach files'), picture)
  await waitFor(() => expect(root.dataset['dragging']).toBeUndefined())

  drag('dragenter', zone(), transferOf([fileOf('x.mp3', 3, 'audio/mpeg')]))
  await waitFor(() => expect(root.dataset['dragging']).toBe('reject'))
})

test('an overlay does not stay when the drag ends in somebody else’s hands', async () => {
  const { uploader } = createFakeServer()
  const { container } = show(<><DifyFileDrop uploader={uploader} dropTarget="page" /><div data-testid="theirs" /></>)
  const files = transferOf([fileOf('a.txt')])
  const theirs = screen.getByTestId('theirs')
  theirs.addEventListener('drop', (event) => event.preventDefault())
  drag('dragenter', theirs, files)
  await waitFor(() => expect(container.querySelector('[data-dragging]')).not.toBeNull())
  drag('drop', theirs, files)
  await waitFor(() => expect(container.querySelector('[data-dragging]')).toBeNull())
  expect(uploader.entries).toEqual([])
})

test('with dropTarget="page" a drop anywhere counts once, and the surface mounted last has it', async () => {
  const [first, second] = [createFakeServer(), createFakeServer()]
  show(<><DifyFileDrop uploader={first.uploader} dropTarget="page" /><DifyFileDrop uploader={second.uploader} dropTarget="page" /></>)
  dropOn(document.body, transferOf([fileOf('a.txt')]))
  await itemOf('a.txt')
  expect(first.uploader.entries).toHaveLength(0)
  expect(second.uploader.entries).toHaveLength(1)
})

test('a drop on a surface of its own is not the page’s too', async () => {
  const [page, own] = [createFakeServer(), createFakeServer()]
  show(<><DifyFileDrop uploader={page.uploader} layout="composer" dropTarget="page" /><DifyFileDrop uploader={own.uploader} /></>)
  dropOn(zone(), transferOf([fileOf('a.txt')]))
  await itemOf('a.txt')
  expect(page.uploader.entries).toHaveLength(0)
  expect(own.uploader.entries).toHaveLength(1)
})

test('an open dialog keeps drops from the page behind it', () => {
  const { uploader } = createFakeServer()
  show(<><DifyFileDrop uploader={uploader} dropTarget="page" /><dialog aria-label="Settings">…</dialog></>)
  const dialog = screen.getByText('…') as HTMLDialogElement
  dialog.showModal()
  dropOn(dialog, transferOf([fileOf('a.txt')]))
  expect(uploader.entries).toEqual([])
  dialog.close()
  dropOn(document.body, transferOf([fileOf('a.txt')]))
  expect(uploader.entries).toHaveLength(1)
})

test('pasted files are taken while the focus is inside, and a screenshot gets a name that says when', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  vi.useFakeTimers({ now: new Date(2026, 10, 23, 19, 10, 15), toFake: ['Date'] })
  const event = pasteInto(button('Attach files'), transferOf([fileOf('image.png', 3, 'image/png'), fileOf('paper.pdf')]))
  vi.useRealTimers()
  expect(event.defaultPrevented).toBe(true)
  await itemOf('pasted-image-2026-11-23-191015.png')
  await itemOf('paper.pdf')
})

test.each([
  ['text with a picture of it (from Word)', { 'text/plain': 'Hello', 'text/html': '<p>Hello</p>' }],
  ['markup with a picture of it', { 'text/html': '<table><tr><td>1</td></tr></table>' }],
])('pasted %s stays text', (_, text) => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} layout="composer"><textarea aria-label="Message" /></DifyFileDrop>)
  const event = pasteInto(screen.getByLabelText('Message'), transferOf([fileOf('image.png', 3, 'image/png')], text))
  expect(event.defaultPrevented).toBe(false)
  expect(uploader.entries).toEqual([])
})

test('a picture copied from a web page, and a file copied with its name, are files', () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} layout="composer"><textarea aria-label="Message" /></DifyFileDrop>)
  const textarea = screen.getByLabelText('Message')
  expect(pasteInto(textarea, transferOf([fileOf('image.png', 3, 'image/png')], { 'text/html': '<meta><img src="x">' })).defaultPrevented).toBe(true)
  expect(pasteInto(textarea, transferOf([fileOf('cat.png', 3, 'image/png')], { 'text/plain': 'cat.png' })).defaultPrevented).toBe(true)
  expect(uploader.entries.map((entry) => entry.name).at(-1)).toBe('cat.png')
})

test('disabled takes nothing and lets what is on its way go on; read-only also keeps what is there', async () => {
  const { uploader, delivery } = createFakeServer()
  const { rerender } = show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('a.txt')])
  await delivery('a.txt')
  rerender(<DifyFileDrop uploader={uploader} disabled />)
  dropOn(zone(), transferOf([fileOf('b.txt')]))
  pasteInto(button('Attach files'), transferOf([fileOf('c.txt')]))
  expect(button('Attach files')).toBeDisabled()
  expect(button('Remove a.txt')).toBeEnabled()
  ;(await delivery('a.txt')).succeed()
  await itemIn('a.txt', 'uploaded')
  expect(screen.getAllByRole('listitem')).toHaveLength(1)

  rerender(<DifyFileDrop uploader={uploader} readOnly />)
  expect(screen.queryByRole('button', { name: /Remove/ })).toBeNull()
})

test('the ref has the engine’s verbs and open()', async () => {
  const { uploader } = createFakeServer()
  let handle: FileDropHandle | null = null
  show(<DifyFileDrop uploader={uploader} ref={(it) => void (handle = it)} />)
  const click = vi.spyOn(fileInput(), 'click').mockImplementation(() => undefined)
  handle!.open()
  expect(click).toHaveBeenCalledTimes(1)
  handle!.add({ id: 'already-there', name: 'old.pdf', size: 10 })
  await itemIn('old.pdf', 'uploaded')
  expect(handle!.take()).toEqual([{ type: 'document', transfer_method: 'local_file', upload_file_id: 'already-there' }])
  await waitFor(() => expect(screen.queryByRole('list')).toBeNull())
})

test('several surfaces may share one engine', async () => {
  const { uploader } = createFakeServer()
  show(<><DifyFileDrop uploader={uploader} /><DifyFileDrop uploader={uploader} layout="composer" /></>)
  dropOn(zone(), transferOf([fileOf('both.txt')]))
  await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(2))
})

test('one progress event renders one row', async () => {
  const { uploader, delivery } = createFakeServer()
  const renders: string[] = []
  show(<DifyFileDrop uploader={uploader} slots={{ 'item-name': (props) => {
    renders.push(props['title'] as string)
    return <span {...props} />
  } }} />)
  pick([fileOf('one.txt', 1000), fileOf('two.txt', 1000)])
  const { onProgress } = await delivery('one.txt')
  await delivery('two.txt')
  await itemIn('two.txt', 'uploading')
  renders.length = 0
  onProgress(100)
  await waitFor(() => expect(renders).toEqual(['one.txt']))
})

test('of that row, what does not change with the bytes is not rendered again', async () => {
  const { uploader, delivery } = createFakeServer()
  const names: string[] = []
  const remove = (name: string): string => {
    names.push(name)
    return `Remove ${name}`
  }
  show(<DifyFileDrop uploader={uploader} messages={{ remove }} />)
  pick([fileOf('one.txt', 100)])
  const { onProgress, succeed } = await delivery('one.txt')
  onProgress(10)
  await waitFor(async () => expect((await itemOf('one.txt')).textContent).toContain('10%'))
  names.length = 0
  onProgress(60)
  await waitFor(async () => expect((await itemOf('one.txt')).textContent).toContain('60%'))
  expect(names).toEqual([])
  succeed()
  await itemIn('one.txt', 'uploaded')
  expect(names).toContain('one.txt')
})

test('without a place to send files to it says what to do', () => {
  const silence = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  expect(() => show(<DifyFileDrop />)).toThrow(/Give "proxyUrl"/)
  silence.mockRestore()
})
