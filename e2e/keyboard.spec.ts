import { readFile } from 'node:fs/promises'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { openChat, script } from './support/chat.js'
import { dropFiles } from './support/drop.js'
import { PDF, PNG } from './support/files.js'

// Every flow by the keyboard alone: after the page is there nothing is clicked, and the focus only goes where keys take it. What
// a screen reader is told is read from the live regions, which gather for 750 ms.

const status = (page: Page): Locator => page.locator('[data-dfd-part="status"] [role="status"]')
const alert = (page: Page): Locator => page.locator('[data-dfd-part="status"] [role="alert"]')
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
const text = (name: string, content = name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })

/** Presses Tab (or Shift+Tab) until the focus is there, as somebody would. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let pressed = 0; pressed < 30; pressed++) {
    if (await target.evaluate((it) => it === document.activeElement)) return
    await page.keyboard.press(key)
  }
  await expect(target).toBeFocused()
}

/** Attaches by Tab, Enter and the browser's own dialog, which is the browser's to work by keys. */
async function attach(page: Page, files: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
  // Asked for first: the driver only answers dialogs from some time after that on.
  const dialog = page.waitForEvent('filechooser')
  await tabTo(page, button(page, 'Attach files'))
  await page.keyboard.press('Enter')
  await (await dialog).setFiles(files)
}

test('attach, write, send', async ({ page }) => {
  const chat = await openChat(page)
  await attach(page, [PNG.path, PDF.path])
  await expect(chat.textarea).toBeFocused()
  await expect(status(page)).toContainText('2 files attached')
  await page.keyboard.type('Keys only')
  await page.keyboard.press('Enter')
  const answer = await chat.answer()
  expect(answer).toContain(PDF.name)
  expect(answer).toContain('Keys only')
  await expect(chat.textarea).toBeFocused()
})

test('Shift and Enter begin a line; Enter sends files without a word', async ({ page }) => {
  const chat = await openChat(page)
  await tabTo(page, chat.textarea)
  await page.keyboard.type('one')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('two')
  await expect(chat.textarea).toHaveValue('one\ntwo')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await attach(page, [PDF.path])
  await page.keyboard.press('Enter')
  expect(await chat.answer()).toContain(PDF.name)
})

test('while an input method writes, Enter sends nothing and Backspace removes no file', async ({ page }) => {
  const chat = await openChat(page)
  await attach(page, [PDF.path])
  await expect(chat.item(PDF.name)).toHaveAttribute('data-state', 'uploaded')
  const browser = await page.context().newCDPSession(page)
  await browser.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 })
  for (const key of ['Enter', 'Backspace']) {
    // What browsers send for a key that the input method has taken.
    await chat.textarea.evaluate((it, name) => it.dispatchEvent(new KeyboardEvent('keydown', { key: name, isComposing: true, bubbles: true, cancelable: true })), key)
  }
  await browser.send('Input.insertText', { text: '你' })
  await expect(chat.textarea).toHaveValue('你')
  await expect(chat.items).toHaveCount(1)
  await expect(page.locator('.chat-message[data-from=user]')).toHaveCount(0)
  await page.keyboard.press('Enter')
  expect(await chat.answer()).toContain('你')
})

test('paste a picture', async ({ page, context }) => {
  const chat = await openChat(page)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(async (bytes) => navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([new Uint8Array(bytes)], { type: 'image/png' }) })]), [...(await readFile(PNG.path))])
  await tabTo(page, chat.textarea)
  await page.keyboard.press('ControlOrMeta+v')
  await expect(chat.items).toHaveAttribute('data-state', 'uploaded')
  await expect(chat.textarea).toBeFocused()
})

