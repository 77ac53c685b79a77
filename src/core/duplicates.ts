import type { Note } from './entry.js'
import type { Draft } from './offered.js'

/**
 * Knows which entries look alike: same name, size, date and path. Contents are not compared: that would read whole files.
 * What looks like another is kept, and says so for as long as the other is there.
 */
export class Duplicates {
  /** Ids of entries that look alike, in the order they came: the first is what the others are copies of. */
  #alike = new Map<string, string[]>()
  #keyOf = new Map<string, string>()

  /** The notes of a new entry, with one more where it looks like an earlier one. */
  note(id: string, draft: Draft): readonly Note[] {
    if (draft.file === null) return draft.notes
    const key = JSON.stringify([draft.name, draft.size, draft.file.lastModified, draft.path])
    const alike = this.#alike.get(key)
    this.#keyOf.set(id, key)
    if (alike === undefined) {
      this.#alike.set(key, [id])
      return draft.notes
    }
    alike.push(id)
    return [...draft.notes, { type: 'duplicate', of: alike[0]! }]
  }

  /** @returns what were copies of this one, and whose they are now: the next is nobody's. */
  forget(id: string): { of: string; copies: readonly string[] } | null {
    const key = this.#keyOf.get(id)
    const alike = key === undefined ? undefined : this.#alike.get(key)
    if (key === undefined || alike === undefined) return null
    this.#keyOf.delete(id)
    // From the end: where all go, they go from there.
    const at = alike.lastIndexOf(id)
    alike.splice(at, 1)
    if (alike.length === 0) this.#alike.delete(key)
    return at > 0 || alike.length === 0 ? null : { of: alike[0]!, copies: alike }
  }
}

/** Notes of an entry whose original went: it is a copy of another now, or of none. */
export function asCopyOf(notes: readonly Note[], of: string | null): readonly Note[] {
  return notes.flatMap((note): Note[] => (note.type !== 'duplicate' ? [note] : of === null ? [] : [{ type: 'duplicate', of }]))
}
