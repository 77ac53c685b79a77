import axe from 'axe-core'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import clipUrl from '../../e2e/fixtures/clip.webm?url'
import photoUrl from '../../e2e/fixtures/photo.jpg?url'
import reportUrl from '../../e2e/fixtures/report.pdf?url'
import toneUrl from '../../e2e/fixtures/tone.mp3?url'
import { DifyFileDrop } from '../index.js'
import { ANYTHING, button, createFakeServer, itemIn, itemOf, show } from '../react/surface.fixture.js'
import '../preview.css'
import { FilePreview } from './index.js'

const text = (name: string, content: BlobPart): File => new File([content], name)
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><script>document.title = "ran"</script><circle r="20" cx="20" cy="20"/></svg>'

async function shown(files: readonly File[], layout: 'zone' | 'composer' = 'zone') {
  const server = createFakeServer({ parameters: ANYTHING })
  show(<DifyFileDrop uploader={server.uploader} layout={layout}>{layout === 'composer' && <textarea aria-label="Message" />}<FilePreview /></DifyFileDrop>)
  server.uploader.add(files)
  await itemOf(files[0]!.name)
  return { ...server, user: userEvent.setup() }
}

const dialog = (): HTMLDialogElement => screen.getByRole('dialog')

test('a thumbnail is a button only where there is a preview, and only for what it can show', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  const { rerender } = show(<DifyFileDrop uploader={uploader} />)
  uploader.add([text('notes.md', 'hello'), text('minutes.docx', 'x')])
  await itemOf('notes.md')
  expect(screen.queryByRole('button', { name: /Preview/ })).toBeNull()
  rerender(<DifyFileDrop uploader={uploader}><FilePreview /></DifyFileDrop>)
  expect(await screen.findAllByRole('button', { name: /Preview/ })).toEqual([button('Preview notes.md')])
  rerender(<DifyFileDrop uploader={uploader} />)
  await waitFor(() => expect(screen.queryByRole('button', { name: /Preview/ })).toBeNull())
})

test('a text is shown as text, never as HTML, in a modal dialog with the name of the file', async () => {
  const { user } = await shown([text('page.html', '<img src=x onerror="document.title=1"><b>bold</b>')])
  await user.click(await screen.findByRole('button', { name: 'Preview page.html' }))
  expect(dialog().matches(':modal')).toBe(true)
  expect(screen.getByRole('dialog', { name: 'page.html' })).toBe(dialog())
  await waitFor(() => expect(dialog().querySelector('pre')?.textContent).toContain('<b>bold</b>'))
  expect(dialog().querySelector('img, b')).toBeNull()
  // Those of the dialog only: what uploads behind it moves without an end.
  await Promise.all(dialog().getAnimations({ subtree: true }).map((it) => it.finished))
  const { violations } = await axe.run(dialog())
  expect(violations.map((it) => it.id)).toEqual([])
})

test('arrow keys go from file to file, skip what can not be shown, and stop at the ends', async () => {
  const { user } = await shown([text('a.txt', 'first'), text('b.docx', 'x'), text('c.txt', 'second')])
  await user.click(await screen.findByRole('button', { name: 'Preview a.txt' }))
  expect(dialog().textContent).toContain('1 of 2')
  await user.keyboard('{ArrowRight}')
  await waitFor(() => expect(dialog().querySelector('pre')?.textContent).toBe('second'))
  expect(screen.getByRole('dialog', { name: 'c.txt' })).toBe(dialog())
  await user.keyboard('{ArrowRight}')
  expect(dialog().textContent).toContain('2 of 2')
  expect(button('Next file').getAttribute('aria-disabled')).toBe('true')
  await user.click(button('Previous file'))
  await waitFor(() => expect(dialog().querySelector('pre')?.textContent).toBe('first'))
})

test('closing gives the focus to the file that was shown last', async () => {
  const { user } = await shown([text('a.txt', 'first'), text('c.txt', 'second')])
  await user.click(await screen.findByRole('button', { name: 'Preview a.txt' }))
  await user.keyboard('{ArrowRight}')
  await user.click(button('Close'))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() => expect(document.activeElement).toBe(button('Preview c.txt')))
})

