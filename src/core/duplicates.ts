import type { Note } from './entry.js'
import type { Draft } from './offered.js'

/**
 * Knows which entries look alike: same name, size, date and path. Contents are not compared: that would read whole files.
 * What looks like another is kept, and says so.
 */
export class Duplicates {
  #firstOf = new Map<string, string>()
  #keyOf = new Map<string, string>()

  /** The notes of a new entry, with one more where it looks like an earlier one. */
  note(id: string, draft: Draft): readonly Note[] {
    if (draft.file === null) return draft.notes
    const key = JSON.stringify([draft.name, draft.size, draft.file.lastModified, draft.path])
    const first = this.#firstOf.get(key)
    if (first !== undefined) return [...draft.notes, { type: 'duplicate', of: first }]
    this.#firstOf.set(key, id)
    this.#keyOf.set(id, key)
    return draft.notes
  }

  forget(id: string): void {
    const key = this.#keyOf.get(id)
    if (key === undefined) return
    this.#keyOf.delete(id)
    this.#firstOf.delete(key)
  }
}
