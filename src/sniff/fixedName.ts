import type { Entry } from '../core/entry.js'
import type { Uploader } from '../core/uploader.js'
import { extensionOf, fitName } from '../dify/fileName.js'
import { mimeOfExtension } from '../dify/mime.js'

/**
 * A name under its true extension: `scan.png` that is a PDF becomes `scan.pdf`, and `README` that is one `README.pdf`.
 *
 * @param extension what the file is, without dot, as a note `content-differs` or a refusal `content_mismatch` tells it.
 */
export function fixedName(name: string, extension: string): string {
  const told = extensionOf(name)
  const stem = told === '' ? name.replace(/\.+$/, '') : name.slice(0, -(told.length + 1))
  return fitName(`${stem}.${extension}`)
}

/**
 * Gives a file its true extension (and type), wherever it is on its way. Before it is sent, or when it was refused, it is
 * renamed in place. Dify keeps the name of what is being sent or was sent, so there the file is taken out, and added
 * again in its place.
 *
 * @returns the id under which the file goes on, or null where there is nothing to fix: it is gone, has no bytes here, or
 *   nobody knows what it is.
 */
export function fixName(uploader: Pick<Uploader, 'get' | 'ids' | 'replace' | 'remove' | 'add' | 'move'>, id: string): string | null {
  const entry = uploader.get(id)
  const extension = entry === undefined ? null : trueExtensionOf(entry)
  if (entry === undefined || entry.file === null || extension === null) return null
  const { file, path } = entry
  const type = mimeOfExtension(extension) ?? ''
  const fixed = new File([file], fixedName(entry.name, extension), { type, lastModified: file.lastModified })
  if (entry.status === 'preparing' || entry.status === 'queued' || entry.status === 'failed') {
    uploader.replace(id, fixed)
    return id
  }
  const index = uploader.ids.indexOf(id)
  uploader.remove(id)
  const added = uploader.add({ file: fixed, path })[0]!
  uploader.move(added.id, index)
  return added.id
}

function trueExtensionOf(entry: Entry): string | null {
  if (entry.status === 'failed' && entry.error.code === 'content_mismatch') return entry.error.facts.found
  return entry.notes.find((note) => note.type === 'content-differs')?.extension ?? null
}
