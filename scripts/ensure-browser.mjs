// node scripts/ensure-browser.mjs: prints the path of a Chromium, after installing one if there is none; else says what to do, and exits 1.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium, OWN_CHROMIUM } from './find-browser.mjs'

/** Built for servers, so it needs few system libraries and brings those; the only Chromium that npm has. Linux on x64. */
const FROM_NPM = '@sparticuz/chromium@153.0.0'

const MINUTE = 60_000
const isLinux = process.platform === 'linux'
const isRoot = process.getuid?.() === 0

const ways = [
  { name: 'apt-get', applies: isLinux && isRoot && existsSync('/usr/bin/apt-get'), install: installWithApt },
  { name: FROM_NPM, applies: isLinux && process.arch === 'x64', install: installFromNpm },
  { name: "Playwright's download", applies: true, install: installWithPlaywright },
]

try {
  console.log(await ensureBrowser())
} catch (error) {
  console.error(error.message)
  process.exit(1)
}

async function ensureBrowser() {
  let path = find()
  for (const way of ways) {
    if (path) break
    if (!way.applies) continue
    console.error(`No Chromium here yet: installing one (${way.name}).`)
    await way.install()
    path = find()
  }
  if (!path) {
    throw new Error(
      'No Chromium was found, and none could be installed. Install Chrome or Chromium (Debian: apt-get install chromium),\n' +
        'or set CHROMIUM_PATH to one, or run: npx playwright install --with-deps chromium',
    )
  }
  return path
}

function find() {
  const path = findChromium()
  if (path) return path
  const playwrights = createRequire(import.meta.url)('playwright').chromium.executablePath()
  return existsSync(playwrights) ? playwrights : undefined
}

function installWithApt() {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 5 * MINUTE }
  // The fonts so that screenshots show Chinese and emoji instead of boxes.
  const packages = ['chromium', 'fonts-liberation', 'fonts-noto-cjk', 'fonts-noto-color-emoji']
  return run('apt-get', ['update', '-qq'], options) && run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
}

async function installFromNpm() {
  const home = dirname(OWN_CHROMIUM)
  const unpacked = join(home, 'unpacked')
  rmSync(home, { recursive: true, force: true })
  mkdirSync(unpacked, { recursive: true })

  const npm = ['install', '--prefix', home, '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error', FROM_NPM]
  if (!run('npm', npm, { cwd: home, timeout: 5 * MINUTE })) return

  // It unpacks into the temporary folder, and takes whatever is called "chromium" there for its own: so give it a folder of ours.
  const unpack = `
    const { default: chromium, inflate } = await import('@sparticuz/chromium')
    await chromium.executablePath()
    await inflate('node_modules/@sparticuz/chromium/bin/al2023.tar.br')`
  const options = { cwd: home, timeout: MINUTE, env: { ...process.env, TMPDIR: unpacked } }
  if (!run(process.execPath, ['--input-type=module', '--eval', unpack], options)) return
  rmSync(join(home, 'node_modules'), { recursive: true, force: true })

  const fonts = join(unpacked, 'fonts')
  writeFileSync(join(fonts, 'fonts.conf'), `<?xml version="1.0"?>\n<fontconfig><dir>${fonts}</dir><cachedir>${join(home, 'fonts-cache')}</cachedir></fontconfig>\n`)

  // Written last, and moved into place: find-browser.mjs must never see half an installation.
  writeFileSync(`${OWN_CHROMIUM}.new`, launcher(unpacked))
  chmodSync(`${OWN_CHROMIUM}.new`, 0o755)
  renameSync(`${OWN_CHROMIUM}.new`, OWN_CHROMIUM)
}

/** The libraries and fonts that came along are used only where the system has none of its own. */
function launcher(unpacked) {
  const { stdout } = spawnSync('ldd', [join(unpacked, 'chromium')], { encoding: 'utf8' })
  const libraries = stdout?.includes('not found') ? `export LD_LIBRARY_PATH='${join(unpacked, 'al2023/lib')}'\n` : ''
  return `#!/bin/sh\n${libraries}[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH='${join(unpacked, 'fonts')}'\nexec '${join(unpacked, 'chromium')}' "$@"\n`
}

function installWithPlaywright() {
  const cli = fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url))
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' }
  return run(process.execPath, [cli, 'install', 'chromium'], { env, timeout: 4 * MINUTE })
}

/** Runs a command with its output on stderr (stdout is for the path alone). True if it ended well. */
function run(command, args, options) {
  return spawnSync(command, args, { stdio: ['ignore', 2, 2], ...options }).status === 0
}
