// npm run test:newcomer: from an empty folder and the packed library, does what README.md's quick starts say, block by block, and
// nothing else; then uploads and chats in a browser. `-- --no-build` takes what was packed last. Ends with "N passed, N failed".
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import { drive } from '../examples/drive.mjs'
import { pack, ROOT } from '../examples/package.mjs'
import { chromiumLaunchOptions } from './find-browser.mjs'

/** A widget in a bare Vite app, with its server: what a newcomer must write at most. */
const EMBED_LINES = 14
const READY_WITHIN = 10 * 60_000

const { values: options } = parseArgs({ options: { build: { type: 'boolean', default: true } }, allowNegative: true })
const sections = sectionsOf(readFileSync(join(ROOT, 'README.md'), 'utf8'))
const home = mkdtempSync(join(tmpdir(), 'newcomer-'))
let passed = 0
let failed = 0
let stop = () => undefined
process.on('exit', () => {
  stop()
  rmSync(home, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const tarball = await pack(options)
const vite = section('Quick start: Vite and Express')
const chat = section('A chat')
const next = section('Quick start: Next.js')

await check('a widget in a bare Vite app is under 15 lines', () => {
  const files = vite.filter((it) => it.path !== null)
  const lines = files.map((it) => `${it.path} ${lineCount(it)}`)
  const sum = files.reduce((total, it) => total + lineCount(it), 0)
  console.log(`  ${lines.join(' + ')} = ${sum} lines, of which the page has ${lineCount(files.find((it) => it.path.endsWith('.tsx')))}`)
  if (sum > EMBED_LINES) throw new Error(`${sum} lines, more than ${EMBED_LINES}`)
})

const started = performance.now()
const viteFolder = mkdtempSync(join(home, 'vite-'))
await check('Vite and Express: the widget uploads a file', () => follow(viteFolder, vite, upload))
await check('Vite and Express: the chat sends it, and is answered', async () => {
  // "then build and start as above"
  await follow(join(viteFolder, 'chat'), [...chat, vite.findLast((it) => it.path === null)], drive)
  tell('Vite and Express', started, [...vite, ...chat])
})

const later = performance.now()
await check('Next.js: the chat sends a file, and is answered', async () => {
  // Its folder must be there before what goes into it.
  const [setup, ...rest] = next
  await follow(mkdtempSync(join(home, 'next-')), [setup, ...chat.filter((it) => it.elsewhere !== null).map((it) => ({ ...it, path: it.elsewhere })), ...rest], drive)
  tell('Next.js', later, [...next, chat[0]])
})

console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** Does one block after another; the last one starts a server, which is then tried and stopped. */
async function follow(folder, blocks, attempt) {
  const dify = await startDify(blocks)
  const port = await freePort()
  const env = { ...newcomer(), PORT: String(port), DIFY_BASE_URL: dify.url, NEXT_TELEMETRY_DISABLED: '1' }
  let here = folder
  try {
    for (const block of blocks.slice(0, -1)) {
      if (block.path === null) here = await run(block.code, here, env)
      else {
        mkdirSync(dirname(join(here, block.path)), { recursive: true })
        writeFileSync(join(here, block.path), block.code)
      }
    }
    const server = start(blocks.at(-1).code, here, env)
    const url = `http://localhost:${port}`
    await server.answersAt(url)
    const trouble = await attempt(url, dify)
    if (trouble !== null) throw new Error(`${trouble}\n--- the server said ---\n${server.output()}`)
  } finally {
    stop()
    dify.close()
  }
}

/** A Dify with the very key that README.md has, from the library that was packed. */
async function startDify(blocks) {
  const key = /DIFY_API_KEY=(\S+)/.exec(blocks.at(-1).code)[1]
  const built = join(ROOT, 'examples/.cache/package/dist')
  const { createDifyEmulator } = await import(join(built, 'testing/index.js'))
  const { toNodeListener } = await import(join(built, 'server/index.js'))
  const emulator = createDifyEmulator({ apiKey: key })
  const server = createServer(toNodeListener(emulator.fetch)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${server.address().port}/v1`, emulator, close }
}

/** Drops a file into the zone and looks whether Dify has it, to the last byte. */
async function upload(url, { emulator }) {
  const browser = await chromium.launch(chromiumLaunchOptions())
  try {
    const page = await browser.newPage()
    await page.goto(url)
    const buffer = Buffer.from('What a newcomer has at hand.\n'.repeat(2000))
    await page.getByLabel('Files', { exact: true }).setInputFiles({ name: 'first.txt', mimeType: 'text/plain', buffer })
    await page.locator('[data-dfd-part="item"][data-state="uploaded"]').waitFor({ timeout: 20_000 })
    const sha256 = createHash('sha256').update(buffer).digest('hex')
    return [...emulator.files.values()].some((it) => it.sha256 === sha256) ? null : 'Dify does not have the file.'
  } catch (error) {
    return error.message
  } finally {
    await browser.close()
  }
}

/** The environment of somebody who has Node and npm and nothing of this project. */
function newcomer() {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_ENV$|NODE_PATH$|INIT_CWD$|DIFY_|SESSION_SECRET$)/.test(name)))
  // Whoever types it answers npm's question whether to fetch create-vite.
  return { ...env, npm_config_yes: 'true', PATH: env.PATH.split(delimiter).filter((folder) => !folder.includes('node_modules')).join(delimiter) }
}

/** Runs a block as a person would type it, but that the library comes from the tarball. Resolves with the folder it ends in. */
async function run(code, folder, env) {
  const child = spawn('sh', ['-ec', `${fromTarball(code)}\npwd >&3`], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'], timeout: READY_WITHIN })
  let output = ''
  let here = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  child.stdio[3].on('data', (chunk) => (here += chunk))
  const [status] = await once(child, 'close')
  if (status !== 0) throw new Error(`This block of README.md ended with ${status}:\n${code}\n--- it said ---\n${output}`)
  return here.trim()
}

/** The block whose last line is a server, in a process group of its own. */
function start(code, folder, env) {
  const child = spawn('sh', ['-ec', fromTarball(code)], { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let isOver = false
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  child.on('close', () => (isOver = true))
  stop = () => {
    stop = () => undefined
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended already.
    }
  }
  return {
    output: () => output,
    async answersAt(url) {
      for (const until = Date.now() + READY_WITHIN; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
        if (isOver || Date.now() > until) throw new Error(`${isOver ? 'It ended' : 'It does not answer'}:\n${code}\n--- it said ---\n${output}`)
        if (await fetch(url, { signal: AbortSignal.timeout(2000) }).then((it) => it.ok, () => false)) return
      }
    },
  }
}

function fromTarball(code) {
  return code.replaceAll(/^(npm install .*)\bdify-file-drop\b/gm, (_, before) => `${before}'${tarball}'`)
}

/** The blocks of each second-level heading. A block whose first line is a comment with a path is that file. */
function sectionsOf(text) {
  const found = new Map()
  for (const part of text.split(/^## /m).slice(1)) {
    const blocks = [...part.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, code]) => {
      const [path = null, elsewhere = null] = language === 'sh' ? [] : (/^\/\/ (.*)/.exec(code)?.[1].match(/[\w./[\]]+\.(?:tsx?|js)\b(?!\w)/g)?.filter((it) => it.includes('/') || !/^Next\.js$/.test(it)) ?? [])
      return { language, code, path, elsewhere }
    })
    found.set(part.slice(0, part.indexOf('\n')), blocks)
  }
  return found
}

function section(title) {
  const blocks = sections.get(title)
  if (blocks === undefined) throw new Error(`README.md has no “${title}” any more: this test follows it.`)
  return blocks
}

/** What must be written: neither empty lines nor the comment that names the file. */
function lineCount({ code }) {
  return code.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('//')).length
}

function tell(name, since, blocks) {
  const lines = blocks.filter((it) => it.path !== null).reduce((total, it) => total + lineCount(it), 0)
  console.log(`  ${name}: ${lines} lines in all, ${((performance.now() - since) / 1000).toFixed(0)} s with all its installing and building`)
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

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
