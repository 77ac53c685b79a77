import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { DifyFileDrop } from '../index.js'
import { ANYTHING, button, createFakeServer, drag, fileOf, itemIn, pick, show, zone } from './surface.fixture.js'

// The page's server is gone: what is loaded when it is wanted does not come.
vi.mock('./parts/later.js', () => {
  throw new Error('Failed to fetch dynamically imported module')
})

test('a folder that nobody is there to walk says so, and the files beside it go on', async () => {
  const { uploader, answerAll } = createFakeServer({ parameters: ANYTHING })
  answerAll()
  show(<DifyFileDrop uploader={uploader} />)
  const photos = { isDirectory: true, isFile: false, name: 'photos', fullPath: '/photos' } as FileSystemDirectoryEntry
  const alone = fileOf('alone.txt')
  const items = [photos, null].map((entry) => ({ kind: 'file', type: '', getAsFile: () => alone, webkitGetAsEntry: () => entry }))
  const transfer = new DataTransfer()
  Object.defineProperties(transfer, { items: { value: items }, types: { value: ['Files'] } })
  drag('drop', zone(), transfer)
  expect(await itemIn('photos', 'failed')).toHaveAccessibleDescription(/can’t be read/)
  await itemIn('alone.txt', 'uploaded')
})

test('files are added, sent, moved by keys and removed all the same', async () => {
  const { uploader, answerAll } = createFakeServer()
  answerAll()
  show(<DifyFileDrop uploader={uploader} links />)
  pick([fileOf('a.txt'), fileOf('b.txt'), fileOf('b.txt')])
  await itemIn('a.txt', 'uploaded')
  await screen.findByText('Already in the list')
  const user = userEvent.setup()
  await user.click(button('Move a.txt'))
  button('Remove a.txt').focus()
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
  expect(uploader.entries.map((it) => it.name)).toEqual(['b.txt', 'a.txt', 'b.txt'])
  await user.click(button('Remove a.txt'))
  expect(uploader.entries.map((it) => it.name)).toEqual(['b.txt', 'b.txt'])
})

test('a refusal is told in general words, seen and heard, and a failure says whether trying again can help', async () => {
  const { uploader, delivery } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('song.mp3'), fileOf('a.txt'), fileOf('b.txt')])
  ;(await delivery('a.txt')).fail('unsupported_file_type', 415)
  ;(await delivery('b.txt')).fail('unauthorized', 401)
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('song.mp3: This file can’t be attached here.'))
  expect(await itemIn('song.mp3', 'failed')).toHaveAccessibleDescription('This file can’t be attached here.')
  expect(await itemIn('a.txt', 'failed')).toHaveAccessibleDescription('The upload failed.')
  expect(await itemIn('b.txt', 'failed')).toHaveAccessibleDescription('The upload failed. Try again.')
  const user = userEvent.setup()
  await user.click(button('Retry b.txt'))
  ;(await delivery('b.txt', 2)).succeed()
  await itemIn('b.txt', 'uploaded')
})

test('what happens without a network has its own words', async () => {
  const { uploader, delivery } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('big.txt', 9 * 1024 * 1024)])
  for (const attempt of [1, 2]) (await delivery('big.txt', attempt)).fail('network', 0)
  expect(await itemIn('big.txt', 'failed')).toHaveAccessibleDescription(/^The connection was lost\./)
})

test('where there is no box for a new name, the name stays and so does the focus', async () => {
  const { uploader } = createFakeServer({ autoUpload: false })
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('a.txt')])
  await itemIn('a.txt', 'queued')
  button('Remove a.txt').focus()
  await userEvent.setup().keyboard('{F2}')
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(button('Remove a.txt')).toHaveFocus()
})
