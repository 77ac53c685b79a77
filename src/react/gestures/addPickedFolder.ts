import type { Uploader } from '../../core/uploader.js'
import { isJunk } from './walkDirectory.js'

/** Adds the files of a picked folder, each with its path. What operating systems leave lying about stays out. */
export function addPickedFolder(uploader: Uploader, files: readonly File[], maxWalk: number): void {
  const wanted = files.filter((file) => !isJunk(file.name))
  const folder = files[0]?.webkitRelativePath.split('/')[0] ?? ''
  uploader.add([
    ...wanted.slice(0, maxWalk).map((file) => ({ file, path: file.webkitRelativePath === '' ? null : file.webkitRelativePath })),
    ...(wanted.length > maxWalk ? [{ folder, problem: 'too_many_files' as const, limit: maxWalk }] : []),
    ...(files.length > 0 && wanted.length === 0 ? [{ folder, problem: 'empty' as const }] : []),
  ])
}
