// Browser's side to Dify's side: page → fault layer → proxy → fault layer → Dify in memory, each a process or a port of its own.
import { fork } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer as createTcpServer } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FaultLayer } from './faultLayer.mjs'

const CACHE = fileURLToPath(new URL('../.cache/chaos/', import.meta.url))
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
const API_KEY = 'app-chaos'

/**
 * Starts all of it. `rate`: the share of requests that meet a fault. An upload in one go is one request through both sides,
 * so that they share the rate; in pieces the browser's requests and the proxy's are apart, and each side has all of it.
 * `pieces`: where and how fast the proxy takes them.
 */
export async function startWorld({ rate, random, maxFiles, pieces = {} }) {
  const [proxyPort, difyPort] = [await freePort(), await freePort()]
  const side = pieces.DIRECTORY === undefined ? 1 - Math.sqrt(1 - rate) : rate
  const behind = new FaultLayer({ name: 'proxy to Dify', port: 0, target: `http://127.0.0.1:${difyPort}`, rate: side, random })
  await behind.open()
  const before = new FaultLayer({ name: 'browser to proxy', port: 0, page: servePage, target: `http://127.0.0.1:${proxyPort}`, rate: side, random })
  await before.open()
  /** All that Dify ever stored, by id, through all its lives. */
  const ledger = new Map()
  const messages = []
  const world = { before, behind, ledger, messages, restarts: { proxy: 0, dify: 0 }, unresolved: 0 }

  const env = { ...process.env, API_KEY, ...pieces }
  let dify = null
  world.startDify = async () => {
    dify = fork(join(CACHE, 'processes/emulatorProcess.js'), { env: { ...env, PORT: difyPort, MAX_FILES: maxFiles } })
    dify.on('message', ({ files = [], message }) => {
      for (const file of files) ledger.set(file.id, file)
      if (message) messages.push(message)
    })
    dify.send({ restore: [...ledger.values()] })
    await ready(dify)
  }
  let proxy = null
  world.startProxy = async () => {
    proxy = fork(join(CACHE, 'processes/proxyProcess.js'), { env: { ...env, PORT: proxyPort, UPSTREAM_PORT: behind.port } })
    let last = 0
    proxy.on('message', ({ unresolved = last }) => {
      world.unresolved += unresolved - last
      last = unresolved
    })
    await ready(proxy)
  }
  world.restartDify = async (away) => {
    await killed(dify)
    await new Promise((resolve) => setTimeout(resolve, away))
    await world.startDify()
    world.restarts.dify++
  }
  world.restartProxy = async (away) => {
    await killed(proxy)
    await new Promise((resolve) => setTimeout(resolve, away))
    await world.startProxy()
    world.restarts.proxy++
  }
  world.loseName = async (away) => {
    if (proxy.connected) proxy.send({ dns: false })
    for (const end = Date.now() + away; Date.now() < end;) {
      behind.forgetIdle()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    if (proxy.connected) proxy.send({ dns: true })
  }
  await world.startDify()
  await world.startProxy()

  world.url = `http://127.0.0.1:${before.port}/`
  world.stop = async () => {
    await Promise.all([before.close(), behind.close(), killed(proxy), killed(dify)])
  }
  return world
}

async function servePage(request, response) {
  const { pathname } = new URL(request.url, 'http://page')
  const path = join(CACHE, 'page', pathname === '/' ? 'index.html' : pathname)
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' })
  createReadStream(path).pipe(response)
}

function ready(child) {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => message.ready && resolve())
    child.once('exit', (code) => reject(new Error(`A process of the chaos suite ended with ${code}.`)))
  })
}

async function killed(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

function freePort() {
  return new Promise((resolve) => {
    const server = createTcpServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
