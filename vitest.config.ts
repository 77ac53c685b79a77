import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumLaunchOptions } from './scripts/find-browser.mjs'
import { resumableServer } from './scripts/resumable-server.mjs'
import { testServer } from './scripts/test-server.mjs'

const inChromium = {
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions: chromiumLaunchOptions() }),
  instances: [{ browser: 'chromium' as const }],
}

export default defineConfig({
  test: {
    projects: [
      // Everything without a DOM: the contract, the engine, the proxy, the emulator.
      { test: { name: 'unit', environment: 'node', include: ['src/**/*.test.ts', 'demo/**/*.test.ts'], exclude: ['**/*.browser.test.ts'], restoreMocks: true } },
      // Components, hooks and the XHR transport, in a real browser.
      {
        plugins: [react(), testServer(), resumableServer()],
        optimizeDeps: { include: ['react', 'react-dom', 'react-dom/client', 'react/jsx-dev-runtime', '@tanstack/react-query', 'axios', 'axios/unsafe/adapters/xhr.js', 'react-dropzone', '@testing-library/react', '@testing-library/user-event', 'axe-core', 'heic-to/csp', 'idb', 'tus-js-client'] },
        test: { name: 'browser', include: ['src/**/*.test.tsx', 'src/**/*.browser.test.ts'], restoreMocks: true, browser: inChromium },
      },
      // Every story renders, its play function passes, and axe finds nothing.
      {
        plugins: [storybookTest({ configDir: fileURLToPath(new URL('./.storybook', import.meta.url)) })],
        test: { name: 'stories', browser: inChromium },
      },
    ],
  },
})
