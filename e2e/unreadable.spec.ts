import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, test, type APIRequestContext, type Page } from '@playwright/test'
import { chromiumLaunchOptions } from '../scripts/find-browser.mjs'
import { openChat, release, script, seenRequests, slowLine, storedFiles, type Chat } from './support/chat.js'
import type { LoggedRequest } from '../src/testing/index.js'
import { dropPaths } from './support/drop.js'
import { PDF, PNG, sha256 } from './support/files.js'

/*
 * Real files on a real disk, which goes on living between the pick and the upload: what is deleted, written to, locked or
 * replaced meanwhile is one row that says so and asks for the file again, and costs no other file anything.
 */

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unreadable-'))
})
test.afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** A name that no other run of these tests used: Dify keeps what it has. */
const unique = (name: string): string => name.replace('.', ` ${folder.slice(-6)}.`)

const CONTENT = Buffer.from('The words that were chosen.\n'.repeat(2000))
const GONE = /no longer there.*Choose it again/
/** A browser says the same of what it may not read and of what is another than it was. */
const CHANGED = /can’t be read.*changed after it was chosen.*locked.*Choose it again/

/** What happens to a file, and what is then said of it. */
const FATES: [what: string, happens: (path: string) => Promise<void>, words: RegExp][] = [
  ['deleted', (path) => rm(path), GONE],
  ['appended to', (path) => writeFile(path, 'more', { flag: 'a' }), CHANGED],
  ['cut short', (path) => truncate(path, 100), CHANGED],
  ['emptied', (path) => truncate(path, 0), CHANGED],
  ['written anew, of the same size', (path) => writeFile(path, Buffer.alloc(CONTENT.length, 'x')), CHANGED],
  ['replaced by a folder of its name', async (path) => {
    await rm(path)
    await mkdir(path)
  }, GONE],
]

/** Written an hour ago, like most files that people pick: Chromium tells the times of a file apart by the second. */
async function textFile(name: string, content = CONTENT): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  await utimes(path, new Date(), new Date(Date.now() - 3_600_000))
  return path
}

/** Presses the row's own button, and picks this file instead. */
async function chooseAgain(page: Page, chat: Chat, name: string, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await chat.item(name).getByRole('button', { name: /choose/i }).click()
  await (await chooser).setFiles(path)
}

/** The row says why, choosing the file again mends it, and the message holds both files, each once and byte for byte. */
async function isMended(page: Page, chat: Chat, request: APIRequestContext, name: string, words: RegExp): Promise<void> {
  const item = chat.item(name)
  await expect(item).toHaveAttribute('data-error-code', 'file_unreadable')
  await expect(item).toContainText(words)
  await expect(item.getByRole('button', { name: /try again|retry/i })).toHaveCount(0)
  await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
  await expect(chat.items).toHaveCount(2)
  expect((await storedFiles(request)).filter((file) => file.name === name)).toEqual([])

  await mkdir(join(folder, 'again'))
  const again = join(folder, 'again', name)
  await writeFile(again, `chosen again: ${name}`)
  await chooseAgain(page, chat, name, again)
  await expect(item).toHaveAttribute('data-state', 'uploaded')
  await expect(chat.items).toHaveCount(2)
  expect((await storedFiles(request)).filter((file) => file.name === name).map((file) => file.sha256)).toEqual([await sha256(again)])
  await chat.send('both')
  const answer = await chat.answer()
  expect(answer).toContain('2 files')
  expect(answer).toContain(await sha256(again))
  expect(answer).toContain(await sha256(PNG.path))
}

/** The last upload of a file of this size, as it came to Dify: its form is a little longer. */
async function uploadOf(request: APIRequestContext, size: number): Promise<LoggedRequest | undefined> {
  return (await seenRequests(request)).findLast((it) => Math.abs(Number(it.headers['content-length']) - size - 400) < 400)
}

/** No other test's. */
const MOVING = 6_123_456
const SLOW = 14_123_456

