// npm run check:docs: type-checks every ts and tsx block of README.md and docs/*.md against the packed library and the real
// kits. What a block imports from the reader's own code is declared as anything. Ends with "N passed, N failed".
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { install, pack, ROOT, run } from '../examples/package.mjs'

const { values: options } = parseArgs({ options: { build: { type: 'boolean', default: true } }, allowNegative: true })
// Among the kits, so that their packages and the packed library are found.
const kits = join(ROOT, 'examples/kits')
const folder = join(kits, '.cache/docs')

await install(kits, await pack(options))
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const pages = ['README.md', 'llms.txt', ...readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)].filter((page) => existsSync(join(ROOT, page)))
const blocks = pages.flatMap(blocksOf)
const foreign = new Map()
for (const [index, block] of blocks.entries()) {
  // Deep enough that `../../..` stays within.
  const home = `b${index}/1/2/3/4/5/6`
  block.file = `${home}/block.${block.language}`
  mkdirSync(join(folder, home), { recursive: true })
  // A block without imports or exports would share its names with all others.
  writeFileSync(join(folder, block.file), `${block.code}\nexport {}\n`)
  for (const [specifier, names] of importsOf(block.code)) declare(specifier, names, home)
}
writeFileSync(join(folder, 'foreign.d.ts'), [...foreign].map(([name, names]) => `declare module '${name}' {\n${declarations(names)}}\n`).join(''))
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
  compilerOptions: {
    target: 'ES2022', module: 'ESNext', moduleResolution: 'bundler', lib: ['ES2024', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'], jsx: 'react-jsx',
    strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: true, noEmit: true, types: ['node'], paths: { '@/*': ['./alias/*'] },
  },
  include: ['**/*.ts', '**/*.tsx', '**/*.mts'],
}))

const output = await run('tsc', ['-p', 'tsconfig.json', '--pretty', 'false'], folder).then(() => '', (error) => error.message)
let failed = 0
for (const block of blocks) {
  const wrong = output.split('\n').filter((line) => line.startsWith(`${block.file}(`))
  if (wrong.length === 0) continue
  failed++
  console.log(`✗ ${block.page}, the block from line ${block.line}`)
  for (const line of wrong) {
    const [, at, said] = /\((\d+),\d+\): error (.*)$/.exec(line) ?? [null, '0', line]
    console.log(`    line ${block.line + Number(at)}: ${said}`)
  }
}
const stray = output.split('\n').filter((line) => /error TS/.test(line) && !/^b\d+\/[\d/]+\/block\./.test(line))
if (stray.length > 0) {
  failed++
  console.log(`✗ around the blocks\n${stray.join('\n')}`)
}
console.log(`${blocks.length} blocks of ${pages.length} pages\n${blocks.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

function blocksOf(page) {
  const found = []
  let open = null
  for (const [index, line] of readFileSync(join(ROOT, page), 'utf8').split('\n').entries()) {
    const fence = /^\s*```(\w*)/.exec(line)
    if (fence === null) open?.lines.push(line)
    else if (open === null) open = { language: fence[1], line: index + 1, lines: [] }
    else {
      if (open.language === 'ts' || open.language === 'tsx') found.push({ page, language: open.language, line: open.line, code: open.lines.join('\n') })
      open = null
    }
  }
  return found
}

function importsOf(code) {
  return [...code.matchAll(/(?:import|export)\s+(?:type\s+)?([^'"]*?)\s*from\s*['"]([^'"]+)['"]/g)].map(([, what, specifier]) => {
    const named = /\{([^}]*)\}/.exec(what)?.[1] ?? ''
    const names = named.split(',').map((it) => it.trim().replace(/^type\s+/, '').split(/\s+as\s+/)[0]).filter(Boolean)
    return [specifier, /^[\w$]+/.test(what.replace(/^type\s+/, '')) ? ['default', ...names] : names]
  })
}

function declare(specifier, names, block) {
  if (specifier.startsWith('.') || specifier.startsWith('@/')) {
    const path = specifier.startsWith('@/') ? join(folder, 'alias', specifier.slice(2)) : join(folder, block, specifier)
    const file = /\.[cm]?js$/.test(path) ? path.replace(/\.([cm]?)js$/, '.d.$1ts') : `${path}.d.ts`
    mkdirSync(dirname(file), { recursive: true })
    const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const more = names.filter((name) => !before.includes(` ${name}:`))
    writeFileSync(file, before + declarations(more, 'export declare'))
    return
  }
  if (isInstalled(specifier)) return
  foreign.set(specifier, [...new Set([...(foreign.get(specifier) ?? []), ...names])])
}

function declarations(names, how = 'export') {
  return names.map((name) => (name === 'default' ? `${how === 'export' ? '' : 'declare '}const _default: any\nexport default _default\n` : `${how} const ${name}: any\nexport type ${name} = any\n`)).join('')
}

function isInstalled(specifier) {
  if (specifier.startsWith('node:')) return true
  const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
  return createRequire(join(folder, 'x.js')).resolve.paths(name).some((place) => existsSync(join(place, name)))
}
