import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import { openStory, stories, test } from './support/stories.js'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

interface Mode {
  theme: 'light' | 'dark'
  direction: 'ltr' | 'rtl'
  media?: Parameters<Page['emulateMedia']>[0]
}

const MODES: Record<string, Mode> = {
  light: { theme: 'light', direction: 'ltr' },
  dark: { theme: 'dark', direction: 'ltr' },
  'right to left': { theme: 'light', direction: 'rtl' },
  'more contrast': { theme: 'light', direction: 'ltr', media: { contrast: 'more' } },
  'forced colours': { theme: 'dark', direction: 'ltr', media: { forcedColors: 'active' } },
}

for (const { id, title, name } of stories()) {
  test(`${title}, ${name}: axe finds nothing, fingers hit what they aim at, nothing moves or is cut off at 320 px`, async ({ page, touch }) => {
    await openStory(page, id)
    await page.addScriptTag({ path: AXE })
    const found: Record<string, string[]> = {}
    for (const [mode, { theme, direction, media }] of Object.entries(MODES)) {
      await page.emulateMedia({ forcedColors: 'none', contrast: 'no-preference', colorScheme: theme, ...media })
      await page.evaluate(asThe, { theme, direction })
      const violations = await violationsOf(page)
      if (violations.length > 0) found[mode] = violations
    }
    expect(found).toEqual({})
    await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' })
    await page.evaluate(asThe, { theme: 'light', direction: 'ltr' })

    // WCAG 2.5.8 asks for 24 px; under a finger we ask 44 of ourselves.
    expect(await page.evaluate(smallTargets, 24)).toEqual([])
    await touch(true)
    expect(await page.evaluate(smallTargets, 44)).toEqual([])
    await touch(false)

    // Less motion is asked for: then nothing of ours moves.
    expect(await page.evaluate(moving)).toEqual([])

    // As wide as a phone, which is also a page zoomed to 400 %, with the spacing of text that WCAG 1.4.12 asks for.
    await page.setViewportSize({ width: 320, height: 600 })
    await page.addStyleTag({ content: '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }' })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    expect(await page.evaluate(cutOff)).toEqual([])
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
    const { violations } = await axe.run(document.body, { resultTypes: ['violations'], rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false }, 'landmark-one-main': { enabled: false } } })
    return violations.map((it) => `${it.id}: ${it.nodes.map((node) => `${node.html.slice(0, 160)} (${node.failureSummary?.split('\n')[1]?.trim() ?? ''})`).join(' | ')}`)
  })
}

/** What of ours can be pressed and is smaller than so many px: where a press so far from its middle hits something else. */
function smallTargets(size: number): string[] {
  const found: string[] = []
  for (const target of document.querySelectorAll<HTMLElement>('button[data-dfd-part], input[data-dfd-part]:not([type="file"], [type="hidden"])')) {
    if (target.matches(':disabled') || target.closest('[data-dfd-hidden]') !== null) continue
    target.scrollIntoView({ block: 'nearest', inline: 'center' })
    // Of a thumbnail that opens the preview, the whole item.
    const box = target.dataset['dfdPart'] === 'item-thumbnail' ? target.closest<HTMLElement>('[data-dfd-part="item"]')! : target
    const { left, top, width, height } = box.getBoundingClientRect()
    const [x, y] = [left + width / 2, top + height / 2]
    const hits = (dx: number, dy: number): boolean => {
      const hit = document.elementFromPoint(x + dx, y + dy)
      return hit !== null && target.contains(hit)
    }
    // Not in sight, or behind a menu or a dialog.
    if (width === 0 || !hits(0, 0)) continue
    const reach = size / 2 - 1
    const isSmall = (width < size && !(hits(-reach, 0) && hits(reach, 0))) || (height < size && !(hits(0, -reach) && hits(0, reach)))
    if (isSmall) found.push(`${target.dataset['dfdPart']} ${target.getAttribute('aria-label') ?? ''}: ${Math.round(width)} × ${Math.round(height)}`)
  }
  return found
}

function moving(): string[] {
  return document.getAnimations().flatMap(({ effect, playState }) => {
    const target = (effect as KeyframeEffect | null)?.target?.closest<HTMLElement>('[data-dfd-part]')
    return playState === 'running' && target !== null && target !== undefined ? [target.dataset['dfdPart'] ?? ''] : []
  })
}

/** Words of ours that something cuts off, but for those that are whole elsewhere: a name in its title, a reason with the focus. */
function cutOff(): string[] {
  const WHOLE_ELSEWHERE = '[data-dfd-hidden], [data-dfd-part="item-name-start"], [data-dfd-part="item-error"], [data-dfd-part="preview-title"] h2'
  const found: string[] = []
  for (const part of document.querySelectorAll<HTMLElement>('[data-dfd-part], [data-dfd-part] :is(span, p, strong, h2)')) {
    const words = [...part.childNodes].find((it) => it instanceof Text && it.data.trim() !== '')
    if (words === undefined || part.closest(WHOLE_ELSEWHERE) !== null || !part.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
    const range = document.createRange()
    range.selectNodeContents(part)
    const inner = range.getBoundingClientRect()
    for (let around: HTMLElement | null = part; around !== null && around !== document.body; around = around.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(around)
      const outer = around.getBoundingClientRect()
      const sticksOut = (overflowX === 'hidden' || overflowX === 'clip') && (inner.left < outer.left - 1 || inner.right > outer.right + 1)
      const hangsOut = (overflowY === 'hidden' || overflowY === 'clip') && (inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1)
      if (sticksOut || hangsOut) found.push(`${part.dataset['dfdPart'] ?? part.localName} “${(words as Text).data.slice(0, 40)}” in ${around.dataset['dfdPart'] ?? around.localName}`)
      // What can be scrolled shows all of it, in time.
      if (overflowX === 'auto' || overflowY === 'auto') break
    }
  }
  return found
}
