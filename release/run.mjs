// npm run release -- --dry-run: everything a release does, but for publishing. Without --dry-run it publishes, from a clean
// main, with provenance. `-- --no-build` takes what was built last, `-- --no-check` leaves check:package to whoever ran it.
//
// npm run release:version: makes a version of the changesets. npm run change -- minor "What is new": writes one.
// npm run check:supply: licences and known vulnerabilities of what ships; `-- --write` writes the page of licences.
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { installLocked, pack, ROOT, run } from '../examples/package.mjs'
import { billOfMaterials, installScripts, licences, shipped, vulnerabilities } from './supply.mjs'

const { positionals: [verb = 'release', ...words], values: options } = parseArgs({
  options: { 'dry-run': { type: 'boolean', default: false }, write: { type: 'boolean', default: false }, build: { type: 'boolean', default: true }, check: { type: 'boolean', default: true } },
  allowNegative: true, allowPositionals: true,
})
const here = import.meta.dirname
const LICENCES = join(ROOT, 'docs/licences.md')
let passed = 0
let failed = 0

await { release, version, change, supply }[verb]()
if (passed + failed > 0) console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

async function release() {
  const isDry = options['dry-run']
  const out = join(here, '.cache')
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  await installLocked(here)
  const { changelogEntry, rehearseVersion } = await import('./versions.mjs')

  await step('the changesets make a version, and words in the changelog', async () => {
    const next = await rehearseVersion(ROOT, join(out, 'copy'))
    if (next.version !== null && !isDry) throw new Error('There are changesets: `npm run release:version`, look at the diff, commit it, and release then.')
    if (next.version === null && changelogEntry(ROOT, manifest.version) === null) throw new Error(`CHANGELOG.md says nothing of ${manifest.version}.`)
    return next.version === null ? `no changesets: ${manifest.version} goes out as it is` : `${manifest.version} → ${next.version}\n${next.entry}`
  })
  await step('a change counts as docs/versioning.md says', async () => {
    const worth = async (...types) => (await rehearseVersion(ROOT, join(out, 'copy'), types.map((type) => ({ type, summary: `A ${type} one.` })))).version
    const [major, minor, patch] = manifest.version.split('.').map(Number)
    const pending = (await rehearseVersion(ROOT, join(out, 'copy'))).version
    if (pending === null) expectSame(await worth('patch'), `${major}.${minor}.${patch + 1}`)
    expectSame(await worth('patch', 'major', 'minor'), `${major + 1}.0.0`)
  })
  if (!isDry) {
    await step('main, and nothing uncommitted', async () => {
      expectSame((await run('git', ['status', '--porcelain'], ROOT)).trim(), '')
      expectSame((await run('git', ['branch', '--show-current'], ROOT)).trim(), 'main')
      expectSame((await run('git', ['tag', '--list', `v${manifest.version}`], ROOT)).trim(), '')
      if (manifest.repository === undefined) throw new Error('package.json has no `repository`, which provenance is checked against.')
    })
  }
  const tarball = await step('it is built and packed', async () => {
    const made = await pack(options)
    cpSync(made, join(out, basename(made)))
    return join(out, basename(made))
  })
  if (tarball === undefined) return
  await step('what is in the tarball', () => contents(tarball))
  if (options.check) await step('npm run check:package', () => run('npm', ['run', '-s', 'check:package', '--', '--no-build'], ROOT))
  const { count, folder } = await supply()
  await step('a bill of materials', async () => {
    const bill = await billOfMaterials(folder)
    writeFileSync(join(out, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`)
    expectSame(bill.components.length, count)
    return `${bill.components.length} packages, ${bill.bomFormat} ${bill.specVersion}`
  })
  await step('checksums', () => {
    const sums = [basename(tarball), 'sbom.cdx.json'].map((name) => `${createHash('sha256').update(readFileSync(join(out, name))).digest('hex')}  ${name}`)
    writeFileSync(join(out, 'SHA256SUMS'), `${sums.join('\n')}\n`)
    return sums.join('\n')
  })
  if (failed > 0) return console.log('Not published.')
  // A rehearsal is forced, since the version that is out already must not fail it. Provenance is signed with the identity of the CI job, so npm refuses it on anybody's own machine.
  const publish = ['publish', tarball, '--access', 'public', '--provenance', '--ignore-scripts', ...(isDry ? ['--dry-run', '--force'] : [])]
  await step(`npm ${publish.toSpliced(1, 1, basename(tarball)).join(' ')}`, () => run('npm', [...publish, '--loglevel=error'], ROOT))
  if (isDry) {
    if (manifest.repository === undefined) console.log('  to do before the first release: `repository` in package.json, which provenance is checked against')
    return
  }
  console.log(`Published. Now: git tag v${manifest.version} && git push --tags, and put release/.cache beside the release's notes.`)
}

async function version() {
  await installLocked(here)
  const { makeVersion } = await import('./versions.mjs')
  const made = await makeVersion(ROOT)
  if (made === null) return console.log('No changesets, so no new version.')
  await run('npm', ['install', '--package-lock-only', '--ignore-scripts', '--loglevel=error'], ROOT)
  console.log(`${made}: look at the diff, commit it, then npm run release.`)
}

async function change() {
  await installLocked(here)
  const { writeChangeset } = await import('./versions.mjs')
  const [type, ...summary] = words
  const text = summary.join(' ')
  if (text === '') throw new Error('npm run change -- minor "What is new, in a sentence for users"')
  console.log(writeChangeset(ROOT, text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').slice(0, 50).replace(/-$/, ''), type, text))
}

async function supply() {
  const folder = await shipped(ROOT, join(here, '.cache/shipped'))
  const { page, count, unwelcome } = licences(ROOT, folder)
  await step('licences are welcome, and docs/licences.md lists them', () => {
    if (options.write) writeFileSync(LICENCES, page)
    if (unwelcome.length > 0) throw new Error(unwelcome.join('\n'))
    if (readFileSync(LICENCES, 'utf8') !== page) throw new Error('docs/licences.md is not current: npm run check:supply -- --write')
    return `${count} packages`
  })
  await step('an install runs no script', () => expectSame(installScripts(ROOT, folder).join(', '), ''))
  await step('nothing is known against what ships (npm audit)', async () => {
    const { found, missing } = await vulnerabilities(folder)
    if (missing !== undefined) return `not checked, nobody could be asked: ${missing}`
    if (found.length > 0) throw new Error(found.join('\n'))
  })
  return { count, folder }
}

function contents(tarball) {
  return run('tar', ['-tzvf', tarball], ROOT).then((list) => {
    const files = list.trim().split('\n').map((line) => line.replace(/^.* package\//, ''))
    const missing = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'dist/index.js', 'dist/index.d.ts', 'dist/styles.css', 'dist/cli/index.js'].filter((path) => !files.includes(path))
    const foreign = files.filter((path) => !/^(dist\/|(package\.json|README\.md|LICENSE|CHANGELOG\.md|styles\.d\.ts)$)/.test(path))
    if (missing.length + foreign.length > 0) throw new Error(`missing: ${missing.join(', ') || 'nothing'}; not expected: ${foreign.join(', ') || 'nothing'}`)
    return `${files.length} files, ${Math.round(statSync(tarball).size / 1000)} kB packed`
  })
}

/** Does one thing; says how it went, and what it has to say. */
async function step(name, work) {
  try {
    const said = await work()
    passed++
    console.log(`✓ ${name}`)
    if (typeof said === 'string' && !said.includes('✓')) console.log(said.trim().replaceAll(/^(?=.)/gm, '  '))
    return said
  } catch (error) {
    failed++
    console.log(`✗ ${name}\n${error.message}`)
    return undefined
  }
}

function expectSame(is, should) {
  if (is !== should) throw new Error(`${JSON.stringify(is)} where ${JSON.stringify(should)} was expected`)
}
