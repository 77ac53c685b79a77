import axe from 'axe-core'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { DifyFileDrop } from '../index.js'
import { ANYTHING, button, createFakeServer, drag, fileOf, itemIn, itemOf, nextFrame, pick, show, transferOf, zone } from './surface.fixture.js'

async function violations(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } })
  return violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(' | ')}`)
}

test.each([['light', 'zone'], ['dark', 'zone'], ['light', 'composer'], ['dark', 'composer']] as const)('axe finds nothing in any state (%s, %s)', async (theme, layout) => {
  const { uploader, delivery } = createFakeServer({ parameters: null, rules: { maxBytes: { document: 1000 } } })
  const { rerender } = show(<div />)
  const tree = (
    <div data-dfd-theme={theme} style={{ background: theme === 'dark' ? '#111' : '#fff', padding: 8 }}>
      <DifyFileDrop uploader={uploader} layout={layout}>{layout === 'composer' && <textarea aria-label="Message" />}</DifyFileDrop>
    </div>
  )
  rerender(tree)
  expect(await violations()).toEqual([])

  pick([fileOf('up.txt', 100), fileOf('done.txt'), fileOf('wait.txt'), fileOf('large.txt', 2000), fileOf('lost.txt'), fileOf('a rather long name of a file (2).markdown')])
  ;(await delivery('up.txt')).onProgress(40)
  ;(await delivery('done.txt')).succeed()
  ;(await delivery('wait.txt')).fail('upstream_unavailable', 503, 60_000)
  ;(await delivery('lost.txt')).fail('unauthorized', 401)
  await itemIn('lost.txt', 'failed')
  await itemIn('wait.txt', 'waiting')
  expect(await violations()).toEqual([])

  drag('dragenter', button('Attach files'), transferOf([fileOf('x.png', 3, 'image/png')]))
  await screen.findByText('Drop to attach')
  expect(await violations()).toEqual([])
})

test('axe finds nothing in a list of which only a window is rendered', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  show(<DifyFileDrop uploader={uploader} />)
  pick(Array.from({ length: 300 }, (_, i) => fileOf(`file-${i}.txt`)))
  await itemOf('file-0.txt')
  const list = screen.getByRole('list')
  list.scrollTop = 4000
  await waitFor(() => expect(list.querySelectorAll('[data-dfd-part="list-gap"]')).toHaveLength(2))
  expect(await violations()).toEqual([])
})

test('what happens is announced politely, gathered into one sentence, and cleared', async () => {
  const { uploader, answerAll } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  const status = screen.getByRole('status')
  expect(status.textContent).toBe('')
  pick([fileOf('a.txt'), fileOf('b.txt')])
  await waitFor(() => expect(status.textContent).toBe('2 files added.'), { timeout: 2000 })
  answerAll()
  await waitFor(() => expect(status.textContent).toBe('2 files attached.'), { timeout: 2000 })
  await waitFor(() => expect(status.textContent).toBe(''), { timeout: 8000 })
})

test('of two surfaces on one engine only one speaks', async () => {
  const { uploader } = createFakeServer()
  show(<><DifyFileDrop uploader={uploader} /><DifyFileDrop uploader={uploader} layout="composer" /></>)
  uploader.add(fileOf('a.txt'))
  await waitFor(() => expect(screen.getAllByRole('status').map((it) => it.textContent)).toEqual(['a.txt added.', '']), { timeout: 2000 })
})

test('progress is never announced', async () => {
  const { uploader, delivery } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  const said: string[] = []
  const status = screen.getByRole('status')
  new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true })
  pick([fileOf('a.txt', 1000)])
  const { onProgress, succeed } = await delivery('a.txt')
  for (let sent = 0; sent < 1000; sent += 100) {
    onProgress(sent)
    await nextFrame()
  }
  succeed()
  await waitFor(() => expect(said.join()).toContain('a.txt attached.'), { timeout: 3000 })
  expect(said.join()).not.toMatch(/%/)
})

test('failures are announced at once, each with its file and reason', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('song.mp3'), fileOf('empty.txt', 0)])
  await waitFor(() => expect(screen.getByRole('alert').textContent).toBe(
    'song.mp3: This app does not take .mp3 files, only images and documents. empty.txt: This file is empty: it has 0 bytes. Choose one with something in it.',
  ), { timeout: 2000 })
})

test('after a removal the focus is on the next Remove, else the previous, else the trigger', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt')])
  await itemOf('c.txt')
  const user = userEvent.setup()
  await user.click(button('Remove b.txt'))
  expect(document.activeElement).toBe(button('Remove c.txt'))
  await user.keyboard('{Delete}')
  expect(document.activeElement).toBe(button('Remove a.txt'))
  await user.keyboard('{Enter}')
  expect(document.activeElement).toBe(button('Attach files'))
  await waitFor(() => expect(screen.queryByRole('list')).toBeNull())
  expect(document.activeElement).toBe(button('Attach files'))
})

test('of two removals within a frame the second leaves the focus on what is left', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt')])
  await itemOf('c.txt')
  const [first, second, third] = [button('Remove a.txt'), button('Remove b.txt'), button('Remove c.txt')]
  second.focus()
  second.click()
  expect(document.activeElement).toBe(third)
  third.click()
  expect(document.activeElement).toBe(first)
})

test('everything is reached by Tab, in order, and the file input is not', async () => {
  const { uploader, delivery } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('a.txt'), fileOf('b.txt')])
  ;(await delivery('a.txt')).fail('unauthorized', 401)
  await itemIn('a.txt', 'failed')
  const user = userEvent.setup()
  const reached: (string | null)[] = []
  for (let i = 0; i < 5; i++) {
    await user.tab()
    reached.push(document.activeElement?.getAttribute('aria-label') ?? null)
  }
  expect(reached).toEqual(['Attach files', 'More ways to attach', 'Retry a.txt', 'Remove a.txt', 'Remove b.txt'])
})

test('targets are at least 24 px', async () => {
  const { uploader, delivery } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('a.txt')])
  ;(await delivery('a.txt')).fail('unauthorized', 401)
  await itemIn('a.txt', 'failed')
  const small = screen.getAllByRole('button').filter((it) => Math.min(it.offsetWidth, it.offsetHeight) < 24)
  expect(small).toEqual([])
})

test('at 320 px nothing sticks out, whatever the names and the spacing of text', async () => {
  const { uploader, delivery } = createFakeServer()
  show(
    <div style={{ width: 320, letterSpacing: '0.12em', wordSpacing: '0.16em', lineHeight: 1.5 }} data-testid="narrow">
      <DifyFileDrop uploader={uploader} />
    </div>,
  )
  pick([fileOf(`${'long '.repeat(30)}name.pdf`), fileOf('b.txt'), fileOf('song.mp3')])
  ;(await delivery('b.txt')).fail('unauthorized', 401)
  await itemIn('b.txt', 'failed')
  const right = screen.getByTestId('narrow').getBoundingClientRect().right
  const parts = [...zone().parentElement!.querySelectorAll<HTMLElement>('button, p, li, [data-dfd-part="item-name-end"]')]
  expect(parts.filter((it) => it.getBoundingClientRect().right > right + 0.5).map((it) => it.outerHTML.slice(0, 80))).toEqual([])
  const name = (await itemOf('name.pdf')).querySelector<HTMLElement>('[data-dfd-part="item-name"]')!
  expect(name.title).toMatch(/name\.pdf$/)
  expect(name.querySelector('[data-dfd-part="item-name-end"]')?.textContent).toMatch(/\.pdf$/)
})

test('Escape puts the composer’s hint away until the trigger is left', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} layout="composer"><textarea aria-label="Message" /></DifyFileDrop>)
  const hint = screen.getByText(/Images up to 10 MB/)
  const user = userEvent.setup()
  await user.tab()
  await waitFor(() => expect(getComputedStyle(hint).visibility).toBe('visible'))
  await user.keyboard('{Escape}')
  await waitFor(() => expect(getComputedStyle(hint).visibility).toBe('hidden'))
})

test.each([{ disabled: true }, { browse: false }])('after the last removal of a surface with no trigger to press (%o) the focus stays on the surface', async (props) => {
  const { uploader } = createFakeServer()
  uploader.add(fileOf('a.txt'))
  const { container } = show(<DifyFileDrop uploader={uploader} {...props} />)
  await itemOf('a.txt')
  button('Remove a.txt').focus()
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(screen.queryByRole('listitem')).toBeNull())
  const root = container.querySelector<HTMLElement>('[data-dfd-part="root"]')!
  expect(document.activeElement).toBe(root)
  root.blur()
  expect(root.hasAttribute('tabindex')).toBe(false)
})

test('a focused button that goes away because its file is on its way again leaves the focus to Remove', async () => {
  const { uploader, delivery } = createFakeServer()
  uploader.add([fileOf('a.txt'), { lost: 'lost.txt', size: 3, path: null }])
  show(<DifyFileDrop uploader={uploader} />)
  ;(await delivery('a.txt')).fail('too_many_requests', 429, 300)
  await itemIn('a.txt', 'waiting')
  ;(await screen.findByRole('button', { name: 'Retry a.txt' })).focus()
  await itemIn('a.txt', 'uploading')
  await waitFor(() => expect(document.activeElement).toBe(button('Remove a.txt')))

  const choose = await screen.findByRole('button', { name: /Choose/ })
  choose.focus()
  pick([fileOf('lost.txt')], (await itemOf('lost.txt')).querySelector<HTMLInputElement>('input[type=file]')!)
  await waitFor(() => expect(document.activeElement).toBe(button('Remove lost.txt')))
})

test('in a shadow root, too, a removal hands the focus on', async () => {
  const { uploader } = createFakeServer({ autoUpload: false })
  uploader.add([fileOf('a.txt'), fileOf('b.txt')])
  const host = document.body.appendChild(document.createElement('div'))
  const shadow = host.attachShadow({ mode: 'open' })
  const box = shadow.appendChild(document.createElement('div'))
  const { unmount } = render(<DifyFileDrop uploader={uploader} />, { container: box, baseElement: document.body })
  const removes = (): HTMLElement[] => [...shadow.querySelectorAll<HTMLElement>('[data-dfd-part="item-remove"]')]
  await waitFor(() => expect(removes()).toHaveLength(2))
  removes()[0]!.focus()
  removes()[0]!.click()
  await waitFor(() => expect(removes()).toHaveLength(1))
  expect(shadow.activeElement).toBe(removes()[0])
  removes()[0]!.click()
  await waitFor(() => expect(removes()).toHaveLength(0))
  expect(shadow.activeElement?.getAttribute('data-dfd-part')).toBe('trigger')
  unmount()
  host.remove()
})

test('the same words twice in a row are read twice', async () => {
  const { uploader } = createFakeServer({ autoUpload: false })
  uploader.add([fileOf('a.txt', 3), fileOf('a.txt', 4), fileOf('b.txt')])
  const { container } = show(<DifyFileDrop uploader={uploader} />)
  await itemOf('b.txt')
  const status = container.querySelector('[data-dfd-part="status"] [role="status"]')!
  const said: string[] = []
  const watch = new MutationObserver(() => said.push(status.textContent))
  watch.observe(status, { childList: true, characterData: true, subtree: true })
  screen.getAllByRole('button', { name: 'Remove a.txt' })[0]!.click()
  await waitFor(() => expect(said).toHaveLength(1))
  screen.getByRole('button', { name: 'Remove a.txt' }).click()
  await waitFor(() => expect(said).toHaveLength(2))
  expect(said.map((it) => it.trim())).toEqual(['a.txt removed.', 'a.txt removed.'])
  watch.disconnect()
})
