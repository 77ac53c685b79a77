import type { MessageFile } from '../../dify/messageFile.js'

/** A message of assistant-ui, or anything else with attachments. */
export interface WithAttachments {
  attachments?: readonly { content?: readonly unknown[] | undefined }[] | undefined
  /** Some runtimes move attachments here. */
  content?: string | readonly unknown[] | undefined
}

/**
 * The `files` of the message to Dify: what the adapter uploaded for this message of assistant-ui, in the order of its
 * attachments. Other attachments are left out.
 *
 * ```ts
 * const body = JSON.stringify({ query, files: difyFilesOf(message), inputs: {}, response_mode: 'streaming' })
 * ```
 */
export function difyFilesOf({ attachments = [], content = [] }: WithAttachments): MessageFile[] {
  const parts = [...attachments.flatMap((attachment) => attachment.content ?? []), ...(typeof content === 'string' ? [] : content)]
  const files = parts.map(fileOf).filter((file) => file !== null)
  // A runtime may have copied an attachment's parts into the content.
  return [...new Map(files.map((file) => [file.transfer_method === 'local_file' ? file.upload_file_id : file.url, file])).values()]
}

function fileOf(part: unknown): MessageFile | null {
  const file = (part as { providerMetadata?: { dify?: Partial<Record<string, unknown>> } } | null)?.providerMetadata?.dify
  const isFile = file?.transfer_method === 'local_file' && typeof file.upload_file_id === 'string'
  return isFile ? (file as MessageFile) : null
}
