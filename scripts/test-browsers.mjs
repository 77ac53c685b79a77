// npm run test:browsers: the smoke flows in Chromium, Firefox and WebKitGTK, and the table of docs/browsers.md compared with what
// came of it. `-- --only firefox,webkit` for some; `-- --write-docs` writes the table. Ends with "N passed, N failed".
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureEngines } from './ensure-engines.mjs'
import './check-node.mjs'

const PAGE = fileURLToPath(new URL('../docs/browsers.md', import.meta.url))
const REPORT = 'test-results/browsers.json'
const PROJECTS = ['chromium', 'firefox', 'webkit']

const { values: options } = parseArgs({ options: { only: { type: 'string' }, 'write-docs': { type: 'boolean', default: false } } })
const wanted = options.only?.split(',') ?? PROJECTS
const missing = ensureEngines(wanted.filter((name) => name !== 'chromium'))
const running = wanted.filter((name) => !missing[name])
for (const name of wanted) if (missing[name]) console.log(`${name.padEnd(10)} skipped: ${missing[name]}`)

let passed = 0
let failed = 0
rmSync(REPORT, { force: true })
if (running.includes('chromium')) await program('node', ['scripts/ensure-browser.mjs'])
if (running.length > 0) {
  const code = await program('playwright', ['test', 'smoke', 'webkit', 'early', ...running.flatMap((name) => ['--project', name]), '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: REPORT })
  const tests = read()
  for (const name of running) {
    const own = tests.filter((it) => it.project === name)
    const bad = own.filter((it) => !it.isOk).length
    passed += own.length - bad
    failed += bad
    console.log(`${name.padEnd(10)} ${own.length - bad} passed${bad > 0 ? `, ${bad} FAILED` : ''}  ${own.find((it) => it.browser)?.browser ?? ''}`)
  }
  if (code !== 0 && failed === 0) failed += 1
  compare(tests.filter((it) => it.browser !== undefined))
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** What Playwright's report says of each test; a flow names its browser in an annotation. */
function read() {
  const found = []
  const visit = (suite) => {
    for (const spec of suite.specs ?? []) {
      for (const it of spec.tests) {
        const browser = it.results.flatMap((result) => result.annotations ?? []).find((note) => note.type === 'browser')?.description
        // A flow that a browser is known to lack is written as one that fails there.
        found.push({ title: spec.title, project: it.projectName, isOk: it.status === 'expected', works: it.status === 'expected' && it.expectedStatus === 'passed', browser })
      }
    }
    for (const inner of suite.suites ?? []) visit(inner)
  }
  try {
    for (const suite of JSON.parse(readFileSync(REPORT, 'utf8')).suites) visit(suite)
  } catch {
    // It never came to a report; its output says why.
  }
  return found
}

/** The page's table against these results: every flow is a row, and every cell of a browser that ran says what it did. */
function compare(flows) {
  const page = readFileSync(PAGE, 'utf8')
  const block = /<!-- flows -->\n([\s\S]*?)<!-- \/flows -->/.exec(page)
  if (options['write-docs']) {
    writeFileSync(PAGE, page.replace(block[0], () => `<!-- flows -->\n${table(flows)}<!-- /flows -->`))
    console.log('docs/browsers.md is written.')
    return
  }
  const rows = new Map(block[1].split('\n').map((line) => line.split('|').map((cell) => cell.trim())).map(([, title, ...cells]) => [title, cells]))
  const wrong = flows.filter((it) => rows.get(it.title)?.[PROJECTS.indexOf(it.project)] !== cell(it))
  for (const it of wrong) console.log(`docs/browsers.md says something else about “${it.title}” in ${it.project}: run npm run test:browsers -- --write-docs`)
  if (wrong.length > 0) failed += 1
  else passed += 1
}

function table(flows) {
  const titles = [...new Set(flows.map((it) => it.title))]
  const heads = PROJECTS.map((project) => flows.find((it) => it.project === project)?.browser ?? project)
  const line = (cells) => `| ${cells.join(' | ')} |\n`
  const at = (title, project) => flows.find((it) => it.title === title && it.project === project)
  return line(['', ...heads]) + line(['---', ...heads.map(() => '---')]) + titles.map((title) => line([title, ...PROJECTS.map((project) => cell(at(title, project)))])).join('')
}

function cell(flow) {
  return flow === undefined ? 'not run' : flow.works ? 'yes' : 'no'
}

async function program(name, args, env = {}) {
  const child = spawn(name, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } })
  const [code] = await once(child, 'close')
  return code
}
