// npm run check:package: what npm would publish, judged by publint and attw, and by what we promise about it. Ends with
// "N passed, N failed". `-- --no-build` takes what was built last.
import { existsSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import { install, pack, ROOT, run } from '../examples/package.mjs'
import { staleApi } from './api.mjs'
import { chromiumLaunchOptions } from './find-browser.mjs'

const { values: options } = parseArgs({ options: { build: { type: 'boolean', default: true } }, allowNegative: true })
const here = join(ROOT, 'examples/package-check')
let passed = 0
let failed = 0

const tarball = await pack(options)
await install(here, tarball)
const home = join(here, 'node_modules/dify-file-drop')
const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
const bin = (name) => join(here, 'node_modules/.bin', name)
const files = JSON.parse(await run('npm', ['pack', '--dry-run', '--json', '--loglevel=silent'], join(ROOT, 'examples/.cache/package')))
const paths = (Array.isArray(files) ? files : Object.values(files))[0].files.map((it) => it.path)
const read = (path) => readFileSync(join(home, path), 'utf8')
const scripts = paths.filter((path) => path.endsWith('.js'))
const types = paths.filter((path) => path.endsWith('.d.ts'))

await check('publint has nothing to say', () => run(bin('publint'), [tarball, '--strict'], here))
await check('the types resolve (attw)', () => run(bin('attw'), [tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'styles.css', 'preview.css', '--no-color'], here))

await check('each export says its types first, and all it names is there', () => {
  for (const [entry, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'object') expect(Object.keys(target)[0] === 'types', `${entry} has other conditions before types`)
    for (const path of typeof target === 'string' ? [target] : Object.values(target)) {
      expect(path.includes('*') || paths.includes(path.slice(2)), `${entry} leads to ${path}, which is not in the package`)
    }
  }
  for (const path of Object.values(manifest.bin ?? {})) expect(read(path).startsWith('#!'), `${path} has no #! line`)
})

await check('nothing is shipped that is ours alone', () => {
  const own = paths.filter((path) => /\.(test|fixture|stories)\.|fixtures\/|\.tsx?$(?<!\.d\.ts)|tsbuildinfo/.test(path))
  expect(own.length === 0, own.join(', '))
})

await check('every script has its source map, with the source in it', () => {
  for (const path of scripts) {
    if (!read(path).includes('//# sourceMappingURL=')) continue
    const map = JSON.parse(read(`${path}.map`))
    expect(map.sources.length === 0 || map.sourcesContent?.every(Boolean), `${path}.map has no sources`)
  }
})

await check('"use client" stands where React state, effects or context are used', () => {
  const using = scripts.filter((path) => /\b(use[A-Z]\w*|createContext)\b[^;]*from "react"/.test(importsOf(read(path))))
  expect(using.length > 10, 'found too few client modules to believe it')
  const without = using.filter((path) => !isClient(path))
  expect(without.length === 0, without.join(', '))
})

await check('"use client" stands nowhere a server imports', () => {
  const doors = ['./server', './server/limit', './server/resumable', './testing'].map((entry) => manifest.exports[entry].default.slice(2))
  const reached = closure([...doors, ...Object.values(manifest.bin ?? {}).map((path) => path.replace(/^\.\//, ''))])
  expect(reached.size > 30, 'found too few server modules to believe it')
  const clients = [...reached].filter(isClient)
  expect(clients.length === 0, clients.join(', '))
  const react = [...reached].filter((path) => /from "react(-dom)?["/]/.test(read(path)))
  expect(react.length === 0, `${react.join(', ')} imports React`)
})

await check('the public types have no `any`', () => {
  const found = types.filter((path) => /(?<![\w$.'"`-])any(?![\w$'"`-])/.test(withoutTexts(read(path))))
  expect(found.length === 0, found.join(', '))
})

const { stale, bare } = staleApi(join(ROOT, 'examples/.cache/package/dist'))
await check('the public surface is as api/ and docs/reference/ say', () => expect(stale.length === 0, stale.join('\n')))
await check('every export has a docstring', () => expect(bare.length === 0, bare.join('\n')))

await check('the types name no chat kit', () => {
  const found = types.filter((path) => /from ['"](@assistant-ui|@ant-design|antd|ai|@ai-sdk)/.test(read(path)))
  expect(found.length === 0, found.join(', '))
})

for (const moduleResolution of ['bundler', 'nodenext']) {
  await check(`it compiles with moduleResolution ${moduleResolution}, exactOptionalPropertyTypes and checked libraries`, () => compile(moduleResolution))
}

// Of axios one module is used that it does not promise to keep (`axios/unsafe/…`, so it is pinned): it must be found, and send.
await check('Node imports it, as a server render does', () =>
  run('node', ['-e', 'const { createDifyClient, DifyFileDrop } = await import("dify-file-drop"); createDifyClient({ proxyUrl: "/x" }); if (DifyFileDrop === undefined) throw new Error("no component")'], here))

for (const [bundler, bundled] of Object.entries({ Vite: byVite, webpack: byWebpack })) {
  await check(`bundled by ${bundler}, it uploads, by XHR alone`, async () => {
    const code = await bundled()
    expect(!/getReader|createGzip/.test(code), 'other adapters of axios are in it')
    const said = await uploadWith(code)
    expect(said === 'a.txt 5 5', `it says ${said}`)
  })
}

console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** Every entry in one program, as a strict reader would have it. */
async function compile(moduleResolution) {
  const folder = join(ROOT, 'examples/kits/.cache', `compile-${moduleResolution}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  const entries = Object.keys(manifest.exports).filter((entry) => !/\*|package\.json/.test(entry)).map((entry) => `dify-file-drop${entry.slice(1)}`)
  const source = entries.map((entry, index) => (entry.endsWith('.css') ? `import '${entry}'` : `export * as entry${index} from '${entry}'`)).join('\n')
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'index.ts'), source)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      target: 'ES2022', module: moduleResolution === 'bundler' ? 'ESNext' : 'NodeNext', moduleResolution, lib: ['ES2024', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
      strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false, noEmit: true, types: [],
      // Where the packages are that the types of ours import: the root has them all, and the library under its own name.
      paths: { 'dify-file-drop': [join(home, 'dist/index.d.ts')] },
    },
    include: ['index.ts'],
  }))
  const { symlinkSync } = await import('node:fs')
  symlinkSync(join(ROOT, 'examples/.cache/package'), join(folder, 'node_modules/dify-file-drop'))
  const out = await run('npx', ['tsc', '-p', join(folder, 'tsconfig.json'), '--preserveSymlinks'], ROOT).catch((error) => error)
  if (!(out instanceof Error)) return
  // What other packages' types have against this configuration is not ours to mend.
  const ours = out.message.split('\n').filter((line) => /error TS/.test(line) && (/dify-file-drop|^index|examples\/kits\/\.cache/.test(line)) && !/node_modules\/(?!dify-file-drop)/.test(line))
  expect(ours.length === 0, ours.join('\n'))
}

async function byVite() {
  const { build } = await import('vite')
  const { output } = await build({ root: here, configFile: false, logLevel: 'error', publicDir: false, build: { write: false, rolldownOptions: { input: page() } } })
  return output[0].code
}

async function byWebpack() {
  const { default: webpack } = await import(pathToFileURL(join(here, 'node_modules/webpack/lib/index.js')).href)
  const path = join(here, '.cache')
  const stats = await new Promise((resolve, reject) =>
    webpack({ mode: 'production', context: here, entry: page(), output: { path, filename: 'page.bundle.js' } }, (error, done) => (error ? reject(error) : resolve(done))))
  expect(!stats.hasErrors(), stats.toString({ all: false, errors: true }))
  return readFileSync(join(path, 'page.bundle.js'), 'utf8')
}

/** A page that sends one file and says in its title what came back, and how much it was told had left. */
function page() {
  const path = join(here, '.cache/page.js')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `
    import { createDifyClient } from 'dify-file-drop'
    let sent = 0
    createDifyClient({ proxyUrl: '/dify' })
      .send({ file: new File(['hello'], 'a.txt'), name: 'a.txt', signal: new AbortController().signal, onProgress: (it) => (sent = it) })
      .then((file) => (document.title = [file.name, file.size, sent].join(' ')), (error) => (document.title = error))`)
  return path
}

async function uploadWith(code) {
  const server = createServer((request, response) => {
    const [status, type, body] = request.url === '/dify/files/upload'
      ? [201, 'application/json', JSON.stringify({ id: 'f', name: 'a.txt', size: 5, extension: 'txt', mime_type: 'text/plain', created_by: 'u', created_at: 1 })]
      : request.url === '/page.js' ? [200, 'text/javascript', code] : [200, 'text/html', '<!doctype html><title></title><script type="module" src="/page.js"></script>']
    request.resume().on('end', () => response.writeHead(status, { 'Content-Type': type }).end(body))
  })
  await new Promise((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch(chromiumLaunchOptions())
  try {
    const tab = await browser.newPage()
    await tab.goto(`http://127.0.0.1:${server.address().port}/`)
    await tab.waitForFunction(() => document.title !== '')
    return await tab.title()
  } finally {
    await browser.close()
    server.close()
  }
}

async function check(name, work) {
  try {
    await work()
    passed++
    console.log(`✓ ${name}`)
  } catch (error) {
    failed++
    console.log(`✗ ${name}\n${error.message}`)
  }
}

function expect(isSo, otherwise) {
  if (!isSo) throw new Error(otherwise)
}

function isClient(path) {
  return /^["']use client["']/.test(read(path))
}

function importsOf(code) {
  return (code.match(/^import .*$/gm) ?? []).join('\n')
}

/** Modules of ours that these reach, themselves included. */
function closure(doors) {
  const reached = new Set()
  const visit = (path) => {
    if (reached.has(path)) return
    reached.add(path)
    for (const [, specifier] of read(path).matchAll(/(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g)) {
      const target = relative(home, join(home, dirname(path), specifier))
      if (existsSync(join(home, target)) && target.endsWith('.js')) visit(target)
    }
  }
  doors.forEach(visit)
  return reached
}

function withoutTexts(source) {
  return source.replaceAll(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
}
