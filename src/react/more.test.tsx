import axe from 'axe-core'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { DifyFileDrop } from '../index.js'
import { ANYTHING, button, createFakeServer, itemOf, show, transferOf } from './surface.fixture.js'

const MORE = 'More ways to attach'

/** What the browser would open a picker for. */
function pickers(): HTMLInputElement[] {
  const opened: HTMLInputElement[] = []
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(function click(this: HTMLInputElement) {
    opened.push(this)
  })
  return opened
}

function withFingers(): void {
  const real = window.matchMedia.bind(window)
  vi.spyOn(window, 'matchMedia').mockImplementation((query) =>
    query === '(pointer: coarse)' ? ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined } as unknown as MediaQueryList) : real(query))
}

test('there is no menu where the trigger is the only way', () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} layout="composer"><textarea aria-label="Message" /></DifyFileDrop>)
  expect(button('Attach files')).toBeTruthy()
  expect(screen.queryByRole('button', { name: MORE })).toBeNull()
})

test('the trigger opens the picker at once, whatever else there is', async () => {
  const opened = pickers()
  const { uploader } = createFakeServer()
  const { container } = show(<DifyFileDrop uploader={uploader} />)
  await userEvent.setup().click(button('Attach files'))
  expect(opened).toEqual([container.querySelector('input[type=file]')])
})

test('a zone offers a folder, and adds its files with their paths and without junk', async () => {
  const opened = pickers()
  const complaints = vi.spyOn(console, 'error')
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  show(<DifyFileDrop uploader={uploader} />)
  const user = userEvent.setup()
  await user.click(button(MORE))
  await user.click(await screen.findByRole('menuitem', { name: 'Choose a folder' }))
  // Of elements in others that HTML does not allow there, say.
  expect(complaints).not.toHaveBeenCalled()
  expect(screen.queryByRole('menu')).toBeNull()
  const [input] = opened
  expect(input?.webkitdirectory).toBe(true)
  const files = ['a.txt', '.DS_Store', 'b.txt'].map((name) => Object.defineProperty(new File(['x'], name), 'webkitRelativePath', { value: `trip/${name}` }))
  Object.defineProperty(input, 'files', { value: files })
  input?.dispatchEvent(new Event('change'))
  await itemOf('b.txt')
  expect(uploader.entries.map((it) => it.path)).toEqual(['trip/a.txt', 'trip/b.txt'])
  expect(document.querySelectorAll('input[type=file]')).toHaveLength(1)
})

test('a phone offers its camera, and the focus goes back to the text box', async () => {
  withFingers()
  const opened = pickers()
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} layout="composer"><textarea aria-label="Message" /></DifyFileDrop>)
  const user = userEvent.setup()
  await user.click(button(MORE))
  await user.click(await screen.findByRole('menuitem', { name: 'Take a photo' }))
  expect(opened[0]?.getAttribute('capture')).toBe('environment')
  expect(opened[0]?.accept).toBe('image/*')
  opened[0]!.files = transferOf([new File(['x'], 'image.jpg', { type: 'image/jpeg' })]).files
  opened[0]?.dispatchEvent(new Event('change'))
  await itemOf('image.jpg')
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' }))
})

test('no camera where the app takes no pictures', () => {
  withFingers()
  const { uploader } = createFakeServer({ rules: { kinds: ['document'] } })
  show(<DifyFileDrop uploader={uploader} layout="composer"><textarea aria-label="Message" /></DifyFileDrop>)
  expect(screen.queryByRole('button', { name: MORE })).toBeNull()
})

test('the menu is worked by the keyboard alone', async () => {
  pickers()
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  show(<DifyFileDrop uploader={uploader} capture="environment" />)
  const user = userEvent.setup()
  await user.tab()
  await user.tab()
  expect(document.activeElement).toBe(button(MORE))
  await user.keyboard('{ArrowDown}')
  const items = await screen.findAllByRole('menuitem')
  expect(items.map((it) => it.textContent)).toEqual(['Choose files', 'Choose a folder'])
  await waitFor(() => expect(document.activeElement).toBe(items[0]))
  expect(button(MORE).getAttribute('aria-expanded')).toBe('true')
  await Promise.all(document.getAnimations().map((it) => it.finished))
  expect((await axe.run(document.body, { rules: { region: { enabled: false } } })).violations.map((it) => it.id)).toEqual([])
  await user.keyboard('{ArrowUp}')
  expect(document.activeElement).toBe(items[1])
  await user.keyboard('{Home}')
  expect(document.activeElement).toBe(items[0])
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('menu')).toBeNull()
  expect(document.activeElement).toBe(button(MORE))
})

test('a press elsewhere closes it, and one on its button too', async () => {
  const { uploader } = createFakeServer({ parameters: ANYTHING })
  show(<><DifyFileDrop uploader={uploader} /><button type="button">Elsewhere</button></>)
  const user = userEvent.setup()
  await user.click(button(MORE))
  await screen.findByRole('menu')
  await user.click(button(MORE))
  expect(screen.queryByRole('menu')).toBeNull()
  await user.click(button(MORE))
  await user.click(button('Elsewhere'))
  expect(screen.queryByRole('menu')).toBeNull()
})

test('in a composer with a menu the link is in it, and the focus comes back to it', async () => {
  withFingers()
  const { uploader } = createFakeServer({ parameters: { file_upload: { enabled: true, allowed_file_types: ['image'], allowed_file_upload_methods: ['local_file', 'remote_url'] } } })
  show(<DifyFileDrop uploader={uploader} layout="composer" links><textarea aria-label="Message" /></DifyFileDrop>)
  const user = userEvent.setup()
  await user.click(button(MORE))
  await user.click(await screen.findByRole('menuitem', { name: 'Add a link' }))
  await waitFor(() => expect(document.activeElement?.getAttribute('data-dfd-part')).toBe('link-input'))
  await user.keyboard('{Escape}')
  expect(document.activeElement).toBe(button(MORE))
})
