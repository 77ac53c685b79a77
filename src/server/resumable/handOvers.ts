import { retryRuleOf } from '../../dify/errors.js'
import type { Call } from '../call.js'
import type { Outgoing } from '../exchange.js'
import { Refusal } from '../refusal.js'
import { describe } from '../upstreamLink.js'
import { handOver } from './handOver.js'
import type { KeptAnswer, Ledger, LedgerEntry } from './ledger.js'
import type { TusServer } from './tusServer.js'

/** An upload that somebody may go on with: whose, which, and what is known of it. */
export interface Known {
  owner: string
  id: string
  entry: LedgerEntry
}

/** A hand-over that runs in this process, or whose refusal nobody has heard yet. */
interface Job {
  /** Never rejects. Null: another process is at it. */
  done: Promise<Outgoing | Refusal | null>
  isOver: boolean
}

/**
 * Whole files on their way to Dify, beside whatever request found them whole. Invariants: of one upload one runs at a
 * time, in all processes that share a locker; after it the ledger has Dify's answer, or somebody will hear the refusal.
 * Of one user a few run at a time in this process: a limit on requests does not count what goes on beside them.
 */
export class HandOvers {
  readonly #jobs = new Map<string, Job>()
  /** By owner: one for each that runs, and who waits. */
  readonly #turns = new Map<string, { running: number; waiting: (() => void)[] }>()

  constructor(private readonly ledger: Ledger, private readonly open: () => Promise<TusServer>) {}

  /** It runs, or its refusal has not been heard. */
  has(id: string): boolean {
    return this.#jobs.has(id)
  }

  /** Forgets refusals that nobody came for. */
  tidy(): void {
    for (const [id, { isOver }] of this.#jobs) if (isOver) this.#jobs.delete(id)
  }

  /**
   * What came of it; null when it takes longer than anybody should wait for an answer.
   *
   * @throws Refusal
   */
  async told(id: string, signal: AbortSignal): Promise<Outgoing | null> {
    const job = this.#jobs.get(id)
    if (job === undefined) return null
    const told = await within(RESULT_PATIENCE, job.done, signal)
    if (told === null && !job.isOver) return null
    // A refusal is told once: whoever asks again wants another try.
    this.#jobs.delete(id)
    if (told instanceof Refusal) throw told
    return told === null ? null : { ...told, headers: new Headers(told.headers) }
  }

  /** Hands a whole file over, beside whatever request it was that found it whole. */
  begin(call: Call, known: Known): void {
    if (this.#jobs.has(known.id)) return
    const failed = (error: unknown) => new Refusal('internal_server_error', { detail: describe(error) })
    const job: Job = { isOver: false, done: this.#inTurn(known.owner, () => this.#handOver(call, known)).catch(failed).finally(() => (job.isOver = true)) }
    this.#jobs.set(known.id, job)
  }

  async #inTurn<T>(owner: string, work: () => Promise<T>): Promise<T> {
    const turn = this.#turns.get(owner) ?? { running: 0, waiting: [] }
    this.#turns.set(owner, turn)
    if (turn.running < AT_ONCE) turn.running += 1
    else await new Promise<void>((resolve) => { turn.waiting.push(resolve) })
    try {
      return await work()
    } finally {
      const next = turn.waiting.shift()
      // Whoever comes next takes over the place.
      if (next !== undefined) next()
      else if (--turn.running === 0) this.#turns.delete(owner)
    }
  }

  async #handOver(call: Call, { owner, id, entry }: Known): Promise<Outgoing | Refusal | null> {
    const tus = await this.open()
    const lock = tus.locker.newLock(`${id}-hand-over`)
    try {
      await lock.lock(AbortSignal.timeout(LOCK_PATIENCE), () => {})
    } catch {
      return null
    }
    try {
      const latest = (await this.ledger.get(owner, id)) ?? entry
      if (latest.answer !== null) return given(latest.answer)
      await this.ledger.put(owner, id, { ...latest, isOpenEnded: true })
      const note = latest.isOpenEnded ? `handed over again, since the end of the last time is not known: Dify may hold an orphan of ${entry.size} bytes` : null
      const outgoing = await handOver(call, { ...entry, bytes: () => tus.read(id, entry.size) }, note)
      const answer = { status: outgoing.status, headers: Object.fromEntries(outgoing.headers), body: outgoing.body }
      await this.ledger.put(owner, id, { ...latest, isOpenEnded: false, answer })
      await tus.remove(id)
      this.#jobs.delete(id)
      return outgoing
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await this.#refused(owner, id, entry, error)
      return error
    } finally {
      await lock.unlock().catch(() => {})
    }
  }

  /** What Dify will not take however often it is asked need not be kept. Where Dify, or we ourselves, said no, there is no orphan either. */
  async #refused(owner: string, id: string, entry: LedgerEntry, refusal: Refusal): Promise<void> {
    if (refusal.from === 'dify' && refusal.status !== 500 && retryRuleOf(refusal.code, refusal.status) === 'never') {
      await (await this.open()).remove(id)
      await this.ledger.remove(owner, id)
    } else if (refusal.from !== 'gateway') {
      await this.ledger.put(owner, id, { ...entry, isOpenEnded: false })
    }
  }
}

/** Of one user. */
const AT_ONCE = 6
/** ms */
const LOCK_PATIENCE = 1000
/** How long a request for the result is held open before it is told to ask again. */
const RESULT_PATIENCE = 20_000

/** A kept answer, given. */
export function given({ status, headers, body }: KeptAnswer): Outgoing {
  return { status, headers: new Headers(headers), body }
}

/** Null after so many ms, or when nobody waits any more. */
async function within<T>(ms: number, work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  let stop = () => {}
  const over = new Promise<null>((resolve) => {
    const timer = setTimeout(() => resolve(null), ms)
    const leave = () => resolve(null)
    signal.addEventListener('abort', leave)
    stop = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
    }
  })
  return Promise.race([work, over]).finally(stop)
}
