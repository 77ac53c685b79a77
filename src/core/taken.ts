import type { MessageFile } from '../dify/messageFile.js'
import type { UploadedEntry } from './entry.js'

/**
 * Remembers which entry became which file of a message, so that `restore` puts back the very entries, with their local
 * bytes and thumbnails, also when the host has copied the files meanwhile.
 */
export class Taken {
  #byObject = new WeakMap<MessageFile, UploadedEntry>()
  /** The latest last. One message may name the same file of Dify's twice. */
  #byKey = new Map<string, UploadedEntry[]>()

  keep(file: MessageFile, entry: UploadedEntry): MessageFile {
    this.#byObject.set(file, entry)
    const key = keyOf(file)
    const same = (this.#byKey.get(key) ?? []).filter(({ id }) => id !== entry.id).slice(1 - REMEMBERED_ALIKE)
    this.#byKey.delete(key)
    this.#byKey.set(key, [...same, entry])
    if (this.#byKey.size > REMEMBERED) this.#byKey.delete(this.#byKey.keys().next().value!)
    return file
  }

  /** The entries that these files were, each once, in order; files that nobody took here are none. */
  entriesOf(files: readonly MessageFile[]): UploadedEntry[] {
    const copies = new Map<string, number>()
    for (const file of files) {
      if (!this.#byObject.has(file)) copies.set(keyOf(file), (copies.get(keyOf(file)) ?? 0) + 1)
    }
    const found = files.map((file) => {
      const entry = this.#byObject.get(file)
      if (entry !== undefined) return entry
      const key = keyOf(file)
      const left = copies.get(key)!
      copies.set(key, left - 1)
      return this.#byKey.get(key)?.at(-left)
    })
    return [...new Set(found.filter((entry) => entry !== undefined))]
  }
}

/** Copies of the latest files are known again; older ones only as the very objects. */
const REMEMBERED = 500
const REMEMBERED_ALIKE = 20

function keyOf(file: MessageFile): string {
  return file.transfer_method === 'local_file' ? file.upload_file_id : file.url
}
