import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { DifyFileDrop, useSend, type MessageFile, type SendContext, type Uploader } from '../index.js'
import { button, createFakeServer, dropOn, fileOf, itemIn, itemOf, pasteInto, pick, show, transferOf } from './surface.fixture.js'

function Composer({ uploader, removeOnBackspace }: { uploader: Uploader; removeOnBackspace?: boolean }) {
  return (
    <DifyFileDrop layout="composer" uploader={uploader} removeOnBackspace={removeOnBackspace}>
      <textarea aria-label="Message" />
    </DifyFileDrop>
  )
}

const textarea = (): HTMLTextAreaElement => screen.getByLabelText('Message')

test('drop, paste and pick do the same, and picking gives the focus back to the text', async () => {
  const { uploader } = createFakeServer()
  show(<Composer uploader={uploader} />)
  dropOn(textarea(), transferOf([fileOf('dropped.txt')]))
  pasteInto(textarea(), transferOf([fileOf('pasted.txt')]))
  button('Attach files').focus()
  pick([fileOf('picked.txt')])
  expect(document.activeElement).toBe(textarea())
  await itemOf('picked.txt')
  expect(screen.getAllByRole('listitem')).toHaveLength(3)
})

test('typing goes on while files upload', async () => {
  const { uploader, delivery } = createFakeServer()
  show(<Composer uploader={uploader} />)
  pick([fileOf('a.txt', 100)])
  const { onProgress } = await delivery('a.txt')
  const user = userEvent.setup()
  await user.type(textarea(), 'Hel')
  onProgress(50)
  await itemIn('a.txt', 'uploading')
  await user.type(textarea(), 'lo')
  expect(textarea()).toHaveProperty('value', 'Hello')
  expect(document.activeElement).toBe(textarea())
})

test('Backspace in the empty box removes the last file, and says so; in text it deletes text', async () => {
  const { uploader } = createFakeServer()
  show(<Composer uploader={uploader} />)
  pick([fileOf('a.txt'), fileOf('b.txt')])
  await itemOf('b.txt')
  const user = userEvent.setup()
  await user.type(textarea(), 'x{Backspace}')
  expect(uploader.ids).toHaveLength(2)
  await user.keyboard('{Backspace}')
  expect(uploader.entries.map((it) => it.name)).toEqual(['a.txt'])
  await waitFor(() => expect(screen.getByRole('status').textContent).toContain('b.txt removed.'), { timeout: 2000 })
})

test('Backspace can be left to the host', async () => {
  const { uploader } = createFakeServer()
  show(<Composer uploader={uploader} removeOnBackspace={false} />)
  pick([fileOf('a.txt')])
  await userEvent.setup().type(textarea(), '{Backspace}')
  expect(uploader.ids).toHaveLength(1)
})

test('a dropped folder is one refusal in a composer', async () => {
  const { uploader } = createFakeServer()
  show(<Composer uploader={uploader} />)
  uploader.add({ folder: 'holiday', problem: 'not_accepted' })
  const refused = await itemIn('holiday', 'failed')
  await waitFor(() => expect(refused).toHaveAccessibleDescription('Folders can’t be attached here. Open it and choose the files in it.'))
})

function Chat({ uploader, onSend }: { uploader: Uploader; onSend: (files: MessageFile[], context: SendContext) => unknown }) {
  const [sent, setSent] = useState(0)
  const { submit, status, explanation } = useSend({
    uploader,
    send: async (files, context) => {
      await onSend(files, context)
      setSent((before) => before + 1)
    },
  })
  return (
    <>
      <DifyFileDrop layout="composer" uploader={uploader}><textarea aria-label="Message" /></DifyFileDrop>
      <button type="button" onClick={() => void submit()}>Send</button>
      <button type="button" onClick={() => void submit({ withoutFailed: true })}>Send without</button>
      <p data-testid="state" data-status={status} data-sent={sent}>{explanation}</p>
    </>
  )
}

const state = (): HTMLElement => screen.getByTestId('state')

