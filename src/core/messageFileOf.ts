import { messageTypeOf, type MessageFile } from '../dify/messageFile.js'
import type { AppRules } from '../dify/parameters.js'
import type { EntryResult } from './entry.js'

/**
 * An upload as a message refers to it.
 *
 * @param app null where its rules are unknown.
 */
export function messageFileOf(result: EntryResult, app: AppRules | null, strict: boolean): MessageFile {
  const how = { strict, allowed: app?.kinds ?? null, extensions: app?.extensions ?? [] }
  const isLocal = result.transfer_method === 'local_file'
  const facts = isLocal ? result.file : describeLink(result.url)
  // A type that no rule of the app fits (they changed after the upload) is Dify's to judge, not a reason to lose a file.
  const known = messageTypeOf(facts, how)
  // A link whose name tells nothing is Dify's to look at: it knows what is there.
  const type = known ?? (isLocal ? messageTypeOf(facts, { strict }) : 'omit')
  const typed = type === null || type === 'omit' ? {} : { type }
  return isLocal
    ? { ...typed, transfer_method: 'local_file', upload_file_id: result.file.id }
    : { ...typed, transfer_method: 'remote_url', url: result.url }
}

function describeLink(url: string): { extension: string; mime_type: null } {
  const { pathname } = new URL(url)
  const dot = pathname.lastIndexOf('.')
  return { extension: dot > pathname.lastIndexOf('/') ? pathname.slice(dot + 1) : '', mime_type: null }
}
