// Production builds of one page by each bundler. Each gets a folder with the page in it, inside the project whose packages
// it is to use, and resolves to the folder to serve. `without` is a module that is not installed: docs/first-week.md says what
// each bundler must then be told.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { run } from '../examples/package.mjs'

const require = createRequire(import.meta.url)

export const BUNDLERS = { vite, webpack, rspack, next }

async function vite(folder) {
  const { build } = await import('vite')
  await build({ root: folder, configFile: false, logLevel: 'error', build: { outDir: 'out', emptyOutDir: true } })
  // Vite leaves it set, and npm then installs no devDependencies.
  delete process.env.NODE_ENV
  return join(folder, 'out')
}

async function webpack(folder, _, without) {
  return packed(require('webpack'), folder, without, {
    module: {
      rules: [
        { test: /\.tsx?$/, loader: require.resolve('esbuild-loader'), options: { target: 'es2022', jsx: 'automatic' } },
        { test: /\.css$/, use: [require.resolve('style-loader'), require.resolve('css-loader')] },
      ],
    },
  })
}

async function rspack(folder, _, without) {
  const jsc = { parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } } }
  return packed(require('@rspack/core').rspack, folder, without, {
    module: { rules: [{ test: /\.tsx?$/, loader: 'builtin:swc-loader', options: { jsc }, type: 'javascript/auto' }, { test: /\.css$/, type: 'css/auto' }] },
  })
}

/** webpack and Rspack are told the same. */
async function packed(compile, folder, without, options) {
  const out = join(folder, 'out')
  const stats = await new Promise((resolve, reject) => {
    compile({
      ...options, mode: 'production', context: folder, entry: './main.tsx', target: 'web',
      output: { path: out, publicPath: '/', clean: true }, resolve: { extensions: ['.tsx', '.ts', '.js'], alias: without ? { [without]: false } : {} }, performance: { hints: false },
    }, (error, stats) => (error ? reject(error) : resolve(stats)))
  })
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString({ preset: 'errors-warnings', colors: false }))
  writeFileSync(join(out, 'index.html'), '<!doctype html><html lang="en"><link rel="icon" href="data:,"><link rel="stylesheet" href="/main.css"><div id="root"></div><script src="/main.js"></script></html>')
  // webpack keeps the styles in the script, Rspack beside it.
  writeFileSync(join(out, 'main.css'), '', { flag: 'a' })
  return out
}

/** React 19 by the App Router; 18 by the Pages Router, since the other brings a React of its own. Prerendered, so rendered on a server too. */
async function next(folder, project, without) {
  const write = (path, lines) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), `${lines.join('\n')}\n`)
  }
  const css = "import 'dify-file-drop/styles.css'"
  if (project.endsWith('18')) {
    write('pages/_app.jsx', [css, 'export default function App({ Component, pageProps }) { return <Component {...pageProps} /> }'])
    write('pages/index.jsx', ["export { Page as default } from '../Page'"])
  } else {
    write('app/layout.jsx', [css, 'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html> }'])
    write('app/page.jsx', ["export { Page as default } from '../Page'"])
  }
  rmSync(join(folder, 'main.tsx'))
  write('empty.js', ['export {}'])
  const turbopack = { root: project, resolveAlias: without ? { [without]: './empty.js' } : {} }
  write('next.config.mjs', [`export default { output: 'export', turbopack: ${JSON.stringify(turbopack)} }`])
  await run('node', [join(project, 'node_modules/next/dist/bin/next'), 'build'], folder, { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' })
  return join(folder, 'out')
}

/** The server's half of a project's package. */
export function importFrom(project, entry) {
  return import(pathToFileURL(join(project, 'node_modules/dify-file-drop/dist', entry)).href)
}
