// npm run test:adapters: the adapters against the real chat kits, in a real browser, over the real proxy, from the packed
// library. `-- --no-build` takes what was built last.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { install, pack, ROOT, run } from '../package.mjs'

const { values: options } = parseArgs({ options: { build: { type: 'boolean', default: true } }, allowNegative: true })
const here = fileURLToPath(new URL('.', import.meta.url))
const began = performance.now()
let passed = 0
let failed = 0

await run('node', [join(ROOT, 'scripts/ensure-browser.mjs')], ROOT)
const tarball = await pack(options)
await install(here, tarball)
console.log(`installed ${seconds()}`)

await step('types fit the kits', async () => {
  await run('tsc', ['-p', 'tsconfig.json'], here)
  passed++
})

await step('in the browser', () => vitest(['--config', 'vitest.config.ts'], here))
await step('its stories', () => vitest(['--project', 'stories', 'examples/kits'], ROOT))

console.log(`${seconds()} in all\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** Counts the tests of one run. */
async function vitest(args, cwd) {
  const report = join(here, '.cache/report.json')
  rmSync(report, { force: true })
  let error = null
  await run(join(ROOT, 'node_modules/.bin/vitest'), ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], cwd).catch((it) => (error = it))
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
  passed += numPassedTests
  failed += numFailedTests
  if (error !== null) {
    console.error(error.message)
    if (numFailedTests === 0) failed++
  }
}

async function step(name, work) {
  try {
    await work()
  } catch (error) {
    failed++
    console.error(error.message)
  }
  console.log(`${name} ${seconds()}`)
}

function seconds() {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`
}
