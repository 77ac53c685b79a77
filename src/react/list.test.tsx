import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { DifyFileDrop } from '../index.js'
import { ANYTHING, button, createFakeServer, fileOf, itemIn, itemOf, pick, show } from './surface.fixture.js'

const names = (from: number, to: number): File[] => Array.from({ length: to - from }, (_, i) => fileOf(`file-${from + i}.txt`))

test('up to a hundred files are all in the document', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  show(<DifyFileDrop uploader={uploader} />)
  pick(names(0, 100))
  await itemOf('file-99.txt')
  const items = screen.getAllByRole('listitem')
  expect(items).toHaveLength(100)
  expect(items[41]?.getAttribute('aria-posinset')).toBe('42')
  expect(items[41]?.getAttribute('aria-setsize')).toBe('100')
})

test('of more, those in sight are rendered, each saying where it stands, and the one with the focus stays', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  show(<DifyFileDrop uploader={uploader} />)
  pick(names(0, 1000))
  await itemOf('file-0.txt')
  const list = screen.getByRole('list', { name: 'Attachments' })
  await waitFor(() => expect(screen.getAllByRole('listitem').length).toBeLessThan(40))
  expect(screen.getAllByRole('listitem')[0]?.getAttribute('aria-setsize')).toBe('1000')
  button('Remove file-1.txt').focus()

  list.scrollTop = list.scrollHeight
  const last = await itemOf('file-999.txt')
  expect(last.getAttribute('aria-posinset')).toBe('1000')
  expect(screen.getAllByRole('listitem').length).toBeLessThan(40)
  expect(document.activeElement).toBe(button('Remove file-1.txt'))
  // The rows that are left out take their place: the last one is at the very end.
  expect(Math.abs(last.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom)).toBeLessThan(8)
})

test('ten thousand files are added without rendering ten thousand rows', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  show(<DifyFileDrop uploader={uploader} />)
  act(() => pick(names(0, 10_000)))
  await itemOf('file-0.txt')
  expect(screen.getAllByRole('listitem').length).toBeLessThan(120)
})

test('a strip of chips shows what was added last, and where it goes on', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  show(<div style={{ width: 400 }}><DifyFileDrop uploader={uploader} layout="composer"><textarea aria-label="Message" /></DifyFileDrop></div>)
  pick(names(0, 3))
  await itemOf('file-2.txt')
  pick(names(3, 6))
  await itemOf('file-5.txt')
  const list = screen.getByRole('list', { name: 'Attachments' })
  await waitFor(() => expect(list.hasAttribute('data-overflow-start')).toBe(true))
  expect(list.hasAttribute('data-overflow-end')).toBe(false)
})

test('a strip shows the last of many that were added, once all are rendered', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  show(<div style={{ width: 400 }}><DifyFileDrop uploader={uploader} layout="composer"><textarea aria-label="Message" /></DifyFileDrop></div>)
  pick(names(0, 3))
  await itemOf('file-2.txt')
  pick(names(3, 40))
  await itemOf('file-39.txt')
  await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(40))
  const list = screen.getByRole('list', { name: 'Attachments' })
  await waitFor(() => expect(list.hasAttribute('data-overflow-end')).toBe(false))
})

test.each([['ltr', 'left'], ['rtl', 'right']] as const)('a strip fades where it goes on (%s)', async (dir, begins) => {
  const { uploader } = createFakeServer({ autoUpload: false })
  show(<div dir={dir} style={{ inlineSize: 400 }}><DifyFileDrop layout="composer" uploader={uploader}><textarea aria-label="Message" /></DifyFileDrop></div>)
  pick(names(0, 5))
  const list = await screen.findByRole('list', { name: 'Attachments' })
  // The first files that are added are followed like any others.
  await waitFor(() => expect(list.hasAttribute('data-overflow-start')).toBe(true))
  expect(list.hasAttribute('data-overflow-end')).toBe(false)
  list.scrollTo({ left: 0 })
  await waitFor(() => expect(list.hasAttribute('data-overflow-end')).toBe(true))
  list.scrollTo({ left: dir === 'rtl' ? -list.scrollWidth : list.scrollWidth })
  await waitFor(() => expect(list.hasAttribute('data-overflow-start')).toBe(true))
  const fades = () => ({ left: getComputedStyle(list).getPropertyValue('--_mask-left') !== '', right: getComputedStyle(list).getPropertyValue('--_mask-right') !== '' })
  expect(fades()).toEqual({ left: begins === 'left', right: begins === 'right' })
  list.scrollTo({ left: 0 })
  await waitFor(() => expect(fades()).toEqual({ left: begins === 'right', right: begins === 'left' }))
})

test('a chip that grows after it came is followed, until somebody looks elsewhere', async () => {
  const { uploader } = createFakeServer({ autoUpload: false })
  show(<div style={{ inlineSize: 400 }}><DifyFileDrop layout="composer" uploader={uploader}><textarea aria-label="Message" /></DifyFileDrop></div>)
  pick(names(0, 3))
  const last = await itemOf('file-2.txt')
  const list = screen.getByRole('list', { name: 'Attachments' })
  const rest = (): number => list.scrollWidth - list.clientWidth - list.scrollLeft
  await waitFor(() => expect(rest()).toBeLessThanOrEqual(1))
  last.style.inlineSize = '380px'
  await waitFor(() => expect(list.scrollLeft).toBeGreaterThan(400))
  await waitFor(() => expect(rest()).toBeLessThanOrEqual(1))

  fireEvent.wheel(list)
  const { scrollLeft } = list
  last.style.inlineSize = '900px'
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  expect(list.scrollLeft).toBe(scrollLeft)
})

