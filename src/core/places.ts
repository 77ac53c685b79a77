/**
 * So many at once, the others in order after them. A place is held until its work is done, or until nobody wants the
 * work any more: whoever works on in vain, deaf to its signal, must not hold up the rest.
 */
export class Places {
  #taken = 0
  #waiting: (() => void)[] = []

  constructor(private readonly atOnce: number) {}

  get isFree(): boolean {
    return this.#taken < this.atOnce
  }

  /** Calls back when a place may be free: it has to look again. */
  wait(callback: () => void): void {
    this.#waiting.push(callback)
  }

  /**
   * Takes a place until the returned function is called, by who is done or by who stops it; calling it twice is harmless.
   * What it is given runs before anybody else comes in, and may take the place again.
   */
  take(): (goOn?: () => void) => void {
    this.#taken++
    let isMine = true
    return (goOn) => {
      const wasMine = isMine
      isMine = false
      if (wasMine) this.#taken--
      goOn?.()
      if (wasMine) this.#fill()
    }
  }

  #fill(): void {
    while (this.isFree && this.#waiting.length > 0) this.#waiting.shift()!()
  }
}
