import { fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { DifyFileDrop } from '../index.js'
import { ANYTHING, button, createFakeServer, fileOf, itemOf, nextFrame, show } from './surface.fixture.js'

const centre = (element: Element): { clientX: number; clientY: number } => {
  const { left, top, width, height } = element.getBoundingClientRect()
  return { clientX: left + width / 2, clientY: top + height / 2 }
}

async function shown(layout: 'zone' | 'composer' = 'zone', direction: 'ltr' | 'rtl' = 'ltr') {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  show(<div dir={direction} style={{ width: 900 }}><DifyFileDrop uploader={uploader} layout={layout} /></div>)
  uploader.add(['a.txt', 'b.txt', 'c.txt'].map((name) => fileOf(name)))
  await itemOf('c.txt')
  const order = (): string => uploader.entries.map((it) => it.name[0]).join('')
  return { uploader, order, user: userEvent.setup() }
}

const pointer = { pointerId: 7, isPrimary: true, button: 0 }

async function dragTo(name: string, onto: string, isHeld = false): Promise<void> {
  const handle = button(`Move ${name}`)
  const from = centre(handle)
  // Where it is now: it makes room on the way.
  const target = centre(await itemOf(onto))
  fireEvent.pointerDown(handle, { ...pointer, ...from })
  for (let i = 1; i <= 8; i++) {
    const at = (key: 'clientX' | 'clientY'): number => from[key] + ((target[key] - from[key]) * i) / 7
    fireEvent.pointerMove(window, { ...pointer, clientX: at('clientX'), clientY: at('clientY') })
    await nextFrame()
  }
  if (!isHeld) fireEvent.pointerUp(window, { ...pointer })
}

test('a file is dragged along the list by its handle, and that is said once', async () => {
  const { order } = await shown()
  const said: string[] = []
  const status = screen.getByRole('status')
  new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true })
  await dragTo('a.txt', 'c.txt')
  expect(order()).toBe('bca')
  await waitFor(() => expect(said.filter((it) => it.includes('a.txt moved to place 3 of 3.'))).toHaveLength(1), { timeout: 2000 })
  await dragTo('a.txt', 'c.txt')
  expect(order()).toBe('bac')
})

test('chips are dragged along their line, mirrored where the page is', async () => {
  const ltr = await shown('composer')
  await dragTo('c.txt', 'a.txt')
  expect(ltr.order()).toBe('cab')
})

test('from right to left the first chip is on the right', async () => {
  const { order } = await shown('composer', 'rtl')
  await dragTo('a.txt', 'b.txt')
  expect(order()).toBe('bac')
})

test('Escape puts everything back', async () => {
  const { order } = await shown()
  await dragTo('a.txt', 'c.txt', true)
  expect(order()).toBe('bca')
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' })
  expect(order()).toBe('abc')
})

test('a press without a drag opens a menu that does the same', async () => {
  const { order, user } = await shown()
  await user.click(button('Move c.txt'))
  expect((await screen.findByRole('menuitem', { name: 'Later' })).getAttribute('aria-disabled')).toBe('true')
  await user.click(screen.getByRole('menuitem', { name: 'To the start' }))
  expect(order()).toBe('cab')
  await user.click(button('Move c.txt'))
  await user.click(screen.getByRole('menuitem', { name: 'Later' }))
  expect(order()).toBe('acb')
})

test('there is no handle for a file that is alone, and none where nothing may change', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  const { rerender } = show(<DifyFileDrop uploader={uploader} />)
  uploader.add(fileOf('a.txt'))
  await itemOf('a.txt')
  expect(screen.queryByRole('button', { name: /^Move/ })).toBeNull()
  uploader.add(fileOf('b.txt'))
  await screen.findByRole('button', { name: 'Move b.txt' })
  rerender(<DifyFileDrop uploader={uploader} readOnly />)
  expect(screen.queryByRole('button', { name: /^Move/ })).toBeNull()
})
