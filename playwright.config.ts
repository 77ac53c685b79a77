import { defineConfig } from '@playwright/test'
import { chromiumLaunchOptions } from './scripts/find-browser.mjs'

const isCi = Boolean(process.env['CI'])
const port = Number(process.env['E2E_PORT'] ?? 3123)
const baseURL = `http://127.0.0.1:${port}`

// The flows, in a real browser, against the demo: its page, the real proxy, and the emulator behind it.
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results/playwright',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: isCi,
  reporter: isCi ? 'line' : 'list',
  use: { baseURL, trace: 'retain-on-failure', locale: 'en-US', timezoneId: 'UTC' },
  projects: [{ name: 'chromium', use: { browserName: 'chromium', launchOptions: chromiumLaunchOptions() } }],
  webServer: {
    command: 'node scripts/start.mjs',
    env: { PORT: String(port), DEMO_CONTROL: '1' },
    url: baseURL,
    timeout: 90_000,
    reuseExistingServer: !isCi,
    stdout: 'pipe',
  },
})
