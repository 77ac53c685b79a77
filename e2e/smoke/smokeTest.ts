import { test as base, type TestType } from '@playwright/test'
import { findWebKit } from '../../scripts/find-browser.mjs'
import { playwrightVisitor } from './playwrightVisitor.js'
import type { Visitor } from './visitor.js'
import { startWebDriver, type WebDriver } from './webDriver.js'

/** A test that somebody visits the demo in. */
export type SmokeTest = TestType<{ visitor: Visitor; request: import('@playwright/test').APIRequestContext }, object>

/** In the browser that the project names. */
export const inPlaywright = base.extend<{ visitor: Visitor }>({
  visitor: async ({ page }, use, { annotations }) => {
    const visitor = playwrightVisitor(page)
    annotations.push({ type: 'browser', description: visitor.browser })
    await use(visitor)
  },
})

/** In WebKitGTK: a driver a worker, a browser a test. */
export const inWebKit = base.extend<{ visitor: Visitor }, { webDriver: WebDriver }>({
  webDriver: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright wants a destructured parameter, and this fixture needs none.
    async ({}, use) => {
      const driver = await startWebDriver(findWebKit() ?? 'WebKitWebDriver')
      await use(driver)
      driver.stop()
    },
    { scope: 'worker' },
  ],
  visitor: async ({ webDriver, baseURL }, use, testInfo) => {
    const session = await webDriver.open(baseURL!)
    testInfo.annotations.push({ type: 'browser', description: session.browser })
    await use(session)
    if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('screenshot', { body: await session.screenshot(), contentType: 'image/png' })
    await session.close()
  },
})
