import { expect, type Page } from '@playwright/test'
import { everything, test } from './support/stories.js'

/** Whom a page asks that is not its own server. */
async function askedOutside(page: Page, baseURL: string, open: () => Promise<unknown>): Promise<string[]> {
  const outside: string[] = []
  const listen = (request: { url: () => string }): void => {
    const url = request.url()
    if (!url.startsWith(baseURL) && !/^(?:data|blob|about):/.test(url)) outside.push(url)
  }
  page.on('request', listen)
  await open()
  await page.waitForLoadState('networkidle')
  page.off('request', listen)
  return outside
}

test('the built Storybook asks nobody but its own server', async ({ page, baseURL }) => {
  expect(await askedOutside(page, baseURL, () => page.goto('/'))).toEqual([])
})

// Of the manual: its own pages, and two made of docstrings, with their code, tables and stories.
const PAGES = ['Start', 'Theming', 'Headless use', 'Accessibility', 'How to', 'DifyFileDrop', 'Preview']
for (const { id, title } of everything().filter((it) => it.type === 'docs' && PAGES.includes(it.title))) {
  test(`the page “${title}” asks nobody but its own server`, async ({ page, baseURL }) => {
    expect(await askedOutside(page, baseURL, async () => {
      await page.goto(`/iframe.html?id=${id}&viewMode=docs`)
      await page.locator('#storybook-docs h1, #storybook-docs h2').first().waitFor()
    })).toEqual([])
  })
}
