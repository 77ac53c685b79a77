import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOSTS, run } from './start.mjs'

const modules = join(HOSTS, 'node_modules')
const bin = (name) => join(modules, '.bin', name)

/**
 * Every host: how it starts, or why it cannot here. `prepare` runs once before. `cannot` names the behaviours that this
 * host or runtime does not let us have, with the reason; each is tried all the same and must still fail.
 */
export const ALL = [
  ...[20, 22, 24].map((major) => ({
    name: `node ${major}`,
    find: () => node(major) ?? { missing: `no Node ${major} on the PATH, and npm installed none (linux x64 and arm64 only)` },
    command: (runtime) => [runtime, 'servers/node.mjs'],
  })),
  { name: 'express', find: anyNode, command: (runtime) => [runtime, 'servers/express.mjs'] },
  { name: 'fastify', find: anyNode, command: (runtime) => [runtime, 'servers/fastify.mjs'] },
  { name: 'hono', find: anyNode, command: (runtime) => [runtime, 'servers/hono.mjs'] },
  {
    name: 'next',
    find: anyNode,
    prepare: async (runtime) => {
      // Built without secrets, as in any CI.
      await run([runtime, join(modules, 'next/dist/bin/next'), 'build', 'servers/next'], { env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' } })
    },
    command: (runtime, { PORT }) => [runtime, join(modules, 'next/dist/bin/next'), 'start', 'servers/next', '-p', PORT, '-H', '127.0.0.1'],
    env: { NEXT_TELEMETRY_DISABLED: '1' },
  },
  { name: 'bun', find: () => works(bin('bun')), command: (runtime) => [runtime, 'servers/bun.mjs'] },
  { name: 'deno', find: () => works(bin('deno')), command: (runtime) => [runtime, 'run', '--quiet', '--no-remote', '--no-lock', '--node-modules-dir=manual', '--allow-net', '--allow-env', 'servers/deno.mjs'] },
  {
    name: 'workerd',
    find: () => works(bin('workerd')),
    prepare: async () => {
      await run([bin('esbuild'), 'servers/worker.mjs', '--bundle', '--format=esm', '--platform=neutral', '--external:node:*', '--conditions=workerd,worker', '--outfile=.cache/worker.mjs'])
    },
    // What `wrangler deploy` would do with a wrangler.toml.
    command: (runtime, env) => {
      mkdirSync(join(HOSTS, '.cache'), { recursive: true })
      writeFileSync(join(HOSTS, '.cache/workerd.capnp'), workerdConfig(env))
      return [runtime, 'serve', '.cache/workerd.capnp']
    },
  },
  {
    name: 'cli',
    find: anyNode,
    command: (runtime) => [runtime, 'node_modules/.bin/dify-file-drop', 'proxy'],
    env: ({ authorizeUrl }) => ({ AUTHORIZE_URL: authorizeUrl, ALLOW_ORIGINS: 'https://chat.example.com', MAX_AUDIO_MB: '2', RATE_PER_USER: '10000', RATE_PER_ADDRESS: '10000', CONCURRENT_PER_USER: '20' }),
  },
]

/** A Node of this major: the one on the PATH, the system's, or that from npm. */
export function node(major) {
  const npm = join(modules, `node-${major}-${process.arch}`, 'bin/node')
  return [process.execPath, '/usr/bin/node', npm].find((path) => existsSync(path) && versionOf(path)?.startsWith(`v${major}.`))
}

function anyNode() {
  return process.execPath
}

function works(path) {
  return versionOf(path) === null ? { missing: `${path} does not run: npm has no binary of it for this machine` } : path
}

export function versionOf(path, flag = '--version') {
  try {
    return execFileSync(path, [flag], { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim().split('\n')[0]
  } catch {
    return null
  }
}

function workerdConfig(env) {
  const bindings = ['DIFY_API_KEY', 'DIFY_API_KEY_2', 'DIFY_BASE_URL'].map((name) => `(name = "${name}", text = "${env[name]}")`)
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker), (name = "internet", network = (allow = ["public", "private", "local"]))],
  sockets = [(name = "http", address = "127.0.0.1:${env.PORT}", http = (), service = "main")] );
const worker :Workerd.Worker = (
  modules = [(name = "worker.mjs", esModule = embed "worker.mjs")],
  compatibilityDate = "2026-06-01", bindings = [${bindings.join(', ')}] );
`
}
