import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { StrictMode, useState } from 'react'
import { expect, test, vi } from 'vitest'
import { DifyFileDrop } from './DifyFileDrop.js'
import { APP, button, createFakeServer, drag, dropOn, fileInput, fileOf, itemIn, itemOf, nextFrame, pick, show, transferOf, zone } from './surface.fixture.js'

// What a surface promises beside the flows: the small things that people notice only where they are wrong.

test('a drag of a link is none of its business', () => {
  const { uploader } = createFakeServer()
  const { container } = show(<DifyFileDrop uploader={uploader} links dropTarget="page" />)
  const link = transferOf([], { 'text/uri-list': 'https://example.com/report.pdf', 'text/plain': 'https://example.com/report.pdf' })
  for (const type of ['dragenter', 'dragover', 'drop'] as const) expect(drag(type, zone(), link).defaultPrevented).toBe(false)
  expect(container.querySelector('[data-dragging], [data-dfd-part="overlay"]')).toBeNull()
})

test('where a browser hides what is dragged, the verdict is unknown, and the overlay is no refusal', async () => {
  const { uploader } = createFakeServer({ rules: { kinds: ['image'] } })
  const { container } = show(<DifyFileDrop uploader={uploader} />)
  // Safari says that there are files, and not which.
  const hidden = transferOf([fileOf('x', 3)])
  drag('dragenter', zone(), hidden)
  const root = container.querySelector<HTMLElement>('[data-dfd-part="root"]')!
  await waitFor(() => expect(root.dataset['dragging']).toBe('unknown'))
  expect(screen.getByText('Drop to attach')).toBeVisible()
})

test('the overlay catches nothing, so it can not come between the drag and what is under it', async () => {
  const { uploader } = createFakeServer()
  const { container } = show(<DifyFileDrop uploader={uploader} />)
  const picture = transferOf([fileOf('x.png', 3, 'image/png')])
  drag('dragenter', zone(), picture)
  const overlay = await waitFor(() => {
    const found = container.querySelector<HTMLElement>('[data-dfd-part="overlay"]')
    expect(found).not.toBeNull()
    return found!
  })
  const { left, top, width, height } = overlay.getBoundingClientRect()
  expect(overlay.contains(document.elementFromPoint(left + width / 2, top + height / 2))).toBe(false)
  expect(overlay.getAttribute('aria-hidden')).toBe('true')
  expect(overlay.textContent).toContain('Images and documents')
  // From child to child, many times over: it is the same element all along.
  for (const child of [button('Attach files'), zone(), button('Attach files'), zone()]) {
    drag('dragenter', child, picture)
    drag('dragleave', child === zone() ? button('Attach files') : zone(), picture)
    await nextFrame()
    expect(container.querySelector('[data-dfd-part="overlay"]')).toBe(overlay)
  }
})

test('the overlay of a page-wide target covers the window', async () => {
  const { uploader } = createFakeServer()
  const { container } = show(<div style={{ transform: 'none', inlineSize: 200 }}><DifyFileDrop uploader={uploader} dropTarget="page" /></div>)
  drag('dragenter', document.body, transferOf([fileOf('x.png', 3, 'image/png')]))
  await waitFor(() => expect(container.querySelector('[data-dfd-part="overlay"]')).not.toBeNull())
  const { width, height } = container.querySelector('[data-dfd-part="overlay"]')!.getBoundingClientRect()
  expect(width).toBeGreaterThan(innerWidth - 40)
  expect(height).toBeGreaterThan(innerHeight - 40)
  drag('dragleave', document.body, transferOf([fileOf('x.png')]))
})

