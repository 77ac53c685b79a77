import type { Entry } from '../core/entry.js'
import type { Offered } from '../core/uploader.js'
import type { DifyFile } from '../dify/difyFile.js'

/**
 * What is kept of one entry, beside its bytes. Nothing that opens a door: of what Dify returned only what a list and a
 * message need, never a signed URL.
 */
export interface DraftRecord {
  /** Unique within the draft, and not the entry's id, which starts anew with each page. */
  id: string
  /** Place in the list, from 0. */
  order: number
  name: string
  /** Bytes, or null. */
  size: number | null
  path: string | null
  result: { file: KeptFile } | { url: string } | null
  /** Unix ms. */
  expiresAt: number
}

type KeptFile = Pick<DifyFile, (typeof KEPT_KEYS)[number]>

const KEPT_KEYS = ['id', 'name', 'size', 'extension', 'mime_type', 'created_by', 'created_at'] as const

/** Whether an entry belongs into a draft. What was refused at the door has had its answer. */
export function isKept(entry: Entry): boolean {
  return entry.status !== 'failed' || entry.at === 'way'
}

export function recordOf(entry: Entry, rest: Pick<DraftRecord, 'id' | 'order' | 'expiresAt'>): DraftRecord {
  const { name, size, path } = entry
  return { ...rest, name, size, path, result: resultOf(entry) }
}

/** The bytes that have to be kept for an entry: none once Dify has them. */
export function bytesOf(entry: Entry): File | null {
  return entry.status === 'uploaded' ? null : entry.file
}

/** What is offered to the engine for a record, so that it becomes the entry that it was. */
export function offerOf({ name, size, path, result }: DraftRecord, bytes: File | null): Offered {
  if (result !== null) return 'file' in result ? result.file : { url: result.url, name }
  if (bytes === null) return { lost: name, size, path }
  const file = bytes.name === name ? bytes : new File([bytes], name, { type: bytes.type, lastModified: bytes.lastModified })
  return { file, path }
}

function resultOf(entry: Entry): DraftRecord['result'] {
  if (entry.status !== 'uploaded') return null
  const { result } = entry
  if (result.transfer_method === 'remote_url') return { url: result.url }
  const known = KEPT_KEYS.filter((key) => result.file[key] !== undefined).map((key) => [key, result.file[key]])
  return { file: Object.fromEntries(known) }
}
