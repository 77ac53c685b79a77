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
  /**
   * How many there are of each name, size and path; `file` of a lone one, whose date is not read before there is a second: a
   * dropped file's is asked of the disk, and a thousand of them in one drop are a long task.
   */
  #likely = new Map<string, { count: number; first: string; file: File | null }>()
  #likelyOf = new Map<string, string>()

  /** The notes of a new entry, with one more where it looks like an earlier one. */
  note(id: string, draft: Draft): readonly Note[] {
    if (draft.file === null) return draft.notes
    const likely = JSON.stringify([draft.name, draft.size, draft.path])
    this.#likelyOf.set(id, likely)
    const group = this.#likely.get(likely)
    if (group === undefined) {
      this.#likely.set(likely, { count: 1, first: id, file: draft.file })
      return draft.notes
    }
    group.count++
    if (group.file !== null) this.#join(group.first, `${likely} ${group.file.lastModified}`)
    group.file = null
    const of = this.#join(id, `${likely} ${draft.file.lastModified}`)
    return of === id ? draft.notes : [...draft.notes, { type: 'duplicate', of }]
  }

  /** @returns the first of those that look like this one, which may be itself. */
  #join(id: string, key: string): string {
    const alike = this.#alike.get(key)
    this.#keyOf.set(id, key)
    if (alike === undefined) this.#alike.set(key, [id])
    else alike.push(id)
    return alike?.[0] ?? id
  }

  /** @returns what were copies of this one, and whose they are now: the next is nobody's. */
  forget(id: string): { of: string; copies: readonly string[] } | null {
    const likely = this.#likelyOf.get(id)
    const group = likely === undefined ? undefined : this.#likely.get(likely)
    this.#likelyOf.delete(id)
    if (likely !== undefined && group !== undefined && --group.count === 0) this.#likely.delete(likely)
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
