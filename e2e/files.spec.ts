import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { openChat, storedFiles } from './support/chat.js'
import { dragFiles, dropPaths, pasteFiles } from './support/drop.js'
import { FOLDER, GIF, JPEG, MARKDOWN, MP3, PDF, PNG, sha256, SVG } from './support/files.js'

/*
 * Rules from the app itself, and files made fit before they leave: a flow for each feature, with files that real programs
 * made. The demo's query switches features on, and speaks to apps that are set up otherwise (demo/scenario.ts).
 */

const at = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))
/** 4000 × 3000, lying on its side, taken at 52.5° N. */
const PHOTO = at('landscape.jpg')
const HEIC = at('photo.heic')

/** What Dify has: the bytes of the file whose hash the answer names. */
async function bytesOf(request: APIRequestContext, name: string): Promise<Buffer> {
  const file = (await storedFiles(request)).findLast((it) => it.name === name)
  expect(file, `${name} is at Dify`).toBeDefined()
  return (await request.post('/__emulator/bytes', { data: { sha256: file!.sha256 } })).body()
}

/** Width and height as a browser shows the picture, and the place where it was taken, if it says. */
async function pictureIn(page: Page, bytes: Buffer): Promise<{ width: number; height: number; hasExif: boolean }> {
  const size = await page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (it) => it.codePointAt(0) ?? 0)]))
    return { width: bitmap.width, height: bitmap.height }
  }, bytes.toString('base64'))
  return { ...size, hasExif: bytes.includes('Exif\0\0') || bytes.includes('GPS') }
}

test.describe('pictures are made fit for a model', () => {
  test('12 megapixels over the limit, with a place in them: uploaded, smaller, upright, without it', async ({ page, request }) => {
    const chat = await openChat(page, '/?prepare=1')
    const photo = await readFile(PHOTO)
    expect(photo.includes('Exif\0\0')).toBe(true)
    // As large as a phone's: what follows a picture's end is nobody's, and counts.
    const folder = await mkdtemp(join(tmpdir(), 'photo-'))
    await writeFile(join(folder, 'holiday.jpg'), Buffer.concat([photo, Buffer.alloc(13_000_000 - photo.length, 'x')]))
    await chat.pick(join(folder, 'holiday.jpg'))
    await expect(chat.item('holiday.jpg')).toHaveAttribute('data-state', 'uploaded', { timeout: 20_000 })
    await rm(folder, { recursive: true })
    await expect(chat.item('holiday.jpg')).toContainText(/12 MB → [\d.,]+ [kM]B/)

    const stored = await bytesOf(request, 'holiday.jpg')
    expect(stored.length).toBeLessThan(2_000_000)
    const { width, height, hasExif } = await pictureIn(page, stored)
    expect(hasExif).toBe(false)
    expect(width * height).toBeLessThanOrEqual(2048 * 2048)
    expect(width / height).toBeCloseTo(3 / 4, 2)
    // The original is over the app's limit, so it is not offered.
    await expect(page.getByRole('button', { name: /original/ })).toHaveCount(0)
  })

  test('the original comes back by one press', async ({ page, request }) => {
    const chat = await openChat(page, '/?prepare=1')
    const original = Buffer.concat([await readFile(JPEG.path), Buffer.from(`${Date.now()}`)])
    await chat.pick({ name: 'as it was.jpg', mimeType: 'image/jpeg', buffer: original })
    await expect(chat.item('as it was.jpg')).toHaveAttribute('data-state', 'uploaded')
    expect((await bytesOf(request, 'as it was.jpg')).includes('Exif\0\0')).toBe(false)
    await page.getByRole('button', { name: 'Use the original of as it was.jpg' }).click()
    await expect(page.getByRole('button', { name: /original/ })).toHaveCount(0)
    await expect(chat.item('as it was.jpg')).toHaveAttribute('data-state', 'uploaded')
    expect((await bytesOf(request, 'as it was.jpg')).equals(original)).toBe(true)
    await expect(chat.items).toHaveCount(1)
  })

  test('a HEIC from a phone becomes a JPEG without its place', async ({ page, request }) => {
    const chat = await openChat(page, '/?prepare=1')
    await chat.pick(HEIC)
    await expect(chat.item('photo.jpg')).toHaveAttribute('data-state', 'uploaded', { timeout: 30_000 })
    const stored = await bytesOf(request, 'photo.jpg')
    expect(stored.subarray(0, 3).toString('hex')).toBe('ffd8ff')
    expect(await pictureIn(page, stored)).toEqual({ width: 300, height: 400, hasExif: false })
  })

  test('what moves or is drawn stays as it is, byte for byte', async ({ page }) => {
    const chat = await openChat(page, '/?prepare=1&sniff=warn')
    await chat.pick([GIF.path, SVG.path])
    await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(2)
    await expect(page.locator('[data-note]')).toHaveCount(0)
    await chat.send()
    const answer = await chat.answer()
    expect(answer).toContain(await sha256(GIF.path))
    expect(answer).toContain(await sha256(SVG.path))
  })
})

