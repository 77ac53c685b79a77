// What comes along with an install of this package: licences, known vulnerabilities, the bill of materials.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../examples/package.mjs'

/** Licences that ask for no more than to be named. Anything else needs somebody's decision before it is a dependency. */
const WELCOME = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0']

/**
 * The package as it is for those who install it, without what only its developers need, in a folder that npm can be asked
 * about. npm's own `--omit` would not do: it leaves out what a dependency and a tool both need.
 */
export async function shipped(root, folder) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const { name, version, license, description, dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, license, description, dependencies, peerDependencies, peerDependenciesMeta }))
  for (const path of ['package-lock.json', '.npmrc']) cpSync(join(root, path), join(folder, path))
  await run('npm', ['install', '--package-lock-only', '--ignore-scripts', '--prefer-offline', '--loglevel=error'], folder)
  return folder
}

/** The page of licences, and the dependencies whose licence is not welcome. */
export function licences(root, folder) {
  const { '': _, ...packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const installed = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const rows = Object.entries(packages).map(([path, { version, license }]) => [path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), version, license ?? 'none'])
  const peers = Object.keys(manifest.peerDependenciesMeta).toSorted().map((name) => [name, manifest.peerDependencies[name], installed[`node_modules/${name}`]?.license ?? 'not looked up'])
  const page = [
    '# Licences of what comes along',
    '<!-- Written by `npm run check:supply -- --write` from package-lock.json. -->',
    'Installed with `dify-file-drop`, or there already (React); nothing of it is copied into the package.',
    table(rows),
    'Optional peers, which only those install who use the entry that needs them:',
    table(peers),
  ].join('\n\n')
  return { page: `${page}\n`, count: rows.length, unwelcome: rows.filter(([, , license]) => !WELCOME.includes(license)).map(([name, , license]) => `${name}: ${license}`) }
}

/** What would run a script of its own on the machine that installs this package. */
export function installScripts(root, folder) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const own = ['preinstall', 'install', 'postinstall', 'prepare'].filter((name) => name in scripts).map((name) => `our own ${name}`)
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  return [...own, ...Object.keys(packages).filter((path) => packages[path].hasInstallScript)]
}

/** `{ found }`, what is known against the dependencies that ship, or `{ missing }`, why nobody could be asked. */
export async function vulnerabilities(folder) {
  const said = await run('npm', ['audit', '--package-lock-only', '--json'], folder).catch((error) => error.message)
  const report = parsed(said)
  if (report?.vulnerabilities === undefined) return { missing: report?.message ?? report?.error?.summary ?? 'the registry has no audit service' }
  return { found: Object.values(report.vulnerabilities).map(({ name, severity, via }) => `${name} (${severity}): ${via.map((it) => it.title ?? it).join(', ')}`) }
}

/** CycloneDX, of this package and what it installs. */
export async function billOfMaterials(folder) {
  const bill = JSON.parse(await run('npm', ['sbom', '--package-lock-only', '--sbom-format=cyclonedx'], folder))
  // npm names it after its folder.
  bill.metadata.component.name = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name
  return bill
}

function table(rows) {
  return ['| package | version | licence |', '|---|---|---|', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n')
}

function parsed(said) {
  try {
    return JSON.parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1))
  } catch {
    return null
  }
}
