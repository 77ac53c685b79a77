import type { OfferedFolder, OfferedName } from '../../core/uploader.js'

/** What a walk finds: names of files, to be opened later, and places that it could not read. */
export type Found = OfferedName | OfferedFolder

/**
 * Walks a dropped folder, depth first, and yields what it finds in batches (as the browser lists them), so that the first
 * names show at once. Files are not opened: that takes seconds for thousands. Junk of operating systems is left out.
 *
 * @param maxWalk files to find at most; a folder with more ends in a sentence that says so.
 * @param open opens a file of it.
 */
export async function* walkDirectory(root: FileSystemDirectoryEntry, maxWalk: number, open: (entry: FileSystemFileEntry) => Promise<File>): AsyncGenerator<Found[]> {
  const folders = [root]
  let count = 0
  let isAnythingFound = false
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const reader = folder.createReader()
    const below: FileSystemDirectoryEntry[] = []
    for (;;) {
      let children: FileSystemEntry[]
      try {
        children = await nextChildren(reader)
      } catch {
        isAnythingFound = true
        yield [{ folder: folder.name, problem: 'unreadable' }]
        break
      }
      if (children.length === 0) break
      const batch: Found[] = []
      for (const child of children) {
        if (isJunk(child.name)) continue
        if (child.isDirectory) {
          below.push(child as FileSystemDirectoryEntry)
          continue
        }
        if (count === maxWalk) {
          yield [...batch, { folder: root.name, problem: 'too_many_files', limit: maxWalk }]
          return
        }
        count++
        batch.push({ name: child.name, path: child.fullPath.replace(/^\/+/, ''), open: () => open(child as FileSystemFileEntry) })
      }
      if (batch.length > 0) {
        isAnythingFound = true
        yield batch
      }
    }
    folders.push(...below.toReversed())
  }
  if (!isAnythingFound) yield [{ folder: root.name, problem: 'empty' }]
}

function nextChildren(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject))
}

/** What Finder, Explorer and Office leave lying about: `.DS_Store`, `Thumbs.db`, `._name`, `~$name.docx`. */
export function isJunk(name: string): boolean {
  return /^(?:\.DS_Store|Thumbs\.db|desktop\.ini|__MACOSX|\.Spotlight-V100|\.Trashes|\.fseventsd|\$RECYCLE\.BIN)$/i.test(name) || name.startsWith('._') || name.startsWith('~$')
}
