import type { Offered } from '../../core/uploader.js'
import { anotherTask, OpeningTurns } from './openingTurns.js'

/** Files of one gesture that are looked at within it. */
export const AT_ONCE = 12

/**
 * Makes of the files of one gesture, in their order, what `add()` takes. Behind the first many come names alone, and their
 * sizes a few a task: a browser asks the disk for the size of a file that was dropped or picked, and a thousand such
 * questions in one task are half a second in which nobody can type.
 */
export function offerFiles(): (file: File, nth: number) => Offered {
  let turns: OpeningTurns | null = null
  return (file, nth) => {
    // What a file without an extension is tells only its type, which a name alone does not have.
    if (nth < AT_ONCE || file.name.lastIndexOf('.') <= 0) return file
    const shared = (turns ??= begun(new OpeningTurns()))
    return { name: file.name, path: file.webkitRelativePath || null, open: () => shared.next().then(() => file) }
  }
}

/** From the next task on: this one is the gesture's. */
function begun(turns: OpeningTurns): OpeningTurns {
  anotherTask(() => turns.begin())
  return turns
}
