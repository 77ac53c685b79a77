import { expect, test, type Page } from '@playwright/test'
import { openChat, release, script, seenRequests, slowLine, storedFiles } from './support/chat.js'
import { openRawPage } from './support/rawPage.js'
import { MARKDOWN, ONE_MEGABYTE_PNG, PDF, sha256 } from './support/files.js'

/*
 * What a browser does to a tab that nobody has looked at for a while, and a laptop to all of them: no script runs, no
 * timer fires, and what happened meanwhile is not told afterwards.
 */

/** Stops the page as the browser would; the function returned wakes it. */
async function freeze(page: Page): Promise<() => Promise<void>> {
  const browser = await page.context().newCDPSession(page)
  await browser.send('Page.setWebLifecycleState', { state: 'frozen' })
  return async () => void (await browser.send('Page.setWebLifecycleState', { state: 'active' }))
}

test('a page that is frozen in the middle of an upload goes on with it when it wakes', async ({ page, request }) => {
  const chat = await openChat(page)
  const line = await slowLine(page, 200_000)
  const path = await ONE_MEGABYTE_PNG.make()
  await chat.pick(path)
  await expect(chat.item(ONE_MEGABYTE_PNG.name)).toHaveAttribute('data-state', 'uploading')
  const wake = await freeze(page)
  await line.restore()
  await wake()
  await expect(chat.item(ONE_MEGABYTE_PNG.name)).toHaveAttribute('data-state', 'uploaded', { timeout: 20_000 })
  const hash = await sha256(path)
  expect((await storedFiles(request)).filter((file) => file.sha256 === hash)).toHaveLength(1)
  await chat.send('woken')
  expect(await chat.answer()).toContain(hash)
})

test('the connection that came back while the page was frozen is noticed when it wakes', async ({ page, context }) => {
  const chat = await openChat(page)
  await context.setOffline(true)
  await chat.pick(PDF.path)
  await expect(chat.item(PDF.name)).toHaveAttribute('data-state', 'waiting')
  const wake = await freeze(page)
  await context.setOffline(false)
  await wake()
  await expect(chat.item(PDF.name)).toHaveAttribute('data-state', 'uploaded')
})

test('a retry that came due while the page was frozen is made when it wakes', async ({ page, request }) => {
  const chat = await openChat(page)
  await script(request, { kind: 'status', status: 503, retryAfter: 1, name: 'slept.md' })
  await page.locator('[data-dfd-part="input"]').setInputFiles({ name: 'slept.md', mimeType: 'text/markdown', buffer: Buffer.from(await sha256(MARKDOWN.path)) })
  await expect(chat.item('slept.md')).toHaveAttribute('data-state', 'waiting')
  const wake = await freeze(page)
  await wake()
  await expect(chat.item('slept.md')).toHaveAttribute('data-state', 'uploaded')
})

test('a page that the browser kept while its person was elsewhere goes on with its files when they come back', async ({ baseURL, request }) => {
  const page = await openRawPage()
  const states = () => page.evaluate(`[...document.querySelectorAll('[data-dfd-part="item"]')].map((it) => it.dataset.state).join()`)
  const pick = async (path: string) => {
    const { root } = (await page.send('DOM.getDocument')) as { root: { nodeId: number } }
    const { nodeId } = await page.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'input[type=file]' })
    await page.send('DOM.setFileInputFiles', { nodeId, files: [path] })
  }
  const setOffline = (offline: boolean) => page.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 })
  try {
    await page.send('Network.enable')
    await page.send('Page.navigate', { url: `${baseURL}/` })
    await expect.poll(() => page.evaluate(`document.querySelector('input[type=file]') !== null`)).toBe(true)
    await page.evaluate(`addEventListener('pageshow', ({ persisted }) => (document.title = persisted ? 'kept' : 'new'))`)
    const path = await ONE_MEGABYTE_PNG.make()
    const hash = await sha256(path)
    const stored = async () => (await storedFiles(request)).filter((file) => file.sha256 === hash).length
    await pick(PDF.path)
    await expect.poll(states).toBe('uploaded')
    const before = await stored()
    await setOffline(true)
    await pick(path)
    await expect.poll(states).toBe('uploaded,waiting')
    await page.send('Page.navigate', { url: 'about:blank' })
    await expect.poll(() => page.evaluate('location.href')).toBe('about:blank')
    await setOffline(false)
    await page.evaluate('history.back()')
    await expect.poll(() => page.evaluate('document.title')).toBe('kept')
    await expect.poll(states).toBe('uploaded,uploaded')
    expect(await stored()).toBe(before + 1)
  } finally {
    await page.close()
  }
})

test('a tab that is behind others goes on with its files when the connection is back', async ({ page, context }) => {
  const chat = await openChat(page)
  await page.evaluate(() => {
    // Headless, every tab is in front.
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })
    Object.defineProperty(document, 'hidden', { get: () => true })
    globalThis.requestAnimationFrame = () => 0
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await context.setOffline(true)
  await chat.pick(PDF.path)
  await expect(chat.item(PDF.name)).toHaveAttribute('data-state', 'waiting')
  await expect(chat.item(PDF.name)).toContainText(/waiting for the connection/i)
  await context.setOffline(false)
  await expect(chat.item(PDF.name)).toHaveAttribute('data-state', 'uploaded')
})

test('behind a service worker, which hides all progress, a file that takes longer than a stall is not taken for one', async ({ page, context, request }) => {
  await context.route('**/passing.js', (route) => route.fulfill({
    contentType: 'text/javascript',
    body: `addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => event.respondWith(fetch(event.request)))`,
  }))
  await page.clock.install()
  const chat = await openChat(page)
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/passing.js')
    if (navigator.serviceWorker.controller === null) await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
  })
  const name = 'behind a worker.bin'
  await script(request, { kind: 'stall', at: 'answer', name })
  await chat.pick({ name, mimeType: 'application/octet-stream', buffer: Buffer.alloc(3_000_000, name) })
  const item = chat.item(name)
  await expect(item).toHaveAttribute('data-state', 'uploading')
  const uploads = async () => (await seenRequests(request)).filter((it) => Math.abs(Number(it.headers['content-length']) - 3_000_400) < 400 || it.bytesReceived > 3_000_000).length
  await expect.poll(uploads).toBeGreaterThan(0)
  const before = await uploads()
  await page.clock.runFor(170_000)
  await expect(item).toHaveAttribute('data-state', 'uploading')
  await expect(item).not.toHaveAttribute('data-stalled')
  // No figure that would be made up.
  await expect(item.getByRole('progressbar')).not.toHaveAttribute('aria-valuenow')
  await release(request, name)
  await expect(item).toHaveAttribute('data-state', 'uploaded')
  expect(await uploads()).toBe(before)
})
