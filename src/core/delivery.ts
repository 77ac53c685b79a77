import type { DifyFile } from '../dify/difyFile.js'
import { attempt } from './attempt.js'
import { ConnectionWatch } from './connectionWatch.js'
import type { Entry, FailedEntry, UploadedEntry } from './entry.js'
import { explained } from './explained.js'
import type { Inside } from './inside.js'
import type { Pace } from './pace.js'
import { decideRetry, RETRY, type Tried } from './retryPolicy.js'
import type { Send } from './send.js'
import { SendQueue } from './sendQueue.js'
import { Silence } from './silence.js'
import { transition } from './transition.js'
import { asFailure, failure } from './uploadError.js'

/** What delivering needs from the engine. */
export interface DeliveryHost extends Inside {
  pace: Pace
  uploaded: (entry: UploadedEntry) => void
  failed: (entry: FailedEntry) => void
}

/** One attempt that runs. */
interface Attempt {
  controller: AbortController
  silence: Silence
  endedBy: 'stalled' | 'no_answer' | null
}

/** What is remembered of an entry between its attempts. */
interface Job {
  tried: Tried
  /** Bytes that the server kept of the attempts so far. */
  kept: number
  size: number
  /** Unix ms, once an attempt failed. */
  lastModified: number | null
  /** Ends the wait for the next attempt. */
  cancelWait: (() => void) | null
}

/**
 * Takes entries from `queued` to `uploaded`: at most as many at once as the pace allows, in the order of the
 * {@link SendQueue}, again where that can help.
 *
 * Invariants: an id is in `#running` exactly while its entry is `uploading`; a waiting entry has exactly one thing that
 * will wake it (a timer, or the return of the connection) unless paused; after `stop(id)` nothing of it remains.
 */
export class Delivery {
  readonly #queue = new SendQueue()
  #running = new Map<string, Attempt>()
  #jobs = new Map<string, Job>()
  #isPaused = false
  #isHeld = false
  #cancelWake: (() => void) | null = null
  #cancelTick: (() => void) | null = null
  readonly #connection: ConnectionWatch

  constructor(private readonly host: DeliveryHost) {
    this.#connection = new ConnectionWatch(host.ports, () => this.#connectionMayBeBack(), () => this.#connectionMayBeBack(1))
  }

  /** An entry became `queued` and may start. */
  enqueue(id: string): void {
    this.#queue.add(id)
  }

