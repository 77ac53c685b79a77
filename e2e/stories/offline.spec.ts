import { expect } from '@playwright/test'
import { everything, test } from './support/stories.js'

test('the built Storybook asks nobody but its own server', async ({ page, baseURL }) => {
  const outside: string[] = []
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(baseURL) && !/^(?:data|blob|about):/.test(url)) outside.push(url)
  })
  await page.goto('/')
  await page.waitForLoadState('networkidle')
  const pages = everything().filter((it) => it.type === 'docs').slice(0, 8)
  for (const { id } of pages) {
    await page.goto(`/?path=/docs/${id}`)
    await page.frameLocator('#storybook-preview-iframe').locator('#storybook-docs').waitFor()
    await page.waitForLoadState('networkidle')
  }
  expect(outside).toEqual([])
})
