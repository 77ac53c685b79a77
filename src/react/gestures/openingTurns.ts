/**
 * When the many files of a gesture may be opened. The browser reads folders and opens files one after the other, so names
 * come first; and it hands over all files that are open by then in one task, which must not become a long one, so that after
 * a few the next ones wait for another task.
 */
export class OpeningTurns {
  #isOpen = false
  #left = PER_TURN
  #waiting: (() => void)[] = []
  #isRenewing = false
  readonly #timer = setTimeout(() => this.begin(), LONGEST_WALK)

  /** All names are known. A walk that takes long (a network drive) does not keep the first files waiting for its end. */
  begin(): void {
    clearTimeout(this.#timer)
    if (this.#isOpen) return
    this.#isOpen = true
    this.#renew()
  }

  /** Resolves when one more file may be opened. */
  next(): Promise<void> {
    if (!this.#isOpen || this.#left === 0) return new Promise((resolve) => void this.#waiting.push(resolve))
    this.#take()
    return Promise.resolve()
  }

  #take(): void {
    this.#left--
    if (this.#isRenewing) return
    this.#isRenewing = true
    anotherTask(() => this.#renew())
  }

  #renew(): void {
    this.#isRenewing = false
    this.#left = PER_TURN
    for (const resolve of this.#waiting.splice(0, PER_TURN)) {
      this.#take()
      resolve()
    }
  }
}

const PER_TURN = 32
/** ms */
const LONGEST_WALK = 2000

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
