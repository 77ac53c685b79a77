import type { Entry, Note } from './entry.js'
import type { Inside } from './inside.js'
import { describeFile, nameFor } from './offered.js'
import { Places } from './places.js'
import { Run } from './run.js'
import type { Step, StepContext, StepResult } from './steps.js'
import { failure, isFailure, type UploadFailure } from './uploadError.js'

/** What preparing needs from the engine. */
export interface PreparationHost extends Inside {
  refuse: (id: string, error: UploadFailure) => void
  done: (id: string) => void
}

/**
 * Takes entries from `preparing` to `queued`: opens the file where only its name is known, then runs the steps in
 * order. Steps that answer at once take no time at all; of those that need time, a few run side by side. A step that
 * only watches (`beside`) is begun in its turn and never waited for.
 */
export class Preparation {
  #running = new Map<string, Run>()
  #busy = new Places(STEPS_AT_ONCE)
  #opening = new Places(OPEN_AT_ONCE)
  /** Outlives `#running`: what watches goes on while the file is sent, until the entry is removed or replaced. */
  #watching = new Map<string, { controller: AbortController; open: number }>()
  #watched = new Places(STEPS_AT_ONCE)

  constructor(private readonly host: PreparationHost) {}

  /** Begins, or begins again (with other bytes). */
  begin(id: string, open: (() => Promise<File>) | null = null): void {
    this.stop(id)
    const run = new Run()
    this.#running.set(id, run)
    if (open === null) this.#runFrom(id, 0, run)
    else this.#open(id, open, run)
  }

  stop(id: string): void {
    this.#running.get(id)?.stop()
    this.#running.delete(id)
    this.#watching.get(id)?.controller.abort()
    this.#watching.delete(id)
  }

