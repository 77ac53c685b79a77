import { expect, type Page } from '@playwright/test'
import type { Visitor } from './visitor.js'

/** Somebody at a browser that Playwright drives. */
export function playwrightVisitor(page: Page): Visitor {
  const browser = page.context().browser()
  const name = browser?.browserType().name() ?? 'browser'
  return {
    browser: `${name[0]!.toUpperCase()}${name.slice(1)} ${browser?.version() ?? ''}`.trim(),
    open: async (path) => void (await page.goto(path)),
    // Playwright's types unwrap handles in the argument; ours has none.
    run: (inPage, argument) => page.evaluate(inPage as never, argument as never),
    choose: async (input, paths) => {
      await expect(page.locator(input)).toBeAttached()
      await page.locator(input).setInputFiles([...paths])
    },
    click: (selector) => page.locator(selector).first().click(),
    press: async (...keys) => {
      for (const key of keys) await page.keyboard.press(key === ' ' ? 'Space' : key)
    },
  }
}
