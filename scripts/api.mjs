// npm run api: writes the API report (api/) and the reference (docs/reference/) from the types that a build emits.
// `-- --check` compares instead, and ends with "N passed, N failed"; npm run check:package does the same to what it packed.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installLocked, ROOT, run } from '../examples/package.mjs'
import { reference } from './api/reference.mjs'
import { report } from './api/report.mjs'
import { surface } from './api/surface.mjs'

/** Where each of them lives, and what they are from the types in a folder. */
function made(types) {
  const entries = surface(types, JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).exports)
  return { entries, folders: { api: report(entries), 'docs/reference': reference(entries) } }
}

/** What is not as the types say: lines to read, none where all is current. */
export function staleApi(types) {
  const { entries, folders } = made(types)
  const stale = Object.entries(folders).flatMap(([folder, files]) => {
    const there = existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder)) : []
    const gone = there.filter((name) => !(name in files)).map((name) => `${folder}/${name} is of an entry that is no more`)
    return [...gone, ...Object.entries(files).flatMap(([name, text]) => difference(join(folder, name), text))]
  })
  const bare = entries.flatMap((entry) => entry.exports.filter(({ doc }) => doc === '').map(({ name }) => `${entry.name}: ${name} has no docstring`))
  return { stale: stale.length === 0 ? [] : [...stale, '`npm run api` writes them anew; look at the diff before you commit it.'], bare }
}

function difference(path, text) {
  const file = join(ROOT, path)
  if (!existsSync(file)) return [`${path} is missing`]
  const then = readFileSync(file, 'utf8').split('\n')
  const now = text.split('\n')
  const lost = then.filter((line) => !now.includes(line)).slice(0, 5).map((line) => `  - ${line}`)
  const won = now.filter((line) => !then.includes(line)).slice(0, 5).map((line) => `  + ${line}`)
  return then.join('\n') === text ? [] : [`${path} is not current`, ...lost, ...won]
}

if (process.argv[1] === import.meta.filename) {
  const { values: options } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
  await installLocked(join(ROOT, 'examples/package-check'))
  const types = join(ROOT, 'examples/.cache/types')
  rmSync(types, { recursive: true, force: true })
  await run('tsc', ['-p', 'tsconfig.build.json', '--outDir', types], ROOT)
  if (options.check) {
    const { stale, bare } = staleApi(types)
    for (const line of [...stale, ...bare]) console.log(line)
    console.log(`${(stale.length === 0) + (bare.length === 0)} passed, ${(stale.length > 0) + (bare.length > 0)} failed`)
    process.exit(stale.length + bare.length === 0 ? 0 : 1)
  }
  for (const [folder, files] of Object.entries(made(types).folders)) {
    rmSync(join(ROOT, folder), { recursive: true, force: true })
    mkdirSync(join(ROOT, folder), { recursive: true })
    for (const [name, text] of Object.entries(files)) writeFileSync(join(ROOT, folder, name), text)
    console.log(`${folder}: ${Object.keys(files).length} files`)
  }
}
