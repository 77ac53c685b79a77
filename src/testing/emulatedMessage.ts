import type { Kind } from '../dify/kinds.js'
import type { TransferMethod } from '../dify/parameters.js'

/** A message that Dify took, with the files that came along, for tests to look at. */
export interface EmulatedMessage {
  /** The message's id, or the run's for a workflow. */
  id: string
  task_id: string
  conversation_id: string
  route: MessageRoute
  /** The app's id. */
  app: string
  user: string
  /** `''` for a workflow. */
  query: string
  inputs: Readonly<Record<string, unknown>>
  /** Attachments first, then those of the inputs. What Dify ignores is not here. */
  files: readonly ReceivedFile[]
  /** Whole, as streamed. */
  answer: string
  /** Unix seconds. */
  created_at: number
}

/** Which of the routes a message came by. */
export type MessageRoute = 'chat' | 'completion' | 'workflow'

/** A file as a message brought it. */
export interface ReceivedFile {
  /** The input variable it came in; null for an attachment. */
  variable: string | null
  type: Kind
  transfer_method: TransferMethod
  name: string
  /** Lower case, without a dot. */
  extension: string
  mime_type: string
  /** Bytes; -1 for a link whose server does not say. */
  size: number
  /** Null for a link. */
  sha256: string | null
  /** Null for a link. */
  upload_file_id: string | null
  /** Null for an upload. */
  url: string | null
}

/**
 * What the emulated model says: each file with its type, size and SHA-256, and the query, so that whoever reads the
 * answer knows that the very bytes arrived.
 */
export function answerTo(query: string, files: readonly ReceivedFile[]): string {
  const count = files.length === 1 ? '1 file' : `${files.length} files`
  const lines = files.length === 0 ? ['I received no files.'] : [`I received ${count}:`, ...files.map(lineOf)]
  if (query !== '') lines.push(`You wrote: ${query}`)
  return lines.join('\n')
}

function lineOf(file: ReceivedFile): string {
  const variable = file.variable === null ? '' : `${file.variable}: `
  const facts = file.url === null ? `${file.size} bytes, sha256 ${file.sha256}` : file.url
  return `- ${variable}${file.name} (${file.type}, ${facts})`
}
