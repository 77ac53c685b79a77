import { defineConfig } from '@playwright/test'
import { chromiumLaunchOptions } from './scripts/find-browser.mjs'

// The built Storybook, page by page: axe in every mode, and pictures of what people see. Build it first: npm run build:storybook.
export default defineConfig({
  testDir: 'e2e/stories',
  testMatch: '*.spec.ts',
  outputDir: 'test-results/stories',
  // One picture per test, named after it, whatever the machine: fonts are named in the page, and must be there.
  snapshotPathTemplate: 'e2e/__screenshots__/{arg}{ext}',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // Of a test, whatever it waits for: plenty, for machines that are busy.
  timeout: 120_000,
  forbidOnly: Boolean(process.env['CI']),
  reporter: process.env['CI'] ? 'line' : 'list',
  expect: { toHaveScreenshot: { animations: 'disabled', caret: 'hide', scale: 'css', maxDiffPixelRatio: 0.002 } },
  use: { trace: 'off', locale: 'en-US', timezoneId: 'UTC', viewport: { width: 800, height: 600 }, browserName: 'chromium', launchOptions: chromiumLaunchOptions() },
  projects: [
    { name: 'a11y', testMatch: ['a11y.spec.ts', 'docs.spec.ts', 'offline.spec.ts'] },
    { name: 'visual', testMatch: 'visual.spec.ts' },
    { name: 'pictures', testMatch: 'pictures.spec.ts' },
  ],
})
