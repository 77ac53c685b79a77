import type { Entry, FailedEntry } from './entry.js'
import type { Sorted } from './offered.js'
import type { Limit } from './rules.js'
import { failure } from './uploadError.js'

/** Which count was full: that of all files, or that of images alone. */
export type Counted = 'files' | 'images'

/**
 * What did not fit: the rest of a gesture is ONE failed entry, behind which its files are kept, so that they can come in
 * when a slot frees.
 */
export class Overflow {
  #held = new Map<string, { counted: Counted; files: Sorted[] }>()

  get isEmpty(): boolean {
    return this.#held.size === 0
  }

  has(id: string): boolean {
    return this.#held.has(id)
  }

  forget(id: string): void {
    this.#held.delete(id)
  }

  hold(id: string, files: readonly Sorted[], limit: Pick<Limit, 'value' | 'layer'>, counted: Counted = 'files'): FailedEntry {
    this.#held.set(id, { counted, files: [...files] })
    return describe(id, files, limit, counted)
  }

  /** As many of the files that have waited longest as there is room for, and what remains of their entry (null: nothing). */
  next(room: Readonly<Record<Counted, number>>): { id: string; files: Sorted[]; rest: ((entry: Entry) => Entry) | null } | null {
    for (const [id, { counted, files: held }] of this.#held) {
      const fitting = Math.min(room.files, room[counted])
      if (fitting <= 0) continue
      const files = held.splice(0, fitting)
      if (held.length > 0) return { id, files, rest: (entry) => (entry.status === 'failed' ? remaining(entry, held, counted) : entry) }
      this.#held.delete(id)
      return { id, files, rest: null }
    }
    return null
  }
}

const NAMES_TOLD = 3

function describe(id: string, files: readonly Sorted[], { value, layer }: Pick<Limit, 'value' | 'layer'>, counted: Counted): FailedEntry {
  const [first] = files
  const isOne = files.length === 1
  return {
    id,
    file: isOne ? first!.draft.file : null,
    name: first!.draft.name,
    size: isOne ? first!.draft.size : null,
    kind: first!.draft.kind,
    path: isOne ? first!.draft.path : null,
    notes: [],
    status: 'failed',
    at: 'door',
    error: failure('too_many_attachments', {
      limit: value, layer, count: files.length, names: files.slice(0, NAMES_TOLD).map((it) => it.draft.name),
      ...(counted === 'images' && { kind: 'image' as const }),
    }),
  }
}

function remaining(entry: FailedEntry, held: readonly Sorted[], counted: Counted): Entry {
  const { facts } = entry.error as { facts: { limit: number; layer: Limit['layer'] } }
  return describe(entry.id, held, { value: facts.limit, layer: facts.layer }, counted)
}
