import type { Uploader } from '../../core/uploader.js'
import { withLater } from '../parts/useLater.js'
import { isFolder, type Taken } from './takeFiles.js'

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
  if (folders.length === 0) return
  withLater(
    ({ addFolders }) => void addFolders(uploader, folders, maxWalk),
    // Nothing that was dropped is lost without a word.
    () => uploader.add(folders.map(({ name }) => ({ folder: name, problem: 'unreadable' }))),
  )
}
