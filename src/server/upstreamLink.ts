import type { HttpAnswer } from '../dify/answer.js'
import type { Upstream, UpstreamAnswer, UpstreamRequest } from './exchange.js'
import { LONGEST_TIMER } from './checkedNumber.js'
import { ClientGone, Refusal } from './refusal.js'
import { Watchdog } from './watchdog.js'

/** How long the proxy waits for what, in ms. 0 or Infinity: for ever. */
export interface Timeouts {
  /** For the connection to Dify. @default 10_000 */
  connect: number
  /** In an upload, for the next bytes: of the browser (then 408) or to Dify (then 504). @default 60_000 */
  stall: number
  /** From the last byte sent to the answer's first. Also the longest blocking message. @default 180_000 */
  answer: number
  /** Between two chunks of an answer: for Dify to send the next, which event streams do every 10 s, or for the browser to take one. @default 120_000 */
  idle: number
  /** For a whole upload, however well it moves. @default 3_600_000 */
  total: number
}

export type WaitingFor = 'connection' | 'client' | 'upstream' | 'answer' | 'chunk' | 'end'

/**
 * One request to Dify with everything that can end it: the client leaving, a timeout, a refusal while the body is
 * still on its way. Whatever the reason, it ends at once and the reason is what the caller gets.
 */
export class UpstreamLink {
  readonly watch: Watchdog<WaitingFor>
  readonly #upstream: Upstream
  readonly #controller = new AbortController()
  readonly #client: AbortSignal | null
  readonly #total: ReturnType<typeof setTimeout> | null
  readonly #leave = () => this.fail(new ClientGone())
  #isConnected = false

  /** @param client null for a request that several clients share. */
  constructor(upstream: Upstream, timeouts: Timeouts, client: AbortSignal | null, options: { hasTotal?: boolean } = {}) {
    this.#upstream = upstream
    this.#client = client
    const { connect, stall, answer, idle, total } = timeouts
    this.watch = new Watchdog(
      { connection: connect, client: stall, upstream: stall, answer, chunk: idle, end: 0 },
      (waitingFor) => this.fail(timedOut(waitingFor)),
    )
    const isTimed = options.hasTotal === true && total > 0 && total < Infinity
    this.#total = isTimed ? setTimeout(() => this.fail(timedOut('end')), Math.min(total, LONGEST_TIMER)) : null
    if (client?.aborted === true) this.#leave()
    else client?.addEventListener('abort', this.#leave, { once: true })
  }

  /** Until then it is the connection that is waited for, whatever else happens. */
  get isConnected(): boolean {
    return this.#isConnected
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Ends the request for this reason; the first one stands. */
  fail(reason: Refusal): void {
    if (!this.signal.aborted) this.#controller.abort(reason)
  }

  /** @throws Refusal */
  async ask(request: Omit<UpstreamRequest, 'signal' | 'onConnect'>): Promise<UpstreamAnswer> {
    this.watch.expect('connection')
    const onConnect = () => {
      if (this.#isConnected) return
      this.#isConnected = true
      this.watch.expect(request.body === null || typeof request.body === 'string' ? 'answer' : 'upstream')
    }
    try {
      this.signal.throwIfAborted()
      const answer = await this.#upstream({ ...request, signal: this.signal, onConnect })
      onConnect()
      return answer
    } catch (error) {
      throw this.refusalOf(error)
    }
  }

  /** The answer's body, each chunk within its time. @throws Refusal */
  async *chunks(answer: UpstreamAnswer): AsyncGenerator<Uint8Array, void, void> {
    try {
      this.watch.expect('chunk')
      for await (const chunk of answer.body) {
        // A slow reader is not a slow Dify.
        this.watch.expect(null)
        yield chunk
        this.watch.expect('chunk')
      }
    } catch (error) {
      throw this.refusalOf(error)
    } finally {
      this.watch.expect(null)
    }
  }

  /**
   * The answer as text. What is longer than the limit is cut, which no JSON survives. A refusal is one by its status,
   * also where the connection broke before all of it had come: who refuses an upload early may not read the rest.
   *
   * @throws Refusal
   */
  async text(answer: UpstreamAnswer, limit: number): Promise<HttpAnswer> {
    const decoder = new TextDecoder()
    let body = ''
    let bytes = 0
    try {
      for await (const chunk of this.chunks(answer)) {
        bytes += chunk.length
        body += decoder.decode(chunk.subarray(0, Math.max(0, chunk.length - Math.max(0, bytes - limit))), { stream: true })
        if (bytes > limit) break
      }
    } catch (error) {
      if (answer.status < 300 || this.signal.aborted) throw error
    }
    return { status: answer.status, header: (name) => answer.header(name), body: body + decoder.decode() }
  }

  /** Why this request failed: our own reason, if there is one, before what the transport made of it. */
  refusalOf(error: unknown): Refusal {
    if (this.signal.aborted && this.signal.reason instanceof Refusal) return this.signal.reason
    return error instanceof Refusal ? error : networkFault(error)
  }

  /** Over, for good or ill: what is still open is cut. */
  close(): void {
    this.watch.stop()
    if (this.#total !== null) clearTimeout(this.#total)
    this.#client?.removeEventListener('abort', this.#leave)
    if (!this.signal.aborted) this.#controller.abort(CLOSED)
  }
}

const CLOSED = new Refusal('upstream_unavailable', { detail: 'the request was over' })

function timedOut(waitingFor: WaitingFor): Refusal {
  const isClient = waitingFor === 'client'
  return new Refusal('gateway_timeout', {
    ...(isClient ? { status: 408, message: 'The upload stopped coming.' } : {}),
    from: isClient ? 'proxy' : 'gateway',
    detail: `timed out waiting for the ${waitingFor}`,
  })
}

/** Refused, reset, no such host, bad certificate … or too slow for the transport's own patience. */
function networkFault(error: unknown): Refusal {
  const told = describe(error)
  const isTimeout = /TIMEDOUT|TIMEOUT/i.test(told)
  return new Refusal(isTimeout ? 'gateway_timeout' : 'upstream_unavailable', { from: 'gateway', detail: told })
}

/** Message and code of an error and its causes: `fetch failed: connect ECONNREFUSED 127.0.0.1:1`. */
export function describe(error: unknown): string {
  const told: string[] = []
  for (let each = error; told.length < 4 && each instanceof Error; each = each.cause) {
    const { code } = each as { code?: unknown }
    told.push(typeof code === 'string' && !each.message.includes(code) ? `${each.message} (${code})` : each.message)
  }
  return told.length === 0 ? `threw ${typeof error}` : told.join(': ')
}
