/// <reference types="node" />
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createDifyProxy, toNodeListener, type ProxyEvent } from '../server/index.js'
import { Environment } from './environment.js'
import { limitRequests } from './limitRequests.js'
import { Misconfigured } from './misconfigured.js'
import { proxySettings, type ProxySettings } from './proxySettings.js'

/**
 * `dify-file-drop proxy`: the proxy as a server of its own, for teams whose backend is not JavaScript. It ends on SIGTERM
 * and SIGINT once what runs has finished, or after a while; on a second one at once.
 *
 * @throws Misconfigured
 */
export async function runProxy(variables: Readonly<Record<string, string | undefined>>): Promise<void> {
  const settings = proxySettings(new Environment(variables))
  const report = (message: string) => console.error(`dify-file-drop: ${message}`)
  const { limit, notice, close } = await limitRequests(settings.limits, report)
  if (notice !== null) report(notice)

  const server = serverOf(settings, toNodeListener(proxyOf(settings, limit)))
  try {
    server.listen(settings.port, settings.host)
    await once(server, 'listening')
  } catch (error) {
    close()
    throw new Misconfigured(`HOST and PORT: ${(error as Error).message}.`)
  }
  const { address, port } = server.address() as AddressInfo
  report(`listening on http://${address.includes(':') ? `[${address}]` : address}:${port}`)

  await stopSignal()
  report('stopping: running requests may finish')
  void stopSignal().then(() => process.exit(1))
  const hasFinished = await closed(server, settings.shutdownTimeout)
  close()
  if (!hasFinished) report(`stopped: some had not finished after ${settings.shutdownTimeout / 1000} s`)
  process.exit(hasFinished ? 0 : 1)
}

function proxyOf({ proxy, log }: ProxySettings, limit: Awaited<ReturnType<typeof limitRequests>>['limit']) {
  const onEvent = log === 'off' ? () => {} : (event: ProxyEvent) => process.stdout.write(`${JSON.stringify(event)}\n`)
  try {
    return createDifyProxy({ ...proxy, limit, onEvent })
  } catch (error) {
    // A bad base URL or origin: the message says which.
    if (error instanceof TypeError) throw new Misconfigured(error.message)
    throw error
  }
}

/** Bounds that a handler cannot set: for who never says what they want, and for who says nothing more. */
function serverOf(settings: ProxySettings, listener: ReturnType<typeof toNodeListener>): Server {
  const { headersTimeout, idleTimeout, uploadTimeout } = settings
  const server = createServer(
    {
      headersTimeout,
      keepAliveTimeout: idleTimeout,
      // The proxy bounds uploads itself and answers; this is for what it is not asked about.
      requestTimeout: Math.max(uploadTimeout + 60_000, headersTimeout),
      connectionsCheckingInterval: Math.min(1000, Math.ceil(headersTimeout / 2)),
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      // Whoever comes over a connection that is to close should not come back over it.
      if (!server.listening) response.setHeader('connection', 'close')
      listener(request, response)
    },
  )
  return server
}

/** Waits for what runs. @returns whether all of it finished in time. */
async function closed(server: Server, timeout: number): Promise<boolean> {
  const isClosed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  // Those that were busy when it closed are idle later.
  const sweep = setInterval(() => server.closeIdleConnections(), 100)
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), timeout)
  })
  const first = await Promise.race([isClosed, late])
  clearInterval(sweep)
  clearTimeout(timer)
  if (first === 'late') server.closeAllConnections()
  return first !== 'late'
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      process.off('SIGTERM', stop)
      process.off('SIGINT', stop)
      resolve()
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  })
}
