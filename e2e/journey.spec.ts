import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openChat, script, seenRequests, slowLine } from './support/chat.js'
import { dragFiles, dropFiles, dropPaths, pasteFiles, pastePicture } from './support/drop.js'
import {
  AT_THE_LIMIT, EMPTY, FIXTURES, FOLDER, JPEG, MARKDOWN, ONE_BYTE_OVER, ONE_MEGABYTE_PNG, PDF, PNG, sha256, SIXTY_MEGABYTES,
} from './support/files.js'

test.describe('real files arrive at Dify, byte for byte', () => {
  for (const [nth, batch] of [FIXTURES.slice(0, 9), FIXTURES.slice(9)].entries()) {
    test(`every kind and name (${nth + 1})`, async ({ page }) => {
      const chat = await openChat(page)
      await chat.pick(batch.map((it) => it.path))
      await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(batch.length)
      await chat.send('What is in these?')
      const answer = await chat.answer()
      for (const file of batch) {
        expect(answer).toContain(file.name)
        expect(answer).toContain(await sha256(file.path))
      }
      expect(answer).toContain('What is in these?')
      await expect(chat.items).toHaveCount(0)
    })
  }

  test('60 MB, streamed', async ({ page }) => {
    const chat = await openChat(page)
    const path = await SIXTY_MEGABYTES.make()
    await chat.pick(path)
    await expect(chat.item(SIXTY_MEGABYTES.name)).toHaveAttribute('data-state', 'uploaded', { timeout: 60_000 })
    await chat.send()
    expect(await chat.answer()).toContain(await sha256(path))
  })
})

test.describe('three gestures, one result', () => {
  test('drop: several at once, anywhere on the page', async ({ page }) => {
    const chat = await openChat(page)
    await dropPaths(page, page.locator('main'), [PNG.path, PDF.path, MARKDOWN.path])
    await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(3)
    await chat.send()
    const answer = await chat.answer()
    for (const file of [PNG, PDF, MARKDOWN]) expect(answer).toContain(await sha256(file.path))
  })

  test('browse: the button opens the native dialog', async ({ page }) => {
    const chat = await openChat(page)
    const dialog = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: /attach files/i }).click()
    await (await dialog).setFiles([PNG.path])
    await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
    await expect(chat.textarea).toBeFocused()
  })

  test('paste: a screenshot becomes an attachment', async ({ page }) => {
    const chat = await openChat(page)
    await pastePicture(page, chat.textarea, await readFile(PNG.path))
    await expect(chat.items).toHaveAttribute('data-state', 'uploaded')
  })

  test('paste: text with a picture beside it stays text', async ({ page }) => {
    const chat = await openChat(page)
    const { isTaken } = await pasteFiles(page, chat.textarea, [PNG.path], { text: 'cells' })
    expect(isTaken).toBe(false)
    await expect(chat.items).toHaveCount(0)
  })

  test('a drag shows where to let go, and leaving takes it back', async ({ page }) => {
    const chat = await openChat(page)
    const drag = await dragFiles(page, chat.textarea, [PNG.path])
    await expect(page.locator('[data-dfd-part="overlay"]')).toBeVisible()
    await drag.leave()
    await expect(page.locator('[data-dfd-part="overlay"]')).toBeHidden()
    await expect(chat.items).toHaveCount(0)
  })

  test('text can still be dragged into the box', async ({ page }) => {
    const chat = await openChat(page)
    const isTaken = await chat.textarea.evaluate((element) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.setData('text/plain', 'words')
      return ['dragenter', 'dragover', 'drop'].some((type) => !element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })))
    })
    expect(isTaken).toBe(false)
  })
})

test.describe('on the way', () => {
  test('progress is seen to move, and Send says why it waits', async ({ page }) => {
    const chat = await openChat(page)
    const line = await slowLine(page, 300_000)
    await chat.pick(await ONE_MEGABYTE_PNG.make())
    const bar = page.getByRole('progressbar', { name: 'Uploading noise.png' })
    const seen = new Set<number>()
    await expect
      .poll(async () => {
        const now = Number((await bar.getAttribute('aria-valuenow').catch(() => null)) ?? (await bar.getAttribute('value').catch(() => null)) ?? 0)
        if (now > 0 && now < 100) seen.add(now)
        return seen.size
      }, { intervals: [100] })
      .toBeGreaterThan(1)
    await chat.send('Hold on')
    await expect(page.locator('.composer-status')).not.toBeEmpty()
    await expect(page.locator('.chat-message[data-from=user]')).toHaveCount(0)
    await line.restore()
    await expect(page.locator('.chat-message[data-from=user]')).toHaveCount(1)
    expect(await chat.answer()).toContain('noise.png')
  })

  test('remove stops the network', async ({ page, request }) => {
    const chat = await openChat(page)
    const name = 'cancelled.mp4'
    const SIZE = 20_000_000
    await slowLine(page, 400_000)
    await chat.pick({ name, mimeType: 'video/mp4', buffer: Buffer.alloc(SIZE) })
    await expect.poll(async () => (await seenRequests(request)).some((it) => it.outcome === 'reading' && it.bytesReceived > 100_000)).toBe(true)
    await page.getByRole('button', { name: `Remove ${name}` }).click()
    await expect(chat.items).toHaveCount(0)
    await expect
      .poll(async () => (await seenRequests(request)).some((it) => it.outcome === 'aborted' && it.bytesReceived > 100_000 && it.bytesReceived < SIZE))
      .toBe(true)
  })

  test('a server that is away for a moment is asked again, without a hand', async ({ page, request }) => {
    const chat = await openChat(page)
    const name = 'patient.txt'
    await script(request, { kind: 'status', status: 503, retryAfter: 1, name })
    await chat.pick({ name, mimeType: 'text/plain', buffer: Buffer.from('patience') })
    await expect(chat.item(name)).toHaveAttribute('data-state', 'waiting')
    await expect(chat.item(name)).toHaveAttribute('data-state', 'uploaded')
  })

  test('where trying again can help there is a Retry, and it helps', async ({ page, request }) => {
    const chat = await openChat(page)
    const name = 'again.txt'
    await script(request, { kind: 'status', status: 400, code: 'no_file_uploaded', times: 2, name })
    await chat.pick({ name, mimeType: 'text/plain', buffer: Buffer.from('once more') })
    await expect(chat.item(name)).toHaveAttribute('data-state', 'failed', { timeout: 15_000 })
    await page.getByRole('button', { name: `Retry ${name}` }).click()
    await expect(chat.item(name)).toHaveAttribute('data-state', 'uploaded')
  })

  test('without a network files wait, and go on when it is back', async ({ page, context }) => {
    const chat = await openChat(page)
    await context.setOffline(true)
    await chat.pick(PDF.path)
    await expect(chat.item(PDF.name)).toHaveAttribute('data-state', 'waiting')
    await expect(chat.item(PDF.name)).toContainText(/connection/i)
    await context.setOffline(false)
    await expect(chat.item(PDF.name)).toHaveAttribute('data-state', 'uploaded')
  })
})

