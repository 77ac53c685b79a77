import { expect, test, type Page } from '@playwright/test'
import { openChat, script, slowLine, storedFiles } from './support/chat.js'
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