  /** Whether this run still is the entry's current one. */
  #isCurrent(id: string, run: Run): boolean {
    return this.#running.get(id) === run
  }

  #open(id: string, open: () => Promise<File>, run: Run): void {
    if (!this.#isCurrent(id, run)) return
    if (!this.#opening.isFree) {
      this.#opening.wait(() => this.#open(id, open, run))
      return
    }
    const leave = this.#opening.take()
    run.holds(leave)
    this.#opened(id, open).then((facts) => leave(() => {
      if (!this.#isCurrent(id, run)) return
      if (facts === null) {
        this.#running.delete(id)
        this.host.refuse(id, failure('file_unreadable', { reason: 'not_readable' }))
      } else {
        this.host.change(id, { type: 'amend', facts })
        this.#runFrom(id, 0, run)
      }
    })).catch(this.host.ports.report)
  }

  async #opened(id: string, open: () => Promise<File>): Promise<Partial<Entry> | null> {
    try {
      return describeFile(await open(), this.host.store.get(id)?.name ?? '')
    } catch {
      return null
    }
  }

  #runFrom(id: string, first: number, run: Run): void {
    const { steps } = this.host.options
    if (first < steps.length && !this.#busy.isFree && this.#isCurrent(id, run)) {
      this.#busy.wait(() => this.#runFrom(id, first, run))
      return
    }
    for (let index = first; index < steps.length; index++) {
      if (!this.#isCurrent(id, run)) return
      const entry = this.host.change(id, { type: 'step', step: index })
      if (entry === undefined || entry.file === null) return
      const step = steps[index]!
      const file = underName(entry.file, entry.name)
      if (step.beside === true) {
        this.#watch(id, step, file)
        continue
      }
      let result: StepResult | Promise<StepResult>
      try {
        result = step(file, this.#context(id, run.signal))
      } catch (error) {
        this.#broken(id, run, error)
        return
      }
      if (isPromise(result)) {
        this.#later(id, index, run, result)
        return
      }
      if (!this.#isCurrent(id, run) || !this.#apply(id, result)) return
    }
    if (!this.#isCurrent(id, run)) return
    this.#running.delete(id)
    this.host.done(id)
  }

  /** Begins a step that the file does not wait for, when one of few places is free. */
  #watch(id: string, step: Step, file: File): void {
    const watch = this.#watching.get(id) ?? { controller: new AbortController(), open: 0 }
    const { signal } = watch.controller
    watch.open++
    this.#watching.set(id, watch)
    const look = async (): Promise<void> => {
      if (signal.aborted) return
      const result = await step(file, this.#context(id, signal))
      if (!signal.aborted && isNote(result)) this.#tell(id, result)
    }
    const begin = (): void => {
      if (!this.#watched.isFree) {
        this.#watched.wait(begin)
        return
      }
      const leave = this.#watched.take()
      signal.addEventListener('abort', () => queueMicrotask(leave), { once: true })
      look()
        .catch((error: unknown) => {
          if (!signal.aborted) this.host.ports.report(error)
        })
        .finally(() => {
          watch.open--
          if (watch.open === 0 && this.#watching.get(id) === watch) this.#watching.delete(id)
          leave()
        })
    }
    begin()
  }

  /** Adds a note, unless an earlier run (before the rules changed, say) told the same. */
  #tell(id: string, note: Note): void {
    const entry = this.host.store.get(id)
    if (entry === undefined || entry.notes.some((known) => isSame(known, note))) return
    this.host.change(id, { type: 'note', note })
  }

  #context(id: string, signal: AbortSignal): StepContext {
    return { signal, entries: this.host.store.entries, rules: this.host.rules, asItIs: this.host.asItIs.has(id) }
  }

  #later(id: string, index: number, run: Run, result: Promise<StepResult>): void {
    const leave = this.#busy.take()
    run.holds(leave)
    Promise.resolve(result)
      .then(
        (value) => () => {
          if (this.#isCurrent(id, run) && this.#apply(id, value)) this.#runFrom(id, index + 1, run)
        },
        (error: unknown) => () => this.#broken(id, run, error),
      )
      .then(leave)
      .catch(this.host.ports.report)
  }

  #broken(id: string, run: Run, error: unknown): void {
    if (!this.#isCurrent(id, run)) return
    this.#running.delete(id)
    if (!run.isStopped) this.host.ports.report(error)
    this.host.refuse(id, failure('refused_by_host', { message: null }, { cause: error }))
  }

  /** @returns whether to go on. */
  #apply(id: string, result: StepResult): boolean {
    const entry = this.host.store.get(id)
    if (entry === undefined) return false
    if (result === undefined || result === null) return true
    if (isFailure(result)) {
      this.#running.delete(id)
      this.host.refuse(id, result)
      return false
    }
    if (result instanceof File) {
      if (!this.host.asItIs.has(id)) this.host.change(id, { type: 'amend', facts: replaced(entry, result) })
    } else this.host.change(id, { type: 'amend', facts: { notes: [...entry.notes, result] } })
    return true
  }
}

/** Files whose names are known, asked for side by side. How many of a folder the browser opens at a time is less, and told elsewhere. */
const OPEN_AT_ONCE = 128
const STEPS_AT_ONCE = 4

function replaced(entry: Entry, file: File): Partial<Entry> {
  const { name, notes: renamed } = nameFor(file)
  const converted: Note[] =
    entry.file === null || entry.file.size === file.size
      ? []
      : [{ type: 'converted', from: entry.file.size, to: file.size, original: entry.file }]
  return { ...describeFile(file, name), notes: [...entry.notes, ...renamed, ...converted] }
}

/** A step sees the file under the name that will be sent. */
function underName(file: File, name: string): File {
  return file.name === name ? file : new File([file], name, { type: file.type, lastModified: file.lastModified })
}

function isNote(result: StepResult): result is Note {
  return result !== undefined && !(result instanceof File) && !isFailure(result)
}

function isSame(one: Note, other: Note): boolean {
  const values = Object.entries(other)
  return Object.keys(one).length === values.length && values.every(([key, value]) => (one as Record<string, unknown>)[key] === value)
}

function isPromise<Value>(value: Value | Promise<Value>): value is Promise<Value> {
  return typeof (value as Promise<Value> | undefined)?.then === 'function'
}
