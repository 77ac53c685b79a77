// One flow for every example: attach a file, send it, and the answer names what Dify received to the last byte.
import { createHash } from 'node:crypto'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from '../scripts/find-browser.mjs'

/**
 * Drives one running example. Resolves with what went wrong, or null.
 *
 * @param url where it runs
 */
export async function drive(url) {
  const browser = await chromium.launch(chromiumLaunchOptions())
  const trouble = []
  try {
    const page = await browser.newPage()
    page.on('pageerror', (error) => trouble.push(`the page threw ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) trouble.push(`the console said ${message.text()} ${message.location().url}`)
    })
    await page.goto(url)
    const bytes = Buffer.from(`Hello from ${url}\n`.repeat(5000))
    const sha256 = createHash('sha256').update(bytes).digest('hex')

    await page.getByRole('textbox', { name: 'Message' }).waitFor()
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Attach files' }).click()
    await (await choosing).setFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: bytes })
    await page.getByText('notes.txt').first().waitFor()
    await page.getByRole('textbox', { name: 'Message' }).fill('What is in it?')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('list', { name: 'Conversation' }).getByText(sha256).waitFor({ timeout: 20_000 })
  } catch (error) {
    trouble.push(error.message)
  } finally {
    await browser.close()
  }
  return trouble.length === 0 ? null : trouble.join('\n')
}

if (process.argv[1] === import.meta.filename) {
  const trouble = await drive(process.argv[2] ?? 'http://localhost:3000')
  console.log(trouble ?? 'It works.')
  process.exit(trouble === null ? 0 : 1)
}