test('pictures are made of files in sight only, and a picture that scrolls into sight is made then', async () => {
  const made = vi.spyOn(URL, 'createObjectURL')
  const { uploader } = createFakeServer({ parameters: { ...APP, file_upload: { ...APP.file_upload, number_limits: 100 } }, autoUpload: false })
  const canvas = new OffscreenCanvas(8, 8)
  canvas.getContext('2d')!.fillRect(0, 0, 4, 4)
  const blob = await canvas.convertToBlob()
  const { container } = show(<div style={{ blockSize: 300, overflow: 'auto' }} data-testid="scroller"><DifyFileDrop uploader={uploader} /></div>)
  const before = made.mock.calls.length
  pick(Array.from({ length: 40 }, (_, i) => new File([blob], `dot-${i}.png`, { type: 'image/png' })))
  await itemOf('dot-39.png')
  container.querySelector('[data-dfd-part="item"]')!.scrollIntoView()
  await waitFor(() => expect(container.querySelectorAll('[data-dfd-part="item-thumbnail"] img').length).toBeGreaterThan(0))
  await nextFrame()
  expect(made.mock.calls.length - before).toBeLessThan(20)
  const last = await itemOf('dot-39.png')
  expect(last.querySelector('img')).toBeNull()
  last.scrollIntoView()
  await waitFor(() => expect(last.querySelector('img')).not.toBeNull())
})

test.each([
  ['zone', `${'a very long name '.repeat(8)}of it all.pdf`],
  ['composer', `${'a very long name '.repeat(8)}of it all.pdf`],
  ['composer', '会议纪要（2026年第三季度，最终确认版本）.docx'],
  ['composer', '第三季度会议纪要终稿.docx'],
] as const)('of a long name the extension is in sight, and the whole is its title (%s, %s)', async (layout, name) => {
  const { uploader } = createFakeServer()
  show(<div style={{ inlineSize: 280 }}><DifyFileDrop layout={layout} uploader={uploader} /></div>)
  pick([fileOf(name)])
  const item = await itemOf(name)
  const end = item.querySelector('[data-dfd-part="item-name-end"]')!
  expect(end.textContent).toMatch(/\.(?:pdf|docx)$/)
  const [inner, outer] = [end.getBoundingClientRect(), item.getBoundingClientRect()]
  expect(inner.width).toBeGreaterThan(0)
  expect(inner.right).toBeLessThanOrEqual(outer.right)
  const remove = item.querySelector('[data-dfd-part="item-remove"]')!.getBoundingClientRect()
  expect(inner.right).toBeLessThanOrEqual(remove.left)
  expect(item.querySelector('[data-dfd-part="item-name"]')!.getAttribute('title')).toBe(name)
})

test('capture goes to the file input, and is gone without', () => {
  const { uploader } = createFakeServer()
  const { rerender } = show(<DifyFileDrop uploader={uploader} capture="user" />)
  expect(fileInput().getAttribute('capture')).toBe('user')
  rerender(<DifyFileDrop uploader={uploader} />)
  expect(fileInput().hasAttribute('capture')).toBe(false)
})

test('an upload that stands still says so in words, and goes on saying how far it came', async () => {
  // Time passes as fast as it is asked for.
  let now = 0
  const schedule = (run: () => void, after: number) => {
    const timer = setTimeout(() => {
      now += after
      run()
    })
    return () => clearTimeout(timer)
  }
  const { uploader, delivery } = createFakeServer({ stallTimeout: Infinity, ports: { clock: () => now, schedule } })
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('report.pdf', 1000)])
  ;(await delivery('report.pdf')).onProgress(400)
  const item = await itemIn('report.pdf', 'uploading')
  await waitFor(() => expect(item.hasAttribute('data-stalled')).toBe(true))
  expect(item.querySelector('[data-dfd-part="item-state"]')!.textContent).toContain('Nothing is moving')
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('40')
})

test('while an input method writes, Backspace removes no file', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop layout="composer" uploader={uploader}><textarea aria-label="Message" /></DifyFileDrop>)
  pick([fileOf('a.txt')])
  await itemOf('a.txt')
  screen.getByLabelText('Message').dispatchEvent(new KeyboardEvent('keydown', { key: 'Backspace', isComposing: true, bubbles: true, cancelable: true }))
  expect(uploader.entries).toHaveLength(1)
})

