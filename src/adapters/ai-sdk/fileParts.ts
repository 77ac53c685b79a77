import type { UploadedEntry } from '../../core/entry.js'
import type { MessageFile } from '../../dify/messageFile.js'
import type { UIMessageLike } from './uiMessage.js'

/** A `FileUIPart` that stands for a file which Dify holds. */
export interface DifyFilePart {
  type: 'file'
  mediaType: string
  filename: string
  url: string
  /** `dify`: the `upload_file_id`. Missing for a link. */
  providerReference?: { dify: string }
  /** `dify`: the file as a message to Dify has it. */
  providerMetadata: { dify: Record<string, string> }
}

/** What a file part shows. */
export interface FilePartOptions {
  /**
   * Where your page shows the file from: an object URL, say. The part is stored with the message, so mind how long it
   * lives. @default `dify-file:ID`, which shows nothing and leads nowhere
   */
  url?: (entry: UploadedEntry) => string
}

/**
 * The parts of an AI SDK message for uploaded files. `files` is what `take()` returned, `entries` what it was made of:
 * `useSend` hands over both.
 *
 * ```ts
 * const { submit } = useSend({ uploader, send: (files, { entries }) => sendMessage({ text, files: toFileParts(files, entries) }) })
 * ```
 */
export function toFileParts(files: readonly MessageFile[], entries: readonly UploadedEntry[], options: FilePartOptions = {}): DifyFilePart[] {
  return files.map((file, index) => {
    const entry = entries[index]
    const isLocal = file.transfer_method === 'local_file'
    const ownUrl = isLocal ? `dify-file:${file.upload_file_id}` : file.url
    return {
      type: 'file',
      mediaType: mediaTypeOf(entry),
      filename: entry?.name ?? '',
      url: entry === undefined ? ownUrl : (options.url?.(entry) ?? ownUrl),
      ...(isLocal && { providerReference: { dify: file.upload_file_id } }),
      providerMetadata: { dify: { ...file } },
    }
  })
}

/** The `files` of a message to Dify, from the parts of an AI SDK message. Parts that Dify does not hold are left out. */
export function difyFilesOf({ parts }: Pick<UIMessageLike, 'parts'>): MessageFile[] {
  return parts.map(fileOf).filter((file) => file !== null)
}

function fileOf(part: { type: string }): MessageFile | null {
  if (part.type !== 'file') return null
  const { providerReference, providerMetadata } = part as Partial<DifyFilePart>
  const file = providerMetadata?.dify
  const isWhole = (file?.transfer_method === 'local_file' && typeof file.upload_file_id === 'string') || (file?.transfer_method === 'remote_url' && typeof file.url === 'string')
  if (isWhole) return file as unknown as MessageFile
  // Dify decides the type by itself where none is said.
  return typeof providerReference?.dify === 'string' ? { transfer_method: 'local_file', upload_file_id: providerReference.dify } : null
}

function mediaTypeOf(entry: UploadedEntry | undefined): string {
  const stored = entry?.result.transfer_method === 'local_file' ? entry.result.file.mime_type : null
  return stored || entry?.file?.type || 'application/octet-stream'
}