for (const [what, happens, words] of FATES) {
  test.describe(`a file that is ${what}`, () => {
    test('while it waits for the connection', async ({ page, context, request }) => {
      const name = unique(`offline ${what}.txt`)
      const chat = await openChat(page)
      await context.setOffline(true)
      const path = await textFile(name)
      await chat.pick([path, PNG.path])
      await expect(chat.item(name)).toHaveAttribute('data-state', 'waiting')
      await happens(path)
      await context.setOffline(false)
      await isMended(page, chat, request, name, words)
    })

    test('while it waits for its turn, dropped', async ({ page, request }) => {
      const name = unique(`queued ${what}.txt`)
      const busy = ['1', '2', '3'].map((n) => unique(`busy ${n} ${what}.txt`))
      const chat = await openChat(page)
      for (const each of busy) await script(request, { kind: 'stall', at: 'answer', name: each })
      const path = await textFile(name)
      await dropPaths(page, chat.textarea, [...(await Promise.all(busy.map((each) => textFile(each)))), path, PNG.path])
      await expect(chat.item(name)).toHaveAttribute('data-state', 'queued')
      await happens(path)
      for (const each of busy) {
        await release(request, each)
        await expect(chat.item(each)).toHaveAttribute('data-state', 'uploaded')
        await page.getByRole('button', { name: `Remove ${each}` }).click()
      }
      await isMended(page, chat, request, name, words)
    })
  })
}

test('a file that grows in the middle of its upload, as a log does, arrives as it was when it was chosen', async ({ page, request }) => {
  const name = unique('growing.log')
  const path = await textFile(name, Buffer.alloc(MOVING, 'old '))
  const chosen = await sha256(path)
  const chat = await openChat(page)
  const line = await slowLine(page, 500_000)
  await chat.pick(path)
  await expect.poll(async () => (await uploadOf(request, MOVING))?.bytesReceived ?? 0).toBeGreaterThan(500_000)
  await writeFile(path, Buffer.alloc(100_000, 'new '), { flag: 'a' })
  await line.restore()
  await expect(chat.item(name)).toHaveAttribute('data-state', 'uploaded')
  await chat.send('the log')
  expect(await chat.answer()).toContain(chosen)
})

test('a file whose permission is taken away can be chosen again once it is given back', async ({ request, baseURL }) => {
  // Root reads what nobody may, unless it gives up the right to.
  const isRoot = process.getuid?.() === 0
  const options = chromiumLaunchOptions()
  const wrapper = join(folder, 'chromium.sh')
  const program = options.executablePath ?? chromium.executablePath()
  await writeFile(wrapper, `#!/bin/sh\nexec setpriv --inh-caps=-dac_override,-dac_read_search --bounding-set=-dac_override,-dac_read_search '${program}' "$@"\n`, { mode: 0o755 })
  const browser = await chromium.launch({ ...options, ...(isRoot && { executablePath: wrapper }) })
  try {
    const context = await browser.newContext({ ...(baseURL !== undefined && { baseURL }), locale: 'en-US' })
    const page = await context.newPage()
    const chat = await openChat(page)
    await context.setOffline(true)
    const name = unique('locked.txt')
    const path = await textFile(name)
    await chat.pick([path, PNG.path])
    await expect(chat.item(name)).toHaveAttribute('data-state', 'waiting')
    await chmod(path, 0o000)
    await context.setOffline(false)
    await isMended(page, chat, request, name, CHANGED)
  } finally {
    await browser.close()
  }
})

test('a file that is listed and cannot be read, as one that a cloud drive has not fetched', async ({ page, request }) => {
  // A file of the system that has a size, and gives an error to whoever reads it.
  const unreadable = '/sys/class/net/lo/speed'
  expect((await stat(unreadable)).size, 'a Linux with its /sys').toBe(4096)
  const chat = await openChat(page)
  const name = unique('in the cloud.txt')
  await symlink(unreadable, join(folder, name))
  await chat.pick([join(folder, name), PNG.path])
  await isMended(page, chat, request, name, CHANGED)
})