test('two surfaces on one page share no id, no focus and no file', async () => {
  const [left, right] = [createFakeServer(), createFakeServer()]
  const { container } = show(<StrictMode><div data-testid="left"><DifyFileDrop uploader={left.uploader} /></div><div data-testid="right"><DifyFileDrop uploader={right.uploader} /></div></StrictMode>)
  pick([fileOf('left.txt', 0)], fileInput(screen.getByTestId('left')))
  pick([fileOf('right.txt', 0), fileOf('right.pdf')], fileInput(screen.getByTestId('right')))
  await itemOf('right.pdf')
  const ids = [...container.querySelectorAll('[id]')].map((it) => it.id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(left.uploader.entries.map((it) => it.name)).toEqual(['left.txt'])
  button('Remove left.txt').focus()
  await userEvent.keyboard('{Enter}')
  expect(screen.getByTestId('left').contains(document.activeElement)).toBe(true)
})

test('in a form it is a field: not valid while it must and does not have a file, valid with one, empty after a reset', async () => {
  const { uploader, delivery } = createFakeServer()
  const submitted = vi.fn((event: Event) => event.preventDefault())
  const { container } = show(<form onSubmit={(event) => submitted(event.nativeEvent)}><DifyFileDrop uploader={uploader} name="files" required /><button>Save</button></form>)
  const form = container.querySelector('form')!
  await waitFor(() => expect(form.checkValidity()).toBe(false))
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(submitted).not.toHaveBeenCalled()
  // The browser says why, and goes to the input; the button in sight shows that, as that is what a key press opens.
  expect(fileInput().getAttribute('aria-invalid')).toBe('true')
  expect(document.activeElement).toBe(fileInput())
  expect(getComputedStyle(button('Attach files')).outlineStyle).toBe('solid')
  pick([fileOf('a.txt')])
  ;(await delivery('a.txt')).succeed()
  await itemIn('a.txt', 'uploaded')
  await waitFor(() => expect(form.checkValidity()).toBe(true))
  expect(fileInput().hasAttribute('aria-invalid')).toBe(false)
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(submitted).toHaveBeenCalledTimes(1)
  expect(new FormData(form).getAll('files')).toEqual(['dify-a.txt'])
  form.reset()
  expect(uploader.entries).toEqual([])
  await waitFor(() => expect(new FormData(form).getAll('files')).toEqual([]))
})

test('with an uploader it is controlled: another one shows another list', async () => {
  const [first, second] = [createFakeServer(), createFakeServer()]
  first.uploader.add([fileOf('first.txt')])
  second.uploader.add([fileOf('second.txt')])
  function Page() {
    const [uploader, setUploader] = useState(first.uploader)
    return <><DifyFileDrop uploader={uploader} /><button type="button" onClick={() => setUploader(second.uploader)}>Other</button></>
  }
  show(<Page />)
  await itemOf('first.txt')
  await userEvent.click(screen.getByRole('button', { name: 'Other' }))
  await itemOf('second.txt')
  expect(screen.queryByText('first.txt')).toBeNull()
})

test('of a form, named fields wait for what is on its way, and a reset that the page refused empties nothing', async () => {
  const { uploader, delivery } = createFakeServer()
  const { container } = show(<form onReset={(event) => event.preventDefault()}><DifyFileDrop uploader={uploader} name="files" /></form>)
  const form = container.querySelector('form')!
  expect(form.checkValidity()).toBe(true)
  pick([fileOf('a.txt')])
  const sent = await delivery('a.txt')
  await waitFor(() => expect(fileInput().validationMessage).toBe('Waiting for files to upload…'))
  sent.succeed()
  await waitFor(() => expect(form.checkValidity()).toBe(true))
  form.reset()
  expect(uploader.ids).toHaveLength(1)
})

test('a picker that was closed is no cancel of a dialog around', () => {
  const { uploader } = createFakeServer()
  const cancelled = vi.fn<() => void>()
  show(<dialog open onCancel={cancelled}><DifyFileDrop uploader={uploader} /></dialog>)
  fileInput().dispatchEvent(new Event('cancel', { bubbles: true }))
  expect(cancelled).not.toHaveBeenCalled()
})

test('Backspace that the text box has used for itself removes no file, nor does it beside a picture', async () => {
  const { uploader } = createFakeServer()
  uploader.add(fileOf('a.txt'))
  show(
    <DifyFileDrop uploader={uploader} layout="composer">
      <textarea aria-label="Own" onKeyDown={(event) => event.preventDefault()} />
      <div data-testid="rich" contentEditable suppressContentEditableWarning><img alt="smile" src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" /></div>
    </DifyFileDrop>,
  )
  await itemOf('a.txt')
  for (const box of [screen.getByRole('textbox', { name: 'Own' }), screen.getByTestId('rich')]) {
    box.focus()
    await userEvent.keyboard('{Backspace}')
  }
  expect(uploader.ids).toHaveLength(1)
})

test('a key that is held removes one file', async () => {
  const { uploader } = createFakeServer({ autoUpload: false })
  uploader.add([fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt')])
  show(<DifyFileDrop uploader={uploader} />)
  await itemOf('c.txt')
  button('Remove a.txt').focus()
  await userEvent.keyboard('{Delete>5/}')
  expect(uploader.ids).toHaveLength(2)
})

test('a drag that the surface was switched off in is over when it is on again', async () => {
  const { uploader } = createFakeServer()
  const { container, rerender } = show(<DifyFileDrop uploader={uploader} />)
  const root = container.querySelector<HTMLElement>('[data-dfd-part="root"]')!
  const files = transferOf([fileOf('a.txt')])
  drag('dragenter', root, files)
  await waitFor(() => expect(root.dataset['dragging']).toBeDefined())
  rerender(<DifyFileDrop uploader={uploader} disabled />)
  await waitFor(() => expect(root.dataset['dragging']).toBeUndefined())
  expect(drag('dragover', root, files).dataTransfer!.dropEffect).toBe('none')
  drag('dragleave', root, files)
  rerender(<DifyFileDrop uploader={uploader} />)
  await waitFor(() => expect(root.dataset['disabled']).toBeUndefined())
  await nextFrame()
  expect(root.dataset['dragging']).toBeUndefined()
  expect(uploader.ids).toEqual([])
})

test('a drop that somebody on the page keeps to themselves ends the drag', async () => {
  const { uploader } = createFakeServer()
  const { container } = show(<DifyFileDrop uploader={uploader} dropTarget="page" />)
  const editor = document.body.appendChild(document.createElement('div'))
  editor.addEventListener('drop', (event) => event.stopPropagation())
  const files = transferOf([fileOf('a.txt')])
  drag('dragenter', editor, files)
  drag('dragover', editor, files)
  await waitFor(() => expect(container.querySelector('[data-dfd-part="overlay"]')).not.toBeNull())
  drag('drop', editor, files)
  await waitFor(() => expect(container.querySelector('[data-dfd-part="overlay"]')).toBeNull())
  editor.remove()
})

test('what was begun in a row of one engine does not go on in the row of another', async () => {
  const [first, second] = [createFakeServer({ autoUpload: false }), createFakeServer({ autoUpload: false })]
  first.uploader.add(fileOf('one.txt'))
  second.uploader.add(fileOf('two.txt'))
  const { rerender } = show(<DifyFileDrop uploader={first.uploader} />)
  await itemOf('one.txt')
  button('Remove one.txt').focus()
  await userEvent.keyboard('{F2}')
  await userEvent.type(await screen.findByRole('textbox'), 'x')
  rerender(<DifyFileDrop uploader={second.uploader} />)
  await itemOf('two.txt')
  expect(screen.queryByRole('textbox')).toBeNull()
})

test('in a fieldset that is disabled nothing can be dropped', async () => {
  const { uploader } = createFakeServer()
  const { rerender } = show(<fieldset disabled><DifyFileDrop uploader={uploader} /></fieldset>)
  dropOn(zone(), transferOf([fileOf('a.txt')]))
  rerender(<fieldset><DifyFileDrop uploader={uploader} /></fieldset>)
  dropOn(zone(), transferOf([fileOf('b.txt')]))
  await itemOf('b.txt')
  expect(uploader.entries.map((it) => it.name)).toEqual(['b.txt'])
})
