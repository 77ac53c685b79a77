// npm run test:matrix: the packed library with React 18 and 19, built by Vite, webpack, Rspack and Next and used in
// Chromium; its types under TypeScript 5 and 7 and each way to resolve modules. `-- --only react-18` or `-- --only next`
// for some; `-- --no-build` takes what was built last. Ends with "N passed, N failed".
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { drive } from '../examples/drive.mjs'
import { install, installLocked, pack, ROOT, run } from '../examples/package.mjs'
import { BUNDLERS } from './bundlers.mjs'
import { serve } from './serve.mjs'

/** Folders of this one. */
const REACTS = ['react-18', 'react-19']
const COMPILERS = { 'TypeScript 7': 'typescript', 'TypeScript 5.9': 'typescript-5' }
const RESOLUTIONS = { bundler: 'ESNext', node16: 'Node16', nodenext: 'NodeNext' }

const { values: options } = parseArgs({ options: { only: { type: 'string' }, build: { type: 'boolean', default: true } }, allowNegative: true })
const here = import.meta.dirname
const began = performance.now()
let passed = 0
let failed = 0

await run('node', [join(ROOT, 'scripts/ensure-browser.mjs')], ROOT)
const tarball = await pack(options)
await installLocked(here)
// Elsewhere, so that nothing is found in the node_modules of this repository.
const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'dify-file-drop-')))
for (const react of REACTS) {
  const project = join(elsewhere, react)
  cpSync(join(here, react), project, { recursive: true, filter: (path) => !path.includes('node_modules') })
  // Fails where npm finds our peers and this React at odds.
  if (!(await check(`${react}: the package installs beside it`, () => install(project, tarball), true))) continue
  for (const bundler of Object.keys(BUNDLERS)) await check(`${react}: built by ${bundler}, a file is attached, sent and answered`, () => used(project, bundler))
  for (const [name, compiler] of Object.entries(COMPILERS)) {
    for (const resolution of Object.keys(RESOLUTIONS)) await check(`${react}: the types under ${name}, moduleResolution ${resolution}`, () => compiled(project, compiler, resolution))
  }
}
const last = join(elsewhere, REACTS.at(-1))
rmSync(join(last, 'node_modules/heic-to'), { recursive: true, force: true })
for (const bundler of Object.keys(BUNDLERS)) await check(`${REACTS.at(-1)}: built by ${bundler} without heic-to, as docs/first-week.md says`, () => built(last, bundler, 'without-heic', 'heic-to/csp'))
rmSync(elsewhere, { recursive: true, force: true })
console.log(`\n${seconds(began)} in all\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

function built(project, bundler, name, without) {
  const place = freshPlace(project, name ? `${name}-${bundler}` : bundler, 'app')
  // The example's way to send a message, which is what the README shows.
  cpSync(join(ROOT, 'examples/vite-express/src/ask.ts'), join(place, 'ask.ts'))
  return BUNDLERS[bundler](place, project, without)
}

async function used(project, bundler) {
  const { url, close } = await serve(await built(project, bundler), project)
  const trouble = await drive(url).finally(close)
  if (trouble !== null) throw new Error(trouble)
}

/** The type tests, by the strictest of readers; only what others' .d.ts say among themselves is skipped. */
async function compiled(project, compiler, resolution) {
  const place = freshPlace(project, `${compiler}-${resolution}`, 'types')
  const compilerOptions = {
    target: 'ES2022', module: RESOLUTIONS[resolution], moduleResolution: resolution, lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    jsx: 'react-jsx', strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: true, noEmit: true, types: ['node'],
  }
  writeFileSync(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts', '*.tsx'] }))
  await run('node', [join(here, 'node_modules', compiler, 'bin/tsc'), '-p', 'tsconfig.json', '--pretty', 'false'], place)
}

function freshPlace(project, name, what) {
  const place = join(project, name)
  cpSync(join(here, what), place, { recursive: true })
  writeFileSync(join(place, 'package.json'), '{ "type": "module", "private": true }')
  return place
}

async function check(name, work, isAlways = false) {
  if (!isAlways && options.only !== undefined && !options.only.split(',').some((it) => name.includes(it))) return true
  const start = performance.now()
  try {
    await work()
    passed++
    console.log(`✓ ${name} (${seconds(start)})`)
    return true
  } catch (error) {
    failed++
    console.log(`✗ ${name}\n${error.message}`)
    return false
  }
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
