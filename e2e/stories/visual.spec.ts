import { spawnSync } from 'node:child_process'
import { expect, type Page } from '@playwright/test'
import { openStory, test } from './support/stories.js'

/** The fonts that the pictures were made with. scripts/ensure-fonts.mjs installs them where it may. */
const FONTS = ['Liberation Sans', 'Liberation Mono']
const missing = FONTS.filter((font) => !(spawnSync('fc-list', [font, 'family'], { encoding: 'utf8' }).stdout ?? '').includes(font))
test.skip(missing.length > 0, `These fonts are not here, so pictures of text would differ: ${missing.join(', ')}. Install fonts-liberation.`)

interface Shot {
  width?: number
  theme?: 'light' | 'dark'
  direction?: 'rtl'
  language?: string
  media?: Parameters<Page['emulateMedia']>[0]
  /** The window, for what is not in the story's own box. */
  isWindow?: true
}

/** Name of the picture, its story, and how to look at it. */
const SHOTS: readonly [name: string, story: string, shot?: Shot][] = [
  ['zone-empty', 'difyfiledrop--empty'],
  ['zone-empty-dark', 'difyfiledrop--empty', { theme: 'dark' }],
  ['zone-empty-320', 'difyfiledrop--empty', { width: 320 }],
  ['zone-disabled', 'difyfiledrop--disabled'],
  ['zone-uploaded', 'difyfiledrop--upload'],
  ['zone-refused', 'difyfiledrop--refused'],
  ['zone-failed', 'difyfiledrop--failed'],
  ['zone-too-many', 'difyfiledrop--too-many'],
  ['zone-long-names', 'difyfiledrop--long-names'],
  ['zone-states', 'themes--every-state'],
  ['zone-states-dark', 'themes--every-state', { theme: 'dark' }],
  ['zone-states-rtl', 'themes--every-state', { direction: 'rtl', language: 'he' }],
  ['zone-states-320', 'themes--every-state-narrow', { width: 320 }],
  ['zone-states-forced', 'themes--every-state', { media: { forcedColors: 'active', colorScheme: 'dark' } }],
  ['zone-states-contrast', 'themes--every-state', { media: { contrast: 'more' } }],
  ['zone-text-spacing', 'themes--text-spacing'],
  ['zone-overlay', 'parts--overlay'],
  ['zone-overlay-refused', 'parts--overlay-refused'],
  ['composer-empty', 'composer--empty'],
  ['composer-empty-dark', 'composer--empty', { theme: 'dark' }],
  ['composer-hint', 'composer--hint'],
  ['composer-attached', 'composer--attached'],
  ['composer-uploading', 'composer--uploading'],
  ['composer-uploading-dark', 'composer--uploading', { theme: 'dark' }],
  ['composer-uploading-rtl', 'composer--uploading', { direction: 'rtl' }],
  ['composer-uploading-320', 'composer--uploading', { width: 320 }],
  ['composer-states', 'composer--every-state'],
  ['composer-states-forced', 'composer--every-state', { media: { forcedColors: 'active', colorScheme: 'dark' } }],
  ['composer-narrow', 'composer--narrow', { width: 320 }],
  ['composer-long-error', 'composer--long-error', { isWindow: true }],
  ['composer-blocked', 'composer--blocked'],
  ['composer-dragging', 'composer--dragging'],
  ['composer-refused', 'composer--dragging-refused'],
  ['composer-links', 'composer--links'],
  ['composer-menu', 'composer--menu', { isWindow: true }],
  ['composer-disabled', 'composer--disabled'],
  ['theme-brand', 'themes--brand'],
  ['theme-compact', 'themes--compact'],
  ['theme-shadcn', 'themes--shadcn', { theme: 'dark' }],
  ['preview-picture', 'preview--picture', { isWindow: true }],
  ['preview-prose', 'preview--prose', { isWindow: true }],
  ['preview-code-dark', 'preview--code', { isWindow: true, theme: 'dark' }],
  ['preview-broken-320', 'preview--broken', { isWindow: true, width: 320 }],
  ['parts-item-move', 'parts--item-move'],
]

for (const [name, story, { width = 800, theme = 'light', direction = 'ltr', language = 'en', media, isWindow }={}] of SHOTS) {
  test(`${name} looks as it did`, async ({ page }) => {
    await page.setViewportSize({ width, height: 600 })
    await page.emulateMedia({ colorScheme: theme, ...media })
    // Time stands still, so that nothing counts down and no speed is measured.
    await page.clock.setFixedTime(new Date('2026-03-12T09:00:00Z'))
    await openStory(page, story, { theme, direction, language })
    await page.addStyleTag({ content: FONT })
    await page.evaluate(() => document.fonts.ready)
    await page.mouse.move(0, 0)
    await expect(isWindow === true ? page : page.locator('[data-story]')).toHaveScreenshot(`${name}.png`)
  })
}

const FONT = `
  :root { --story-font: "Liberation Sans", "Noto Sans CJK SC", "Noto Color Emoji", "DejaVu Sans"; --dfd-font-mono: "Liberation Mono"; }
  [data-dfd-part='item-progress']::before { transition: none !important; }`
