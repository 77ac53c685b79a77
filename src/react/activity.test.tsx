import { Activity, StrictMode, useState } from 'react'
import { act, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { DifyFileDrop } from '../index.js'
import { ANYTHING, button, createFakeServer, fileOf, itemIn, itemOf, pick } from './surface.fixture.js'

function Tabs({ children }: { children: React.ReactNode }) {
  const [isShown, setShown] = useState(true)
  return (
    <>
      <button type="button" onClick={() => setShown(!isShown)}>Switch</button>
      <Activity mode={isShown ? 'visible' : 'hidden'}>{children}</Activity>
    </>
  )
}

test('with an engine of the host, uploads go on while hidden, and the surface is as it was', async () => {
  const { uploader, delivery } = createFakeServer({ parameters: ANYTHING })
  const onUploaded = vi.fn()
  render(<StrictMode><Tabs><DifyFileDrop uploader={uploader} onUploaded={onUploaded} layout="composer"><textarea aria-label="Message" /></DifyFileDrop></Tabs></StrictMode>)
  pick([fileOf('a.txt', 100)])
  await itemIn('a.txt', 'uploading')
  const user = userEvent.setup()
  await user.type(screen.getByRole('textbox', { name: 'Message' }), 'hello')
  await user.click(button('Switch'))
  ;(await delivery('a.txt')).succeed()
  await waitFor(() => expect(uploader.entries[0]?.status).toBe('uploaded'))
  await user.click(button('Switch'))
  await itemIn('a.txt', 'uploaded')
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }).value).toBe('hello')
  // Nobody was there to hear of it; the listener that came back does, once.
  await waitFor(() => expect(onUploaded).toHaveBeenCalledTimes(1))
})

test('with an engine of its own, hidden for a moment or for long, the files stay, and go on when shown', async () => {
  const requests: AbortSignal[] = []
  const axios = { request: (config: { signal?: AbortSignal }) => {
    if (config.signal !== undefined) requests.push(config.signal)
    return new Promise(() => undefined)
  } }
  render(<Tabs><DifyFileDrop proxyUrl="/nowhere" axios={axios as never} rules={{ maxFiles: 5 }} /></Tabs>)
  pick([fileOf('a.txt', 100), fileOf('b.txt', 100)])
  await itemOf('b.txt')
  const user = userEvent.setup()
  await user.click(button('Switch'))
  await act(() => new Promise((resolve) => setTimeout(resolve, 1300)))
  await user.click(button('Switch'))
  await itemOf('a.txt')
  await itemOf('b.txt')
  await waitFor(() => expect(screen.getAllByRole('listitem').map((it) => it.dataset['state'])).not.toContain('failed'))
})
