import { screen } from '@testing-library/react'
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
