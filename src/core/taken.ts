import type { MessageFile } from '../dify/messageFile.js'
import type { UploadedEntry } from './entry.js'

/**
 * Remembers which entry became which file of a message, so that `restore` puts back the very entries, with their local
 * bytes and thumbnails, also when the host has copied the files meanwhile.
 */
export class Taken {
  #byObject = new WeakMap<MessageFile, UploadedEntry>()
  #byKey = new Map<string, UploadedEntry>()

  keep(file: MessageFile, entry: UploadedEntry): MessageFile {
    this.#byObject.set(file, entry)
    this.#byKey.delete(keyOf(file))
    this.#byKey.set(keyOf(file), entry)
    if (this.#byKey.size > REMEMBERED) this.#byKey.delete(this.#byKey.keys().next().value!)
    return file
  }

  entryOf(file: MessageFile): UploadedEntry | null {
    return this.#byObject.get(file) ?? this.#byKey.get(keyOf(file)) ?? null
  }
}

/** Copies of the latest files are known again; older ones only as the very objects. */
const REMEMBERED = 500

function keyOf(file: MessageFile): string {
  return file.transfer_method === 'local_file' ? file.upload_file_id : file.url
}
