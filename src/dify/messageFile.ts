import type { DifyFile } from './difyFile.js'
import { kindOf, normalExtension, type Kind } from './kinds.js'

/**
 * One file of a message's `files`, exactly as Dify takes it. `type` may be absent: Dify then decides by itself.
 *
 * Source: schema InputFileObject of Dify's service API.
 */
export type MessageFile =
  | { type?: Kind; transfer_method: 'local_file'; upload_file_id: string }
  | { type?: Kind; transfer_method: 'remote_url'; url: string }

/** What the app accepts, as far as a message's `type` depends on it. */
export interface MessageFileOptions {
  /** Kinds the app allows; null, absent or `[]` means any. */
  allowed?: readonly Kind[] | null
  /** Extensions of the app's custom kind, with or without dots, in any case. */
  extensions?: readonly string[]
  /**
   * The app compares the type with what it detects: workflow apps (top-level `files`, single `file` variables) and
   * human-input forms do; chat, completion and chatflow apps take it as it is. @default false
   */
  strict?: boolean
}

/**
 * Turns what Dify answered to an upload into what a message to Dify says about it.
 *
 * The `type` follows Dify's own detection on the *stored* extension and MIME type, falls back to `custom` where the
 * app lists the extension, and is left out where naming any would be refused.
 *
 * @throws RangeError when the app accepts no such file; check before uploading.
 */
export function toMessageFile(file: DifyFile, options: MessageFileOptions = {}): MessageFile {
  const type = messageTypeOf(file, options)
  if (type === null) {
    throw new RangeError(
      `"${file.name ?? file.id}" is of no type that this app accepts, so a message with it would be refused. Check it against the app's rules before uploading.`,
    )
  }
  const rest = { transfer_method: 'local_file', upload_file_id: file.id } as const
  return type === 'omit' ? rest : { type, ...rest }
}

/** The `type` for a stored file: a kind, `omit` where it must be left out, or null where the app accepts no such file. */
export function messageTypeOf(
  file: { extension?: string | null; mime_type?: string | null },
  { allowed, extensions = [], strict = false }: MessageFileOptions,
): Kind | 'omit' | null {
  const extension = normalExtension(file.extension ?? '')
  const detected = kindOf({ extension, mime: file.mime_type ?? '' })
  const isListed = extensions.some((listed) => normalExtension(listed) === extension && extension !== '')
  if (allowed === undefined || allowed === null || allowed.length === 0) {
    if (detected !== 'custom') return detected
    // "Anything goes" seldom lists extensions, and without them a message that says `custom` fails.
    if (!strict) return 'document'
    return isListed ? 'custom' : null
  }
  if (detected !== 'custom' && allowed.includes(detected)) return detected
  return allowed.includes('custom') && isListed ? 'custom' : null
}

/**
 * The shape an input variable wants: `file` takes ONE object (null for none), `file-list` an array even for one.
 *
 * Source: Dify answers "must be a file" and "must be a list of files" to the other.
 */
export function toInput(files: readonly MessageFile[], shape: 'file'): MessageFile | null
export function toInput(files: readonly MessageFile[], shape: 'file-list'): MessageFile[]
export function toInput(files: readonly MessageFile[], shape: 'file' | 'file-list'): MessageFile | MessageFile[] | null {
  if (shape === 'file-list') return [...files]
  if (files.length > 1) {
    throw new RangeError(
      `A "file" variable takes one file and there are ${files.length}. Set maxFiles to 1, or use a "file-list" variable.`,
    )
  }
  return files[0] ?? null
}
