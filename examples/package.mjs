// The library as npm would publish it, put beside whoever wants to try it.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Builds the library, unless told to take what was built last, and packs it. Returns the tarball's path. It is built in a folder of its own, so
 * that whoever uses `dist` meanwhile is not disturbed, nor disturbs.
 */
export async function pack({ build = true } = {}) {
  const cache = join(ROOT, 'examples/.cache')
  const folder = join(cache, 'package')
  if (build || !existsSync(join(folder, 'dist'))) {
    // Under another name until it is whole: somebody else may be testing with the last one.
    const fresh = join(cache, `package-${process.pid}`)
    try {
      await run('npx', ['vite', 'build', '--logLevel=warn', '--emptyOutDir', '--outDir', join(fresh, 'dist')], ROOT)
      await run('npx', ['tsc', '-p', 'tsconfig.build.json', '--outDir', join(fresh, 'dist')], ROOT)
      rmSync(folder, { recursive: true, force: true })
      renameSync(fresh, folder)
    } finally {
      rmSync(fresh, { recursive: true, force: true })
    }
  }
  for (const name of ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'styles.d.ts']) cpSync(join(ROOT, name), join(folder, name))
  const packed = JSON.parse(await run('npm', ['pack', '--json', '--loglevel=silent', '--pack-destination', cache], folder))
  const [{ filename }] = Array.isArray(packed) ? packed : Object.values(packed)
  return join(cache, filename)
}

/** What a folder's lock file says, if that is not there yet, and the tarball among it. */
export async function install(folder, tarball) {
  await installLocked(folder)
  rmSync(join(folder, 'node_modules/dify-file-drop'), { recursive: true, force: true })
  await run('npm', ['install', '--no-save', '--loglevel=error', tarball], folder)
}

/** What a folder's lock file says, if that is not there yet. */
export async function installLocked(folder) {
  const lock = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json'))).digest('hex')
  const stamp = join(folder, 'node_modules/.installed')
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
    await run('npm', ['ci', '--loglevel=error'], folder)
    writeFileSync(stamp, lock)
  }
}

/** Runs a program to its end; resolves with what it wrote to stdout. @throws Error with all it said when it fails */
export function run(program, args, cwd, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let all = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
      all += chunk
    })
    child.stderr.on('data', (chunk) => (all += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(out)
      else reject(new Error(`${program} ${args.join(' ')} (in ${cwd}) ended with ${code}:\n${all}`))
    })
  })
}
