import { rawExtension } from '../dify/fileName.js'
import { kindOf, KINDS, normalExtension, type Kind } from '../dify/kinds.js'
import type { FileRestrictions } from '../dify/parameters.js'
import { invalidParam } from './difyAnswer.js'
import type { EmulatedApp } from './emulatedApp.js'
import type { ReceivedFile } from './emulatedMessage.js'
import { isUuid } from './emulatorRoutes.js'
import type { EmulatorState } from './emulatorState.js'

/** Who sends the files, and under which rules. */
export interface FileContext {
  state: EmulatorState
  app: EmulatedApp
  user: string
  /** The input variable they are for; null for attachments. */
  variable: string | null
  /** Null: nothing is checked but the file itself. */
  restrictions: FileRestrictions | null
  /** The type that is sent must be the one that Dify detects. */
  isStrict: boolean
}

/**
 * A list of files as a message brings it. Entries without a transfer method, and links without an address, fall out
 * without a word.
 */
export function receiveFiles(mappings: readonly unknown[], context: FileContext): ReceivedFile[] {
  return mappings.filter(isRecord).filter(isWorthReading).map((mapping) => receiveFile(mapping, context))
}

/**
 * One file of a message.
 *
 * @throws DifyRefusal `invalid_param`, with the words that Dify has for it.
 */
export function receiveFile(mapping: Readonly<Record<string, unknown>>, context: FileContext): ReceivedFile {
  const method = mapping['transfer_method']
  if (method === undefined || method === null || method === '') throw invalidParam('transfer_method is required in file mapping')
  if (method !== 'local_file' && method !== 'remote_url') {
    throw invalidParam(`'${textOf(method)}' is not a valid FileTransferMethod`)
  }
  const found = method === 'local_file' ? uploadOf(mapping, context) : linkOf(mapping, context)
  const detected = kindOf({ extension: found.extension, mime: found.mime_type })
  const type = typeOf(mapping['type'], detected, context.isStrict)
  const file: ReceivedFile = { variable: context.variable, type, transfer_method: method, ...found }
  if (context.restrictions !== null && !isAllowed(file, context.restrictions)) {
    throw invalidParam(`File validation failed for file: ${file.name}`)
  }
  return file
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isWorthReading(mapping: Readonly<Record<string, unknown>>): boolean {
  const method = mapping['transfer_method']
  if (method === undefined || method === null || method === '') return false
  return method !== 'remote_url' || addressOf(mapping) !== ''
}

type Found = Omit<ReceivedFile, 'variable' | 'type' | 'transfer_method'>

function uploadOf(mapping: Readonly<Record<string, unknown>>, { state, app, user }: FileContext): Found {
  const id = mapping['upload_file_id']
  if (id === undefined || id === null || id === '') throw invalidParam('Invalid upload file id')
  if (typeof id !== 'string' || !isUuid(id)) throw invalidParam('Invalid upload file id format')
  const file = state.files.get(id)
  // A file belongs to an end user, and an end user to an app: another of either has never heard of it.
  if (file === undefined || file.app !== app.id || file.user !== user) throw invalidParam('Invalid upload file')
  const { name, extension, mime_type, size, sha256 } = file
  return { name, extension, mime_type, size, sha256, upload_file_id: id, url: null }
}

function linkOf(mapping: Readonly<Record<string, unknown>>, { state }: FileContext): Found {
  const url = addressOf(mapping)
  if (!/^https?:\/\//.test(url)) throw invalidParam('Invalid file url')
  const remote = state.remoteFile(url)
  if (remote === null) throw invalidParam(`Reached maximum retries (3) for URL ${url}`)
  const { name, mime_type, size } = remote
  return { name, extension: rawExtension(name), mime_type, size, sha256: null, upload_file_id: null, url }
}

function addressOf(mapping: Readonly<Record<string, unknown>>): string {
  const url = mapping['url'] || mapping['remote_url']
  return typeof url === 'string' ? url : ''
}

/** Source: contract §5.1, Dify 1.15 and later: strict apps take the detected type, `custom`, or none. */
function typeOf(sent: unknown, detected: Kind, isStrict: boolean): Kind {
  if (sent === undefined || sent === null || sent === '') return detected
  const type = KINDS.find((kind) => kind === sent)
  if (type === undefined) throw invalidParam(`'${textOf(sent)}' is not a valid FileType`)
  if (isStrict && type !== 'custom' && type !== detected) {
    throw invalidParam('Detected file type does not match the specified type. Please verify the file.')
  }
  return type
}

/** Source: contract §4.4, Dify 1.14.1 and later: `custom` is the bucket for what no listed kind takes. */
function isAllowed(file: ReceivedFile, restrictions: FileRestrictions): boolean {
  const { allowed_file_types, allowed_file_extensions, allowed_file_upload_methods } = restrictions
  const types = allowed_file_types ?? []
  const methods = allowed_file_upload_methods ?? []
  if (methods.length > 0 && !methods.includes(file.transfer_method)) return false
  const isListed = (allowed_file_extensions ?? []).some((it) => normalExtension(it) === file.extension && file.extension !== '')
  if (types.length === 0) return file.type !== 'custom' || isListed
  return (file.type !== 'custom' && types.includes(file.type)) || (types.includes('custom') && isListed)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
