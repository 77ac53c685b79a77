import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'
import { chromiumLaunchOptions } from './scripts/find-browser.mjs'

const isCi = Boolean(process.env['CI'])
const port = Number(process.env['E2E_PORT'] ?? 3123)
const baseURL = `http://127.0.0.1:${port}`

// What browsers do differently is run in Firefox too, the one that Debian has, over WebDriver BiDi.
const firefoxPath = process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr'
const hasFirefox = existsSync(firefoxPath)
if (hasFirefox) await import('./scripts/firefox-bidi-compat.mjs')
// Once, not in every worker.
else if (process.env['TEST_WORKER_INDEX'] === undefined) console.warn(`Firefox: skipped, there is no ${firefoxPath}. Set FIREFOX_PATH to use another.`)
const firefox = hasFirefox
  ? [{
      name: 'firefox',
      testMatch: /(early|smoke.*)\.spec\.ts$/,
      use: { browserName: 'firefox' as const, channel: 'moz-firefox', launchOptions: { executablePath: firefoxPath } },
    }]
  : []

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
  forbidOnly: isCi,
  reporter: isCi ? 'line' : 'list',
  use: { baseURL, trace: 'retain-on-failure', locale: 'en-US', timezoneId: 'UTC' },
  projects: [{ name: 'chromium', use: { browserName: 'chromium', launchOptions: chromiumLaunchOptions() } }, ...firefox],
  webServer: {
    command: 'node scripts/start.mjs',
    env: { PORT: String(port), DEMO_CONTROL: '1' },
    url: baseURL,
    timeout: 90_000,
    reuseExistingServer: !isCi,
    stdout: 'pipe',
  },
})