test('Send is held until files are there, says why, and then sends them', async () => {
  const { uploader, delivery } = createFakeServer()
  const onSend = vi.fn()
  show(<Chat uploader={uploader} onSend={onSend} />)
  pick([fileOf('a.pdf')])
  const { succeed } = await delivery('a.pdf')
  await userEvent.setup().click(button('Send'))
  expect(state().dataset['status']).toBe('held')
  await waitFor(() => expect(state().textContent).toBe('Waiting for files to upload…'))
  expect(onSend).not.toHaveBeenCalled()

  succeed()
  await waitFor(() => expect(state().dataset['sent']).toBe('1'))
  expect(onSend.mock.calls[0]![0]).toEqual([{ type: 'document', transfer_method: 'local_file', upload_file_id: 'dify-a.pdf' }])
  expect(onSend.mock.calls[0]![1]).toMatchObject({ entries: [{ name: 'a.pdf', status: 'uploaded' }] })
  await waitFor(() => expect(screen.queryByRole('list')).toBeNull())
  expect(state().dataset['status']).toBe('idle')
})

test('files that are added while a message is sent stay for the next', async () => {
  const { uploader, answerAll } = createFakeServer()
  answerAll()
  let arrive: () => void = () => undefined
  show(<Chat uploader={uploader} onSend={() => new Promise<void>((resolve) => { arrive = resolve })} />)
  pick([fileOf('a.pdf')])
  await itemIn('a.pdf', 'uploaded')
  await userEvent.setup().click(button('Send'))
  pick([fileOf('b.pdf')])
  await itemOf('b.pdf')
  arrive()
  await waitFor(() => expect(state().dataset['sent']).toBe('1'))
  expect(uploader.entries.map((it) => it.name)).toEqual(['b.pdf'])
})

test('when sending fails the files come back and nothing is lost', async () => {
  const { uploader, answerAll } = createFakeServer()
  answerAll()
  const onSend = vi.fn().mockRejectedValueOnce(new Error('500'))
  show(<Chat uploader={uploader} onSend={onSend} />)
  pick([fileOf('a.pdf')])
  await itemIn('a.pdf', 'uploaded')
  const user = userEvent.setup()
  await user.click(button('Send'))
  await waitFor(() => expect(state().textContent).toBe('The message was not sent. Nothing is lost: try again.'))
  await itemIn('a.pdf', 'uploaded')
  await user.click(button('Send'))
  await waitFor(() => expect(state().dataset['sent']).toBe('1'))
})

test('a failed file stops the message, unless it is sent without', async () => {
  const { uploader, delivery } = createFakeServer()
  const onSend = vi.fn()
  show(<Chat uploader={uploader} onSend={onSend} />)
  pick([fileOf('good.pdf'), fileOf('bad.pdf')])
  ;(await delivery('good.pdf')).succeed()
  ;(await delivery('bad.pdf')).fail('rate_limit_error', 429)
  await itemIn('bad.pdf', 'failed')
  const user = userEvent.setup()
  await user.click(button('Send'))
  await waitFor(() => expect(state().textContent).toBe('A file failed. Retry or remove it, or send without it.'))
  expect(onSend).not.toHaveBeenCalled()
  await user.click(button('Send without'))
  await waitFor(() => expect(state().dataset['sent']).toBe('1'))
  expect(onSend.mock.calls[0]![0]).toHaveLength(1)
  expect(uploader.entries.map((it) => it.name)).toEqual(['bad.pdf'])
})

test('a message without files is sent at once', async () => {
  const { uploader } = createFakeServer()
  const onSend = vi.fn()
  show(<Chat uploader={uploader} onSend={onSend} />)
  await userEvent.setup().click(button('Send'))
  await waitFor(() => expect(state().dataset['status']).toBe('idle'))
  expect(onSend).toHaveBeenCalledTimes(1)
  expect(onSend.mock.calls[0]![0]).toEqual([])
})

test('the focus goes to the text when the file that had it was sent', async () => {
  const { uploader, answerAll } = createFakeServer()
  answerAll()
  show(<Composer uploader={uploader} />)
  pick([fileOf('a.pdf')])
  await itemIn('a.pdf', 'uploaded')
  button('Remove a.pdf').focus()
  uploader.take()
  await waitFor(() => expect(document.activeElement).toBe(textarea()))
})
