import { extensionOf, fitName } from '../dify/fileName.js'
import { kindOf } from '../dify/kinds.js'
import { mimeOfExtension, repairMime } from '../dify/mime.js'
import { checkSize, checkType } from './check.js'
import type { Entry, Note } from './entry.js'
import type { Rules } from './rules.js'
import type { Uploader } from './uploader.js'

/**
 * What one press can do about a note (or a refusal) of a file:
 * - `remove-copy`: take away the entry that looks like another.
 * - `rename`: give the file its true extension, as `name`.
 * - `use-original`: send the file as it was before a step changed it.
 */
export type Fix = { type: 'remove-copy' } | { type: 'rename'; name: string } | { type: 'use-original'; original: File }

/** The fixes for an entry, none of which the rules would refuse at once. */
export function fixesOf(entry: Entry, rules: Rules): readonly Fix[] {
  if (entry.file === null) return NONE
  const { file } = entry
  const fixes: Fix[] = []
  const extension = trueExtensionOf(entry)
  if (extension !== null) {
    const name = fixedName(entry.name, extension)
    if (passes({ name, type: '', size: file.size }, rules)) fixes.push({ type: 'rename', name })
  }
  const original = originalOf(entry.notes)
  if (original !== null && passes({ name: fitName(original.name), type: original.type, size: original.size }, rules)) {
    fixes.push({ type: 'use-original', original })
  }
  if (entry.notes.some((note) => note.type === 'duplicate')) fixes.push({ type: 'remove-copy' })
  return fixes.length === 0 ? NONE : fixes
}

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
 * renamed in place. Dify keeps the name of what is being sent or was sent, so there another entry takes its place.
 *
 * @returns the id under which the file goes on, or null where there is nothing to fix: it is gone, has no bytes here, or
 *   nobody knows what it is.
 */
export function fixName(uploader: Pick<Uploader, 'get' | 'replace' | 'exchange'>, id: string): string | null {
  const entry = uploader.get(id)
  const extension = entry === undefined ? null : trueExtensionOf(entry)
  if (entry === undefined || entry.file === null || extension === null) return null
  const { file } = entry
  const type = mimeOfExtension(extension) ?? ''
  return rename(uploader, entry, new File([file], fixedName(entry.name, extension), { type, lastModified: file.lastModified }))
}

/**
 * Gives a file another name, in place or as another entry, as {@link fixName} does.
 *
 * @param by the name, or the file under it.
 * @returns the id under which the file goes on, or null where it has no bytes here.
 */
export function rename(uploader: Pick<Uploader, 'replace' | 'exchange'>, entry: Entry, by: string | File): string | null {
  const { id, file } = entry
  if (file === null) return null
  if (entry.status === 'preparing' || entry.status === 'queued' || entry.status === 'failed') {
    uploader.replace(id, by)
    return id
  }
  const renamed = typeof by === 'string' ? new File([file], by, { type: file.type, lastModified: file.lastModified }) : by
  return uploader.exchange(id, { file: renamed, path: entry.path })?.id ?? null
}

/**
 * Sends a file as it was before the steps changed it: another entry takes its place, which steps may look at and refuse
 * but not change.
 *
 * @returns the id under which it goes on, or null where no step changed it.
 */
export function sendOriginal(uploader: Pick<Uploader, 'get' | 'exchange'>, id: string): string | null {
  const entry = uploader.get(id)
  const original = entry === undefined ? null : originalOf(entry.notes)
  if (entry === undefined || original === null) return null
  return uploader.exchange(id, { file: original, path: entry.path, asItIs: true })?.id ?? null
}

const NONE: readonly Fix[] = []

function trueExtensionOf(entry: Entry): string | null {
  if (entry.status === 'failed' && entry.error.code === 'content_mismatch') return entry.error.facts.found
  return entry.notes.find((note) => note.type === 'content-differs')?.extension ?? null
}

/** Before the first change, where there was more than one. */
function originalOf(notes: readonly Note[]): File | null {
  return notes.find((note) => note.type === 'converted')?.original ?? null
}

function passes({ name, type, size }: { name: string; type: string; size: number }, rules: Rules): boolean {
  const candidate = { name, size, kind: kindOf({ extension: extensionOf(name), mime: repairMime(name, type) }) }
  return checkType(candidate, rules) === null && checkSize(candidate, rules) === null
}
