// What a page loads at once and what only when it is needed: builds the demo with Vite and follows the imports of its entry.
// node scripts/first-load.mjs prints the report, and fails where something lazy is in the first load.
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

/** Packages that are loaded with the first file that needs them, and what needs them. */
export const LAZY = { 'file-type': 'src/sniff', 'heic-to': 'src/prepare', idb: 'src/draft' }

/**
 * @param {string} [configFile] of the page to build
 * @returns {Promise<import('./first-load.d.mts').FirstLoad>}
 */
export async function firstLoad(configFile = fileURLToPath(new URL('../demo/vite.config.ts', import.meta.url))) {
  const { output } = await build({ configFile, logLevel: 'silent', build: { write: false, emptyOutDir: false } })
  const chunks = new Map(output.filter((it) => it.type === 'chunk').map((it) => [it.fileName, it]))
  const first = new Set([...chunks.values()].filter((it) => it.isEntry).map((it) => it.fileName))
  for (const name of first) for (const imported of chunks.get(name)?.imports ?? []) first.add(imported)
  return {
    chunks: [...chunks.values()].map((chunk) => ({
      name: chunk.fileName,
      isFirst: first.has(chunk.fileName),
      bytes: Buffer.byteLength(chunk.code),
      gzipped: gzipSync(chunk.code).length,
      packages: [...new Set(chunk.moduleIds.map(packageOf).filter((it) => it !== null))].toSorted((a, b) => a.localeCompare(b)),
    })),
  }
}

/** The package that a module is of; null for the project's own. */
export function packageOf(id) {
  const at = id.lastIndexOf('/node_modules/')
  if (at < 0) return null
  const [scope, name] = id.slice(at + '/node_modules/'.length).split('/')
  return scope.startsWith('@') ? `${scope}/${name}` : scope
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { chunks } = await firstLoad()
  for (const [title, isFirst] of [['At once', true], ['Later', false]]) {
    const some = chunks.filter((it) => it.isFirst === isFirst)
    console.log(`${title}: ${kilobytes(some.reduce((sum, it) => sum + it.gzipped, 0))} gzipped`)
    for (const { name, gzipped, packages } of some) console.log(`  ${name.padEnd(40)}${kilobytes(gzipped).padStart(9)}  ${packages.join(', ')}`)
  }
  const early = Object.keys(LAZY).filter((name) => chunks.some((it) => it.isFirst && it.packages.includes(name)))
  if (early.length > 0) {
    console.error(`In the first load, but needed later only: ${early.join(', ')}.`)
    process.exitCode = 1
  }
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`
}
