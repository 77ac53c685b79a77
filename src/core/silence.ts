/**
 * How long one attempt has run, and how long nothing came of it, by a clock that is looked at now and then. A look that comes
 * much too late means that the machine slept, and silence is counted anew; late again means a hidden page, whose timers
 * browsers slow down to one a minute.
 */
export class Silence {
  /** Bytes, as the transport told last. */
  sent = 0
  #isMeasured = false
  /** ms without progress at the last look; less than 0 when there was some since. */
  #idle = 0
  #moving = 0
  #wasLate = false

  /** @param lookedAt Unix ms */
  constructor(private lookedAt: number) {}

  /** Whether there was no progress for so many ms up to the last look. Behind a service worker none is ever told, and silence means nothing. */
  hasLasted(ms: number): boolean {
    return this.#isMeasured && this.#idle >= ms
  }

  progressed(sent: number, now: number): void {
    this.#isMeasured = true
    if (sent <= this.sent) return
    this.sent = sent
    this.#idle = this.lookedAt - now
  }

  look(now: number): void {
    const passed = now - this.lookedAt
    this.lookedAt = now
    const isLate = !isAwake(passed)
    const counts = !isLate || (this.#wasLate && passed > 0 && passed < SLOWED)
    this.#wasLate = isLate
    if (counts) this.#moving += passed
    this.#idle = counts ? this.#idle + passed : 0
  }

  /** ms that it ran; a machine that sleeps moves nothing. */
  movingUntil(now: number): number {
    const passed = now - this.lookedAt
    return this.#moving + (isAwake(passed) ? passed : 0)
  }
}

/** ms */
const SLEPT = 5000
const SLOWED = 90_000

/** Whether so many ms between two looks were spent awake, and the clock was not set meanwhile. */
function isAwake(passed: number): boolean {
  return passed >= 0 && passed <= SLEPT
}
