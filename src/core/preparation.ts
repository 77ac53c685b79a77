import type { Entry, Note } from './entry.js'
import { describeFile, nameFor } from './offered.js'
import type { Rules } from './rules.js'
import type { Step, StepResult } from './steps.js'
import { failure, isFailure, type UploadFailure } from './uploadError.js'

/** What preparing needs from the engine. */
export interface PreparationHost {
  get: (id: string) => Entry | undefined
  entries: () => readonly Entry[]
  rules: () => Rules
  steps: () => readonly Step[]
  report: (error: unknown) => void
  step: (id: string, step: number) => void
  amend: (id: string, facts: Partial<Entry>) => void
  refuse: (id: string, error: UploadFailure) => void
  done: (id: string) => void
}

/**
 * Takes entries from `preparing` to `queued`: opens the file where only its name is known, then runs the steps in
 * order. Steps that answer at once take no time at all; of those that need time, a few run side by side.
 */
export class Preparation {
  #running = new Map<string, AbortController>()
  #waiting: (() => void)[] = []
  #busy = 0
  #openers: (() => void)[] = []
  #opening = 0

  constructor(private readonly host: PreparationHost) {}

  /** Begins, or begins again (with other bytes). */
  begin(id: string, open: (() => Promise<File>) | null = null): void {
    this.stop(id)
    const controller = new AbortController()
    this.#running.set(id, controller)
    if (open === null) this.#runFrom(id, 0, controller)
    else this.#open(id, open, controller)
  }

  stop(id: string): void {
    this.#running.get(id)?.abort()
    this.#running.delete(id)
  }

  /** Whether this run still is the entry's current one. */
  #isCurrent(id: string, controller: AbortController): boolean {
    return this.#running.get(id) === controller
  }

  #open(id: string, open: () => Promise<File>, controller: AbortController): void {
    const start = (): void => {
      if (!this.#isCurrent(id, controller)) return this.#opened()
      open().then(
        (file) => {
          this.#opened()
          if (!this.#isCurrent(id, controller)) return
          const entry = this.host.get(id)
          if (entry === undefined) return
          this.host.amend(id, describeFile(file, entry.name))
          this.#runFrom(id, 0, controller)
        },
        () => {
          this.#opened()
          if (!this.#isCurrent(id, controller)) return
          this.#running.delete(id)
          this.host.refuse(id, failure('file_unreadable', { reason: 'not_readable' }))
        },
      )
    }
    if (this.#opening >= OPEN_AT_ONCE) this.#openers.push(start)
    else {
      this.#opening++
      start()
    }
  }

  #opened(): void {
    const next = this.#openers.shift()
    if (next === undefined) this.#opening--
    else next()
  }

  #runFrom(id: string, first: number, controller: AbortController): void {
    const steps = this.host.steps()
    if (first < steps.length && this.#busy >= STEPS_AT_ONCE) {
      this.#waiting.push(() => this.#runFrom(id, first, controller))
      return
    }
    for (let index = first; index < steps.length; index++) {
      if (!this.#isCurrent(id, controller)) return
      this.host.step(id, index)
      const entry = this.host.get(id)
      if (entry === undefined || entry.file === null) return
      let result: StepResult | Promise<StepResult>
      try {
        const context = { signal: controller.signal, entries: this.host.entries(), rules: this.host.rules() }
        result = steps[index]!(underName(entry.file, entry.name), context)
      } catch (error) {
        this.#broken(id, controller, error)
        return
      }
      if (isPromise(result)) {
        this.#later(id, index, controller, result)
        return
      }
      if (!this.#apply(id, result)) return
    }
    if (!this.#isCurrent(id, controller)) return
    this.#running.delete(id)
    this.host.done(id)
  }

  #later(id: string, index: number, controller: AbortController, result: Promise<StepResult>): void {
    this.#busy++
    result
      .then(
        (value) => () => {
          if (this.#isCurrent(id, controller) && this.#apply(id, value)) this.#runFrom(id, index + 1, controller)
        },
        (error: unknown) => () => this.#broken(id, controller, error),
      )
      .then((goOn) => {
        this.#busy--
        goOn()
        // What waited may find its entry gone, and so free its place at once.
        while (this.#busy < STEPS_AT_ONCE && this.#waiting.length > 0) this.#waiting.shift()!()
      })
      .catch(this.host.report)
  }

  #broken(id: string, controller: AbortController, error: unknown): void {
    if (!this.#isCurrent(id, controller)) return
    this.#running.delete(id)
    if (!controller.signal.aborted) this.host.report(error)
    this.host.refuse(id, failure('refused_by_host', { message: null }, { cause: error }))
  }

  /** @returns whether to go on. */
  #apply(id: string, result: StepResult): boolean {
    const entry = this.host.get(id)
    if (entry === undefined) return false
    if (result === undefined) return true
    if (isFailure(result)) {
      this.#running.delete(id)
      this.host.refuse(id, result)
      return false
    }
    if (result instanceof File) this.host.amend(id, replaced(entry, result))
    else this.host.amend(id, { notes: [...entry.notes, result] })
    return true
  }
}

/** Files of a folder opened side by side: more is not faster, and blocks what else the browser reads. */
const OPEN_AT_ONCE = 32
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

function isPromise<Value>(value: Value | Promise<Value>): value is Promise<Value> {
  return typeof (value as Promise<Value> | undefined)?.then === 'function'
}
