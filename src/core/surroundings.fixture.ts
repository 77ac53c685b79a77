import type { Ports } from './ports.js'

/** What is around an engine, under a test's control: the clock stands still, and the network is a switch. */
export class Surroundings {
  /** What the engine told of errors that are the host's. */
  readonly reported: unknown[] = []
  readonly ports: Ports
  #now = 1_700_000_000_000
  /** ms that the clock was set by, which timers do not notice. */
  #set = 0
  #isOnline = true
  #isHidden = false
  #lastTimer = 0
  readonly #timers = new Map<number, { at: number; callback: () => void }>()
  readonly #listeners = new Set<() => void>()

  /** @param turns of the event loop until promises have settled. */
  constructor(private readonly turns: number, random: () => number = () => 0.5) {
    this.ports = {
      clock: () => this.now,
      schedule: (callback, ms) => {
        const id = ++this.#lastTimer
        const at = this.#now + Math.max(0, ms)
        this.#timers.set(id, { at: this.#isHidden ? Math.ceil(at / 60_000) * 60_000 : at, callback })
        return () => void this.#timers.delete(id)
      },
      network: {
        isOnline: () => this.#isOnline,
        subscribe: (listener) => {
          this.#listeners.add(listener)
          return () => void this.#listeners.delete(listener)
        },
      },
      random,
      report: (error) => void this.reported.push(error),
    }
  }

  get now(): number {
    return this.#now + this.#set
  }

  get timers(): number {
    return this.#timers.size
  }

  get networkListeners(): number {
    return this.#listeners.size
  }

  /** Lets promises settle without time passing. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < this.turns; turn++) await new Promise((resolve) => setImmediate(resolve))
  }

  /** Lets time pass, calling timers in order, and lets promises settle. */
  async pass(ms: number): Promise<void> {
    await this.settle()
    const end = this.#now + ms
    for (;;) {
      // Of two that are due at once, the one that was set first.
      let next: [id: number, at: number] | null = null
      for (const [id, { at }] of this.#timers) if (at <= end && (next === null || at < next[1])) next = [id, at]
      if (next === null) break
      const { callback } = this.#timers.get(next[0])!
      this.#timers.delete(next[0])
      this.#now = Math.max(this.#now, next[1])
      callback()
      await this.settle()
    }
    this.#now = end
    await this.settle()
  }

  /** Sets the clock by so many ms, without time passing: timers stay as far away as they were. */
  setClock(ms: number): void {
    this.#set += ms
  }

  /** The page is hidden, and its timers go off at most once a minute. */
  hide(): void {
    this.#isHidden = true
  }

  goOffline(): void {
    this.#isOnline = false
  }

  goOnline(): void {
    this.#isOnline = true
    for (const listener of Array.from(this.#listeners)) listener()
  }
}
