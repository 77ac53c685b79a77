// npm run test:examples: packs the library, installs it beside each example, starts that as its reader would (`npm start`)
// and drives it in a browser. `-- --only next-app` for some; `-- --no-build` takes what was built last.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { drive } from './drive.mjs'
import { install, pack, ROOT, run } from './package.mjs'

const EXAMPLES = ['vite-express', 'next-app', 'hono-bun', 'assistant-ui']

const { values: options } = parseArgs({ options: { only: { type: 'string' }, build: { type: 'boolean', default: true } }, allowNegative: true })
const wanted = options.only?.split(',') ?? EXAMPLES
const began = performance.now()
let passed = 0
let failed = 0
let stop = () => undefined
process.on('exit', () => stop())
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

await run('node', [join(ROOT, 'scripts/ensure-browser.mjs')], ROOT)
const tarball = await pack(options)
for (const name of EXAMPLES.filter((it) => wanted.includes(it))) {
  const start = performance.now()
  const folder = join(ROOT, 'examples', name)
  try {
    await install(folder, tarball)
    await check(`${name}: a file is attached, sent and answered`, async () => {
      const { url, output } = await launch(folder)
      const trouble = await drive(url).finally(() => stop())
      if (trouble !== null) throw new Error(`${trouble}\n--- the server said ---\n${output()}`)
    })
    // After the start: Next writes some of its types then.
    if (existsSync(join(folder, 'tsconfig.json'))) await check(`${name}: types`, () => run('tsc', ['-p', 'tsconfig.json'], folder))
  } catch (error) {
    failed++
    console.log(`✗ ${name}\n${error.message}`)
  }
  console.log(`${name.padEnd(14)}${seconds(start)}`)
}
console.log(`\n${seconds(began).trim()} in all\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

async function check(name, work) {
  try {
    await work()
    passed++
    console.log(`✓ ${name}`)
  } catch (error) {
    failed++
    console.log(`✗ ${name}\n${error.message}`)
  }
}

/** `npm start` on a free port of this machine, in a process group of its own. */
async function launch(folder) {
  const port = await freePort()
  // Without a key, so that it is the Dify in memory whatever this machine has.
  const { DIFY_API_KEY: _, NODE_ENV: __, ...env } = process.env
  const child = spawn('npm', ['start'], { cwd: folder, env: { ...env, PORT: String(port), NEXT_TELEMETRY_DISABLED: '1' }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let isOver = false
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  child.on('close', () => (isOver = true))
  stop = () => {
    stop = () => undefined
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended already.
    }
  }
  const url = `http://localhost:${port}`
  for (const until = Date.now() + 120_000; ; ) {
    if (isOver) throw new Error(`npm start ended:\n${output}`)
    if (Date.now() > until) throw new Error(`npm start was not ready after two minutes:\n${output}`)
    const isUp = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(2000) }).then((it) => it.status < 400, () => false)
    if (isUp) return { url, output: () => output }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`.padStart(8)
}
