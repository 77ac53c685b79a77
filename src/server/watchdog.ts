import { LONGEST_TIMER } from './checkedNumber.js'

/**
 * One deadline at a time, moved on for every chunk without touching a timer: the timer is set anew only when it fires
 * early or a shorter deadline comes.
 */
export class Watchdog<Phase extends string> {
  readonly #limits: Readonly<Record<Phase, number>>
  readonly #expired: (phase: Phase) => void
  #phase: Phase | null = null
  #deadline = 0
  #timer: ReturnType<typeof setTimeout> | null = null
  #firesAt = 0

  /** @param limits ms per phase; Infinity or 0 for none. */
  constructor(limits: Readonly<Record<Phase, number>>, expired: (phase: Phase) => void) {
    this.#limits = limits
    this.#expired = expired
  }

  /** From now on this is what is waited for, with its full time. Null: nothing. */
  expect(phase: Phase | null): void {
    this.#phase = phase
    if (phase === null) return
    const limit = this.#limits[phase]
    if (!(limit > 0 && limit < Infinity)) {
      this.#phase = null
      return
    }
    this.#deadline = performance.now() + limit
    if (this.#timer === null || this.#firesAt > this.#deadline + 1) this.#arm()
  }

  stop(): void {
    this.#phase = null
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #arm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#firesAt = this.#deadline
    const delay = Math.max(0, Math.ceil(this.#deadline - performance.now()))
    this.#timer = setTimeout(() => this.#fire(), Math.min(delay, LONGEST_TIMER))
  }

  #fire(): void {
    this.#timer = null
    if (this.#phase === null) return
    if (performance.now() < this.#deadline) this.#arm()
    else this.#expired(this.#phase)
  }
}
