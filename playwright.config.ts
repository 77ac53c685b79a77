import { defineConfig } from '@playwright/test'
import { chromiumLaunchOptions, findFirefox, findWebKit } from './scripts/find-browser.mjs'

const isCi = Boolean(process.env['CI'])
const port = Number(process.env['E2E_PORT'] ?? 3123)
const baseURL = `http://127.0.0.1:${port}`

// The smoke flows are run in the other engines too: in the Firefox that Debian has, over WebDriver BiDi, and in its WebKitGTK,
// over WebDriver (e2e/webkit.spec.ts). Chromium runs them beside all the others.
const firefoxPath = findFirefox()
const webKitPath = findWebKit()
if (firefoxPath !== undefined) await import('./scripts/firefox-bidi-compat.mjs')
// Once, not in every worker.
if (process.env['TEST_WORKER_INDEX'] === undefined) {
  if (firefoxPath === undefined) console.warn('Firefox: skipped, there is none on PATH. Set FIREFOX_PATH to one.')
  if (webKitPath === undefined) console.warn('WebKit: skipped, there are no WebKitWebDriver and Xvfb on PATH (Debian: webkit2gtk-driver, xvfb).')
}
const others = [
  ...(firefoxPath === undefined
    ? []
    : [{
        name: 'firefox',
        testMatch: /(early|embed|smoke)\.spec\.ts$/,
        use: { browserName: 'firefox' as const, channel: 'moz-firefox', launchOptions: { executablePath: firefoxPath } },
      }]),
  ...(webKitPath === undefined ? [] : [{ name: 'webkit', testMatch: /webkit\.spec\.ts$/ }]),
]

const chrome = { browserName: 'chromium' as const, launchOptions: chromiumLaunchOptions() }

// The flows, in a real browser, against the demo: its page, the real proxy, and the emulator behind it.
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  // Those look at the built Storybook, and have a configuration of their own.
  testIgnore: '**/stories/**',
  outputDir: 'test-results/playwright',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // Room for a machine that has other work: what is waited for comes, later.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: isCi,
  reporter: isCi ? 'line' : 'list',
  // To record every test takes a third of the whole time: `npx playwright test --trace retain-on-failure` where it is wanted.
  use: { baseURL, trace: 'off', locale: 'en-US', timezoneId: 'UTC' },
  projects: [
    { name: 'chromium', testIgnore: ['**/webkit.spec.ts', '**/timed.spec.ts', '**/stories/**'], use: chrome },
    // After all the others: what is held against the clock has the machine to itself.
    { name: 'timed', testMatch: '**/timed.spec.ts', use: chrome, dependencies: ['chromium'] },
    ...others,
  ],
  webServer: {
    command: 'node scripts/start.mjs',
    env: { PORT: String(port), DEMO_CONTROL: '1' },
    url: baseURL,
    timeout: 90_000,
    reuseExistingServer: !isCi,
    stdout: 'pipe',
  },
})
