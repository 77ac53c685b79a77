import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { createDifyProxy, toNodeListener } from 'dify-file-drop/server'
import { createDifyEmulator } from 'dify-file-drop/testing'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { chromiumLaunchOptions } from '../../scripts/find-browser.mjs'
import { plainProxy } from './plainProxy'

export default defineConfig({
  cacheDir: '.cache/vite',
  plugins: [react(), dify()],
  optimizeDeps: {
    include: [
      '@assistant-ui/react', '@ai-sdk/react', 'ai', '@ant-design/x', 'antd', 'react', 'react-dom', 'react-dom/client', 'react/jsx-dev-runtime', 'react-hook-form',
      'dify-file-drop', 'dify-file-drop/assistant-ui', 'dify-file-drop/ai-sdk', 'dify-file-drop/ant-design-x',
    ],
  },
  test: {
    include: ['*.test.tsx'],
    fileParallelism: false,
    testTimeout: 20_000,
    browser: {
      enabled: true, headless: true, screenshotFailures: false,
      provider: playwright({ launchOptions: chromiumLaunchOptions() }),
      instances: [{ browser: 'chromium' }],
    },
  },
})

/** The proxy under /api/dify and a plain one under /plain, in front of a Dify in memory; /__dify tells that what to do and what it saw. */
function dify(): Plugin {
  return {
    name: 'dify',
    configureServer(server) {
      const emulator = createDifyEmulator({ apiKey: 'app-kits', tokenDelay: 5 })
      const proxy = createDifyProxy({
        apiKey: emulator.apiKey,
        baseUrl: 'http://dify.invalid/v1',
        fetch: (input, init) => emulator.fetch(new Request(input, init)),
        authorize: () => ({ user: 'kits' }),
      })
      server.middlewares.use('/api/dify', toNodeListener(proxy))
      const plain = plainProxy(emulator.apiKey, (request) => emulator.fetch(request))
      server.middlewares.use('/plain', plain)
      server.middlewares.use('/plain-uploads', (request, response) => (request.url === '/files/upload' ? plain(request, response) : void response.writeHead(404).end()))
      server.middlewares.use('/__dify', (request, response) => {
        let body = ''
        request.on('data', (chunk) => (body += chunk))
        request.on('end', () => {
          if (request.url === '/reset') emulator.reset()
          if (request.url === '/script') emulator.script(JSON.parse(body))
          response.setHeader('content-type', 'application/json')
          response.end(JSON.stringify({ messages: emulator.messages, files: [...emulator.files.values()], requests: emulator.requests }))
        })
      })
    },
  }
}