test('Alt and an arrow move a file, keep the focus and say so', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  pick(names(0, 3))
  await itemOf('file-2.txt')
  button('Remove file-2.txt').focus()
  const user = userEvent.setup()
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
  expect(uploader.entries.map((it) => it.name)).toEqual(['file-0.txt', 'file-2.txt', 'file-1.txt'])
  await waitFor(() => expect(screen.getByRole('status').textContent).toContain('file-2.txt moved to place 2 of 3.'), { timeout: 2000 })
  expect(document.activeElement).toBe(button('Remove file-2.txt'))
  await user.keyboard('{Alt>}{ArrowDown}{ArrowDown}{ArrowDown}{/Alt}')
  expect(uploader.entries.map((it) => it.name).at(-1)).toBe('file-2.txt')
  await waitFor(() => expect(screen.getAllByRole('listitem').at(-1)?.textContent).toContain('file-2.txt'))
  expect(document.activeElement).toBe(button('Remove file-2.txt'))
})

test('a file whose name is the problem can be renamed, by button or F2', async () => {
  const { uploader, delivery } = createFakeServer({ autoUpload: false })
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('a.txt')])
  uploader.start()
  ;(await delivery('a.txt')).fail('invalid_param', 400)
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: 'Rename a.txt' }))
  const box = screen.getByRole('textbox', { name: 'New name for a.txt' })
  expect(document.activeElement).toBe(box)
  await user.keyboard('better{Enter}')
  await itemOf('better.txt')
  expect(document.activeElement).toBe(button('Remove better.txt'))

  await user.keyboard('{F2}')
  await user.keyboard('other{Escape}')
  await itemOf('better.txt')
  expect(screen.queryByRole('textbox')).toBeNull()
  uploader.start()
  await delivery('better.txt')
})

test('a file that began to go up while it was given another name goes up under that', async () => {
  const { uploader, delivery } = createFakeServer({ autoUpload: false })
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('a.txt'), fileOf('b.txt')])
  const user = userEvent.setup()
  ;(await screen.findByRole('button', { name: 'Remove a.txt' })).focus()
  await user.keyboard('{F2}')
  const box = await screen.findByRole('textbox', { name: 'New name for a.txt' })
  uploader.start()
  const { signal } = await delivery('a.txt')
  await user.keyboard('better')
  // The Enter that only ends the typing of a letter, as Safari tells it.
  box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }))
  expect(screen.getByRole('textbox')).toBe(box)
  await user.keyboard('{Enter}')
  await delivery('better.txt')
  expect(signal.aborted).toBe(true)
  expect(uploader.entries.map((it) => it.name)).toEqual(['better.txt', 'b.txt'])
  await waitFor(() => expect(document.activeElement).toBe(button('Remove better.txt')))
})

test('Retry says why not, and keeps the focus, where others took the place of the file', async () => {
  const { uploader, delivery } = createFakeServer({ rules: { maxFiles: 1 } })
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('a.txt')])
  ;(await delivery('a.txt')).fail('unauthorized', 401)
  await itemIn('a.txt', 'failed')
  pick([fileOf('b.txt')])
  const user = userEvent.setup()
  button('Retry a.txt').focus()
  await user.keyboard('{Enter}')
  const item = await itemIn('a.txt', 'failed')
  await waitFor(() => expect(item.textContent).toContain('takes 1 file in a message'))
  expect(document.activeElement).toBe(button('Retry a.txt'))
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('takes 1 file in a message'), { timeout: 2000 })
  await user.click(button('Remove b.txt'))
  await user.click(button('Retry a.txt'))
  ;(await delivery('a.txt', 2)).succeed()
  await itemIn('a.txt', 'uploaded')
})

test('an image gets a picture made from the local file, and its address is released', async () => {
  const { uploader } = createFakeServer()
  const canvas = new OffscreenCanvas(8, 8)
  canvas.getContext('2d')!.fillRect(0, 0, 4, 4)
  const png = new File([await canvas.convertToBlob()], 'dot.png', { type: 'image/png' })
  const broken = fileOf('broken.png', 30, 'image/png')
  const { container } = show(<DifyFileDrop uploader={uploader} />)
  pick([png, broken])
  const picture = await waitFor(() => {
    const found = container.querySelector<HTMLImageElement>('[data-dfd-part="item-thumbnail"] img')
    expect(found).not.toBeNull()
    return found!
  })
  const { src } = picture
  expect(src).toMatch(/^blob:/)
  expect(picture.alt).toBe('')
  expect((await fetch(src)).ok).toBe(true)
  expect((await itemOf('broken.png')).querySelector('img')).toBeNull()
  uploader.clear()
  await waitFor(() => expect(screen.queryByRole('list')).toBeNull())
  await expect(fetch(src)).rejects.toThrow(TypeError)
})
