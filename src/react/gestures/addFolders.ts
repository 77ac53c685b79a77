import type { Uploader } from '../../core/uploader.js'
import { OpeningTurns } from './openingTurns.js'
import { walkDirectory, type Found } from './walkDirectory.js'

/**
 * Adds what is in folders as they are walked. Once the list is full the rest is kept back and offered in one go at the end, so that "500 did not fit" is one line and
 * not one for each batch of the walk.
 */
export async function addFolders(uploader: Uploader, folders: readonly FileSystemDirectoryEntry[], maxWalk: number): Promise<void> {
  let rest: Found[] = []
  const turns = new OpeningTurns()
  for (const folder of folders) {
    for await (const batch of walkDirectory(folder, maxWalk, () => turns.next())) {
      rest = [...rest, ...batch]
      for (let room = roomIn(uploader); rest.length > 0 && room > 0; room = roomIn(uploader)) {
        uploader.add(rest.slice(0, room))
        rest = rest.slice(room)
      }
    }
  }
  if (rest.length > 0) uploader.add(rest)
  turns.begin()
}

function roomIn({ rules, tally, entries }: Uploader): number {
  return rules.maxFiles.enforced ? rules.maxFiles.value - (entries.length - tally.failed - tally.refused) : Infinity
}
