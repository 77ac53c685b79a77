import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Visitor } from './visitor.js'

/** WebKitWebDriver on a screen of its own. */
export interface WebDriver {
  /** A new browser, with nothing of an earlier one. @param baseURL what paths are below */
  open: (baseURL: string) => Promise<WebDriverSession>
  stop: () => void
}

export interface WebDriverSession extends Visitor {
  /** PNG. */
  screenshot: () => Promise<Buffer>
  close: () => Promise<void>
}

/** Keys that are no characters, as W3C WebDriver writes them. */
const KEYS: Readonly<Record<string, string>> = { Shift: '\uE008', Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C', Backspace: '\uE003' }

/** The name under which WebDriver hands an element over. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

/**
 * Starts a screen (without one WebKit would wait for ever) and the driver.
 *
 * @param path of WebKitWebDriver
 * @throws Error with what the driver said, when it does not answer within 15 s
 */
export async function startWebDriver(path: string): Promise<WebDriver> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const port = await freePort()
  let driver: ChildProcess | undefined
  const stop = (): void => {
    driver?.kill()
    screen.kill()
  }
  try {
    const [display] = (await Promise.race([once(screen.stdio[3] as Readable, 'data'), failure(screen, 'Xvfb')])) as [Buffer]
    let said = ''
    driver = spawn(path, [`--port=${port}`, '--host=127.0.0.1'], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DISPLAY: `:${display.toString().trim()}` } })
    for (const stream of [driver.stdout!, driver.stderr!]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    driver.on('error', (error) => (said += error.message))
    const call = caller(`http://127.0.0.1:${port}`)
    for (const until = Date.now() + 15_000; ; await sleep(50)) {
      if (await call('GET', '/status').then(() => true, () => false)) break
      if (Date.now() > until) throw new Error(`${path} does not answer.\n${said}`)
    }
    return { open: (baseURL) => openSession(call, baseURL), stop }
  } catch (error) {
    stop()
    throw error
  }
}

async function openSession(call: Call, baseURL: string): Promise<WebDriverSession> {
  const { sessionId, capabilities } = (await call('POST', '/session', { capabilities: { alwaysMatch: {} } })) as { sessionId: string; capabilities: { browserVersion: string } }
  const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> => call(method, `/session/${sessionId}${path}`, body)
  const find = async (selector: string): Promise<string> => ((await ask('POST', '/element', { using: 'css selector', value: selector })) as Record<string, string>)[ELEMENT]!
  await ask('POST', '/timeouts', { script: 30_000, implicit: 5000, pageLoad: 30_000 })

  const run: Visitor['run'] = async (inPage, argument) => {
    // What a function returns may be a promise: so the answer comes by the callback that WebDriver puts last.
    const script = `const done = arguments[arguments.length - 1]
      Promise.resolve(arguments[0]).then(${inPage.toString()}).then((value) => done({ value: value ?? null }), (error) => done({ error: String(error?.stack ?? error) }))`
    const { value, error } = (await ask('POST', '/execute/async', { script, args: [argument ?? null] })) as { value: never; error?: string }
    if (error !== undefined) throw new Error(`In the page: ${error}`)
    return value
  }
  return {
    browser: `WebKitGTK ${capabilities.browserVersion}`,
    open: async (path) => void (await ask('POST', '/url', { url: new URL(path, baseURL).href })),
    run,
    choose: async (input, paths) => void (await ask('POST', `/element/${await find(input)}/value`, { text: paths.join('\n') })),
    click: async (selector) => void (await ask('POST', `/element/${await find(selector)}/click`, {})),
    press: async (...keys) => {
      const actions = keys.flatMap((key) => {
        const held = key === '+' ? [key] : key.split('+')
        const values = held.map((it) => KEYS[it] ?? it)
        return [...values.map((value) => ({ type: 'keyDown', value })), ...values.toReversed().map((value) => ({ type: 'keyUp', value }))]
      })
      await ask('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] })
    },
    screenshot: async () => Buffer.from((await ask('GET', '/screenshot')) as string, 'base64'),
    close: async () => void (await ask('DELETE', '')),
  }
}

type Call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>

function caller(origin: string): Call {
  return async (method, path, body) => {
    const response = await fetch(origin + path, { method, ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }), signal: AbortSignal.timeout(60_000) })
    const { value } = (await response.json()) as { value: unknown }
    if (!response.ok) throw new Error(`WebDriver: ${method} ${path}: ${JSON.stringify(value)}`)
    return value
  }
}

async function failure(child: ChildProcess, name: string): Promise<never> {
  const [error] = (await once(child, 'exit').catch((thrown: unknown) => [thrown])) as [unknown]
  throw new Error(`${name} did not start: ${String(error)}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
