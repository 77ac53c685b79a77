import { expect, test } from '@playwright/test'
import { openChat } from './support/chat.js'
import { dropPaths } from './support/drop.js'
import { ONE_MEGABYTE_PNG, sha256 } from './support/files.js'

// What is timed by the clock is run when nothing else is (playwright.config.ts).

test('a dropped 1 MB PNG is in the sent message within 2 s', async ({ page }) => {
  const chat = await openChat(page)
  const path = await ONE_MEGABYTE_PNG.make()
  const started = Date.now()
  await dropPaths(page, chat.textarea, [path])
  await expect(chat.item('noise.png')).toBeVisible()
  await chat.send('Here')
  await expect(page.getByRole('list', { name: 'Sent attachments' }).getByText('noise.png')).toBeVisible({ timeout: 2000 })
  expect(Date.now() - started).toBeLessThan(2000)
  expect(await chat.answer()).toContain(await sha256(path))
})
