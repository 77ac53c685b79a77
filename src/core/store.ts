import type { Entry } from './entry.js'
import { isMoving } from './entry.js'
import type { Tally } from './readiness.js'

/**
 * The list of entries, its order, and who wants to hear of it. Three subscriptions: the id list, one entry, anything.
 *
 * Changes are made inside `commit`; listeners hear once, after the outermost one. A change of one entry costs O(1): the
 * arrays of ids and entries are only made again when somebody asks for them after a change.
 */
export class EntryStore {
  #entries = new Map<string, Entry>()
  #ids: readonly string[] | null = []
  #list: readonly Entry[] | null = []
  #tally: Tally = { preparing: 0, queued: 0, notStarted: 0, uploading: 0, waiting: 0, offline: 0, failed: 0, refused: 0, uploaded: 0 }
  #depth = 0
  #idsChanged = false
  #changed = new Set<string>()
  #anyListeners = new Set<() => void>()
  #idListeners = new Set<() => void>()
  #entryListeners = new Map<string, Set<() => void>>()
  readonly #report: (error: unknown) => void

  constructor(report: (error: unknown) => void) {
    this.#report = report
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id)
  }

  has(id: string): boolean {
    return this.#entries.has(id)
  }

  get ids(): readonly string[] {
    return (this.#ids ??= [...this.#entries.keys()])
  }

  get entries(): readonly Entry[] {
    return (this.#list ??= [...this.#entries.values()])
  }

  /** Entries in order, without making an array. */
  values(): IterableIterator<Entry> {
    return this.#entries.values()
  }

  get tally(): Readonly<Tally> {
    return this.#tally
  }

  /** Entries that count against `maxFiles`: all but the failed. */
  get counted(): number {
    return this.#entries.size - this.#tally.failed - this.#tally.refused
  }

  /** Adds entries at the end, or `first` in the list. */
  insert(entries: readonly Entry[], first = false): void {
    if (entries.length === 0) return
    this.commit(() => {
      if (first) {
        const rest = this.#entries
        this.#entries = new Map(entries.map((entry) => [entry.id, entry]))
        for (const [id, entry] of rest) this.#entries.set(id, entry)
      } else {
        for (const entry of entries) this.#entries.set(entry.id, entry)
      }
      for (const entry of entries) {
        count(this.#tally, entry, 1)
        this.#changed.add(entry.id)
      }
      this.#listChanged()
    })
  }

  /** Puts a new version of an entry in the place of the old one. The same object is no change. */
  set(entry: Entry): void {
    const old = this.#entries.get(entry.id)
    if (old === undefined || old === entry) return
    this.commit(() => {
      this.#entries.set(entry.id, entry)
      count(this.#tally, old, -1)
      count(this.#tally, entry, 1)
      this.#list = null
      this.#changed.add(entry.id)
    })
  }

  delete(id: string): Entry | undefined {
    const old = this.#entries.get(id)
    if (old === undefined) return undefined
    this.commit(() => {
      this.#entries.delete(id)
      count(this.#tally, old, -1)
      this.#listChanged()
      this.#changed.add(id)
    })
    return old
  }

  move(id: string, index: number): void {
    const entry = this.#entries.get(id)
    const from = this.ids.indexOf(id)
    const to = Math.max(0, Math.min(Math.trunc(index), this.ids.length - 1))
    if (entry === undefined || from === to) return
    this.commit(() => {
      const order = this.ids.filter((other) => other !== id)
      order.splice(to, 0, id)
      this.#entries = new Map(order.map((it) => [it, this.#entries.get(it)!]))
      this.#listChanged()
    })
  }

  /** Runs changes as one: listeners hear once, after the outermost commit. */
  commit<Result>(change: () => Result): Result {
    this.#depth++
    try {
      return change()
    } finally {
      this.#depth--
      if (this.#depth === 0) this.#notify()
    }
  }

  subscribe(listener: () => void): () => void {
    // A box of its own, so that subscribing one function twice is two subscriptions.
    const box = () => listener()
    this.#anyListeners.add(box)
    return () => void this.#anyListeners.delete(box)
  }

  subscribeIds(listener: () => void): () => void {
    const box = () => listener()
    this.#idListeners.add(box)
    return () => void this.#idListeners.delete(box)
  }

  subscribeEntry(id: string, listener: () => void): () => void {
    const box = () => listener()
    let listeners = this.#entryListeners.get(id)
    if (listeners === undefined) this.#entryListeners.set(id, (listeners = new Set()))
    listeners.add(box)
    return () => {
      listeners.delete(box)
      if (listeners.size === 0 && this.#entryListeners.get(id) === listeners) this.#entryListeners.delete(id)
    }
  }

  /** Tells "anything" listeners of a change that is no entry's: the rules, say. */
  touch(): void {
    this.commit(() => this.#changed.add(''))
  }

  #listChanged(): void {
    this.#idsChanged = true
    this.#ids = null
    this.#list = null
  }

  #notify(): void {
    if (!this.#idsChanged && this.#changed.size === 0) return
    const ids = this.#changed
    const idsChanged = this.#idsChanged
    this.#changed = new Set()
    this.#idsChanged = false
    if (this.#entryListeners.size > 0) for (const id of ids) this.#call(this.#entryListeners.get(id))
    if (idsChanged) this.#call(this.#idListeners)
    this.#call(this.#anyListeners)
  }

  #call(listeners: ReadonlySet<() => void> | undefined): void {
    if (listeners === undefined) return
    // A copy: a listener may subscribe or unsubscribe while it is called.
    for (const listener of Array.from(listeners)) {
      try {
        listener()
      } catch (error) {
        this.#report(error)
      }
    }
  }
}

function count(tally: Tally, entry: Entry, by: 1 | -1): void {
  switch (entry.status) {
    case 'queued':
      tally[isMoving(entry) ? 'queued' : 'notStarted'] += by
      break
    case 'waiting':
      tally.waiting += by
      if (entry.until === 'online') tally.offline += by
      break
    case 'failed':
      tally[entry.at === 'door' ? 'refused' : 'failed'] += by
      break
    default:
      tally[entry.status] += by
  }
}
