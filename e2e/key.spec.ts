import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { openChat } from './support/chat.js'
import { PNG } from './support/files.js'

test('the API key reaches the browser nowhere: no asset, no answer, no header, no storage', async ({ page, request }) => {
  const { key } = (await (await request.post('/__emulator/key')).json()) as { key: string }
  expect(key).toMatch(/^app-/)
  const seen: string[] = []
  const pending: Promise<void>[] = []
  page.on('response', (response) => {
    pending.push(
      (async () => {
        seen.push(response.url(), JSON.stringify(await response.allHeaders()), JSON.stringify(await response.request().allHeaders()))
        seen.push(await response.text().catch(() => ''))
      })(),
    )
  })

  const chat = await openChat(page)
  await chat.pick(PNG.path)
  await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
  await chat.send('Who are you?')
  await chat.answer()
  await Promise.all(pending)

  const folder = fileURLToPath(new URL('../.cache/demo/client', import.meta.url))
  for (const name of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (name.isFile()) seen.push(await readFile(`${name.parentPath}/${name.name}`, 'utf8'))
  }
  seen.push(
    await page.evaluate(async () => {
      const databases = await indexedDB.databases()
      return JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, databases, document.documentElement.outerHTML])
    }),
    JSON.stringify(await page.context().cookies()),
  )
  expect(seen.length).toBeGreaterThan(10)
  for (const text of seen) expect(text.includes(key)).toBe(false)
})
