import { expect, test, type Locator, type Page } from '@playwright/test'
import { openChat, release, script } from './support/chat.js'
import { dragFiles } from './support/drop.js'
import { PNG } from './support/files.js'

// What the demo's composer says and shows around its files, also on a phone.

const text = (name: string, content = name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
const status = (page: Page): Locator => page.locator('#composer-status')

test('what is said changes when Send is pressed, and a message that waits can be taken back', async ({ page, request }) => {
  const chat = await openChat(page)
  const name = 'held.txt'
  await script(request, { kind: 'stall', name })
  await chat.pick(text(name))
  await expect(status(page)).not.toBeEmpty()
  const before = await status(page).textContent()
  await expect(button(page, 'Don’t send yet')).toHaveCount(0)

  await chat.send('Hold on')
  await expect(status(page)).toHaveText('Waiting for files to upload…')
  expect(before).not.toBe('Waiting for files to upload…')
  await button(page, 'Don’t send yet').click()
  await expect(chat.textarea).toBeFocused()
  await expect(chat.textarea).toHaveValue('Hold on')
  await expect(status(page)).toHaveText(before!)

  await release(request, name)
  await expect(chat.item(name)).toHaveAttribute('data-state', 'uploaded')
  await expect(page.locator('.chat-message')).toHaveCount(0)
  await chat.send()
  expect(await chat.answer()).toContain(name)
})

test('a refused file is told of before Send and after, wherever its chip is', async ({ page }) => {
  const chat = await openChat(page)
  await chat.pick(text('nothing in it.txt', ''), ...['one', 'two', 'three', 'four'].map((it) => text(`${it}.txt`)))
  await expect(chat.item('four.txt')).toHaveAttribute('data-state', 'uploaded')
  await expect(status(page)).toContainText('“nothing in it.txt”')
  await chat.send('Four of five')
  expect(await chat.answer()).toContain('4 files')
  await expect(status(page)).toHaveText('Sent without “nothing in it.txt”, which was refused.')
  await chat.textarea.fill('The next')
  await expect(status(page)).toBeEmpty()
})

test('several that failed are told as several', async ({ page, request }) => {
  const chat = await openChat(page)
  for (const name of ['many-1.txt', 'many-2.txt']) {
    await script(request, { kind: 'status', status: 400, code: 'invalid_param', times: Infinity, name })
  }
  await chat.pick(text('many-1.txt'), text('many-2.txt'))
  await expect(status(page)).toHaveText('2 files failed. Retry or remove them, or send without them.')
  await button(page, 'Send without them').click({ trial: true })
  await button(page, 'Remove many-1.txt').click()
  await expect(status(page)).toHaveText('A file failed. Retry or remove it, or send without it.')
  await expect(button(page, 'Send without it')).toBeVisible()
})

test('the last message stays in sight when the composer grows, and is left alone when somebody reads further up', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 500 })
  const chat = await openChat(page)
  const log = page.locator('.chat-log')
  const toEnd = () => log.evaluate((it) => it.scrollHeight - it.clientHeight - it.scrollTop)
  for (let nth = 1; nth <= 4; nth++) {
    await chat.send(`Question ${nth}`)
    await expect(page.locator('.chat-message[data-from=dify]')).toHaveCount(nth)
    await chat.answer()
  }
  await chat.pick(PNG.path)
  await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
  await expect.poll(toEnd).toBeLessThanOrEqual(1)

  await log.evaluate((it) => it.scrollTo({ top: 0 }))
  await chat.pick(text('another.txt', ''))
  await expect(chat.item('another.txt')).toBeVisible()
  expect(await log.evaluate((it) => it.scrollTop)).toBe(0)
})

test('what is accepted is not said through what says that a drop attaches', async ({ page }) => {
  await openChat(page)
  const hint = page.locator('[data-dfd-part="hint"]')
  await button(page, 'Attach files').hover()
  await expect(hint).toHaveCSS('visibility', 'visible')
  await dragFiles(page, 'main', [PNG.path])
  await expect(page.locator('[data-dfd-part="overlay"]')).toBeVisible()
  await expect(hint).toBeHidden()
})

test('Escape puts what is accepted away also where only the pointer asked for it', async ({ page }) => {
  const chat = await openChat(page)
  const hint = page.locator('[data-dfd-part="hint"]')
  await chat.textarea.focus()
  await button(page, 'Attach files').hover()
  await expect(hint).toHaveCSS('visibility', 'visible')
  await page.keyboard.press('Escape')
  await expect(hint).toHaveCSS('visibility', 'hidden')
})

for (const width of [320, 390]) {
  test.describe(`on a phone ${width} px wide`, () => {
    test.use({ viewport: { width, height: 640 }, hasTouch: true, isMobile: true })

    test('there is room to write in', async ({ page }) => {
      const chat = await openChat(page, '/?links=1')
      const { width: room, height } = (await chat.textarea.boundingBox())!
      expect(room).toBeGreaterThan(width * 0.75)
      // One line of it: what stands in the empty box fits.
      expect(height).toBeLessThan(56)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    })

    test('an answer is followed to its end', async ({ page }) => {
      const chat = await openChat(page)
      for (let nth = 1; nth <= 3; nth++) {
        await chat.send(`Question ${nth}, which takes more than a line where there is little room for one`)
        await expect(page.locator('.chat-message[data-from=dify]')).toHaveCount(nth)
        await chat.answer()
      }
      await chat.pick(text('grows.txt'))
      await expect(chat.item('grows.txt')).toHaveAttribute('data-state', 'uploaded')
      await expect(page.locator('.chat-message').last()).toBeInViewport()
      await expect.poll(() => page.locator('.chat-log').evaluate((it) => it.scrollHeight - it.clientHeight - it.scrollTop)).toBeLessThanOrEqual(1)
    })

    test('the reason of a refusal is whole', async ({ page }) => {
      const chat = await openChat(page)
      await chat.pick(text('fine.txt'), text('holiday.txt', ''))
      const reason = chat.item('holiday.txt').locator('[data-dfd-part="item-error"]')
      await expect(reason).toContainText('empty')
      expect(await reason.evaluate((it) => it.scrollHeight - it.clientHeight)).toBeLessThanOrEqual(1)
      await expect(reason).toBeInViewport({ ratio: 1 })
      await expect(button(page, 'Remove holiday.txt')).toBeInViewport({ ratio: 1 })
    })

    test('of a long name beside another file both ends can be read', async ({ page }) => {
      const chat = await openChat(page)
      const names = ['about dogs and a megaphone.txt', 'second report of the year 2026.pdf']
      await chat.pick(...names.map((name) => text(name)))
      for (const name of names) {
        const item = chat.item(name)
        await expect(item).toHaveAttribute('data-state', 'uploaded')
        const { start, end, body } = await item.evaluate((it) => {
          const boxOf = (part: string) => it.querySelector(`[data-dfd-part="${part}"]`)!.getBoundingClientRect()
          return { start: boxOf('item-name-start').width, end: boxOf('item-name-end').right, body: boxOf('item-body').right }
        })
        expect(end).toBeLessThanOrEqual(body + 0.5)
        // Some five letters and the dots.
        expect(start).toBeGreaterThan(48)
      }
    })
  })
}
