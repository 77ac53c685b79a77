import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { chromiumLaunchOptions } from '../../scripts/find-browser.mjs'

/** A page of a Chromium that Playwright does not hold: it follows a page into no back/forward cache. */
export interface RawPage {
  /** By the DevTools protocol. */
  send: (method: string, params?: object) => Promise<Record<string, unknown>>
  /** What an expression comes to, as JSON; a promise is waited for. Null while the page is elsewhere. */
  evaluate: (expression: string) => Promise<unknown>
  close: () => Promise<void>
}

interface Reply {
  /** None: an event. */
  id?: number
  result?: Record<string, unknown>
  error?: { message: string }
}

export async function openRawPage(): Promise<RawPage> {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'))
  const options = chromiumLaunchOptions()
  const child = spawn(
    options.executablePath ?? chromium.executablePath(),
    [...options.args, '--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const gone = once(child, 'exit')
  const address = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = /DevTools listening on ws:\/\/([^/]+)/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
    void gone.then(() => reject(new Error(`Chromium ended: ${said}`)))
  })
  const targets = (await (await fetch(`http://${address}/json`)).json()) as { type: string; webSocketDebuggerUrl: string }[]
  const socket = new WebSocket(targets.find(({ type }) => type === 'page')!.webSocketDebuggerUrl)
  await once(socket, 'open')

  let nextId = 0
  const waiting = new Map<number, (message: Reply) => void>()
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Reply
    if (message.id !== undefined) waiting.get(message.id)?.(message)
  })
  const send: RawPage['send'] = (method, params = {}) => new Promise((resolve, reject) => {
    const id = ++nextId
    waiting.set(id, ({ result, error }) => {
      waiting.delete(id)
      if (error === undefined) resolve(result ?? {})
      else reject(new Error(`${method}: ${error.message}`))
    })
    socket.send(JSON.stringify({ id, method, params }))
  })
  return {
    send,
    evaluate: async (expression) => {
      const told = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }).catch(() => ({ result: { value: null } }))
      return (told['result'] as { value?: unknown }).value ?? null
    },
    close: async () => {
      socket.close()
      child.kill('SIGKILL')
      await gone
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
