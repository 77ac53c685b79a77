import type { DifyFile } from '../dify/difyFile.js'
import { extensionOf, fitName } from '../dify/fileName.js'
import { kindOf } from '../dify/kinds.js'
import { extensionOfMime, repairMime } from '../dify/mime.js'
import { checkLink, lastOf } from './check.js'
import type { EntryFacts, EntryResult, Note } from './entry.js'
import type { Rules } from './rules.js'
import { failure, type UploadFailure } from './uploadError.js'
import type { Offered, OfferedFile, OfferedFolder, OfferedLost, OfferedName } from './uploader.js'

/** What is known of an entry before it has an id. */
export type Draft = Omit<EntryFacts, 'id'>

/** Something offered, sorted by what is to be done with it. */
export type Sorted =
  /** Bytes, or (with `open`) the promise of some. */
  | { type: 'file'; draft: Draft; open: (() => Promise<File>) | null; asItIs?: boolean }
  /** Needs no upload. */
  | { type: 'done'; draft: Draft; result: EntryResult }
  | { type: 'refused'; draft: Draft; error: UploadFailure }
  /** Accepted once; its bytes are gone. */
  | { type: 'lost'; draft: Draft; error: UploadFailure }

export function sortOffered(offered: Offered, rules: Rules): Sorted {
  if (isFile(offered)) return sortFile({ file: offered, path: offered.webkitRelativePath || null })
  if ('file' in offered && isFile(offered.file)) return sortFile(offered as OfferedFile)
  if ('open' in offered && typeof offered.open === 'function') return sortName(offered as OfferedName)
  if ('folder' in offered && typeof offered.folder === 'string') return sortFolder(offered as OfferedFolder)
  if ('lost' in offered && typeof offered.lost === 'string') return sortLost(offered as OfferedLost)
  if ('id' in offered && typeof offered.id === 'string') return { type: 'done', ...seeded(offered) }
  if ('url' in offered && typeof offered.url === 'string') return sortLink(offered as { url: string; name?: string }, rules)
  throw new TypeError(
    'add() takes Files, files that Dify returned ({ id, … }), or links ({ url }). Nothing was added. Check what was passed to it.',
  )
}

/** What an entry is when it carries these bytes under this name. */
export function describeFile(file: File, name: string): Pick<Draft, 'file' | 'name' | 'size' | 'kind'> {
  return { file, name, size: file.size, kind: kindOf({ extension: extensionOf(name), mime: repairMime(name, file.type) }) }
}

/** The name a file gets: made fit, and for a nameless one, an extension from its type. */
export function nameFor(file: { name: string; type: string }): { name: string; notes: readonly Note[] } {
  const extension = extensionOfMime(file.type)
  const name = fitName(file.name, extension === null ? 'file' : `file.${extension}`)
  return { name, notes: name === file.name ? NO_NOTES : [{ type: 'renamed', from: file.name }] }
}

/** A file that Dify holds already. */
export function seeded(file: DifyFile): { draft: Draft; result: EntryResult } {
  const name = file.name ?? file.id
  const extension = file.extension ?? extensionOf(name)
  return {
    draft: { ...BLANK, name, size: file.size ?? null, kind: kindOf({ extension, mime: file.mime_type ?? '' }) },
    result: { transfer_method: 'local_file', file },
  }
}

const NO_NOTES: readonly Note[] = []
const BLANK = { file: null, size: null, path: null, notes: NO_NOTES } as const

function sortFile({ file, path, asItIs = false }: OfferedFile): Sorted {
  const { name, notes } = nameFor(file)
  return { type: 'file', draft: { ...describeFile(file, name), path, notes }, open: null, asItIs }
}

function sortName({ name: given, path, open }: OfferedName): Sorted {
  const { name, notes } = nameFor({ name: given, type: '' })
  const kind = kindOf({ extension: extensionOf(name), mime: repairMime(name, '') })
  return { type: 'file', draft: { ...BLANK, name, kind, path, notes }, open }
}

function sortLost({ lost: name, size, path }: OfferedLost): Sorted {
  const kind = kindOf({ extension: extensionOf(name), mime: repairMime(name, '') })
  return { type: 'lost', draft: { ...BLANK, name, size, kind, path }, error: failure('file_unreadable', { reason: 'missing' }) }
}

function sortFolder({ folder, problem, limit }: OfferedFolder): Sorted {
  const error =
    problem === 'unreadable'
      ? failure('file_unreadable', { reason: 'not_readable' })
      : failure('folder_not_accepted', { reason: problem, limit: limit ?? null })
  return { type: 'refused', draft: { ...BLANK, name: folder, kind: 'custom' }, error }
}

function sortLink({ url, name: given }: { url: string; name?: string }, rules: Rules): Sorted {
  const link = URL.canParse(url) ? new URL(url) : null
  if (link === null || (link.protocol !== 'https:' && link.protocol !== 'http:')) {
    const draft = { ...BLANK, name: given ?? url, kind: 'custom' } as const
    return { type: 'refused', draft, error: failure('file_name_invalid', { reason: 'not_a_link' }) }
  }
  const last = lastOf(link.href)
  const name = given ?? (decodeSafely(last) || link.hostname)
  const draft = { ...BLANK, name, kind: kindOf({ extension: extensionOf(last), mime: '' }) }
  const error = checkLink(link.href, draft.kind, rules)
  if (error !== null) return { type: 'refused', draft, error }
  return { type: 'done', draft, result: { transfer_method: 'remote_url', url: link.href } }
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function isFile(value: unknown): value is File {
  return typeof File !== 'undefined' && value instanceof File
}
