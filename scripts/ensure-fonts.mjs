// node scripts/ensure-fonts.mjs: the fonts that the pictures in e2e/__screenshots__ were made with. Installs them where it may (Debian, as
// root); elsewhere says so and leaves it: the pictures are then not compared.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const FONTS = { 'Liberation Sans': 'fonts-liberation', 'Noto Sans CJK SC': 'fonts-noto-cjk', 'Noto Color Emoji': 'fonts-noto-color-emoji', 'DejaVu Sans': 'fonts-dejavu-core' }

const isThere = (family) => (spawnSync('fc-list', [family, 'family'], { encoding: 'utf8' }).stdout ?? '').includes(family)
const missing = Object.keys(FONTS).filter((family) => !isThere(family))
const canInstall = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

if (missing.length > 0 && canInstall) {
  console.error(`Installing fonts for the pictures: ${missing.join(', ')}.`)
  const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 5 * 60_000 }
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'fontconfig', ...missing.map((family) => FONTS[family])], options)
} else if (missing.length > 0) {
  console.error(`Without ${missing.join(', ')} pictures of text differ, so they are not compared here.`)
}
