import { fork, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDifyEmulator } from '../../testing/index.js'
import { toNodeListener, type ProxyEvent } from '../index.js'

const TUS = { 'tus-resumable': '1.0.0' }
const PIECE = { ...TUS, 'content-type': 'application/offset+octet-stream' }
const content = Uint8Array.from({ length: 6_000_000 }, (_, i) => i * 31 + (i >> 8))
const sha256 = createHash('sha256').update(content).digest('hex')

let directory = ''
let closing: (() => void)[] = []
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'killed-'))
})
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close()
  rmSync(directory, { recursive: true, force: true })
})

async function difyServer() {
  const dify = createDifyEmulator({ apiKey: 'app-killed' })
  const server = createServer(toNodeListener((request) => dify.fetch(request))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { dify, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` }
}

/** A process with the real proxy in it, over the same disk in each of its lives. */
async function live(baseUrl: string): Promise<{ url: string; child: ChildProcess; events: ProxyEvent[]; kill: () => Promise<void> }> {
  const hooks = new URL('../fixtures/typescriptHooks.mjs', import.meta.url).href
  const child = fork(fileURLToPath(new URL('fixtures/proxyProcess.ts', import.meta.url)), {
    execArgv: ['--experimental-transform-types', '--disable-warning=ExperimentalWarning', '--import', hooks],
    env: { ...process.env, DIRECTORY: directory, BASE_URL: baseUrl },
  })
  closing.push(() => child.kill('SIGKILL'))
  const events: ProxyEvent[] = []
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message: { port?: number; event?: ProxyEvent }) => {
      if (message.port !== undefined) resolve(message.port)
      if (message.event !== undefined) events.push(message.event)
    })
    child.on('exit', (code) => reject(new Error(`the proxy ended with ${code}`)))
  })
  const kill = async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { url: `http://127.0.0.1:${port}/api/dify/files`, child, events, kill }
}

async function begin(url: string): Promise<string> {
  const response = await fetch(`${url}/resumable`, { method: 'POST', headers: { ...TUS, 'upload-length': String(content.length), 'upload-metadata': `filename ${btoa('a.bin')}` } })
  return response.headers.get('location')!
}

const offset = async (at: string) => Number((await fetch(at, { method: 'HEAD', headers: TUS })).headers.get('upload-offset'))
const piece = (at: string, from: number) => fetch(at, { method: 'PATCH', headers: { ...PIECE, 'upload-offset': String(from) }, body: content.slice(from) })

describe('a proxy that is killed (SIGKILL)', () => {
  it('while a piece comes, twice: goes on from the last byte each time', async () => {
    const { dify, baseUrl } = await difyServer()
    let proxy = await live(baseUrl)
    const place = await begin(proxy.url)
    let from = 0
    for (const until of [2_000_000, 4_000_000]) {
      const sending = httpRequest(`${proxy.url}/${place}`, { method: 'PATCH', headers: { ...PIECE, 'upload-offset': String(from), 'content-length': String(content.length - from) } })
      sending.on('error', () => {})
      sending.write(content.slice(from, until))
      const path = join(directory, 'pieces', place.split('/')[1]!)
      await vi.waitFor(() => expect(statSync(path).size).toBe(until), { timeout: 10_000, interval: 20 })
      await proxy.kill()
      sending.destroy()
      proxy = await live(baseUrl)
      from = await offset(`${proxy.url}/${place}`)
      expect(from).toBe(until)
    }
    expect((await piece(`${proxy.url}/${place}`, from)).status).toBe(204)
    const result = await fetch(`${proxy.url}/${place}/result`)
    expect([result.status, ((await result.json()) as { size: number }).size]).toEqual([201, content.length])
    expect([...dify.files.values()].map((file) => file.sha256)).toEqual([sha256])
    await vi.waitFor(() => expect(readdirSync(join(directory, 'pieces'))).toEqual([]))
  }, 40_000)

  it('while Dify takes the file: hands it over again, and says that there may be an orphan', async () => {
    // The Dify of this test, whose answer nobody waits for any more.
    vi.spyOn(console, 'error').mockReturnValue()
    const { dify, baseUrl } = await difyServer()
    const held = dify.script({ kind: 'stall', at: 'answer' })
    const before = await live(baseUrl)
    const place = await begin(before.url)
    expect((await piece(`${before.url}/${place}`, 0)).status).toBe(204)
    await held.reached
    await before.kill()
    const after = await live(baseUrl)
    expect(await offset(`${after.url}/${place}`)).toBe(content.length)
    expect((await fetch(`${after.url}/${place}/result`)).status).toBe(201)
    await vi.waitFor(() => expect(after.events.find(({ route }) => route === 'upload')).toMatchObject({ level: 'warn', status: 201, detail: expect.stringContaining('orphan') as string }))
    expect([...dify.files.values()].at(-1)!.sha256).toBe(sha256)
  }, 40_000)
})
