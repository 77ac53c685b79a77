import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path/posix'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

interface Layer {
  /** Other folders of src that its files may import from. */
  knows: string[]
  /** Packages from npm that they may import. */
  packages: string[]
  /** Whether they may import Node's own modules. */
  node?: true
}

/** The dependency rule. A folder is what you are allowed to know. */
const LAYERS: Record<string, Layer> = {
  dify: { knows: [], packages: [] },
  core: { knows: ['dify'], packages: [] },
  http: { knows: ['dify', 'core'], packages: ['axios'] },
  // Drafts are loaded when the `draft` prop asks for them, and not before: see useDraft.
  react: { knows: ['dify', 'core', 'http', 'draft'], packages: ['react', 'react-dom', 'react-dropzone', '@tanstack/react-query'] },
  adapters: { knows: ['dify', 'core', 'http'], packages: ['react', '@assistant-ui/react', '@ai-sdk/react', 'ai', '@ant-design/x'] },
  preview: { knows: ['dify', 'core', 'react'], packages: ['react'] },
  sniff: { knows: ['dify', 'core'], packages: ['file-type'] },
  draft: { knows: ['dify', 'core'], packages: ['idb'] },
  resumable: { knows: ['dify', 'core', 'http'], packages: ['tus-js-client'] },
  prepare: { knows: ['dify', 'core'], packages: ['heic-to'] },
  // Of react, its messages only; locales.test.ts holds them to it.
  locales: { knows: ['react'], packages: [] },
  server: { knows: ['dify'], packages: [], node: true },
  // A door of its own, so that nobody else's proxy needs these packages.
  'server/resumable': { knows: ['dify', 'server'], packages: ['@tus/server', '@tus/file-store'], node: true },
  testing: { knows: ['dify'], packages: [] },
  cli: { knows: ['server'], packages: ['rate-limiter-flexible', 'ioredis'], node: true },
  'index.ts': { knows: ['dify', 'core', 'http', 'react'], packages: ['react', 'react-dropzone', '@tanstack/react-query'] },
}

