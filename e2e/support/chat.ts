import { expect, type APIRequestContext, type Locator, type Page } from '@playwright/test'
import type { LoggedRequest, ScriptedTrouble, StoredFile } from '../../src/testing/index.js'

/** The demo chat as a person meets it. */
export interface Chat {
  page: Page
  textarea: Locator
  list: Locator
  items: Locator
  item: (name: string) => Locator
  /** Picks files through the native dialog's input. */
  pick: (...files: Parameters<Locator['setInputFiles']>[0][]) => Promise<void>
  send: (text?: string) => Promise<void>
  /** The newest answer, once it is written to its end. */
  answer: () => Promise<string>
}

export async function openChat(page: Page, url = '/'): Promise<Chat> {
  await page.goto(url)
  const textarea = page.getByRole('textbox', { name: 'Message' })
  await expect(textarea).toBeVisible()
  const list = page.getByRole('list', { name: 'Attachments' })
  const items = page.locator('[data-dfd-part="item"]')
  return {
    page, textarea, list, items,
    item: (name) => items.filter({ hasText: name }),
    pick: async (...files) => page.locator('input[type=file]').setInputFiles(files.flat() as string[]),
    send: async (text) => {
      if (text !== undefined) await textarea.fill(text)
      await page.getByRole('button', { name: 'Send' }).click()
    },
    answer: async () => {
      const last = page.locator('.chat-message[data-from=dify]').last()
      await expect(last).toHaveAttribute('data-state', 'done', { timeout: 30_000 })
      return (await last.locator('.chat-text').textContent()) ?? ''
    },
  }
}

/** Plans trouble at the Dify in memory. Name the file it is for: other tests run meanwhile. */
export async function script(request: APIRequestContext, trouble: ScriptedTrouble): Promise<void> {
  await request.post('/__emulator/script', { data: trouble })
}

/** Ends the trouble that was planned last for a file of that name: what it holds goes on. */
export async function release(request: APIRequestContext, name: string): Promise<void> {
  await request.post('/__emulator/release', { data: { name } })
}

export async function storedFiles(request: APIRequestContext): Promise<StoredFile[]> {
  return (await (await request.post('/__emulator/files')).json()) as StoredFile[]
}

export async function seenRequests(request: APIRequestContext): Promise<LoggedRequest[]> {
  return (await (await request.post('/__emulator/requests')).json()) as LoggedRequest[]
}

/** Lets so many bytes a second leave the browser. */
export async function slowLine(page: Page, bytesPerSecond: number): Promise<{ restore: () => Promise<void> }> {
  const browser = await page.context().newCDPSession(page)
  const set = (uploadThroughput: number) =>
    browser.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput })
  await set(bytesPerSecond)
  return { restore: async () => void (await set(-1)) }
}
