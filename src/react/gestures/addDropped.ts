import type { Uploader } from '../../core/uploader.js'
import { isFolder, type Taken } from './takeFiles.js'
import { walkDirectory, type Found } from './walkDirectory.js'

/**
 * Adds what was dropped: files at once, in one change, and folders as they are walked. A folder where none is taken is
 * one refused entry.
 */
export function addDropped(uploader: Uploader, taken: readonly Taken[], { directory, maxWalk }: { directory: boolean; maxWalk: number }): void {
  const folders: FileSystemDirectoryEntry[] = []
  const atOnce = []
  for (const it of taken) {
    if (!isFolder(it)) atOnce.push(it)
    else if (directory) folders.push(it)
    else atOnce.push({ folder: it.name, problem: 'not_accepted' as const })
  }
  uploader.add(atOnce)
  if (folders.length > 0) void addFolders(uploader, folders, maxWalk)
}

/**
 * Once the list is full the rest is kept back and offered in one go at the end, so that "500 did not fit" is one line and
 * not one for each batch of the walk.
 */
async function addFolders(uploader: Uploader, folders: readonly FileSystemDirectoryEntry[], maxWalk: number): Promise<void> {
  let rest: Found[] = []
  for (const folder of folders) {
    for await (const batch of walkDirectory(folder, maxWalk)) {
      rest = [...rest, ...batch]
      for (let room = roomIn(uploader); rest.length > 0 && room > 0; room = roomIn(uploader)) {
        uploader.add(rest.slice(0, room))
        rest = rest.slice(room)
      }
    }
  }
  if (rest.length > 0) uploader.add(rest)
}

function roomIn({ rules, tally, entries }: Uploader): number {
  return rules.maxFiles.enforced ? rules.maxFiles.value - (entries.length - tally.failed - tally.refused) : Infinity
}
