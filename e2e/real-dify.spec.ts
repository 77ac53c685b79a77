import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { toNodeListener } from '../src/server/index.js'
import { createDifyEmulator } from '../src/testing/index.js'
import { openChat } from './support/chat.js'
import { PNG, sha256 } from './support/files.js'

test('with DIFY_API_KEY and DIFY_BASE_URL the demo speaks to that Dify, over the network', async ({ page }) => {
  const dify = createDifyEmulator({ apiKey: 'app-from-the-environment' })
  const server: Server = createServer(toNodeListener(dify.fetch))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  // What `npm start` runs once it has built it; the tests' own demo server was built by the same command.
  const demo = spawn('node', [fileURLToPath(new URL('../.cache/demo/server/server.js', import.meta.url))], {
    env: { ...process.env, PORT: '0', DEMO_CONTROL: '', DIFY_API_KEY: dify.apiKey, DIFY_BASE_URL: `http://127.0.0.1:${port}/v1` },
  })
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let output = ''
      demo.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        const found = /http:\/\/\S+/.exec(output)
        if (found) resolve(found[0])
      })
      demo.once('exit', () => reject(new Error(`The demo ended: ${output}`)))
    })
    const chat = await openChat(page, url)
    await chat.pick(PNG.path)
    await expect(chat.item(PNG.name)).toHaveAttribute('data-state', 'uploaded')
    await chat.send('Hello over there')
    expect(await chat.answer()).toContain(await sha256(PNG.path))
    expect([...dify.files.values()].map((file) => file.name)).toEqual([PNG.name])
  } finally {
    demo.kill()
    server.closeAllConnections()
    server.close()
  }
})
