/**
 * How fast the whole queue may go. A server that asks for peace (429, 503) halves what runs at once and makes everybody
 * wait together; each success lets it climb back by a fraction, so that a full round of successes adds one.
 *
 * Invariant: 1 ≤ `limit` ≤ concurrency, but for a concurrency of 0.
 */
export class Pace {
  #allowed: number
  #resumeAt = 0
  #askedAt = 0

  constructor(private concurrency: number) {
    this.#allowed = concurrency
  }

  /** Uploads allowed at once. */
  get limit(): number {
    return Math.min(this.concurrency, Math.max(1, Math.floor(this.#allowed)))
  }

  /** Unix ms before which nothing starts. A clock that was set back since must not make a pause of seconds one of hours. */
  resumeAt(now: number): number {
    const setBack = this.#askedAt - now
    if (setBack > 0) {
      this.#askedAt -= setBack
      this.#resumeAt -= setBack
    }
    return this.#resumeAt
  }

  setConcurrency(concurrency: number): void {
    const wasFull = this.#allowed >= this.concurrency
    this.concurrency = concurrency
    this.#allowed = wasFull ? concurrency : Math.min(this.#allowed, concurrency)
  }

  /** The server asked for peace, `wait` ms from `now` (Unix ms). */
  slowDown(now: number, wait: number): void {
    this.#allowed = Math.max(1, Math.min(this.#allowed, this.concurrency) / 2)
    this.#resumeAt = Math.max(this.resumeAt(now), now + wait)
    this.#askedAt = now
  }

  speedUp(): void {
    this.#allowed = Math.min(this.concurrency, this.#allowed + 1 / Math.max(1, this.#allowed))
  }

  /** Somebody asked by hand: go at once. */
  forget(): void {
    this.#resumeAt = 0
  }
}
