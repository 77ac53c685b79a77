import type { Offered } from '../../core/uploader.js'

/** Files of one gesture that are looked at within it. */
export const AT_ONCE = 40

/**
 * A file as `add()` takes it, the `nth` of its gesture. Behind the first many come names alone, and their sizes a few at a
 * time: a browser asks the disk for the size of a file that was dropped or picked, and a thousand such questions in one task
 * are half a second in which nobody can type.
 */
export function offerFile(file: File, nth: number): Offered {
  // What a file without an extension is tells only its type, which a name alone does not have.
  if (nth < AT_ONCE || file.name.lastIndexOf('.') <= 0) return file
  return { name: file.name, path: file.webkitRelativePath || null, open: () => Promise.resolve(file) }
}
