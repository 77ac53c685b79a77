// What the pages are made of: the library as it is published, the proxy, and each page by itself, all with the same settings.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const ROOT = at('../..')
export const CACHE = join(ROOT, '.cache/bench')
export const PAGES = join(CACHE, 'pages')

/** The peers, as bench/package-lock.json pins them. */
export function install() {
  const folder = at('..')
  const lock = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json'))).digest('hex')
  const stamp = join(folder, 'node_modules/.installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.log('Installing the peers (bench/package-lock.json) …')
  execFileSync('npm', ['ci', '--loglevel=error'], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  writeFileSync(stamp, lock)
}

/** @param {{ names: string[], readable?: boolean }} options `readable`: names are kept, for profiles. */
export async function buildPages({ names, readable = false }) {
  const library = join(CACHE, 'library')
  await build({ root: ROOT, configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn', build: { outDir: library, emptyOutDir: true } })
  await build({
    configFile: false, logLevel: 'warn',
    build: { ssr: true, target: 'node20', outDir: join(CACHE, 'server'), emptyOutDir: true, rolldownOptions: { input: join(ROOT, 'src/server/index.ts') } },
  })
  for (const name of names) {
    await build({
      root: join(at('./pages'), name),
      base: './',
      configFile: false,
      logLevel: 'error',
      plugins: [react()],
      resolve: {
        alias: [
          { find: 'dify-file-drop/styles.css', replacement: join(library, 'styles.css') },
          { find: 'dify-file-drop', replacement: join(library, 'index.js') },
        ],
        dedupe: ['react', 'react-dom', 'axios'],
      },
      build: {
        outDir: join(PAGES, name),
        emptyOutDir: true,
        minify: readable ? false : undefined,
        reportCompressedSize: false,
        chunkSizeWarningLimit: 10_000,
        rolldownOptions: {
          output: {
            codeSplitting: { groups: GROUPS },
          },
        },
      },
    })
  }
}

/** React stands by itself, as it is the same for all and no part of a first load. */
const GROUPS = [{ name: 'react', test: /\/node_modules\/(?:react|react-dom|scheduler)\// }]

/** Versions of what was measured, for the report. */
export function versions() {
  const version = (folder, name) => JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version
  const peers = JSON.parse(readFileSync(at('../package.json'), 'utf8')).dependencies
  return Object.fromEntries([['vite', version(ROOT, 'vite')], ['playwright', version(ROOT, 'playwright')], ...Object.keys(peers).map((name) => [name, version(at('..'), name)])])
}

export const ALL_PAGES = readdirSync(at('./pages'), { withFileTypes: true }).filter((it) => it.isDirectory()).map(({ name }) => name)
