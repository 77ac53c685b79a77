// node scripts/build-storybook.mjs: builds Storybook unless what is built is newer than everything it is made of.
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = ['src', 'stories', '.storybook', 'package-lock.json']

function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

let built = 0
try {
  built = statSync('storybook-static/index.json').mtimeMs
} catch {
  // Never built.
}
if (built < Math.max(...SOURCES.map(newest))) {
  const { status } = spawnSync('storybook', ['build', '--disable-telemetry', '--quiet'], { stdio: 'inherit', shell: process.platform === 'win32' })
  process.exit(status ?? 1)
}
