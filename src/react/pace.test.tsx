import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { DifyFileDrop } from '../index.js'
import { ANYTHING, createFakeServer, fileOf, itemOf, show } from './surface.fixture.js'

const MIB = 1024 * 1024

test('speed and time left are said once they mean something, and not before', async () => {
  const { uploader, delivery } = createFakeServer({ parameters: ANYTHING })
  show(<DifyFileDrop uploader={uploader} />)
  uploader.add(fileOf('film.bin', 14 * MIB))
  const item = await itemOf('film.bin')
  const { onProgress } = await delivery('film.bin')
  onProgress(MIB)
  await waitFor(() => expect(item.textContent).toContain('7%'))
  expect(item.querySelector('[data-dfd-part="item-speed"]')).toBeNull()
  expect(item.textContent).not.toContain('left')
  await new Promise((resolve) => setTimeout(resolve, 3200))
  onProgress(2 * MIB)
  await waitFor(() => expect(item.querySelector('[data-dfd-part="item-speed"]')?.textContent).toMatch(/^[\d.]+ (kB|MB)\/s$/), { timeout: 3000 })
  expect(item.textContent).toMatch(/left/)
}, 12_000)

test('halfway is said of a large upload that is alone, once, and of no other', async () => {
  const { uploader, delivery } = createFakeServer({ parameters: ANYTHING })
  show(<DifyFileDrop uploader={uploader} />)
  const said: string[] = []
  const status = screen.getByRole('status')
  new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true })
  uploader.add(fileOf('film.bin', 10 * MIB))
  const { onProgress, succeed } = await delivery('film.bin')
  for (const part of [0.2, 0.55, 0.7]) {
    onProgress(part * 10 * MIB)
    await new Promise((resolve) => setTimeout(resolve, 900))
  }
  expect(said.filter((it) => it.includes('Half of film.bin is sent.'))).toHaveLength(1)
  succeed()
  uploader.add(fileOf('small.txt', 1000))
  const small = await delivery('small.txt')
  small.onProgress(600)
  await new Promise((resolve) => setTimeout(resolve, 900))
  expect(said.join()).not.toContain('Half of small')
}, 12_000)