test.describe('bad input gives a sentence and loses nothing else', () => {
  test('too big, empty: refused with the rule, while the one at the limit goes up', async ({ page }) => {
    const chat = await openChat(page)
    await chat.pick([await ONE_BYTE_OVER.make(), await EMPTY.make(), await AT_THE_LIMIT.make()])
    await expect(chat.item(AT_THE_LIMIT.name)).toHaveAttribute('data-state', 'uploaded')
    await expect(chat.item(ONE_BYTE_OVER.name)).toHaveAttribute('data-error-code', 'file_too_large')
    await expect(chat.item(ONE_BYTE_OVER.name)).toContainText('10 MB')
    await expect(chat.item(EMPTY.name)).toHaveAttribute('data-error-code', 'empty_file')
    await chat.send()
    const answer = await chat.answer()
    expect(answer).toContain(AT_THE_LIMIT.name)
    expect(answer).not.toContain(ONE_BYTE_OVER.name)
  })

  test('a folder, where none is taken', async ({ page }) => {
    const chat = await openChat(page)
    await dropPaths(page, chat.textarea, [await FOLDER.make(), PNG.path])
    await expect(chat.item('trip')).toHaveAttribute('data-error-code', 'folder_not_accepted')
    await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
  })

  test('a file that vanished between the pick and the upload says so, and takes another in its place', async ({ page, context }) => {
    const chat = await openChat(page)
    const path = await ONE_MEGABYTE_PNG.make(await mkdtemp(join(tmpdir(), 'gone-')))
    await context.setOffline(true)
    await chat.pick([path, PNG.path])
    await expect(chat.item('noise.png')).toHaveAttribute('data-state', 'waiting')
    await rm(path)
    await context.setOffline(false)
    await expect(chat.item('noise.png')).toHaveAttribute('data-error-code', 'file_unreadable')
    await expect(chat.item('noise.png')).toContainText(/choose|again|moved|read/i)
    await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
  })

  test('more than fit: the first stay', async ({ page }) => {
    const chat = await openChat(page)
    await chat.pick(Array.from({ length: 12 }, (_, n) => ({ name: `${n}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`${n}`) })))
    await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(10)
    await expect(page.locator('[data-error-code="too_many_attachments"]')).toHaveCount(1)
  })

  test('a file dropped beside everything never makes the browser leave the page', async ({ page }) => {
    await openChat(page)
    const url = page.url()
    await dropFiles(page, page.locator('header'), [JPEG.path])
    expect(page.url()).toBe(url)
  })

  test('a message sent without a network comes back, and says so', async ({ page, context }) => {
    const chat = await openChat(page)
    await context.setOffline(true)
    await chat.send('Do not lose me')
    await expect(page.locator('.composer-status')).toContainText('no connection')
    await expect(chat.textarea).toHaveValue('Do not lose me')
    await context.setOffline(false)
    await chat.send()
    expect(await chat.answer()).toContain('Do not lose me')
  })

  test('a message that Dify refuses comes back, with text and files', async ({ page, request }) => {
    const chat = await openChat(page)
    await chat.pick(PNG.path)
    await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
    await page.route('**/chat-messages', (route) => route.fulfill({ status: 502, json: { code: 'upstream_unavailable', message: '', status: 502 } }), { times: 1 })
    await chat.send('Do not lose me')
    await expect(chat.textarea).toHaveValue('Do not lose me')
    await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
    await chat.send()
    expect(await chat.answer()).toContain('Do not lose me')
    expect(request).toBeDefined()
  })
})

test('by keyboard alone: attach, remove, send', async ({ page }) => {
  const chat = await openChat(page)
  await chat.pick([PNG.path, PDF.path])
  await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(2)
  await page.getByRole('button', { name: `Remove ${PNG.name}` }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: `Remove ${PDF.name}` })).toBeFocused()
  await chat.textarea.focus()
  await page.keyboard.type('Keys only')
  await page.keyboard.press('Enter')
  const answer = await chat.answer()
  expect(answer).toContain(PDF.name)
  expect(answer).not.toContain(PNG.name)
})
