import { mkdir, writeFile } from 'node:fs/promises'
import { expect, type APIRequestContext } from '@playwright/test'
import { release, script, seenRequests } from '../support/chat.js'
import { GIF, JPEG, MARKDOWN, PDF, PNG, sha256 } from '../support/files.js'
import { openAs } from './person.js'
import type { SmokeTest } from './smokeTest.js'

/**
 * What must work in every browser. Each title is a row of the table in docs/browsers.md, so it names what a browser can do.
 */
export function flows(test: SmokeTest): void {
  test('Drop: files let go anywhere on the page arrive, byte for byte', async ({ visitor }) => {
    const person = await openAs(visitor)
    await person.drag('drop', 'main', [PNG.path, PDF.path])
    await person.sees('uploaded', PNG.name, PDF.name)
    await person.send('What is in these?')
    const answer = await person.answer()
    for (const file of [PNG, PDF]) expect(answer).toContain(await sha256(file.path))
  })

  test('Pick: files from the dialog arrive, byte for byte, and the focus is back in the text', async ({ visitor }) => {
    const person = await openAs(visitor)
    await person.pick(MARKDOWN.path, GIF.path)
    await person.sees('uploaded', MARKDOWN.name, GIF.name)
    await expect.poll(person.focused).toBe('Message')
    await person.send('And these?')
    const answer = await person.answer()
    for (const file of [MARKDOWN, GIF]) expect(answer).toContain(await sha256(file.path))
  })

  test('Paste: a picture pasted into the text becomes an attachment, with a thumbnail', async ({ visitor }) => {
    const person = await openAs(visitor)
    await person.drag('paste', 'textarea', [PNG.path])
    await person.sees('uploaded', PNG.name)
    const width = (): Promise<number> => visitor.run(() => document.querySelector<HTMLImageElement>('[data-dfd-part="item"] img')?.naturalWidth ?? 0)
    await expect.poll(width).toBeGreaterThan(0)
    await person.send('Look')
    expect(await person.answer()).toContain(await sha256(PNG.path))
  })

  test('Progress: it is measured, only grows, and is not done before Dify answered', async ({ visitor, request }, testInfo) => {
    const file = await large(testInfo, 'progress', 40_000_000)
    // Dify stops reading after a fifth; what the systems' buffers take beyond is still far from all.
    await script(request, { kind: 'stall', after: file.size / 5, name: file.name })
    const person = await openAs(visitor)
    await person.watch()
    await person.pick(file.path)
    const values = async () => (await person.watched()).filter((it) => /^(uploading|finishing) \d/.test(it)).map((it) => Number(it.split(' ')[1]))
    await expect.poll(async () => (await values()).at(-1) ?? 0, { timeout: 15_000 }).toBeGreaterThanOrEqual(20)
    expect((await values()).at(-1)).toBeLessThan(100)
    await person.sees('uploading', file.name)
    await release(request, file.name)
    await person.sees('uploaded', file.name)
    expect(await values()).toEqual((await values()).toSorted((a, b) => a - b))
    expect((await person.watched()).at(-1)).toBe('uploaded -')
  })

  test('Cancel: removing a file on its way stops the network', async ({ visitor, request }, testInfo) => {
    const file = await large(testInfo, 'cancel', 40_000_000)
    await script(request, { kind: 'slow', bytesPerSecond: 5_000_000, name: file.name })
    const known = (await seenRequests(request)).length
    const person = await openAs(visitor)
    const uploads = async () => (await seenRequests(request)).slice(known).filter((it) => it.bytesReceived > 100_000)
    await person.pick(file.path)
    await expect.poll(async () => (await uploads()).some((it) => it.outcome === 'reading')).toBe(true)
    await person.pressButton(`Remove ${file.name}`)
    await person.sees('gone')
    // What the systems' buffers hold by then (some MB) is still read, at the slow rate.
    await expect.poll(async () => (await uploads()).some((it) => it.outcome === 'aborted' && it.bytesReceived < file.size / 2), { timeout: 15_000 }).toBe(true)
  })

  test('Send: pressed too early it waits, says why, and goes with the file', async ({ visitor, request }, testInfo) => {
    const file = await large(testInfo, 'send')
    await script(request, { kind: 'stall', name: file.name })
    const person = await openAs(visitor)
    await person.type('Hold on')
    await person.pick(file.path)
    await person.pressButton('Send')
    const page = () => visitor.run(() => ({ sent: document.querySelectorAll('.chat-message').length, status: document.querySelector('.composer-status')?.textContent ?? '' }))
    await expect.poll(page).toEqual({ sent: 0, status: expect.stringMatching(/\w/) })
    await release(request, file.name)
    expect(await person.answer()).toContain(await sha256(file.path))
    await person.sees('gone')
  })

  test('Keyboard: attach, remove and send with keys alone', async ({ visitor }) => {
    const person = await openAs(visitor)
    await visitor.run(() => {
      // The dialog itself is the system's: a driver cannot close every one.
      document.querySelector('input[type=file]')!.addEventListener('click', (event) => {
        event.preventDefault()
        document.body.setAttribute('data-asked-for-files', '')
      })
    })
    await person.pick(PNG.path, PDF.path)
    await person.sees('uploaded', PNG.name, PDF.name)
    await person.tabTo('Attach files', 'Shift+Tab')
    await visitor.press('Enter')
    await expect.poll(() => visitor.run(() => document.body.hasAttribute('data-asked-for-files'))).toBe(true)
    await person.tabTo(`Remove ${PNG.name}`, 'Shift+Tab')
    await visitor.press('Enter')
    await expect.poll(person.focused).toBe(`Remove ${PDF.name}`)
    await person.tabTo('Message')
    await person.type('Keys only')
    await visitor.press('Enter')
    const answer = await person.answer()
    expect(answer).toContain(await sha256(PDF.path))
    expect(answer).not.toContain(PNG.name)
    expect(answer).toContain('Keys only')
  })

  test('Early refusal: said while 20 MB are still on their way, it is shown, not a network error', async ({ visitor, request }, testInfo) => {
    const file = await large(testInfo, 'refused', 20 * 1024 * 1024)
    await script(request, { kind: 'status', status: 413, code: 'file_too_large', early: true, name: file.name })
    const person = await openAs(visitor)
    await person.pick(file.path)
    await expect.poll(async () => (await person.chips()).map((it) => it.error), { timeout: 20_000 }).toEqual(['file_too_large'])
  })

  test('Again: a server that is away for a moment is asked once more, without a hand', async ({ visitor, request }, testInfo) => {
    const file = await large(testInfo, 'again', 1000)
    await script(request, { kind: 'status', status: 503, retryAfter: 1, name: file.name })
    const person = await openAs(visitor)
    await person.watch()
    await person.pick(file.path)
    await person.sees('uploaded', file.name)
    const states = (await person.watched()).map((it) => it.split(' ')[0])
    expect(states).toContain('waiting')
  })

  test('Photos: made smaller and upright, without the place they were taken at', async ({ visitor, request }) => {
    const person = await openAs(visitor, '/?prepare=1')
    await person.pick(JPEG.path)
    await person.sees('uploaded', JPEG.name)
    expect((await newestBytes(request, JPEG.name)).includes('Exif\0\0')).toBe(false)
  })

  test('Drafts: files survive a reload', async ({ visitor }) => {
    const person = await openAs(visitor, '/?draft=1')
    await person.pick(PDF.path)
    await person.sees('uploaded', PDF.name)
    // It is written beside the upload; there is nothing on the page to wait for.
    await expect.poll(() => visitor.run(async () => (await indexedDB.databases()).length)).toBeGreaterThan(0)
    const later = await openAs(visitor, '/?draft=1')
    await later.sees('uploaded', PDF.name)
    await later.send('Still here?')
    expect(await later.answer()).toContain(await sha256(PDF.path))
  })
}

/** A file that takes a while, of a name that no other test has: the Dify in memory is shared. */
async function large(testInfo: { project: { name: string }; outputPath: (name: string) => string; outputDir: string }, what: string, size = 12_000_000): Promise<{ name: string; path: string; size: number }> {
  const name = `${what} in ${testInfo.project.name}.mp4`
  const path = testInfo.outputPath(name)
  await mkdir(testInfo.outputDir, { recursive: true })
  await writeFile(path, Buffer.alloc(size, name))
  return { name, path, size }
}

async function newestBytes(request: APIRequestContext, name: string): Promise<Buffer> {
  const files = (await (await request.post('/__emulator/files')).json()) as { name: string; sha256: string }[]
  const { sha256 } = files.findLast((it) => it.name === name)!
  return (await request.post('/__emulator/bytes', { data: { sha256 } })).body()
}