test.describe('what a file is, and what it is called', () => {
  test('a PDF called .png is on its way at once, is warned of, and gets its name by one press', async ({ page }) => {
    const chat = await openChat(page, '/?sniff=warn')
    await chat.pick({ name: 'photo.png', mimeType: 'image/png', buffer: await readFile(PDF.path) })
    await expect(chat.item('photo.png').locator('[data-note="content-differs"]')).toHaveText(/PDF/)
    await expect(chat.item('photo.png')).toHaveAttribute('data-state', 'uploaded')
    await page.getByRole('button', { name: 'Rename to photo.pdf, now photo.png' }).press('Enter')
    await expect(chat.item('photo.pdf')).toHaveAttribute('data-state', 'uploaded')
    await expect(page.getByRole('button', { name: 'Remove photo.pdf' })).toBeFocused()
    await expect(page.locator('[data-note="content-differs"]')).toHaveCount(0)
    await chat.send()
    const answer = await chat.answer()
    expect(answer).toContain('photo.pdf (document')
    expect(answer).toContain(await sha256(PDF.path))
    expect(answer).toContain('1 file')
  })

  test('a program called .jpg is refused where the page says so, and stops no other file', async ({ page, request }) => {
    const chat = await openChat(page, '/?sniff=refuse')
    await chat.pick([{ name: 'cat.jpg', mimeType: 'image/jpeg', buffer: program() }, { name: 'notes.md', mimeType: '', buffer: await readFile(MARKDOWN.path) }])
    await expect(chat.item('cat.jpg')).toHaveAttribute('data-error-code', 'content_mismatch')
    await expect(chat.item('cat.jpg')).toContainText('the content is EXE')
    await expect(chat.item('notes.md')).toHaveAttribute('data-state', 'uploaded')
    expect((await storedFiles(request)).some((it) => it.name === 'cat.jpg')).toBe(false)
  })

  test('a second drop while the first is looked at loses nothing', async ({ page }) => {
    const chat = await openChat(page, '/?sniff=refuse&prepare=1')
    await dropPaths(page, chat.textarea, [PNG.path, PDF.path, PHOTO])
    await dropPaths(page, chat.textarea, [GIF.path, MARKDOWN.path])
    await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(5, { timeout: 20_000 })
  })

  test('a name is changed in place before it is sent', async ({ page }) => {
    const chat = await openChat(page)
    await page.route('**/files/upload', (route) => route.fulfill({ status: 400, json: { code: 'invalid_param', message: '', status: 400 } }), { times: 1 })
    await chat.pick({ name: 'draft.txt', mimeType: 'text/plain', buffer: Buffer.from('words') })
    await expect(chat.item('draft.txt')).toHaveAttribute('data-state', 'failed')
    await page.getByRole('button', { name: 'Rename draft.txt' }).click()
    await page.keyboard.type('final')
    await page.keyboard.press('Enter')
    await expect(chat.item('final.txt')).toHaveAttribute('data-state', 'uploaded')
  })

  test('a name that Dify would not keep is made fit, and shown as it will be stored', async ({ page }) => {
    const chat = await openChat(page)
    await dropFilesNamed(page, 'what?.txt')
    const item = chat.items.first()
    await expect(item).toHaveAttribute('data-state', 'uploaded')
    await expect(item.locator('[data-note="renamed"]')).toContainText('what?.txt')
    await chat.send()
    const name = await page.getByRole('list', { name: 'Sent attachments' }).locator('span[title]').getAttribute('title')
    expect(name).not.toContain('?')
    expect(await chat.answer()).toContain(name!)
  })

  test('the same file twice: kept, told, and gone by one press', async ({ page }) => {
    const chat = await openChat(page)
    await chat.pick(PNG.path)
    await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
    await chat.pick(PNG.path)
    await expect(chat.items).toHaveCount(2)
    await expect(chat.items.last()).toContainText('Already in the list')
    await page.getByRole('button', { name: `Remove the copy of ${PNG.name}` }).click()
    await expect(chat.items).toHaveCount(1)
    await expect(page.locator('[data-note]')).toHaveCount(0)
  })
})

