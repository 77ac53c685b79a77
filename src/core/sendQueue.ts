/**
 * The order in which entries are sent: first those that were tried before and are due again, so that what was begun is brought
 * to its end before more is begun. Ids of entries that went, or that are in it twice, are skipped when their turn comes.
 */
export class SendQueue {
  #due: string[] = []
  #fresh: string[] = []
  #head = 0

  /** For the first time. */
  add(id: string): void {
    this.#fresh.push(id)
  }

  /** Tried before, and due again. */
  addDue(id: string): void {
    this.#due.push(id)
  }

  /** Was under way, and goes on before all others. */
  putBack(ids: readonly string[]): void {
    this.#due.unshift(...ids)
  }

  /** Whose turn it is, as `startable` returns it; who is not to be sent (null) leaves. */
  first<Startable>(startable: (id: string) => Startable | null): Startable | null {
    for (; this.#due.length > 0; this.#due.shift()) {
      const found = startable(this.#due[0]!)
      if (found !== null) return found
    }
    // Not shifted each time: that would move all that are behind.
    if (this.#head > 256 && this.#head * 2 > this.#fresh.length) {
      this.#fresh = this.#fresh.slice(this.#head)
      this.#head = 0
    }
    for (; this.#head < this.#fresh.length; this.#head++) {
      const found = startable(this.#fresh[this.#head]!)
      if (found !== null) return found
    }
    this.#fresh = []
    this.#head = 0
    return null
  }

  /** Takes out the one that {@link first} found. */
  shift(): void {
    if (this.#due.length > 0) this.#due.shift()
    else this.#head++
  }
}
