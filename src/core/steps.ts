import type { Entry, Note } from './entry.js'
import type { Rules } from './rules.js'
import { failure, type UploadFailure } from './uploadError.js'

/**
 * The one extension point: something done to each file before it is queued, in order. It returns nothing (go on), a
 * `File` that replaces it, a {@link Note} to show, or a refusal (see {@link refuse}); at once, or in a promise, in which
 * case the entry is shown as `preparing` meanwhile.
 *
 * One that throws refuses the file as `refused_by_host`: better one file too few than one that was never checked.
 */
export interface Step {
  (file: File, context: StepContext): StepResult | Promise<StepResult>
  /**
   * The step only watches: the file goes on to its upload while this one works, and nothing but a {@link Note} comes of
   * it, in whatever state the entry is by then. Any other result is dropped, and an error is reported, not a refusal.
   *
   * @default false
   */
  readonly beside?: boolean
}

/** What a step says: another file in its place, a refusal (`refuse`), a note, or nothing where the file is fine. */
export type StepResult = File | UploadFailure | Note | undefined | void

/** What a step may know besides its file. */
export interface StepContext {
  /** Aborts when the entry is removed or replaced. */
  signal: AbortSignal
  /** All entries at this moment. */
  entries: readonly Entry[]
  rules: Rules
  /** Somebody asked for this very file ("use the original"): one that is returned instead is dropped, so make none. */
  asItIs?: boolean
}

/** What a step returns to refuse a file in the host's own words, which are shown as they are. */
export function refuse(message?: string): UploadFailure {
  return failure('refused_by_host', { message: message ?? null })
}
