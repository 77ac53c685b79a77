import type { Offered, Uploader } from '../../core/uploader.js'
import { withLater } from '../parts/useLater.js'
import { offerFile } from './offerFiles.js'
import { isFolder, type Taken } from './takeFiles.js'

/**
 * Adds what was dropped: files at once, in one change, and folders as they are walked. A folder where none is taken is
 * one refused entry.
 */
export function addDropped(uploader: Uploader, taken: readonly Taken[], { directory, maxWalk }: { directory: boolean; maxWalk: number }): void {
  const folders: FileSystemDirectoryEntry[] = []
  const atOnce: Offered[] = []
  let files = 0
  for (const it of taken) {
    if (!isFolder(it)) atOnce.push(offerFile(it, files++))
    else if (directory) folders.push(it)
    else atOnce.push({ folder: it.name, problem: 'not_accepted' })
  }
  uploader.add(atOnce)
  if (folders.length === 0) return
  withLater(
    ({ addFolders }) => void addFolders(uploader, folders, maxWalk),
    // Nothing that was dropped is lost without a word.
    () => uploader.add(folders.map(({ name }) => ({ folder: name, problem: 'unreadable' }))),
  )
}
