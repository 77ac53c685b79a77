import { expect, type Page } from '@playwright/test'
import { openStory, test } from './support/stories.js'

// npm run docs:pictures: takes the pictures of docs/looks.md and the README anew. They are for looking at: those that are compared
// are in e2e/__screenshots__.

interface Picture {
  width?: number
  height?: number
  theme?: 'dark'
  direction?: 'rtl'
  language?: string
  /** The window, for what lies over the page. */
  isWindow?: true
}

const PICTURES: readonly [name: string, story: string, picture?: Picture][] = [
  ['composer-light', 'composer--uploading'],
  ['composer-dark', 'composer--uploading', { theme: 'dark' }],
  ['composer-rtl', 'composer--every-state', { direction: 'rtl', language: 'ar' }],
  ['composer-320', 'composer--uploading', { width: 320 }],
  ['composer-failed', 'composer--blocked'],
  ['composer-twenty', 'composer--twenty', { theme: 'dark' }],
  ['composer-dragging', 'composer--dragging'],
  ['composer-menu', 'composer--menu', { isWindow: true, height: 240 }],
  ['zone-light', 'themes--every-state', { width: 608 }],
  ['zone-dark', 'themes--every-state', { width: 608, theme: 'dark' }],
  ['zone-rtl', 'themes--every-state', { width: 608, direction: 'rtl', language: 'he' }],
  ['zone-320', 'themes--every-state-narrow', { width: 320 }],
  ['zone-long-names', 'difyfiledrop--long-names', { width: 608 }],
  ['zone-dragging', 'parts--overlay', { width: 608, theme: 'dark' }],
  ['preview', 'preview--picture', { isWindow: true }],
]

for (const [name, story, { width = 768, height = 600, theme, direction, language, isWindow } = {}] of PICTURES) {
  test(`docs/looks/${name}.png`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ baseURL, locale: 'en-US', timezoneId: 'UTC', viewport: { width, height }, deviceScaleFactor: 2, reducedMotion: 'reduce', colorScheme: theme ?? 'light' })
    const page: Page = await context.newPage()
    await page.clock.setFixedTime(new Date('2026-03-12T09:00:00Z'))
    await openStory(page, story, { theme: theme ?? 'light', direction: direction ?? 'ltr', language: language ?? 'en' })
    await page.addStyleTag({ content: FONT })
    await page.evaluate(() => document.fonts.ready)
    await page.mouse.move(0, 0)
    await (isWindow === true ? page : page.locator('[data-story]')).screenshot({ path: `docs/looks/${name}.png`, animations: 'disabled', caret: 'hide' })
    expect(await page.locator('[data-dfd-part="root"]').count()).toBeGreaterThan(0)
    await context.close()
  })
}

const FONT = ':root { --story-font: "Liberation Sans", "Noto Sans CJK SC", "Noto Color Emoji", "DejaVu Sans"; --dfd-font-mono: "Liberation Mono"; }'
