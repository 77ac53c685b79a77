import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { DifyFileDrop } from '../index.js'
import { APP, button, createFakeServer, itemIn, pasteInto, show, transferOf, zone } from './surface.fixture.js'

const LOCAL_ONLY = { ...APP, file_upload: { ...APP.file_upload, allowed_file_upload_methods: ['local_file'] } }

test('a link is added through a small form, shown, and comes out as remote_url', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} links />)
  const user = userEvent.setup()
  await user.click(button('Add a link'))
  const box = await screen.findByRole('textbox', { name: 'Web address of a file' })
  expect(document.activeElement).toBe(box)
  await user.keyboard('https://example.com/docs/annual%20report.pdf{Enter}')
  expect((await itemIn('annual report.pdf', 'uploaded')).textContent).toContain('Link')
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(document.activeElement).toBe(button('Add a link'))
  expect(uploader.take()).toEqual([{ type: 'document', transfer_method: 'remote_url', url: 'https://example.com/docs/annual%20report.pdf' }])
})

test.each(['ftp://example.com/a.pdf', 'javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'two words', 'nothing', ''])('%j is no web address, and the form says so', async (text) => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} links />)
  const user = userEvent.setup()
  await user.click(button('Add a link'))
  const box = screen.getByRole('textbox')
  if (text !== '') await user.type(box, text)
  await user.click(button('Add'))
  expect(screen.getByText('This is no web address. One begins with https://')).toBeTruthy()
  expect(box).toHaveAccessibleDescription(/web address/)
  expect(document.activeElement).toBe(box)
  expect(uploader.entries).toEqual([])
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('textbox')).toBeNull()
})

test('an address without a scheme is taken for https', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} links />)
  await userEvent.click(button('Add a link'))
  await userEvent.keyboard('example.com/a.png{Enter}')
  await waitFor(() => expect(uploader.entries[0]).toMatchObject({ kind: 'image', result: { url: 'https://example.com/a.png' } }))
})

test('in a composer neither the chat\'s form nor its text is touched', async () => {
  const { uploader } = createFakeServer()
  const onSubmit = vi.fn((event: React.FormEvent) => event.preventDefault())
  show(
    <form onSubmit={onSubmit}>
      <DifyFileDrop layout="composer" uploader={uploader} links><textarea aria-label="Message" /></DifyFileDrop>
    </form>,
  )
  await userEvent.click(button('Add a link'))
  await userEvent.keyboard('https://example.com/a.pdf{Enter}')
  await itemIn('a.pdf', 'uploaded')
  expect(onSubmit).not.toHaveBeenCalled()
  expect(document.activeElement).toBe(screen.getByLabelText('Message'))
})

test('an address pasted beside a text box is a link; in one it is text, and so is a sentence', async () => {
  const { uploader } = createFakeServer()
  show(<><DifyFileDrop uploader={uploader} links><textarea aria-label="Message" /></DifyFileDrop></>)
  const paste = (target: EventTarget, text: string): boolean => pasteInto(target, transferOf([], { 'text/plain': text })).defaultPrevented
  expect(paste(button('Attach files'), 'see https://example.com/a.pdf')).toBe(false)
  expect(paste(button('Attach files'), 'example.com')).toBe(false)
  expect(paste(screen.getByLabelText('Message'), 'https://example.com/a.pdf')).toBe(false)
  expect(uploader.entries).toEqual([])
  expect(paste(zone(), ' https://example.com/a.pdf\n')).toBe(true)
  await itemIn('a.pdf', 'uploaded')
})

test('there is no form where the app takes no links, or the page wants none, and no address is taken', () => {
  const { uploader } = createFakeServer({ parameters: LOCAL_ONLY })
  const { rerender } = show(<DifyFileDrop uploader={uploader} links />)
  expect(screen.queryByRole('button', { name: 'Add a link' })).toBeNull()
  expect(pasteInto(zone(), transferOf([], { 'text/plain': 'https://example.com/a.pdf' })).defaultPrevented).toBe(false)
  uploader.configure({ parameters: APP })
  rerender(<DifyFileDrop uploader={uploader} />)
  expect(screen.queryByRole('button', { name: 'Add a link' })).toBeNull()
})

test('a link to what the app does not take is refused at once', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} links />)
  await userEvent.click(button('Add a link'))
  await userEvent.keyboard('https://example.com/film.mp4{Enter}')
  expect((await itemIn('film.mp4', 'failed')).dataset['errorCode']).toBe('kind_not_allowed')
})
