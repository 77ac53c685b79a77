/** One run of an entry from its opening through all its steps. Of thousands few are stopped, or asked for a signal, so that it is made when it is asked for. */
export class Run {
  isStopped = false
  #controller: AbortController | null = null
  #leave: (() => void) | null = null

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.isStopped) this.#controller.abort()
    return this.#controller.signal
  }

  /** The place that the run has now, of one kind or another, is free again when it is stopped. */
  holds(leave: () => void): void {
    this.#leave = leave
  }

  stop(): void {
    this.isStopped = true
    this.#controller?.abort()
    // Not at once: whoever removes one file may be about to remove all of them.
    if (this.#leave !== null) queueMicrotask(this.#leave)
  }
}
