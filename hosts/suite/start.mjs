import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { until } from './client.mjs'

export const HOSTS = fileURLToPath(new URL('..', import.meta.url))

const running = new Set()
process.on('exit', () => running.forEach((kill) => kill('SIGKILL')))
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

/** A port that nobody uses at the moment. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

/** Starts a program in a process group of its own. */
export function start([command, ...args], { env = {}, cwd = HOSTS } = {}) {
  // What would make a server here another than anywhere else.
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NODE_ENV|NODE_OPTIONS|DIFY_.*)$/.test(name)))
  const child = spawn(command, args, { cwd, env: { ...own, ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const kill = (signal) => {
    try {
      process.kill(-child.pid, signal)
    } catch {
      // It has ended already.
    }
  }
  running.add(kill)
  let code = null
  const ended = new Promise((resolve) => {
    child.on('error', (error) => {
      output += `${error.message}\n`
      code = -1
      resolve(code)
    })
    child.on('close', (status, signal) => {
      code ??= status ?? signal
      resolve(code)
    })
  })
  return {
    pid: child.pid,
    output: () => output,
    ended,
    signal: (signal) => child.kill(signal),
    /** Resolves when `isUp` does; rejects, with all it said, when the process ends before. */
    async ready(isUp, ms = 60_000) {
      await until(async () => {
        if (code !== null) throw new Error(`${command} ended with ${code}:\n${output}`)
        return isUp()
      }, `${command} is up; it said:\n${output}\n`, ms)
    },
    async stop() {
      kill('SIGTERM')
      const timer = setTimeout(() => kill('SIGKILL'), 3000)
      await ended
      clearTimeout(timer)
      kill('SIGKILL')
      running.delete(kill)
    },
  }
}

/** Runs a program to its end. @throws Error with all it said when it fails */
export async function run(command, options) {
  const it = start(command, options)
  const code = await it.ended
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${it.output().slice(-4000)}`)
  return it.output()
}

export async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false
  }
}
