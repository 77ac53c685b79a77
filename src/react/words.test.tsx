import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { DifyFileDrop, en } from '../index.js'
import { de } from '../locales/de.js'
import { button, createFakeServer, fileOf, itemIn, pick, show } from './surface.fixture.js'

// What is loaded when it is wanted comes when the test says so.
const { arrive, onItsWay } = vi.hoisted(() => {
  let arrive: () => void = () => undefined
  const onItsWay = new Promise<void>((resolve) => { arrive = resolve })
  return { arrive: () => arrive(), onItsWay }
})
vi.mock('./parts/later.js', async (original) => {
  await onItsWay
  return original()
})

test.each([
  ['a locale', de, /nimmt keine Dateien mit der Endung .mp3 an/],
  ['English, where it is given', en, /does not take .mp3 files/],
])('%s has all its words at once', async (_, messages, words) => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} messages={messages} />)
  pick([fileOf('song.mp3')])
  expect(await itemIn('song.mp3', 'failed')).toHaveAccessibleDescription(words)
})

test('words that do not come keep nobody waiting: the failure is heard plainly', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('song.mp3')])
  await waitFor(() => expect(screen.getByRole('alert').textContent).toBe('song.mp3: This file can’t be attached here.'))
})

test('while the words for a failure are on their way it is told plainly, and heard once with its reason', async () => {
  const { uploader, delivery } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  const heard: string[] = []
  new MutationObserver(() => heard.push(screen.getByRole('alert').textContent)).observe(screen.getByRole('alert'), { childList: true, characterData: true, subtree: true })

  pick([fileOf('song.mp3'), fileOf('a.txt'), fileOf('b.txt')])
  ;(await delivery('a.txt')).fail('unauthorized', 401)
  const [refused, failed] = [await itemIn('song.mp3', 'failed'), await itemIn('a.txt', 'failed')]
  expect(refused).toHaveAccessibleDescription('This file can’t be attached here.')
  expect(failed).toHaveAccessibleDescription('The upload failed. Try again.')
  expect(button('Retry a.txt')).toBeVisible()

  button('Remove b.txt').focus()
  await userEvent.setup().keyboard('{F2}')
  expect(button('Remove b.txt')).toHaveFocus()

  // What is gathered is said after this; the words come when it is time to say it.
  await act(() => new Promise((resolve) => void setTimeout(resolve, 1000)))
  expect(heard).toEqual([])
  arrive()
  await waitFor(() => expect(refused).toHaveAccessibleDescription('This app does not take .mp3 files, only images and documents.'))
  expect(failed).toHaveAccessibleDescription('You are signed out. Sign in, then try again.')
  await waitFor(() => expect(heard.join(' ')).toBe('song.mp3: This app does not take .mp3 files, only images and documents. a.txt: You are signed out. Sign in, then try again.'))
})
