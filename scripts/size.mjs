// npm run size: what our pages load, gzip -9, by package and module, beside the ceilings of size.json and the targets. Ends with
// "N passed, N failed": a size over its ceiling fails. `-- --update` writes what is measured as the new ceilings, and into
// BENCHMARKS.md; `-- --modules` lists every module. 1 kB is 1000 bytes.
//
// What a page loads up to the first uploaded file is seen, not worked out: in a browser that opens it and uploads a picture.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright'
import { build } from 'vite'
import { bytesByModule } from './bytes-by-module.mjs'
import { chromiumLaunchOptions } from './find-browser.mjs'
import { packageOf } from './first-load.mjs'
import { reasonOf } from './size-reasons.mjs'

const { values: options } = parseArgs({ options: { update: { type: 'boolean' }, modules: { type: 'boolean' } } })
const CEILINGS = fileURLToPath(new URL('size.json', import.meta.url))
const REPORT = fileURLToPath(new URL('../test-results/size.json', import.meta.url))
const BENCHMARKS = fileURLToPath(new URL('../BENCHMARKS.md', import.meta.url))
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SRC = `${ROOT}src`

const REACT = /\/node_modules\/(react|react-dom|scheduler)\//
const ALL = [{ name: 'react', test: REACT }]
const OWN = [...ALL, { name: 'libraries', test: /\/node_modules\/(axios|@tanstack|react-dropzone|file-selector|attr-accept)\// }]

/** Room for a sentence or a fix; a feature needs a new ceiling. */
const SLACK = 1.01
/** Bytes. What we want to come to, whatever the ceilings are. */
const TARGETS = { 'all JS': 54_000, 'own JS': 11_000, CSS: 5000, 'headless, engine and client': 5000, 'headless, useFileDrop too': 5000 }

/** Packages, and those that only they bring. */
const PACKAGES = {
  axios: 'axios (its XHR adapter)', '@tanstack/query-core': 'TanStack Query', '@tanstack/react-query': 'TanStack Query',
  'react-dropzone': 'react-dropzone', 'file-selector': 'react-dropzone', 'attr-accept': 'react-dropzone',
}

const PAGE = `
  import { createElement } from 'react'
  import { createRoot } from 'react-dom/client'
  import { DifyFileDrop } from '${SRC}/index.ts'
  import '${SRC}/styles.css'
  const layout = new URLSearchParams(location.search).get('layout')
  createRoot(document.body.appendChild(document.createElement('main'))).render(createElement(DifyFileDrop, { proxyUrl: '/dify', layout }))`

const BUILD = {
  configFile: false,
  root: ROOT,
  publicDir: false,
  logLevel: 'silent',
  build: { target: 'es2022', write: false, modulePreload: false },
}
/** The smallest that has a thumbnail. */
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const sizes = {}
let parts = []
const page = await built(PAGE, ALL)
const split = await built(PAGE, OWN)
const browser = await chromium.launch(chromiumLaunchOptions())
try {
  const seen = { all: await loadedBy(page), own: await loadedBy(split) }
  const gzipped = (files, names) => sum(names.map((name) => gzip(files.get(name).code)))
  const scripts = (names) => names.filter((name) => name.endsWith('.js') && !/react-/.test(name))
  sizes['all JS'] = gzipped(page, scripts(seen.all))
  sizes['own JS'] = gzipped(split, scripts(seen.own).filter((name) => !/libraries-|rolldown-runtime/.test(name)))
  sizes.CSS = gzipped(page, seen.all.filter((name) => name.endsWith('.css')))
  console.log(`${'Up to the first uploaded file, but for react and react-dom:'.padEnd(56)}${'minified'.padStart(10)}${'gzip'.padStart(10)}`)
  const later = [...split.keys()].filter((name) => name.endsWith('.js') && !seen.own.includes(name))
  parts = byPart(split, scripts(seen.own))
  table(parts)
  console.log('\nLater, when first needed:')
  for (const name of later) console.log(`  ${name.padEnd(44)}${kB(gzip(split.get(name).code))}`)
} finally {
  await browser.close()
}

sizes['headless, engine and client'] = await alone(`export { createUploader, createDifyClient } from '${SRC}/index.ts'`)
sizes['headless, useFileDrop too'] = await alone(`export { createUploader, createDifyClient, useFileDrop } from '${SRC}/index.ts'`)
const { exports: doors } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'))
for (const [door, target] of Object.entries(doors)) {
  const path = typeof target === 'string' ? '' : target.default
  // No page loads the server and the emulator.
  if (!path.endsWith('.js') || /server|testing/.test(door)) continue
  const name = door.replace('*', 'de')
  sizes[`dify-file-drop${name.slice(1)}`] = await alone(`export * from '${SRC}/${path.replace('./dist/', '').replace('*', 'de').replace(/\.js$/, '.ts')}'`)
}

if (options.update) writeFileSync(CEILINGS, `${JSON.stringify(Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, Math.ceil(size * SLACK)])), null, 2)}\n`)
if (options.update) report()
const ceilings = JSON.parse(readFileSync(CEILINGS, 'utf8'))
console.log(`\n${'own bytes, gzip -9 (packages apart, lazy chunks apart)'.padEnd(56)}${'size'.padStart(9)}${'ceiling'.padStart(10)}${'target'.padStart(10)}`)
const failed = Object.entries(sizes).filter(([name, size]) => size > (ceilings[name] ?? 0)).length
for (const [name, size] of Object.entries(sizes)) {
  const ceiling = ceilings[name] ?? 0
  const target = TARGETS[name]
  const isOver = size > ceiling
  const gap = target === undefined ? '' : size <= target ? 'met' : `over by ${kB(size - target).trim()}`
  console.log(`${isOver ? '✗' : '✓'} ${name.padEnd(54)}${kB(size)}${kB(ceiling).padStart(10)}${target === undefined ? '' : kB(target).padStart(10)}  ${gap}`)
}
if (failed > 0) console.error('\nOver its ceiling: make it smaller or load it later; where it has to be, `npm run size -- --update` and say why in the commit.')
const passed = Object.keys(sizes).length - failed
mkdirSync(dirname(REPORT), { recursive: true })
writeFileSync(REPORT, JSON.stringify({ passed, failed, sizes }))
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** A page's files as Vite builds them for production. */
async function built(source, groups) {
  const { output } = await build({
    ...BUILD,
    plugins: [entry(source)],
    build: { ...BUILD.build, sourcemap: 'hidden', rolldownOptions: { input: 'page', output: { codeSplitting: { groups } } } },
  })
  return new Map(output.map((file) => [file.fileName, { code: file.code ?? file.source, map: file.map, isEntry: file.isEntry }]))
}

/** gzip -9 of what an entry loads at once, packages apart. */
async function alone(source) {
  const { output } = await build({
    ...BUILD,
    plugins: [entry(source)],
    build: { ...BUILD.build, rolldownOptions: { input: 'page', preserveEntrySignatures: 'strict', external: (id) => /^[@a-z]/.test(id) && id !== 'page' } },
  })
  const chunks = new Map(output.map((file) => [file.fileName, file]))
  const first = new Set(output.filter((it) => it.isEntry).map((it) => it.fileName))
  for (const name of first) for (const imported of chunks.get(name)?.imports ?? []) if (chunks.has(imported)) first.add(imported)
  return sum([...first].map((name) => gzip(chunks.get(name).code)))
}

function entry(source) {
  return { name: 'entry', enforce: 'pre', resolveId: (id) => (id === 'page' ? '\0page.js' : null), load: (id) => (id === '\0page.js' ? source : null) }
}

/** Files that a browser asks for until an upload is done, in either layout. */
async function loadedBy(files) {
  const asked = new Set()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    const file = files.get(pathname.slice(1))
    if (file !== undefined) {
      asked.add(pathname.slice(1))
      response.writeHead(200, { 'Content-Type': pathname.endsWith('.css') ? 'text/css' : 'text/javascript' }).end(file.code)
    } else if (pathname === '/') {
      const links = [...files].map(([name, { isEntry }]) => (name.endsWith('.css') ? `<link rel="stylesheet" href="/${name}">` : isEntry ? `<script type="module" src="/${name}"></script>` : ''))
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html><html lang="en"><title>size</title><body>${links.join('')}`)
    } else {
      request.resume().on('end', () => answer(request, response))
    }
  })
  await new Promise((resolve) => void server.listen(0, '127.0.0.1', resolve))
  try {
    for (const layout of ['zone', 'composer']) {
      const tab = await browser.newPage()
      await tab.goto(`http://127.0.0.1:${server.address().port}/?layout=${layout}`)
      await tab.setInputFiles('input[type=file]', { name: 'dot.png', mimeType: 'image/png', buffer: PICTURE })
      await tab.waitForSelector('[data-state="uploaded"] img')
      await tab.waitForLoadState('networkidle')
      await tab.close()
    }
  } finally {
    server.close()
  }
  return [...asked]
}

function answer(request, response) {
  const body = request.method === 'POST'
    ? { id: '7d6a2b1c-0000-4000-8000-000000000000', name: 'dot.png', size: PICTURE.length, extension: 'png', mime_type: 'image/png', created_by: 'u', created_at: 1 }
    : { file_upload: { enabled: true, allowed_file_types: ['image', 'document'], allowed_file_upload_methods: ['local_file'], number_limits: 5 } }
  response.writeHead(request.method === 'POST' ? 201 : 200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

/** Bytes of each package and of each of our modules, and their share of what gzip leaves of their chunk. */
function byPart(files, names) {
  const parts = new Map()
  for (const name of names) {
    const { code, map } = files.get(name)
    const share = gzip(code) / Buffer.byteLength(code)
    for (const [source, bytes] of map === null ? [['', Buffer.byteLength(code)]] : bytesByModule(code, map)) {
      const key = packageOf(`/${source}`) ?? source.replace(/^(\.\.\/)*/, '').replace(/^\0?page\.js$/, 'the page')
      const part = parts.get(key) ?? { bytes: 0, gzipped: 0 }
      parts.set(key, { bytes: part.bytes + bytes, gzipped: part.gzipped + bytes * share })
    }
  }
  return [...parts].toSorted(([, a], [, b]) => b.bytes - a.bytes)
}

function table(parts) {
  const shown = options.modules ? parts : parts.slice(0, 40)
  for (const [name, { bytes, gzipped }] of shown) console.log(`  ${(name || '(bundler)').padEnd(54)}${kB(bytes)}${kB(gzipped)}`)
  const rest = parts.slice(shown.length)
  if (rest.length > 0) console.log(`  ${`${rest.length} more (\`npm run size -- --modules\`)`.padEnd(54)}${kB(sum(rest.map(([, it]) => it.bytes)))}${kB(sum(rest.map(([, it]) => it.gzipped)))}`)
}

/** Into BENCHMARKS.md, between its marks. */
function report() {
  const folders = grouped(parts, (name) => (name.startsWith('src/') ? `\`${name.split('/').slice(0, /^src\/react\/\w+\//.test(name) ? 3 : 2).join('/')}\`` : (PACKAGES[name] ?? 'the page and the bundler')))
  const reasons = grouped(parts.filter(([name]) => name.startsWith('src/')), (name) => reasonOf(name))
  const rows = Object.entries(sizes).map(([name, size]) => {
    const target = TARGETS[name]
    return `| ${name} | ${inKb(size)} | ${target === undefined ? '' : inKb(target)} | ${target === undefined ? '' : size <= target ? 'met' : `over by ${inKb(size - target)}`} |`
  })
  const text = `
Measured by \`npm run size -- --update\`: Vite's production build, every file that a browser asks for until a picture is uploaded, in both layouts, but react and react-dom. gzip -9, kB of 1000 bytes. The rest of the table is each entry alone, without packages and without what it loads later.

| what | kB | target | |
|---|---|---|---|
${rows.join('\n')}

| of the first load | minified, kB | gzip, kB (its share) |
|---|---|---|
${folders.map(([name, { bytes, gzipped }]) => `| ${name} | ${inKb(bytes)} | ${inKb(gzipped)} |`).join('\n')}

| of our own | gzip, kB (its share) | modules | needed for the first file |
|---|---|---|---|
${reasons.map(([[what, , why], { gzipped, names }]) => `| ${what} | ${inKb(gzipped)} | ${names.map((name) => `\`${name.replace(/^.*\//, '').replace(/\.tsx?$/, '')}\``).join(' ')} | ${why} |`).join('\n')}
`
  const page = readFileSync(BENCHMARKS, 'utf8')
  writeFileSync(BENCHMARKS, page.replace(/(<!-- size -->)[\s\S]*(<!-- \/size -->)/, (_, from, to) => `${from}${text}${to}`))
}

/** The largest first. */
function grouped(some, groupOf) {
  const groups = new Map()
  for (const [name, { bytes, gzipped }] of some) {
    const group = groupOf(name)
    const before = groups.get(group) ?? { bytes: 0, gzipped: 0, names: [] }
    groups.set(group, { bytes: before.bytes + bytes, gzipped: before.gzipped + gzipped, names: [...before.names, name] })
  }
  return [...groups].toSorted(([, a], [, b]) => b.bytes - a.bytes)
}

function inKb(bytes) {
  return (bytes / 1000).toFixed(2)
}

function gzip(code) {
  return gzipSync(code, { level: 9 }).length
}

function sum(numbers) {
  return numbers.reduce((total, it) => total + it, 0)
}

function kB(bytes) {
  return `${(bytes / 1000).toFixed(2)} kB`.padStart(10)
}