test.describe('other ways in', () => {
  test('a link, by the form and by pasting it, goes into the message as one', async ({ page, request }) => {
    const chat = await openChat(page, '/?links=1')
    await openLinkForm(page)
    await page.keyboard.type('https://files.example/annual%20report.pdf')
    await page.keyboard.press('Enter')
    await expect(chat.item('annual report.pdf')).toHaveAttribute('data-state', 'uploaded')
    await expect(chat.textarea).toBeFocused()
    await expect(chat.item('annual report.pdf')).toContainText('Link')
    const trigger = page.getByRole('button', { name: 'Attach files' })
    expect((await pasteFiles(page, trigger, [], { text: 'https://files.example/chart.png' })).isTaken).toBe(true)
    expect((await pasteFiles(page, chat.textarea, [], { text: 'https://files.example/text.png' })).isTaken).toBe(false)
    await expect(chat.items).toHaveCount(2)
    await chat.send()
    const answer = await chat.answer()
    expect(answer).toContain('annual report.pdf (document, https://files.example/annual%20report.pdf)')
    expect(answer).toContain('chart.png (image, https://files.example/chart.png)')
    expect((await storedFiles(request)).some((it) => it.name === 'annual report.pdf')).toBe(false)
  })

  test('what is no web address is said to be none, and other schemes are not followed', async ({ page }) => {
    const chat = await openChat(page, '/?links=1')
    await openLinkForm(page)
    await page.keyboard.type('javascript:alert(1)')
    await page.keyboard.press('Enter')
    await expect(page.getByText('This is no web address.')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(chat.items).toHaveCount(0)
  })

  test('an app that takes no links offers none', async ({ page }) => {
    await openChat(page, '/?links=1&app=local-only')
    await expect(page.locator('[data-dfd-part="hint"]')).toContainText('10 files at most')
    await expect(page.getByRole('button', { name: 'Add a link' })).toHaveCount(0)
  })

  test('a folder is walked: everything in it comes, with nothing that a system left lying about', async ({ page }) => {
    const chat = await openChat(page, '/?directory=1')
    await dropPaths(page, chat.textarea, [await FOLDER.make(), PNG.path])
    await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(FOLDER.files.length + 1)
    await expect(chat.items).toHaveCount(FOLDER.files.length + 1)
    await expect(chat.item('DS_Store')).toHaveCount(0)
    await chat.send()
    const answer = await chat.answer()
    for (const file of [MARKDOWN, JPEG, MP3, PNG]) expect(answer).toContain(await sha256(file.path))
  })
})

test.describe('the app says what it takes', () => {
  test('documents only: in words, in the picker, in the drag cue, and at the door', async ({ page }) => {
    const chat = await openChat(page, '/?app=documents-only')
    await expect(page.getByRole('button', { name: 'Attach files' })).toHaveAccessibleDescription('Documents up to 15 MB, 2 files at most.')
    const accept = await page.locator('input[type=file]').getAttribute('accept')
    expect(accept).toContain('.pdf')
    expect(accept).not.toContain('image')
    const drag = await dragFiles(page, chat.textarea, [PNG.path])
    await expect(page.locator('[data-dfd-part="overlay"]')).toHaveAttribute('data-dragging', 'reject')
    await drag.leave()
    await chat.pick([PNG.path, PDF.path])
    await expect(chat.item(PNG.name)).toContainText('This app does not take .png files, only documents.')
    await expect(chat.item(PDF.name)).toHaveAttribute('data-state', 'uploaded')
    await chat.send()
    expect(await chat.answer()).toContain('report.pdf (document')
  })

  test('files that come before the rules wait for them, and are judged by them', async ({ page }) => {
    let tell: () => void = () => undefined
    await page.route('**/parameters', async (route) => {
      await new Promise<void>((resolve) => (tell = resolve))
      await route.continue()
    })
    const chat = await openChat(page, '/?app=documents-only')
    await chat.pick([PNG.path, PDF.path])
    await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'queued')
    tell()
    await expect(chat.item(PNG.name)).toHaveAttribute('data-error-code', 'kind_not_allowed')
    await expect(chat.item(PDF.name)).toHaveAttribute('data-state', 'uploaded')
  })

  test('no limit is set: any number of documents, three images, and the message goes through', async ({ page }) => {
    const chat = await openChat(page, '/?app=images-counted')
    const named = (name: string, buffer: Buffer) => ({ name, mimeType: '', buffer })
    const [png, pdf] = [await readFile(PNG.path), await readFile(PDF.path)]
    await chat.pick([...['1.png', '2.png', '3.png', '4.png', '5.png'].map((it) => named(it, png)), ...['1.pdf', '2.pdf', '3.pdf', '4.pdf'].map((it) => named(it, pdf))])
    await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(7)
    await expect(page.locator('[data-error-code="too_many_attachments"]')).toContainText('2 images were not added, because this app takes 3 images in a message')
    await chat.send()
    expect(await chat.answer()).toContain('I received 7 files')
  })

  test('an app that ignores its pictures is warned of', async ({ page }) => {
    const warnings: string[] = []
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()))
    await openChat(page, '/?app=images-legacy')
    await expect(page.locator('[data-dfd-part="hint"]')).toContainText('Dify ignores')
    await expect.poll(() => warnings.filter((it) => it.includes('legacy image upload'))).toHaveLength(1)
  })

  test('an input variable of a workflow: its rules, and its shape', async ({ page }) => {
    const chat = await openChat(page, '/?app=workflow')
    await expect(page.getByRole('button', { name: 'Attach files' })).toHaveAccessibleDescription('Documents up to 15 MB, 1 file at most.')
    await expect(page.locator('input[type=file]')).not.toHaveAttribute('multiple')
    await chat.pick(PDF.path)
    await expect(chat.item(PDF.name)).toHaveAttribute('data-state', 'uploaded')
    await chat.send('Read it')
    const answer = await chat.answer()
    expect(answer).toContain('contract: report.pdf (document')
    expect(answer).toContain(await sha256(PDF.path))
  })
})

/** The start of a Windows program: a DOS header that points to a PE one. */
function program(): Buffer {
  const bytes = Buffer.alloc(600, 0x9c)
  bytes.write('MZ', 0, 'latin1')
  bytes.writeUInt32LE(0x80, 0x3c)
  bytes.write('PE\0\0', 0x80, 'latin1')
  return bytes
}

/** The button stands in the composer, or in its menu of more ways. */
async function openLinkForm(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Add a link' })
  const more = page.getByRole('button', { name: /more ways/i })
  await expect(button.or(more).first()).toBeVisible()
  if (await button.count() > 0) await button.click()
  else {
    await more.click()
    await page.getByRole('menuitem', { name: 'Add a link' }).click()
  }
  await expect(page.getByRole('textbox', { name: 'Web address of a file' })).toBeFocused()
}

/** Drops a file whose name no file system here could hold. */
async function dropFilesNamed(page: Page, name: string): Promise<void> {
  await page.locator('textarea').evaluate((element, name) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['words'], name, { type: 'text/plain' }))
    for (const type of ['dragenter', 'dragover', 'drop']) element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  }, name)
}
