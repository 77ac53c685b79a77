// npm run test:hosts: packs the library as npm would publish it, installs that beside every server it runs on, starts each
// server for real and asks it for the same behaviours. `-- --only bun,deno` for some; `-- --no-build` takes what was built last.
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { install as installBeside, pack } from '../examples/package.mjs'
import { HOSTS } from './suite/start.mjs'

const { values: options } = parseArgs({ options: { only: { type: 'string' }, build: { type: 'boolean', default: true }, 'write-docs': { type: 'boolean', default: false } }, allowNegative: true })
const began = performance.now()
const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`.padStart(8)

try {
  await install()
} catch (error) {
  console.log(`${error.message}\n\n0 passed, 1 failed`)
  process.exit(1)
}
// Only now is there a package to import.
const { ALL, versionOf } = await import('./suite/hosts.mjs')
const { conformance } = await import('./suite/conformance.mjs')
const { commandLine } = await import('./suite/commandLine.mjs')
const { docs } = await import('./suite/docs.mjs')
const { doctor } = await import('./suite/doctor.mjs')
const { hostileClients } = await import('./suite/hostileClients.mjs')
const { replicas } = await import('./suite/replicas.mjs')
const { resumable } = await import('./suite/resumable.mjs')

const wanted = options.only?.split(',') ?? null
const isWanted = (name) => wanted === null || wanted.some((it) => name.startsWith(it))
let passed = 0
let failed = 0

for (const it of ALL.filter(({ name }) => isWanted(name))) {
  const start = performance.now()
  const runtime = it.find()
  if (typeof runtime !== 'string') {
    console.log(`${it.name.padEnd(12)} skipped: ${runtime.missing}`)
    continue
  }
  try {
    await it.prepare?.(runtime)
    report(it.name, await conformance(it, runtime), start, versionOf(runtime))
  } catch (error) {
    report(it.name, { passed: 0, excepted: 0, failures: [`it could not be prepared\n    ${error.message}`] }, start)
  }
}

for (const [name, group] of Object.entries({ docs: () => docs({ write: options['write-docs'] }), command: commandLine, doctor, hostile: hostileClients, replicas, resumable })) {
  if (!isWanted(name)) continue
  const start = performance.now()
  try {
    const outcome = await group()
    if (outcome.missing === undefined) report(name, outcome, start)
    else console.log(`${name.padEnd(12)} skipped: ${outcome.missing}`)
  } catch (error) {
    report(name, { passed: 0, excepted: 0, failures: [error.message] }, start)
  }
}

console.log(`\n${seconds(began).trim()} in all\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

function report(name, outcome, start, version = '') {
  const { failures, excepted } = outcome
  passed += outcome.passed
  failed += failures.length
  const except = excepted === 0 ? '' : `, ${excepted} not possible there`
  console.log(`${name.padEnd(12)}${seconds(start)}  ${outcome.passed} passed${failures.length === 0 ? '' : `, ${failures.length} FAILED`}${except}  ${version}`)
  for (const failure of failures) console.log(`  ✗ ${failure}`)
  if (outcome.output) console.log(`  --- what it wrote, the end of it ---\n${outcome.output.slice(-1500)}\n  ---`)
}

/** The servers of this folder and, in their midst, the package as a user would get it. */
async function install() {
  const tarball = await pack(options)
  await installBeside(HOSTS, tarball)
  console.log(`installed    ${seconds(began)}  ${basename(tarball)}`)
}
