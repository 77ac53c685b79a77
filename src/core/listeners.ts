import type { FailedEntry, UploadedEntry } from './entry.js'
import type { Ports } from './ports.js'
import type { Readiness } from './readiness.js'
import type { EntryStore } from './store.js'
import type { UploaderListeners } from './uploader.js'

/** The names of all that a host may listen to. */
export const LISTENERS = ['onUploaded', 'onRejected', 'onUploadFailed', 'onEntriesChange', 'onReadinessChange', 'onUnauthorized'] as const satisfies (keyof UploaderListeners)[]

/**
 * Tells hosts what happened, after it happened. The engine's state never depends on it: a listener may throw, be slow,
 * or call any verb.
 *
 * Events come in order, each once; what a listener causes is told after what is being told. "Something changed" comes
 * from a timer, at most once per turn, so that a host which changes something in it cannot hang the page.
 */
export class Listeners {
  #present = new Set<UploaderListeners>()
  /** Uploads that nobody was there to hear of, by id. */
  #unheard = new Map<string, UploadedEntry>()
  /** The last event that waits to be told, if it is a refusal: what is refused next joins it. */
  #refused: FailedEntry[] | null = null
  #events: (() => void)[] = []
  #isTelling = false
  #cancelChange: (() => void) | null = null
  #lastEntries: unknown
  #lastReadiness: Readiness
  #isUnauthorized = false

  constructor(
    private readonly store: EntryStore,
    private readonly readiness: () => Readiness,
    private readonly ports: Ports,
  ) {
    this.#lastEntries = store.entries
    this.#lastReadiness = readiness()
    store.subscribe(() => this.#scheduleChange())
  }

  add(listeners: UploaderListeners): () => void {
    // A box of its own, so that the same object may listen twice.
    const box = new Proxy(listeners, {})
    this.#present.add(box)
    // What is still unheard when nobody hears uploads is kept again.
    const unheard = this.#unheard
    this.#unheard = new Map()
    for (const entry of unheard.values()) this.uploaded(entry)
    this.tell()
    return () => void this.#present.delete(box)
  }

  uploaded(entry: UploadedEntry): void {
    // Signed in, evidently: the next 401 is news.
    this.#isUnauthorized = false
    if (![...this.#present].some((it) => it.onUploaded !== undefined)) {
      this.#unheard.set(entry.id, entry)
      return
    }
    const { result } = entry
    if (result.transfer_method !== 'local_file') return
    this.#each((it) => it.onUploaded?.(result.file, entry))
  }

  rejected(entries: readonly FailedEntry[]): void {
    if (entries.length === 0) return
    if (this.#refused !== null) {
      this.#refused.push(...entries)
      return
    }
    const refused = [...entries]
    this.#each((it) => it.onRejected?.(refused))
    this.#refused = refused
  }

  failed(entry: FailedEntry): void {
    this.#each((it) => it.onUploadFailed?.(entry))
    if (entry.error.status !== 401 || this.#isUnauthorized) return
    this.#isUnauthorized = true
    this.#each((it) => it.onUnauthorized?.())
  }

  /** Somebody tries again: the next 401 is news. */
  retried(): void {
    this.#isUnauthorized = false
  }

  /** An entry went before anybody heard of it. */
  forget(id: string): void {
    this.#unheard.delete(id)
  }

  /** Tells what has gathered. Called when the engine's state is whole again. */
  tell(): void {
    if (this.#isTelling) return
    this.#isTelling = true
    for (let event = this.#events.shift(); event !== undefined; event = this.#events.shift()) {
      this.#refused = null
      event()
    }
    this.#isTelling = false
  }

  /** Each listener present now hears of it, also one that goes away while another is told. */
  #each(call: (listeners: UploaderListeners) => void): void {
    this.#refused = null
    for (const listeners of this.#present) this.#events.push(() => this.#guard(() => call(listeners)))
  }

  #guard(call: () => void): void {
    try {
      call()
    } catch (error) {
      this.ports.report(error)
    }
  }

  #scheduleChange(): void {
    if (this.#present.size === 0 || this.#cancelChange !== null) return
    this.#cancelChange = this.ports.schedule(() => {
      this.#cancelChange = null
      const { entries } = this.store
      const readiness = this.readiness()
      if (entries !== this.#lastEntries) {
        this.#lastEntries = entries
        this.#each((it) => it.onEntriesChange?.(entries))
      }
      if (readiness !== this.#lastReadiness) {
        this.#lastReadiness = readiness
        this.#each((it) => it.onReadinessChange?.(readiness))
      }
      this.tell()
    }, 0)
  }
}
