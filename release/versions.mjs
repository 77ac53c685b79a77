// Changesets: what a change is worth, and the version and changelog that follow. Their own command line looks for packages
// in workspaces and finds ours at the root of none, so their parts are called here.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyReleasePlan } from './node_modules/@changesets/apply-release-plan/dist/index.mjs'
import { assembleReleasePlan } from './node_modules/@changesets/assemble-release-plan/dist/index.mjs'
import { readConfig } from './node_modules/@changesets/config/dist/index.mjs'
import { readChangesets } from './node_modules/@changesets/read/dist/index.mjs'

const WHAT_CHANGES = ['package.json', 'CHANGELOG.md', '.changeset', 'src/server/version.ts']

/**
 * Makes a version of all changesets: package.json, CHANGELOG.md and the version that the proxy tells; the changesets go.
 *
 * @returns the new version, or null where there are no changesets
 */
export async function makeVersion(root) {
  const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const only = { dir: root, packageJson }
  const packages = { rootDir: root, rootPackage: only, packages: [only], tool: { type: 'root' } }
  const { config, errors } = await readConfig(root, packages)
  if (errors !== undefined) throw new Error(errors.join('\n'))
  const changesets = await readChangesets(root)
  const plan = assembleReleasePlan(changesets, packages, config, undefined)
  if (plan.releases.length === 0) return null
  await applyReleasePlan(plan, packages, config, undefined, root)
  const [{ newVersion }] = plan.releases
  const told = join(root, 'src/server/version.ts')
  writeFileSync(told, readFileSync(told, 'utf8').replace(/'[^']+'/, `'${newVersion}'`))
  return newVersion
}

/** The same on a copy of what it changes, `more` changesets added: `{ version, entry }`, `entry` the changelog's own. */
export async function rehearseVersion(root, copy, more = []) {
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy, { recursive: true })
  for (const path of WHAT_CHANGES) cpSync(join(root, path), join(copy, path), { recursive: true })
  more.forEach(({ type, summary }, index) => writeChangeset(copy, `rehearsal-${index}`, type, summary))
  const version = await makeVersion(copy)
  return { version, entry: version === null ? null : changelogEntry(copy, version) }
}

/** What CHANGELOG.md says of a version, or null. */
export function changelogEntry(root, version) {
  const page = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
  return page.split(/^(?=## )/m).find((part) => part.split('\n')[0] === `## ${version}`)?.trim() ?? null
}

export function writeChangeset(root, id, type, summary) {
  if (!['patch', 'minor', 'major'].includes(type)) throw new Error(`A change is "patch", "minor" or "major", not "${type}": see docs/versioning.md.`)
  const file = join(root, '.changeset', `${id}.md`)
  if (existsSync(file)) throw new Error(`${file} is there already.`)
  writeFileSync(file, `---\n'dify-file-drop': ${type}\n---\n\n${summary}\n`)
  return file
}
