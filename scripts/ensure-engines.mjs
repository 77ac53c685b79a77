// The two engines beside Chromium that the smoke flows run in: finds them, or installs them where it may (Debian, as root).
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findFirefox, findWebKit } from './find-browser.mjs'

const ENGINES = {
  firefox: { find: findFirefox, packages: ['firefox-esr'], missing: 'there is no Firefox on PATH; install one, or set FIREFOX_PATH' },
  // Without a screen it would wait for ever.
  webkit: { find: findWebKit, packages: ['webkit2gtk-driver', 'xvfb'], missing: 'there are no WebKitWebDriver and Xvfb on PATH (Debian: webkit2gtk-driver, xvfb)' },
}

/** @returns for each of `names`, null when it is there, else why it is not */
export function ensureEngines(names) {
  const isMissing = (name) => ENGINES[name].find() === undefined
  const packages = names.filter(isMissing).flatMap((name) => ENGINES[name].packages)
  if (packages.length > 0 && process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error(`Installing ${packages.join(', ')} (apt-get).`)
    const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 5 * 60_000 }
    spawnSync('apt-get', ['update', '-qq'], options)
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
  }
  return Object.fromEntries(names.map((name) => [name, isMissing(name) ? ENGINES[name].missing : null]))
}
