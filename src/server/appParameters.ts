import { decodeParameters, type AppParameters } from '../dify/parameters.js'
import type { Upstream } from './exchange.js'
import { Refusal } from './refusal.js'
import { upstreamFault } from './upstreamFault.js'
import { UpstreamLink, type Timeouts } from './upstreamLink.js'

/** An app's parameters as Dify last told them. */
export interface KnownParameters {
  parameters: AppParameters
  /** Dify's `X-Version`, or null. */
  version: string | null
}

export interface ParametersQuery {
  key: string
  upstream: Upstream
  url: string
  headers: Record<string, string>
}

/**
 * Dify's `/parameters` per API key: asked once at a time, taken as true for a while, and the last good answer outlives
 * a Dify that is down.
 */
export class AppParametersCache {
  readonly #ttl: number
  readonly #timeouts: Timeouts
  readonly #apps = new Map<string, App>()

  constructor(ttl: number, timeouts: Timeouts) {
    this.#ttl = ttl
    this.#timeouts = timeouts
  }

  /** What is known now, without waiting; what is old is asked for again meanwhile. */
  peek(query: ParametersQuery): AppParameters | null {
    const app = this.#app(query.key)
    if (performance.now() >= app.staleAt) this.#load(app, query).catch(() => {})
    return app.known?.parameters ?? null
  }

  /** @throws Refusal when Dify cannot be asked and nothing is known, or when the configuration is at fault. */
  async get(query: ParametersQuery): Promise<KnownParameters> {
    const app = this.#app(query.key)
    if (app.known !== null && performance.now() < app.staleAt) return app.known
    try {
      return await this.#load(app, query)
    } catch (error) {
      const isFaultOfConfiguration = error instanceof Refusal && error.code.startsWith('upstream_') && error.status === 500
      if (app.known === null || isFaultOfConfiguration) throw error
      return app.known
    }
  }

  #app(key: string): App {
    let app = this.#apps.get(key)
    if (app === undefined) {
      app = { known: null, staleAt: 0, flight: null }
      this.#apps.set(key, app)
      const [oldest] = this.#apps.keys()
      if (this.#apps.size > MAX_APPS && oldest !== undefined) this.#apps.delete(oldest)
    }
    return app
  }

  #load(app: App, query: ParametersQuery): Promise<KnownParameters> {
    app.flight ??= ask(query, this.#timeouts)
      .then((known) => {
        app.known = known
        app.staleAt = performance.now() + this.#ttl
        return known
      })
      .catch((error: unknown) => {
        app.staleAt = performance.now() + Math.min(this.#ttl, RETRY_AFTER)
        throw error
      })
      .finally(() => {
        app.flight = null
      })
    return app.flight
  }
}

interface App {
  known: KnownParameters | null
  /** By the monotonic clock. */
  staleAt: number
  flight: Promise<KnownParameters> | null
}

/** An `apiKey` function that makes up keys must not fill the memory. */
const MAX_APPS = 1000
/** ms between uploads' attempts to learn the limits of a Dify that is down. */
const RETRY_AFTER = 5000

/** On nobody's behalf: the first of several callers may leave while the others wait. */
async function ask(query: ParametersQuery, timeouts: Timeouts): Promise<KnownParameters> {
  const link = new UpstreamLink(query.upstream, timeouts, null)
  try {
    const answer = await link.ask({ method: 'GET', url: query.url, headers: query.headers, body: null })
    const told = await link.text(answer, 4 * 1024 * 1024)
    const parameters = told.status >= 200 && told.status < 300 ? parse(told.body) : null
    if (parameters === null) throw upstreamFault(told, 'parameters')
    return { parameters, version: told.header('x-version') }
  } finally {
    link.close()
  }
}

function parse(text: string): AppParameters | null {
  try {
    return decodeParameters(JSON.parse(text))
  } catch {
    return null
  }
}
