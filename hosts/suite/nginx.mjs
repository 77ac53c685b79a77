import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { versionOf } from './hosts.mjs'
import { freePort, run, start } from './start.mjs'

/** What docs/hosts.md says to write into a location before the proxy. */
export const AS_DOCUMENTED = `
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_request_buffering off;
      proxy_buffering off;
      client_max_body_size 0;
      proxy_read_timeout 200s;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Request-Id $request_id;`

/** A real nginx with a folder of its own. @param http what stands in `http { }`; PORT there becomes its port */
export async function startNginx(http) {
  const folder = mkdtempSync(join(tmpdir(), 'dify-file-drop-nginx-'))
  const port = await freePort()
  mkdirSync(join(folder, 'logs'))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, `daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr;
events { worker_connections 2048; }
http { access_log off; ${temporary} ${http.replaceAll('PORT', String(port))} }
`)
  const nginx = start(['nginx', '-e', 'stderr', '-c', file])
  const stop = async () => {
    await nginx.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await nginx.ready(() => isOpen(port))
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `http://127.0.0.1:${port}`, stop }
}

/** Installs what is missing where that is possible. @returns why not, or null */
export async function withPrograms(packages) {
  const lacking = Object.entries(packages).filter(([program]) => !isThere(program)).map(([, name]) => name)
  if (lacking.length === 0) return null
  if (process.getuid?.() !== 0 || versionOf('apt-get') === null) return `${lacking.join(' and ')} not found; install with: sudo apt-get install ${lacking.join(' ')}`
  try {
    await run(['apt-get', 'update', '-qq'])
    await run(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...lacking], { env: { DEBIAN_FRONTEND: 'noninteractive' } })
  } catch (error) {
    return `apt-get could not install ${lacking.join(' and ')}: ${error.message.trim().split('\n').at(-1)}`
  }
  return null
}

function isThere(program) {
  // nginx writes its version to stderr: that it ran is enough.
  return versionOf(program, program === 'nginx' ? '-v' : '--version') !== null
}

export function isOpen(port) {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
