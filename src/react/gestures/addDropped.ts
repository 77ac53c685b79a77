import type { Offered, Uploader } from '../../core/uploader.js'
import { withLater } from '../parts/useLater.js'
import { AT_ONCE, offerFiles } from './offerFiles.js'
import { anotherTask } from './openingTurns.js'
import { isFolder, type Taken } from './takeFiles.js'

/** How folders are dealt with. */
interface Folders {
  directory: boolean
  maxWalk: number
}

/**
 * Adds what was dropped: files in one change, and folders as they are walked. A folder where none is taken is one refused
 * entry. A few are added at once; many in a task after that of the drop, which the browser has filled by itself then.
 */
export function addDropped(uploader: Uploader, taken: readonly Taken[], folders: Folders): void {
  if (taken.length > AT_ONCE) anotherTask(() => addAll(uploader, taken, folders))
  else addAll(uploader, taken, folders)
}

function addAll(uploader: Uploader, taken: readonly Taken[], { directory, maxWalk }: Folders): void {
  const folders: FileSystemDirectoryEntry[] = []
  const atOnce: Offered[] = []
  const offer = offerFiles()
  let files = 0
  for (const it of taken) {
    if (!isFolder(it)) atOnce.push(offer(it, files++))
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