/** What the engine takes through its ports instead of reaching for it. */
const BROWSER_GLOBALS = /(?<![\w$.'"`])(?:(?:document|window|navigator|localStorage|sessionStorage)\s*\??[.[]|XMLHttpRequest\b|fetch\()/g

test('src keeps the dependency rule', () => {
  const src = fileURLToPath(new URL('.', import.meta.url))
  const paths = readdirSync(src, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'))
  // All but this file, whose examples break the rule.
  const files = paths.filter((path) => /\.(tsx?|css)$/.test(path) && path !== 'boundaries.test.ts')
  const sources = new Map(files.map((path) => [path, readFileSync(join(src, path), 'utf8')]))
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')

  expect(violations(sources, doorsOf(JSON.parse(manifest)))).toEqual([])
})

test.each([
  ['dify imports nothing', 'dify/a.ts', `import { b } from '../core/b.js'`, 'dify may not know core'],
  ['types count too', 'dify/a.ts', `import type { B } from '../core/b.js'`, 'dify may not know core'],
  ['the contract uses no package', 'dify/a.ts', `import axios from 'axios'`, 'dify may not use axios'],
  ['the engine knows no React', 'core/a.ts', `import { useState } from 'react'`, 'core may not use react'],
  ['the engine knows no transport', 'core/a.ts', `import { send } from '../http/send.js'`, 'core may not know http'],
  ['the engine knows no page', 'core/a.ts', `const wide = window.innerWidth`, 'core may not touch window.'],
  ['the engine makes no request', 'core/a.ts', `await fetch('/x')`, 'core may not touch fetch('],
  ['the wire knows no queries', 'http/a.ts', `import { queryOptions } from '@tanstack/react-query'`, 'http may not use @tanstack/react-query'],
  ['only the wire uses axios', 'react/A.tsx', `import axios from 'axios/lib/x.js'`, 'react may not use axios'],
  ['the proxy knows no engine', 'server/a.ts', `export { b } from '../core/b.js'`, 'server may not know core'],
  ['the proxy needs no tus', 'server/a.ts', `import { b } from './resumable/b.js'`, 'server may not know server/resumable'],
  ['only who takes pieces uses tus', 'server/a.ts', `import { Server } from '@tus/server'`, 'server may not use @tus/server'],
  ['the emulator runs anywhere', 'testing/a.ts', `import { createServer } from 'node:http'`, 'testing may not use node:http'],
  ['the emulator is not shipped', 'react/A.tsx', `const x = await import('../testing/emulator.js')`, 'react may not know testing'],
  ['side effects count', 'core/a.ts', `import '../react/b.js'`, 'core may not know react'],
  ['re-exports count', 'index.ts', `export * from './testing/emulator.js'`, 'index.ts may not know testing'],
  ['imports over many lines count', 'core/a.ts', `import {\n  b,\n  c,\n} from '../http/b.js'`, 'core may not know http'],
  ['src stays in src', 'react/A.tsx', `import pkg from '../../package.json'`, 'leaves src'],
  ['an import leads somewhere', 'core/a.ts', `import { b } from './gone.js'`, 'there is no such file'],
  ['so does one in a test', 'core/a.test.ts', `import { b } from './gone.js'`, 'there is no such file'],
  ['a new folder gets a rule first', 'misc/a.ts', ``, 'misc has no rule'],
  ['an index is a door', 'core/index.ts', ``, 'package.json exports no such door'],
])('%s', (_, path, source, reason) => {
  const sources = new Map([...everywhere, [path, source]])
  expect(violations(sources, ['index.ts'])).toEqual([expect.stringContaining(reason)])
  expect(violations(sources, ['index.ts'])[0]).toContain(path)
})

test('what the rule allows passes', () => {
  const allowed = new Map([
    ...everywhere,
    ['core/a.ts', `import { b } from '../dify/b.js'\nconst size = limits.document?.size // window.x, import x from 'axios'`],
    ['core/c.ts', `/** @example\n * import axios from 'axios'\n */\nexport const kinds = { document: 'fetch(' }`],
    ['core/a.test.ts', `import { createDifyEmulator } from '../testing/emulator.js'\nimport { it } from 'vitest'`],
    ['react/Drop.stories.tsx', `import { createDifyEmulator } from '../testing/emulator.js'`],
    ['react/A.tsx', `'use client'\nimport { useDropzone } from 'react-dropzone'\nimport { B } from './B.js'\nimport '../styles.css'`],
    ['react/B.tsx', `import { jsx } from 'react/jsx-runtime'`],
    ['server/a.ts', `import type { IncomingMessage } from 'node:http'`],
    ['server/index.ts', `export { a } from './a.js'`],
    ['adapters/assistant-ui/a.ts', `import { b } from '../../core/b.js'\nimport { c } from './c.js'`],
    ['adapters/assistant-ui/c.ts', ``],
    ['styles.css', `@import './react/x.css'`],
  ])
  expect(violations(allowed, ['index.ts', 'server/index.ts'])).toEqual([])
})

test('the doors are where package.json exports point', () => {
  const exports = { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './server': { default: './dist/server/index.js' }, './styles.css': './dist/styles.css' }
  expect(doorsOf({ exports, bin: { x: './dist/cli/index.js' } })).toEqual(['index.ts', 'server/index.ts', 'cli/index.ts'])
})

/** One file in each layer, for the made-up graphs to point at. */
const everywhere: [path: string, source: string][] = ['dify/b.ts', 'core/b.ts', 'http/b.ts', 'http/send.ts', 'react/b.ts', 'server/resumable/b.ts', 'testing/emulator.ts'].map((path) => [path, ''])

/** A sentence for each import that breaks the rule. Paths are relative to src. */
function violations(sources: Map<string, string>, doors: string[]): string[] {
  return [...sources].flatMap(([path, source]) => {
    if (!/\.tsx?$/.test(path)) return []
    const name = layerOf(path)
    // Tests, stories, and what only they use.
    const isExempt = /\.(test|stories|fixture)\.tsx?$|\/fixtures\//.test(path)
    const layer = LAYERS[name]
    const code = withoutComments(source)
    const found = importsOf(code).map((specifier) => {
      if (!specifier.startsWith('.')) return isExempt || layer === undefined ? undefined : whyNoPackage(specifier, name, layer)
      const target = normalize(join(dirname(path), specifier))
      if (target.startsWith('..')) return isExempt ? undefined : `${specifier} leaves src`
      if (!isThere(target, sources)) return `${specifier}: there is no such file`
      const other = layerOf(target)
      if (isExempt || layer === undefined || other === name || target.endsWith('.css') || layer.knows.includes(other)) return undefined
      return `${specifier}: ${name} may not know ${other}`
    })
    if (!isExempt && layer === undefined) found.push(`${name} has no rule: say in LAYERS what it may know`)
    if (!isExempt && name === 'core') found.push(...(code.match(BROWSER_GLOBALS) ?? []).map((use) => `core may not touch ${use} (give it a port)`))
    if (/(^|\/)index\.tsx?$/.test(path) && !doors.includes(path)) found.push('package.json exports no such door, so it may not be an index')
    return found.filter((reason) => reason !== undefined).map((reason) => `src/${path} → ${reason}`)
  })
}

/** The folder whose rule holds: the deepest that has one. */
function layerOf(path: string): string {
  const [top = path, next] = path.split('/')
  return Object.hasOwn(LAYERS, `${top}/${next}`) ? `${top}/${next}` : top
}

function whyNoPackage(specifier: string, name: string, layer: Layer): string | undefined {
  if (specifier.startsWith('node:')) return layer.node ? undefined : `${name} may not use ${specifier}`
  const packageName = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
  return layer.packages.includes(packageName) ? undefined : `${name} may not use ${packageName}`
}

/** Sources import `./x.js` and mean `./x.ts` or `./x.tsx`. */
function isThere(target: string, sources: Map<string, string>): boolean {
  return [target, target.replace(/\.js$/, '.ts'), target.replace(/\.js$/, '.tsx')].some((path) => sources.has(path))
}

function importsOf(code: string): string[] {
  const forms = [/\b(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g, /\bimport\s*\(?\s*['"]([^'"]+)['"]/g]
  return forms.flatMap((form) => [...code.matchAll(form)].map((match) => match[1] ?? ''))
}

/** A comment may show an import; a string may hold what looks like a comment. */
function withoutComments(source: string): string {
  return source.replaceAll(/("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '$1')
}

/** The sources of package.json's exports and commands: `./dist/server/index.js` is built from `server/index.ts`. */
function doorsOf(manifest: { exports: Record<string, string | Record<string, string>>; bin?: Record<string, string> }): string[] {
  return [...Object.values(manifest.exports), ...Object.values(manifest.bin ?? {})]
    .map((target) => (typeof target === 'string' ? target : (target.default ?? '')))
    .filter((target) => target.startsWith('./dist/') && target.endsWith('.js'))
    .map((target) => target.replace('./dist/', '').replace(/\.js$/, '.ts'))
}
