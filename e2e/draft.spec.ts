import { expect, test, type Page } from '@playwright/test'
import { openChat, script } from './support/chat.js'
import { MARKDOWN, PDF, PNG, sha256 } from './support/files.js'

/** As a person's own file, by a name that no other test has trouble for. */
async function named(path: string, name: string) {
  const { readFile } = await import('node:fs/promises')
  return { name, mimeType: 'application/octet-stream', buffer: await readFile(path) }
}

test('files come back after a reload, go on uploading, and are in the message', async ({ page, request }) => {
  const chat = await openChat(page, '/?draft=1')
  const stuck = await named(PDF.path, 'draft stuck.pdf')
  await script(request, { kind: 'stall', name: 'draft stuck' })
  await chat.pick(PNG.path, MARKDOWN.path)
  await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(2)
  await page.locator('[data-dfd-part="input"]').setInputFiles(stuck)
  await expect(chat.item('draft stuck.pdf')).toHaveAttribute('data-state', /uploading|finishing/)
  await expect.poll(() => storedBytes(page)).toBe(1)

  await page.reload()
  await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(3)
  await expect(chat.items.nth(0)).toContainText(PNG.name)
  await expect(chat.items.nth(2)).toContainText('draft stuck.pdf')
  await chat.send()
  const answer = await chat.answer()
  for (const { path } of [PNG, MARKDOWN, PDF]) expect(answer).toContain(await sha256(path))

  await page.reload()
  await expect(chat.textarea).toBeVisible()
  await expect.poll(() => storedRecords(page)).toBe(0)
  await expect(chat.items).toHaveCount(0)
})

test('files come back after a visit elsewhere, and after a crash of the page', async ({ page, context }) => {
  const chat = await openChat(page, '/?draft=1')
  await chat.pick(PNG.path, MARKDOWN.path)
  await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(2)
  await expect.poll(() => storedRecords(page)).toBe(2)
  await page.goto('about:blank')
  await page.goBack()
  await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(2)

  const crashed = page.waitForEvent('crash')
  const session = await context.newCDPSession(page)
  session.send('Page.crash').catch(() => undefined)
  await crashed
  const next = await openChat(await context.newPage(), '/?draft=1')
  await expect(next.page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(2)
  await next.send()
  const answer = await next.answer()
  for (const { path } of [PNG, MARKDOWN]) expect(answer).toContain(await sha256(path))
})

test('a file whose bytes are lost asks to be chosen again', async ({ page, request }) => {
  const chat = await openChat(page, '/?draft=1')
  await script(request, { kind: 'stall', name: 'draft lost' })
  await page.locator('[data-dfd-part="input"]').setInputFiles(await named(PDF.path, 'draft lost.pdf'))
  await expect.poll(() => storedBytes(page)).toBe(1)
  await inDrafts(page, 'bytes', 'clear')

  await page.reload()
  const item = chat.item('draft lost.pdf')
  await expect(item).toHaveAttribute('data-state', 'failed')
  await expect(item).toContainText('no longer there')
  const choosing = page.waitForEvent('filechooser')
  await item.getByRole('button', { name: 'Choose the file again: draft lost.pdf' }).click()
  await (await choosing).setFiles(await named(PDF.path, 'draft lost.pdf'))
  await expect(item).toHaveAttribute('data-state', 'uploaded')
  await chat.send()
  expect(await chat.answer()).toContain(await sha256(PDF.path))
})

test('one tab keeps a draft, the other says so and leaves it alone', async ({ page, context }) => {
  const chat = await openChat(page, '/?draft=1')
  await chat.pick(PNG.path)
  await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
  await expect.poll(() => storedRecords(page)).toBe(1)

  const other = await context.newPage()
  const second = await openChat(other, '/?draft=1')
  await expect(other.getByText('Another tab keeps this draft.')).toBeVisible()
  await expect(second.items).toHaveCount(0)
  await second.pick(MARKDOWN.path)
  await expect(second.item(MARKDOWN.name)).toHaveAttribute('data-state', 'uploaded')
  await other.close()

  await page.reload()
  await expect(chat.items).toHaveCount(1)
  await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
})

test('files that were kept too long are gone, and that is said', async ({ page }) => {
  const chat = await openChat(page, '/?draft=1')
  await chat.pick(PNG.path)
  await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
  await expect.poll(() => storedRecords(page)).toBe(1)
  await inDrafts(page, 'records', 'expire')
  await page.reload()
  await expect(page.getByText('A file of this draft was kept too long and is gone.')).toBeVisible()
  await expect(chat.items).toHaveCount(0)
})

test('where nothing can be kept, that is said, and files are sent all the same', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('not here', 'SecurityError')
    }
  })
  const chat = await openChat(page, '/?draft=1')
  await expect(page.getByText('This browser keeps no drafts.')).toBeVisible()
  await chat.pick(PNG.path)
  await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
})

test('the browser asks before the page is left while a file moves, and only then', async ({ page, request }) => {
  const chat = await openChat(page, '/?leaving=1')
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    dialog.accept().catch(() => undefined)
  })
  await chat.textarea.click()
  await page.reload()
  expect(asked).toEqual([])

  await script(request, { kind: 'stall', name: 'leaving' })
  await page.locator('[data-dfd-part="input"]').setInputFiles(await named(PDF.path, 'leaving.pdf'))
  await expect(chat.item('leaving.pdf')).toHaveAttribute('data-state', /uploading|finishing/)
  await chat.textarea.click()
  await page.reload()
  expect(asked).toEqual(['beforeunload'])
})

function storedBytes(page: Page): Promise<number> {
  return inDrafts(page, 'bytes', 'count')
}

function storedRecords(page: Page): Promise<number> {
  return inDrafts(page, 'records', 'count')
}

/** Looks into, or meddles with, what the page keeps. */
function inDrafts(page: Page, store: 'records' | 'bytes', deed: 'count' | 'clear' | 'expire'): Promise<number> {
  return page.evaluate(({ store, deed }) => new Promise<number>((resolve, reject) => {
    const opening = indexedDB.open('dify-file-drop')
    opening.addEventListener('error', () => reject(opening.error!))
    opening.addEventListener('success', () => {
      const db = opening.result
      const change = db.transaction(store, 'readwrite')
      const all = change.objectStore(store)
      const counting = all.count()
      if (deed === 'clear') all.clear()
      if (deed === 'expire') {
        all.openCursor().addEventListener('success', ({ target }) => {
          const at = (target as IDBRequest<IDBCursorWithValue | null>).result
          if (at === null) return
          at.update({ ...at.value, expiresAt: 1 })
          at.continue()
        })
      }
      change.addEventListener('complete', () => {
        db.close()
        resolve(counting.result)
      })
    })
  }), { store, deed })
}
