import type { Offered } from '../../core/uploader.js'
import { OpeningTurns } from './openingTurns.js'

/** Files of one gesture that are looked at within it. */
export const AT_ONCE = 12

/**
 * Makes of the files of one gesture, in their order, what `add()` takes. Behind the first many come names alone, and their
 * sizes a few a task: a browser asks the disk for the size of a file that was dropped or picked, and a thousand such
 * questions in one task are half a second in which nobody can type.
 */
export function offerFiles(): (file: File, nth: number) => Offered {
  const turns = new OpeningTurns()
  return (file, nth) => {
    // What a file without an extension is tells only its type, which a name alone does not have.
    if (nth < AT_ONCE || file.name.lastIndexOf('.') <= 0) return file
    return { name: file.name, path: file.webkitRelativePath || null, open: () => turns.next().then(() => file) }
  }
}