test('remove: by its button, by Delete, by Backspace in the empty box; each is said, and the focus is never lost', async ({ page }) => {
  const chat = await openChat(page)
  await attach(page, ['a.txt', 'b.txt', 'c.txt', 'd.txt'].map((name) => text(name)))
  await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(4)
  await tabTo(page, button(page, 'Remove b.txt'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(button(page, 'Remove c.txt')).toBeFocused()
  await expect(status(page)).toContainText('b.txt removed')
  await page.keyboard.press('Delete')
  await expect(button(page, 'Remove d.txt')).toBeFocused()
  await expect(status(page)).toContainText('c.txt removed')
  await tabTo(page, chat.textarea)
  await page.keyboard.press('Backspace')
  await expect(chat.items).toHaveCount(1)
  await expect(status(page)).toContainText('d.txt removed')
  await expect(chat.textarea).toBeFocused()
  await tabTo(page, button(page, 'Remove a.txt'), 'Shift+Tab')
  await page.keyboard.press('Space')
  await expect(chat.items).toHaveCount(0)
  await expect(button(page, 'Attach files')).toBeFocused()
})

test('a failure is said at once and takes no focus; retry keeps it on the file', async ({ page, request }) => {
  const chat = await openChat(page)
  await script(request, { kind: 'status', status: 400, code: 'no_file_uploaded', times: 2, name: 'keys-retry.txt' })
  await attach(page, text('keys-retry.txt'))
  await expect(alert(page)).toContainText('keys-retry.txt', { timeout: 15_000 })
  await expect(chat.textarea).toBeFocused()
  await tabTo(page, button(page, 'Retry keys-retry.txt'), 'Shift+Tab')
  await expect(button(page, 'Retry keys-retry.txt')).toHaveAccessibleDescription(/.+/)
  await page.keyboard.press('Enter')
  await expect(button(page, 'Remove keys-retry.txt')).toBeFocused()
  await expect(chat.item('keys-retry.txt')).toHaveAttribute('data-state', 'uploaded')
  await expect(status(page)).toContainText('attached')
  await expect(button(page, 'Remove keys-retry.txt')).toBeFocused()
})

test('a refused file is removed; what is too much is refilled', async ({ page }) => {
  const chat = await openChat(page)
  await attach(page, [text('empty.txt', ''), text('full.txt')])
  await expect(alert(page)).toContainText('empty.txt')
  await expect(chat.item('empty.txt')).toHaveAttribute('data-error-code', 'empty_file')
  await tabTo(page, button(page, 'Remove empty.txt'), 'Shift+Tab')
  await page.keyboard.press('Backspace')
  await expect(button(page, 'Remove full.txt')).toBeFocused()
})

test('send without the one that failed', async ({ page, request }) => {
  const chat = await openChat(page)
  await script(request, { kind: 'status', status: 400, code: 'invalid_param', times: Infinity, name: 'keys-broken.txt' })
  await attach(page, [text('keys-broken.txt')])
  await expect(chat.item('keys-broken.txt')).toHaveAttribute('data-state', 'failed')
  await page.keyboard.type('Without')
  await page.keyboard.press('Enter')
  await expect(button(page, 'Send')).toHaveAttribute('aria-describedby', 'composer-status')
  await expect(page.locator('#composer-status')).toContainText('failed')
  await expect(page.locator('.chat-message[data-from=user]')).toHaveCount(0)
  await tabTo(page, button(page, 'Send without it'))
  await page.keyboard.press('Enter')
  expect(await chat.answer()).toContain('Without')
  // It stays for the next message, to be retried or removed.
  await expect(chat.item('keys-broken.txt')).toHaveAttribute('data-state', 'failed')
})

test('reorder: Alt and an arrow move a file, say where to, and keep the focus on it', async ({ page }) => {
  const chat = await openChat(page)
  await attach(page, ['a.txt', 'b.txt', 'c.txt'].map((name) => text(name)))
  await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(3)
  await tabTo(page, button(page, 'Remove c.txt'), 'Shift+Tab')
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(status(page)).toContainText('c.txt moved to place 2 of 3')
  await expect(button(page, 'Remove c.txt')).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(chat.items).toHaveText([/^c\.txt/, /^a\.txt/, /^b\.txt/])
  await expect(button(page, 'Remove c.txt')).toBeFocused()
})

test('rename with F2; Escape leaves the name as it was', async ({ page, request }) => {
  const chat = await openChat(page)
  await script(request, { kind: 'status', status: 400, code: 'invalid_param', times: 1, name: 'keys-name.txt' })
  await attach(page, text('keys-name.txt'))
  await expect(chat.item('keys-name.txt')).toHaveAttribute('data-state', 'failed')
  await tabTo(page, button(page, 'Remove keys-name.txt'), 'Shift+Tab')
  await page.keyboard.press('F2')
  await expect(page.getByRole('textbox', { name: 'New name for keys-name.txt' })).toBeFocused()
  await page.keyboard.type('other')
  await page.keyboard.press('Escape')
  await expect(chat.item('keys-name.txt')).toBeVisible()
  await expect(page.locator('[data-dfd-part="item"] :focus')).toHaveCount(1)
  await page.keyboard.press('F2')
  await page.keyboard.type('renamed')
  await page.keyboard.press('Enter')
  await expect(chat.item('renamed.txt')).toHaveAttribute('data-state', 'uploaded')
  await expect(page.locator('[data-dfd-part="item"] :focus')).toHaveCount(1)
  await expect(status(page)).toContainText('renamed.txt')
})

test('more ways: the menu opens by an arrow, a link is added, the focus goes to the text', async ({ page }) => {
  const chat = await openChat(page, '/?links=1&directory=1')
  await tabTo(page, button(page, 'More ways to attach'))
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('menuitem', { name: 'Add a link' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(button(page, 'More ways to attach')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('a')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Web address of a file' })).toBeFocused()
  await page.keyboard.type('https://example.com/report.pdf')
  await page.keyboard.press('Enter')
  await expect(chat.items).toHaveCount(1)
  await expect(chat.textarea).toBeFocused()
})

test('preview: opens, goes from file to file, closes, and the focus is on the file', async ({ page }) => {
  const chat = await openChat(page, '/?preview=1')
  await attach(page, [PNG.path])
  await attach(page, [text('notes.txt', 'Said in a note')])
  await expect(page.locator('[data-dfd-part="item"][data-state="uploaded"]')).toHaveCount(2)
  await tabTo(page, button(page, `Preview ${PNG.name}`), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: PNG.name })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('dialog', { name: 'notes.txt' })).toContainText('Said in a note')
  // The page behind it is out of reach.
  for (let pressed = 0; pressed < 8; pressed++) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null)).toBe(true)
  }
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(button(page, 'Preview notes.txt')).toBeFocused()
  await expect(chat.items).toHaveCount(2)
})

test('what is dropped elsewhere takes no focus from the text', async ({ page }) => {
  const chat = await openChat(page)
  await tabTo(page, chat.textarea)
  await page.keyboard.type('Still')
  await dropFiles(page, page.locator('main'), [text('dropped.txt')])
  await expect(chat.item('dropped.txt')).toBeVisible()
  await page.keyboard.type(' here')
  await expect(chat.textarea).toHaveValue('Still here')
})
