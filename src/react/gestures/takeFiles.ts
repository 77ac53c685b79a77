import { AT_ONCE } from './offerFiles.js'

/** What a drop brought, in its order. */
export type Taken = File | FileSystemDirectoryEntry

/**
 * Takes everything out of a drop. It has to happen in the same tick as the event: afterwards the browser empties it.
 * Folders come as they are, to be walked at leisure.
 */
export function takeFiles(transfer: DataTransfer): Taken[] {
  const taken: Taken[] = []
  const items = Array.from(transfer.items).filter((item) => item.kind === 'file')
  if (items.length === 0) return Array.from(transfer.files)
  for (const [i, item] of items.entries()) {
    // Each look for a folder asks the disk, within the event. Behind the first many only what can be one is looked at: a
    // folder has no type, unless its name ends as a file's does.
    const entry = i < AT_ONCE || item.type === '' ? entryOf(item) : null
    if (entry?.isDirectory === true) {
      taken.push(entry as FileSystemDirectoryEntry)
      continue
    }
    const file = item.getAsFile()
    if (file !== null) taken.push(file)
  }
  return taken
}

export function isFolder(taken: Taken): taken is FileSystemDirectoryEntry {
  return !(taken instanceof File)
}

function entryOf(item: DataTransferItem): FileSystemEntry | null {
  return typeof item.webkitGetAsEntry === 'function' ? item.webkitGetAsEntry() : null
}
