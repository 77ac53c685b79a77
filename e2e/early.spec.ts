import { writeFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { openChat, script } from './support/chat.js'

/*
 * Dify, or a gateway before it, may refuse an upload while the browser still sends it. A browser that sees its connection
 * close then reports a network error instead of the answer, Firefox even when the answer has arrived. The proxy answers
 * at once and reads the rest, within the bound that `drain` (src/server/drain.ts) states.
 */
const TWENTY_MEGABYTES = Buffer.alloc(20 * 1024 * 1024, 'early ')

test.describe('a refusal while 20 MB are still on their way is shown, not a network error', () => {
  for (const [who, trouble, code, sentence] of [
    ['Dify', { status: 413, code: 'file_too_large' }, 'file_too_large', /20 MB is more than/],
    ['a gateway before it', { status: 413 }, 'gateway_too_large', /too large|larger than|more than/i],
  ] as const) {
    test(`by ${who}`, async ({ page, request }, testInfo) => {
      const name = `early ${who} ${testInfo.project.name}.mp4`
      const path = testInfo.outputPath(name)
      await writeFile(path, TWENTY_MEGABYTES)
      await script(request, { kind: 'status', ...trouble, early: true, name })

      const chat = await openChat(page)
      const lost: string[] = []
      page.on('requestfailed', (it) => lost.push(`${it.url()} ${it.failure()?.errorText ?? ''}`))
      const answer = page.waitForResponse((it) => it.url().endsWith('/files/upload'))
      await chat.pick(path)
      expect((await answer).status()).toBe(413)
      const item = chat.item(name)
      await expect(item).toHaveAttribute('data-state', 'failed')
      await expect(item).toHaveAttribute('data-error-code', code)
      await expect(item).toContainText(sentence)
      await expect(item).not.toContainText(/network|connection/i)
      expect(lost).toEqual([])
      // Not one that repeats itself: a file this large stays too large.
      await expect(item.getByRole('button', { name: /try again|retry/i })).toHaveCount(0)
    })
  }
})
