import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/** What the command says first, as a process of its own. */
async function firstWords(variables: Record<string, string>): Promise<string> {
  const hooks = new URL('../server/fixtures/typescriptHooks.mjs', import.meta.url).href
  const child = spawn(process.execPath, ['--experimental-transform-types', '--disable-warning=ExperimentalWarning', '--import', hooks, fileURLToPath(new URL('index.ts', import.meta.url)), 'proxy'], {
    env: { PATH: process.env['PATH'], DIFY_API_KEY: 'app-key', ANONYMOUS_SECRET: 's'.repeat(32), PORT: '0', LOG: 'off', ...variables },
  })
  try {
    const [chunk] = (await once(child.stderr, 'data')) as [Buffer]
    return chunk.toString()
  } finally {
    child.kill('SIGKILL')
  }
}

it.each([
  { HEADERS_TIMEOUT_SECONDS: '0.333' }, { HEADERS_TIMEOUT_SECONDS: '0.57' }, { IDLE_TIMEOUT_SECONDS: '1.0005' }, { UPLOAD_TIMEOUT_SECONDS: '4.3555' },
  { HEADERS_TIMEOUT_SECONDS: '100', UPLOAD_TIMEOUT_SECONDS: '1' },
])('the server starts with any number of seconds: %o', async (variables) => {
  expect(await firstWords(variables)).toMatch(/^dify-file-drop: listening on/)
}, 20_000)

it.each(['UPLOAD_TIMEOUT_SECONDS', 'SHUTDOWN_SECONDS', 'HEADERS_TIMEOUT_SECONDS'])('says in a sentence that %s is more than a timer can hold', async (name) => {
  expect(await firstWords({ [name]: '1e13' })).toBe(`dify-file-drop: ${name} is "1e13", which is no number from 0.1 to 2000000.\n`)
}, 20_000)