test('Escape closes it', async () => {
  const { user } = await shown([text('a.txt', 'first')])
  await user.click(await screen.findByRole('button', { name: 'Preview a.txt' }))
  // What the browser makes of the key.
  dialog().dispatchEvent(new Event('cancel', { cancelable: true }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() => expect(document.activeElement).toBe(button('Preview a.txt')))
})

test('a message that is sent meanwhile closes it, and the focus goes to the text box', async () => {
  const { uploader, user, answerAll } = await shown([text('a.txt', 'first')], 'composer')
  answerAll()
  await itemIn('a.txt', 'uploaded')
  await user.click(await screen.findByRole('button', { name: 'Preview a.txt' }))
  uploader.take()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' })))
})

test('an SVG is a picture: nothing in it runs; its address is released on closing', async () => {
  const revoke = vi.spyOn(URL, 'revokeObjectURL')
  const { user } = await shown([new File([SVG], 'logo.svg', { type: 'image/svg+xml' })])
  await user.click(await screen.findByRole('button', { name: 'Preview logo.svg' }))
  const picture = await waitFor(() => {
    const found = dialog().querySelector('img')
    expect(found?.naturalWidth).toBe(40)
    return found!
  })
  expect(picture.alt).toBe('logo.svg')
  expect(document.title).not.toBe('ran')
  const { src } = picture
  await user.click(button('Close'))
  await waitFor(() => expect(revoke).toHaveBeenCalledWith(src))
})

test('a page that calls itself a picture is none, and what is broken says so', async () => {
  const { user } = await shown([new File(['<script>document.title = "ran"</script>'], 'photo.png', { type: 'text/html' })])
  await user.click(await screen.findByRole('button', { name: 'Preview photo.png' }))
  await waitFor(() => expect(dialog().textContent).toContain('can’t show this file'))
  expect(document.title).not.toBe('ran')
})

test('of a long text the beginning is shown, and that is said; bytes are no text', async () => {
  const { user } = await shown([text('long.log', 'ä'.repeat(150 * 1024)), text('program.txt', new Uint8Array([77, 90, 0, 0]))])
  await user.click(await screen.findByRole('button', { name: 'Preview long.log' }))
  await waitFor(() => expect(dialog().textContent).toContain('Only the first 200 kB are shown.'))
  expect(dialog().querySelector('pre')?.textContent).toMatch(/^ä+$/)
  await user.keyboard('{ArrowRight}')
  await waitFor(() => expect(dialog().textContent).toContain('can’t show this file'))
})

test.each([
  ['report.pdf', reportUrl, 'iframe'],
  ['photo.jpg', photoUrl, 'img'],
  ['tone.mp3', toneUrl, 'audio'],
  ['clip.webm', clipUrl, 'video'],
] as const)('%s is shown from its local bytes, under its name', async (name, fixture, tag) => {
  const { user } = await shown([await fileAt(fixture, name)])
  await user.click(await screen.findByRole('button', { name: `Preview ${name}` }))
  if (tag === 'iframe' && !navigator.pdfViewerEnabled) {
    await waitFor(() => expect(dialog().textContent).toContain('can’t show this file'))
    return
  }
  const view = await waitFor(() => {
    const found = dialog().querySelector<HTMLImageElement>(`${tag}[data-dfd-part="preview-view"]`)
    expect(found).not.toBeNull()
    return found!
  })
  // Dify's `source_url` is never asked: it is not meant for browsers, and may be gone.
  expect(view.src).toMatch(/^blob:/)
  expect(view.getAttribute('alt') ?? view.getAttribute('title') ?? view.getAttribute('aria-label')).toBe(name)
  if (view instanceof HTMLMediaElement) await waitFor(() => expect(view.duration).toBeGreaterThan(0), { timeout: 5000 })
})

test('in a player the arrow keys belong to the recording', async () => {
  const { user } = await shown([await fileAt(toneUrl, 'tone.mp3'), text('a.txt', 'text')])
  await user.click(await screen.findByRole('button', { name: 'Preview a.txt' }))
  await user.keyboard('{ArrowLeft}')
  expect(screen.getByRole('dialog', { name: 'tone.mp3' })).toBe(dialog())
  const player = await waitFor(() => {
    const found = dialog().querySelector('audio')
    expect(found).not.toBeNull()
    return found!
  })
  player.focus()
  await user.keyboard('{ArrowRight}')
  expect(screen.getByRole('dialog', { name: 'tone.mp3' })).toBe(dialog())
})

async function fileAt(url: string, name: string): Promise<File> {
  return new File([await (await fetch(url)).blob()], name)
}
