import type { LoggedRequest } from './requestLog.js'
import type { RouteName } from './emulatorRoutes.js'

/**
 * Trouble for one or more of the requests to come.
 *
 * `slow`, `delay` and `truncate` go along with anything. Of the others a request meets one, the oldest that waits for
 * it, so scripting a 503 and then a 502 gives the next two uploads one each.
 */
export type Trouble =
  /** The body is read at this rate, so that backpressure reaches the sender. */
  | { kind: 'slow'; bytesPerSecond: number }
  /** The answer comes so much later (ms) than it could. */
  | { kind: 'delay'; ms: number }
  /** A gateway passes on only the first bytes of the file: Dify's answered `size` is smaller than what was sent. */
  | { kind: 'truncate'; bytes: number }
  /**
   * Everything stops until the sender gives up or the test says `release()`: `at: 'body'` (the default) stops reading
   * after `after` bytes, `at: 'answer'` reads all and does not answer. @default after 0
   */
  | { kind: 'stall'; at?: 'body' | 'answer'; after?: number }
  /**
   * The connection breaks: `at: 'body'` (the default) after so many bytes of the request, and `fetch` rejects with
   * {@link ConnectionCut}; `at: 'answer'` after so many bytes of the answer, whose stream fails. @default after 0
   */
  | { kind: 'cutOff'; at?: 'body' | 'answer'; after?: number }
  /**
   * Another status. With `code` Dify says it, in its envelope and with `X-Version`; without, a gateway in HTML (nginx,
   * or Cloudflare from 520 up).
   */
  | { kind: 'status'; status: number; code?: string; message?: string; retryAfter?: number | Date | string; early?: boolean }
  /** Another body: text as it is, anything else as JSON. Without `X-Version`. @default status 200 */
  | { kind: 'body'; body: unknown; status?: number; contentType?: string; early?: boolean }

/** Whom it befalls. */
export interface Target {
  /** @default 'upload' */
  route?: RouteName | 'any'
  /** Only uploads of a file whose name contains this text or matches this pattern. */
  name?: string | RegExp
  /** From which matching request on, counted from 1 since the script was given. @default 1 */
  nth?: number
  /** How many of them. `Infinity` for all. @default 1 */
  times?: number
}

/** Trouble and whom it befalls, in one object. `early` answers before the body is read. */
export type ScriptedTrouble = Trouble & Target

/** What a test holds of a trouble that it scripted. */
export interface TroubleHandle {
  /** Resolves when the trouble first takes effect (a stall: when it stands still). */
  readonly reached: Promise<LoggedRequest>
  /** The requests that met it. */
  readonly met: readonly LoggedRequest[]
  /** Ends it: what it holds goes on as if nothing had been, and nothing meets it any more. */
  release(): void
}

/** A broken connection, as `fetch` reports one. A server around the emulator should destroy the socket for it. */
export class ConnectionCut extends TypeError {
  override readonly name = 'ConnectionCut'
  constructor() {
    super('The connection was cut off, as scripted.')
  }
}

/** One scripted trouble while it lives. */
export class ActiveTrouble<K extends Trouble['kind'] = Trouble['kind']> implements TroubleHandle {
  readonly met: LoggedRequest[] = []
  readonly reached: Promise<LoggedRequest>
  /** Resolves when it was released. */
  readonly released: Promise<void>
  readonly trouble: Extract<Trouble, { kind: K }>
  #seen = 0
  #left: number
  #isReleased = false
  #reach!: (request: LoggedRequest) => void
  #release!: () => void

  constructor(readonly script: ScriptedTrouble & { kind: K }) {
    this.trouble = script as unknown as Extract<Trouble, { kind: K }>
    this.#left = script.times ?? 1
    this.reached = new Promise((resolve) => {
      this.#reach = resolve
    })
    this.released = new Promise((resolve) => {
      this.#release = resolve
    })
  }

  /** True when nothing can meet it any more. */
  get isSpent(): boolean {
    return this.#left <= 0
  }

  get isReleased(): boolean {
    return this.#isReleased
  }

  /** Counts a request that it could befall; true when it is this one's turn. */
  awaits(route: RouteName | null, name: string | null): boolean {
    const { route: wanted = 'upload', name: pattern, nth = 1 } = this.script
    if (this.isSpent || (wanted !== 'any' && wanted !== route)) return false
    if (pattern !== undefined && (name === null || !matches(name, pattern))) return false
    this.#seen += 1
    return this.#seen >= nth
  }

  meet(request: LoggedRequest): void {
    this.#left -= 1
    this.met.push(request)
  }

  reach(request: LoggedRequest): void {
    this.#reach(request)
  }

  release(): void {
    this.#left = 0
    this.#isReleased = true
    this.#release()
  }
}

function matches(name: string, pattern: string | RegExp): boolean {
  return typeof pattern === 'string' ? name.includes(pattern) : name.search(pattern) >= 0
}
