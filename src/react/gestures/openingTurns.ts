/**
 * When the many files of a gesture are looked at: some in each task after it, for a look at all of them would be a long one.
 */
export class OpeningTurns {
  #waiting: (() => void)[] = []
  #isNextPlanned = false

  /** Resolves when one more file may be looked at. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#plan()
    })
  }

  #plan(): void {
    if (this.#isNextPlanned) return
    this.#isNextPlanned = true
    anotherTask(() => {
      this.#isNextPlanned = false
      for (const resolve of this.#waiting.splice(0, PER_TURN)) resolve()
      if (this.#waiting.length > 0) this.#plan()
    })
  }
}

const PER_TURN = 32

/** Sooner than a timer, which nested has to wait for 4 ms, and in a hidden page for a second. */
export function anotherTask(callback: () => void): void {
  const { port1, port2 } = new MessageChannel()
  port1.addEventListener('message', () => {
    port1.close()
    callback()
  })
  port1.start()
  port2.postMessage(null)
}
