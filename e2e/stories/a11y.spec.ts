import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import { openStory, stories, test } from './support/stories.js'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

interface Mode {
  theme: 'light' | 'dark'
  direction: 'ltr' | 'rtl'
  forcedColors?: 'active'
}

const MODES: Record<string, Mode> = {
  light: { theme: 'light', direction: 'ltr' },
  dark: { theme: 'dark', direction: 'ltr' },
  'right to left': { theme: 'light', direction: 'rtl' },
  'forced colours': { theme: 'dark', direction: 'ltr', forcedColors: 'active' },
}

for (const { id, title, name } of stories()) {
  test(`axe finds nothing in ${title}: ${name}, and nothing sticks out at 320 px`, async ({ page }) => {
    await openStory(page, id)
    await page.addScriptTag({ path: AXE })
    const found: Record<string, string[]> = {}
    for (const [mode, { theme, direction, forcedColors }] of Object.entries(MODES)) {
      await page.emulateMedia({ forcedColors: forcedColors ?? 'none', colorScheme: theme })
      await page.evaluate(asThe, { theme, direction })
      const violations = await violationsOf(page)
      if (violations.length > 0) found[mode] = violations
    }
    expect(found).toEqual({})

    // As wide as a phone, which is also a page zoomed to 400 %, with the spacing of text that WCAG 1.4.12 asks for.
    await page.emulateMedia({ forcedColors: 'none' })
    await page.setViewportSize({ width: 320, height: 600 })
    await page.addStyleTag({ content: '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }' })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  })
}

/** What the toolbar does to the page around a story. */
function asThe({ theme, direction }: { theme: string; direction: string }): void {
  const around = document.querySelector<HTMLElement>('[data-story]')!
  around.dataset['dfdTheme'] = theme
  around.dir = direction
  around.style.colorScheme = theme
}

async function violationsOf(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await Promise.all(document.getAnimations().filter((it) => it.effect?.getComputedTiming().iterations !== Infinity).map((it) => it.finished.catch(() => undefined)))
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    // A story is a piece of a page: it has no landmarks and no heading of its own.
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false }, 'landmark-one-main': { enabled: false } } })
    return violations.map((it) => `${it.id}: ${it.nodes.map((node) => `${node.html.slice(0, 160)} (${node.failureSummary?.split('\n')[1]?.trim() ?? ''})`).join(' | ')}`)
  })
}