test('bytes that do not come for a while are shown as stalled, not as lost, and the file goes on when they do', async ({ page, request }) => {
  const name = unique('stalled.txt')
  await script(request, { kind: 'stall', after: 2_000_000, name })
  await page.clock.install()
  const chat = await openChat(page)
  await chat.pick([await textFile(name, Buffer.alloc(SLOW, 'slow ')), PNG.path])
  await expect.poll(async () => (await uploadOf(request, SLOW))?.bytesReceived ?? 0).toBeGreaterThan(1_900_000)
  await expect(chat.item(name)).toHaveAttribute('data-state', 'uploading')
  await expect(chat.item(name)).not.toHaveAttribute('data-stalled')
  // The browser may tell of its last bytes only now, and with them the time begins anew.
  await expect(async () => {
    await page.clock.runFor(11_000)
    await expect(chat.item(name)).toHaveAttribute('data-stalled', { timeout: 1000 })
  }).toPass({ timeout: 10_000 })
  await expect(chat.item(name)).toHaveAttribute('data-state', 'uploading')
  await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
  await release(request, name)
  await expect(chat.item(name)).toHaveAttribute('data-state', 'uploaded', { timeout: 20_000 })
  await expect(chat.items).toHaveCount(2)
  expect((await storedFiles(request)).filter((file) => file.name === name)).toHaveLength(1)
})

test.describe('a file larger than memory', () => {
  const THIRTY_GIGABYTES = 30 * 1024 ** 3

  async function sparse(name: string, size = THIRTY_GIGABYTES): Promise<string> {
    const path = join(folder, name)
    await writeFile(path, '')
    await truncate(path, size)
    expect((await stat(path)).blocks).toBeLessThan(100)
    return path
  }

  test('over the limit: refused at once by its size, and not read', async ({ page, request }) => {
    const chat = await openChat(page)
    await dropPaths(page, chat.textarea, [await sparse('endless.mp4', THIRTY_GIGABYTES + 1000), PDF.path])
    await expect(chat.item('endless.mp4')).toHaveAttribute('data-error-code', 'file_too_large')
    await expect(chat.item('endless.mp4')).toContainText(/30 GB is over .* 100 MB limit for videos/)
    await expect(chat.item(PDF.name)).toHaveAttribute('data-state', 'uploaded')
    await expect(chat.items).toHaveCount(2)
    expect(await uploadOf(request, THIRTY_GIGABYTES + 1000)).toBeUndefined()
  })

  test('within the limit: streamed, never held, and gone from the wire when it is removed', async ({ page, request }) => {
    test.slow()
    const name = unique('boundless.mp4')
    await script(request, { kind: 'stall', after: 200_000_000, name })
    const chat = await openChat(page, '/?app=any-size&sniff=warn&preview=1')
    const before = await memoryOf(page)
    await chat.pick([await sparse(name), PNG.path])
    await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
    const upload = () => uploadOf(request, THIRTY_GIGABYTES)
    await expect.poll(async () => (await upload())?.bytesReceived ?? 0, { timeout: 60_000 }).toBeGreaterThan(190_000_000)
    const during = await memoryOf(page)
    expect(during.heap - before.heap).toBeLessThan(10_000_000)
    if (before.resident !== null && during.resident !== null) expect(during.resident - before.resident).toBeLessThan(150_000_000)
    await expect(chat.item(name)).toHaveAttribute('data-state', 'uploading')

    await page.getByRole('button', { name: `Remove ${name}` }).click()
    await expect(chat.items).toHaveCount(1)
    // Nobody hears a sender leave while nobody reads what it sent.
    await release(request, name)
    await expect.poll(async () => (await upload())?.outcome).toBe('aborted')
    expect((await upload())!.bytesReceived).toBeLessThan(400_000_000)
    await chat.send('still here')
    expect(await chat.answer()).toContain(await sha256(PNG.path))
  })
})

/** Bytes of the page's heap after a collection, and of memory that its process holds (Linux only). */
async function memoryOf(page: Page): Promise<{ heap: number; resident: number | null }> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize: heap } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  const root = await page.context().browser()!.newBrowserCDPSession()
  const { processInfo } = await root.send('SystemInfo.getProcessInfo')
  await root.detach()
  let resident = 0
  for (const { id, type } of processInfo) {
    if (type !== 'renderer' && type !== 'browser') continue
    const text = await readFile(`/proc/${id}/status`, 'utf8').catch(() => null)
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(text ?? '')?.[1]
    if (kilobytes === undefined) return { heap, resident: null }
    resident += Number(kilobytes) * 1024
  }
  return { heap, resident }
}
