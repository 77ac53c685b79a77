import type { Uploader } from '../../core/uploader.js'
import { FileOpener } from './fileOpener.js'
import { walkDirectory, type Found } from './walkDirectory.js'

/**
 * Adds what is in folders as they are walked: the first names at once, then what was found in a moment together. Once the
 * list is full the rest is kept back and offered in one go at the end, so that "500 did not fit" is one line and not one for
 * each batch of the walk.
 */
export async function addFolders(uploader: Uploader, folders: readonly FileSystemDirectoryEntry[], maxWalk: number): Promise<void> {
  const opener = new FileOpener()
  const found: Found[] = []
  let next: ReturnType<typeof setTimeout> | undefined
  const offer = (): void => {
    for (let room = roomIn(uploader); found.length > 0 && room > 0; room = roomIn(uploader)) uploader.add(found.splice(0, room))
    next = setTimeout(() => {
      next = undefined
      if (found.length > 0) offer()
    }, GATHER)
  }
  for (const folder of folders) {
    for await (const batch of walkDirectory(folder, maxWalk, (entry) => opener.open(entry))) {
      found.push(...batch)
      if (next === undefined) offer()
    }
  }
  clearTimeout(next)
  if (found.length > 0) uploader.add(found)
  opener.begin()
}

/** ms. A list that grows ten times a second looks alive; to lay it out with each of a hundred batches takes as long as the walk. */
const GATHER = 100

function roomIn({ rules, tally, entries }: Uploader): number {
  return rules.maxFiles.enforced ? rules.maxFiles.value - (entries.length - tally.failed - tally.refused) : Infinity
}
