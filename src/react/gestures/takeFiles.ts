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
  for (const item of items) {
    const entry = entryOf(item)
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
