// npm run chaos: hundreds of files through a network that lies, in a real browser, and a count of what came of them.
//   -- --quick       60 files instead of 500, a few minutes at most, for CI: npm run chaos:ci
//   -- --seed 7      the same faults again
//   -- --only draft  of: plain, draft, killed, pieces, memory
//   -- --dry         leaves RELIABILITY.md alone
import { parseArgs } from 'node:util'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from '../scripts/find-browser.mjs'
import { memory } from './memory.mjs'
import { report } from './report.mjs'
import { chaos } from './scenario.mjs'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false }, seed: { type: 'string' }, only: { type: 'string' }, dry: { type: 'boolean', default: false },
    files: { type: 'string' }, rounds: { type: 'string' },
  },
})
const seed = Number(options.seed ?? Math.floor(Math.random() * 2 ** 31))
const count = Number(options.files ?? (options.quick ? 60 : 500))
const SCENARIOS = {
  plain: () => chaos({ title: 'One page, one go', browser, folder, seed, count }),
  draft: () => chaos({ title: 'The page is reloaded in the middle', browser, folder, seed: seed + 1, count, reloads: 1 }),
  killed: () => chaos({ title: 'The proxy is killed twice, Dify once', browser, folder, seed: seed + 2, count, kills: ['proxy', 'dify', 'proxy'] }),
  pieces: () => chaos({ title: 'In pieces: the proxy is killed twice', browser, folder, seed: seed + 3, count, kills: ['proxy', 'proxy'], inPieces: true }),
  memory: () => memory({ browser, folder, rounds: Number(options.rounds ?? (options.quick ? 5 : 30)), perRound: options.quick ? 40 : 200 }),
}
const names = options.only?.split(',') ?? Object.keys(SCENARIOS)
const unknown = names.find((name) => !Object.hasOwn(SCENARIOS, name))
if (unknown !== undefined) throw new Error(`There is no "${unknown}". There are: ${Object.keys(SCENARIOS).join(', ')}.`)

console.log(`seed ${seed}: npm run chaos --${options.quick ? ' --quick' : ''} --seed ${seed}`)
const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url))
await build({ configFile, logLevel: 'warn' })
await build({ configFile, logLevel: 'warn', build: { ssr: true } })

const folder = mkdtempSync(join(tmpdir(), 'chaos-'))
const browser = await chromium.launch(chromiumLaunchOptions())
const version = browser.version()
let results = []
try {
  // Chaos is mostly waiting, so its scenarios, each in a world of its own, share the time. Memory wants the machine to itself.
  results = await Promise.all(names.filter((name) => name !== 'memory').map(run))
  if (names.includes('memory')) results.push(await run('memory'))
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}

const isWhole = results.every(({ facts }) => Object.keys(facts).length > 0)
if (isWhole && !options.dry && !options.only && !options.quick) report(results, { seed, count, browser: version })
const checks = results.flatMap((result) => result.checks)
const failed = checks.filter(({ ok }) => !ok).length
console.log(`\n${checks.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

async function run(name) {
  const start = performance.now()
  const result = await SCENARIOS[name]().catch((error) => ({ title: name, checks: [{ name: `${name} ran to its end`, ok: false, detail: error.stack }], facts: {} }))
  result.seconds = (performance.now() - start) / 1000
  console.log(`\n${result.title} (${result.seconds.toFixed(1)} s)`)
  for (const { name, ok, detail } of result.checks) console.log(`  ${ok ? '✓' : '✗'} ${name}${detail === undefined ? '' : `: ${detail}`}`)
  for (const [fact, value] of Object.entries(result.facts)) console.log(`    ${fact}: ${value}`)
  return result
}
