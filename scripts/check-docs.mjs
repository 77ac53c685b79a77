// npm run check:docs: every code block of every page is compiled or looked up, and so are links, paths and commands in the
// text. The blocks of docs/reference are those of docstrings. Ends with "N passed, N failed". `-- --no-build` takes what was built last.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { install, pack, ROOT } from '../examples/package.mjs'
import { blockClaims, commandsLeftOut, proseClaims } from './docs/claims.mjs'
import { typedBlocks } from './docs/typedBlocks.mjs'

const README_LINES = 300

const { values: options } = parseArgs({ options: { build: { type: 'boolean', default: true } }, allowNegative: true })
// Among the kits, so that their packages and the packed library are found.
const kits = join(ROOT, 'examples/kits')
await install(kits, await pack(options))

const within = (folder, ending) => readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(ending)).map((name) => `${folder}/${name}`)
const pages = [...readdirSync(ROOT).filter((name) => name.endsWith('.md')), 'llms.txt', 'examples/README.md', '.changeset/README.md', ...within('docs', '.md'), ...within('docs/reference', '.md'), ...within('stories', '.mdx')].toSorted()
const blocks = pages.flatMap(blocksOf)
// README's modules are run by npm run test:newcomer.
const isModule = ({ language, source, page }) => language === 'js' && source === null && page !== 'README.md'
const typed = blocks.filter((block) => block.language === 'ts' || block.language === 'tsx' || isModule(block))
const trouble = []

for (const { block, said } of await typedBlocks(typed, kits)) trouble.push({ at: block ?? 'around the blocks', said })
for (const block of blocks.filter((it) => !typed.includes(it))) {
  const said = blockClaims(block) ?? [`nobody checks a block of ${block.language}: teach scripts/docs/claims.mjs`]
  for (const it of said) trouble.push({ at: block, said: it })
}
let failed = new Set(trouble.map(({ at }) => at)).size
for (const { at, said } of trouble) console.log(`✗ ${typeof at === 'string' ? at : `${at.page}, the block from line ${at.line}`}: ${said}`)

for (const page of pages) {
  const wrong = proseClaims(page, readFileSync(join(ROOT, page), 'utf8'))
  if (page === 'README.md') {
    const lines = readFileSync(join(ROOT, page), 'utf8').split('\n').length
    if (lines > README_LINES) wrong.push({ line: lines, said: `the front door has more than ${README_LINES} lines` })
  }
  if (page === 'CONTRIBUTING.md') wrong.push(...commandsLeftOut(readFileSync(join(ROOT, page), 'utf8')).map((script) => ({ line: 1, said: `npm run ${script} is not told` })))
  if (wrong.length > 0) failed++
  for (const { line, said } of wrong) console.log(`✗ ${page}:${line}: ${said}`)
}
console.log(`${blocks.length} blocks (${typed.length} of them compiled) and the links, paths and commands of ${pages.length} pages`)
console.log(`${blocks.length + pages.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** `source`: null, or what `<!-- path -->` above a block says that it is (`same`, `missing`). */
function blocksOf(page) {
  const found = []
  let open = null
  const lines = readFileSync(join(ROOT, page), 'utf8').split('\n')
  for (const [index, line] of lines.entries()) {
    const fence = /^\s*```(\w*)/.exec(line)
    if (fence === null) open?.lines.push(line)
    else if (open === null) open = { language: fence[1], line: index + 1, lines: [] }
    else {
      const code = open.lines.join('\n')
      found.push({ page, language: open.language, line: open.line, code, source: sourceOf(lines[open.line - 2] ?? '', code) })
      open = null
    }
  }
  return found
}

function sourceOf(above, code) {
  const [, path] = /^<!-- ([\w./@[\]-]+\/[\w./@[\]-]+) -->$/.exec(above) ?? []
  if (path === undefined) return null
  return existsSync(join(ROOT, path)) && readFileSync(join(ROOT, path), 'utf8').includes(code.trim()) ? 'same' : 'missing'
}