  /** Starts as many as the pace allows. Harmless to call at any time. */
  pump(): void {
    this.#cancelWake?.()
    this.#cancelWake = null
    if (this.#isPaused || this.#isHeld) return
    const { pace, ports } = this.host
    while (this.#running.size < pace.limit) {
      const next = this.#queue.first((id) => this.#startable(id))
      if (next === null) return
      const now = ports.clock()
      const pause = pace.resumeAt(now) - now
      if (pause > 0) {
        this.#cancelWake = ports.schedule(() => {
          this.#cancelWake = null
          this.host.act(() => this.pump())
        }, pause)
        return
      }
      this.#queue.shift()
      this.#start(next, next.file)
    }
  }

  /** An entry that still is to be sent; what went or was queued twice is not. */
  #startable(id: string): (Entry & { file: File }) | null {
    const entry = this.host.store.get(id)
    return entry?.status === 'queued' && entry.started && hasFile(entry) ? entry : null
  }

  /** While held, nothing starts; what runs goes on. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld
    this.pump()
  }

  /** Forgets an entry: its request, its timer, its count of attempts. */
  stop(id: string): void {
    const run = this.#running.get(id)
    this.#running.delete(id)
    run?.controller.abort()
    this.#jobs.get(id)?.cancelWait?.()
    this.#jobs.delete(id)
    this.#tidy()
  }

  /** By hand: at once, and with all attempts again. */
  retry(entry: Entry): void {
    const { store, pace } = this.host
    const next = transition(entry, { type: 'retry' })
    if (next === entry) return
    this.#jobs.get(entry.id)?.cancelWait?.()
    this.#jobs.delete(entry.id)
    pace.forget()
    store.set(next)
    this.#queue.addDue(entry.id)
    this.#tidy()
  }

  pause(): void {
    if (this.#isPaused) return
    this.#isPaused = true
    const running = [...this.#running]
    this.#queue.putBack(running.map(([id]) => id))
    for (const [id, run] of running) {
      this.#running.delete(id)
      run.controller.abort()
      this.host.change(id, { type: 'pause' })
    }
    for (const job of this.#jobs.values()) {
      job.cancelWait?.()
      job.cancelWait = null
    }
    this.#cancelWake?.()
    this.#cancelWake = null
    this.#tidy()
  }

  resume(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    for (const entry of this.host.store.values()) if (entry.status === 'waiting') this.#arm(entry.id, entry.until)
    this.pump()
  }

  /** The connection is back, or may be: those who wait for it go on, or so many of them. */
  #connectionMayBeBack(count = Infinity): void {
    const { store, act } = this.host
    act(() => {
      const waiting = store.entries.filter((entry) => entry.status === 'waiting' && entry.until === 'online')
      for (const { id } of waiting.slice(0, count)) this.#again(id)
      this.#tidy()
      this.pump()
    })
  }

  #start(entry: Entry, file: File): void {
    const run: Attempt = { controller: new AbortController(), silence: new Silence(this.host.ports.clock()), endedBy: null }
    this.#running.set(entry.id, run)
    let job = this.#jobs.get(entry.id)
    if (job === undefined) {
      job = { tried: { retries: 0, moving: 0 }, kept: 0, size: entry.size ?? file.size, lastModified: null, cancelWait: null }
      this.#jobs.set(entry.id, job)
    }
    // A dropped file is asked of the disk each time its size or date is read, so its date is only for those tried again.
    const isChanged = file.size !== job.size || (job.lastModified !== null && file.lastModified !== job.lastModified)
    this.host.change(entry.id, { type: 'start' })
    this.#tick()
    const { signal } = run.controller
    const onProgress = (sent: number): void => this.#progressed(entry.id, run, sent)
    const send: Send = (request) => this.host.options.send(request)
    attempt(send, { file: isChanged ? null : file, size: job.size, name: entry.name, signal, onProgress }).then(
      (answer) => this.#end(entry.id, run, () => this.#succeeded(entry.id, answer)),
      (thrown: unknown) => this.#end(entry.id, run, () => this.#failedOnce(entry.id, run, thrown)),
    )
  }

  #progressed(id: string, run: Attempt, sent: number): void {
    if (this.#running.get(id) !== run || !(sent >= 0)) return
    run.silence.progressed(sent, this.host.ports.clock())
    this.host.change(id, { type: 'progress', sent })
  }

  /** Ends an attempt, unless it was ended before: what comes late is dropped. */
  #end(id: string, run: Attempt, then: () => void): void {
    if (this.#running.get(id) !== run) return
    this.#running.delete(id)
    this.host.act(() => {
      then()
      this.#tidy()
      this.pump()
    })
  }

  #succeeded(id: string, file: DifyFile): void {
    const { store, pace, change, uploaded } = this.host
    this.#jobs.delete(id)
    pace.speedUp()
    this.#connection.isThere()
    const entry = change(id, { type: 'succeed', result: { transfer_method: 'local_file', file } })
    if (entry?.status === 'uploaded') uploaded(entry)
    if (store.tally.offline > 0) this.#connectionMayBeBack()
  }

  #failedOnce(id: string, run: Attempt, thrown: unknown): void {
    const { store, rules, pace, ports, change, failed } = this.host
    const entry = store.get(id)
    const job = this.#jobs.get(id)
    if (entry === undefined || job === undefined) return
    const now = ports.clock()
    const online = ports.network.isOnline()
    const error = run.endedBy === null ? explained(asFailure(thrown), entry, rules, online) : failure('network', { reason: run.endedBy, mayBeSizeLimit: false }, { from: 'network' })
    job.tried.moving += run.silence.movingUntil(now)
    const kept = error.code === 'network' ? (error.facts.kept ?? 0) : 0
    if (kept > job.kept) {
      // An attempt that got further was not in vain: over a bad line a large file takes many of those.
      job.kept = kept
      job.tried = { retries: 0, moving: 0 }
    }
    job.lastModified ??= entry.file?.lastModified ?? null
    const decision = decideRetry(error, job.tried, { size: job.size, online, random: ports.random() })
    if (decision === 'give-up') {
      this.#jobs.delete(id)
      const next = change(id, { type: 'fail', error })
      if (next?.status === 'failed') failed(next)
      return
    }
    if (decision === 'online') {
      change(id, { type: 'back-off', error, until: 'online' })
      this.#arm(id, 'online')
      return
    }
    job.tried.retries++
    if (!decision.asked) job.tried.moving += decision.wait
    if (error.code === 'too_many_requests' || error.status === 503) pace.slowDown(now, decision.wait)
    const until = { at: Math.max(now + decision.wait, pace.resumeAt(now)) }
    change(id, { type: 'back-off', error, until })
    this.#arm(id, until)
  }

  #arm(id: string, until: { at: number } | 'online'): void {
    const { ports } = this.host
    if (until === 'online') {
      this.#tidy()
      return
    }
    const job = this.#jobs.get(id)
    if (job === undefined || this.#isPaused) return
    job.cancelWait?.()
    job.cancelWait = ports.schedule(() => {
      job.cancelWait = null
      this.host.act(() => {
        this.#again(id)
        this.pump()
      })
    }, Math.min(RETRY.longestRetryAfter, Math.max(0, until.at - ports.clock())))
  }

  /** A waiting entry goes back into the queue. */
  #again(id: string): void {
    if (this.host.store.get(id)?.status !== 'waiting') return
    this.host.change(id, { type: 'retry' })
    this.#queue.addDue(id)
  }

  /** Nothing is watched for that nobody waits for. */
  #tidy(): void {
    if (this.host.store.tally.offline === 0 || this.#isPaused) this.#connection.end()
    else this.#connection.begin()
    if (this.host.store.tally.queued === 0) {
      this.#cancelWake?.()
      this.#cancelWake = null
    }
    if (this.#running.size === 0) {
      this.#cancelTick?.()
      this.#cancelTick = null
    }
  }

  /** Looks at all that runs once a second. */
  #tick(): void {
    const { ports, store } = this.host
    this.#cancelTick ??= ports.schedule(() => {
      this.#cancelTick = null
      const { stallTimeout, answerTimeout } = this.host.options
      const now = ports.clock()
      for (const [id, run] of this.#running) {
        const { silence } = run
        silence.look(now)
        const isAllSent = silence.sent >= (store.get(id)?.size ?? Infinity)
        if (silence.hasLasted(isAllSent ? answerTimeout : stallTimeout)) {
          run.endedBy = isAllSent ? 'no_answer' : 'stalled'
          run.controller.abort()
          this.#end(id, run, () => this.#failedOnce(id, run, null))
        } else if (!isAllSent && silence.hasLasted(STALL_SHOWN)) {
          this.host.change(id, { type: 'stall' })
        }
      }
      if (this.#running.size > 0) this.#tick()
    }, TICK)
  }
}

/** ms */
const TICK = 1000
const STALL_SHOWN = 10_000

function hasFile(entry: Entry): entry is Entry & { file: File } {
  return entry.file !== null
}
