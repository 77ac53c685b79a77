import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import { serveStorybook, STORYBOOK } from './serveStorybook.js'

/** One page for all tests of a worker: Storybook is loaded from the browser's cache after the first. */
export const test = base.extend<{ page: Page; baseURL: string; touch: (isOn: boolean) => Promise<void> }, { storybook: string; sharedPage: Page }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names from the pattern
  storybook: [async ({}, use) => {
    const { url, close } = await serveStorybook()
    await use(url)
    close()
  }, { scope: 'worker' }],
  baseURL: ({ storybook }, use) => use(storybook),
  sharedPage: [async ({ browser, storybook }, use) => {
    const context = await browser.newContext({ baseURL: storybook, locale: 'en-US', timezoneId: 'UTC', viewport: { width: 800, height: 600 }, reducedMotion: 'reduce' })
    await use(await context.newPage())
    await context.close()
  }, { scope: 'worker' }],
  page: async ({ sharedPage }, use) => {
    await sharedPage.emulateMedia({ forcedColors: 'none', colorScheme: 'light', contrast: 'no-preference', reducedMotion: 'reduce' })
    await sharedPage.setViewportSize({ width: 800, height: 600 })
    await use(sharedPage)
  },
  // As on a phone: the pointer is a finger.
  touch: async ({ sharedPage }, use) => {
    const browser = await sharedPage.context().newCDPSession(sharedPage)
    await use(async (isOn) => void (await browser.send('Emulation.setTouchEmulationEnabled', { enabled: isOn })))
    await browser.send('Emulation.setTouchEmulationEnabled', { enabled: false })
    await browser.detach()
  },
})

export interface IndexedStory {
  id: string
  title: string
  name: string
  type: 'story' | 'docs'
}

/** Everything in the built Storybook, docs pages included. */
export function everything(): IndexedStory[] {
  const path = join(STORYBOOK, 'index.json')
  try {
    return Object.values((JSON.parse(readFileSync(path, 'utf8')) as { entries: Record<string, IndexedStory> }).entries)
  } catch {
    throw new Error(`There is no built Storybook at ${path}. Run: npm run build:storybook`)
  }
}

export const stories = (): IndexedStory[] => everything().filter((it) => it.type === 'story')

/** Opens one story, and waits until its play function is through. A story that fails fails the test. */
export async function openStory(page: Page, id: string, globals: Record<string, string> = {}): Promise<void> {
  const wanted = Object.entries({ theme: 'light', ...globals }).map(([key, value]) => `${key}:${value}`).join(';')
  // Storybook's own axe run would only be in the way of ours.
  await page.goto(`/iframe.html?id=${id}&viewMode=story&globals=a11y.manual:!true;${wanted}`)
  await expect.poll(() => page.evaluate(() => {
    const preview = (window as { __STORYBOOK_PREVIEW__?: { currentRender?: { phase?: string } } }).__STORYBOOK_PREVIEW__
    return preview?.currentRender?.phase ?? 'loading'
  }), { message: `${id} is done`, timeout: 0, intervals: [50, 100, 100, 250] }).toMatch(/^(?:finished|errored)$/)
  const error = await page.evaluate(() => document.body.classList.contains('sb-show-errordisplay') ? (document.querySelector('#error-message')?.textContent ?? 'failed') : null)
  expect(error, `${id} fails`).toBeNull()
}
