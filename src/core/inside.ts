import type { Entry } from './entry.js'
import type { Ports } from './ports.js'
import type { Rules } from './rules.js'
import type { EntryStore } from './store.js'
import type { EntryEvent } from './transition.js'
import type { UploaderOptions } from './uploader.js'

/** What the parts of an engine see of it, and what they do to an entry. */
export interface Inside {
  readonly store: EntryStore
  readonly ports: Ports
  /** In force now. */
  readonly options: UploaderOptions
  readonly rules: Rules
  /** Ids of entries whose file no step may change. */
  readonly asItIs: Set<string>
  /** Runs a change, in one commit, and then tells the listeners. */
  act: <Result>(change: () => Result) => Result
  /** Something happened to an entry. @returns what it is now, undefined where it is gone. */
  change: (id: string, event: EntryEvent) => Entry | undefined
}
