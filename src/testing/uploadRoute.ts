import { MAX_NAME_LENGTH, rawExtension } from '../dify/fileName.js'
import { sizeCategoryOf, type SizeCategory } from '../dify/kinds.js'
import { MIB, type SystemParameters } from '../dify/parameters.js'
import { DifyRefusal, invalidParam, jsonAnswer } from './difyAnswer.js'
import { isAtLeast } from './difyVersion.js'
import type { EmulatedApp } from './emulatedApp.js'
import type { EmulatorState } from './emulatorState.js'
import type { EndUser } from './endUsers.js'
import { parseHeaderOptions } from './headerOptions.js'
import { parseForm, type Form, type FormFile } from './multipartForm.js'
import type { LoggedRequest } from './requestLog.js'
import { fileAnswer, type StoredFile } from './storedFile.js'

/**
 * `POST /files/upload`: the checks in Dify's own order, with its own words.
 *
 * @param keepAtMost bytes of the file that a truncating gateway lets through.
 */
export async function receiveUpload(
  state: EmulatorState,
  app: EmulatedApp,
  contentType: string | null,
  body: Uint8Array<ArrayBuffer>,
  record: LoggedRequest,
  keepAtMost: number,
): Promise<Response> {
  const form = parseForm(contentType, body)
  if (form === 'too_large') {
    throw new DifyRefusal(413, 'request_entity_too_large', 'The data value transmitted exceeds the capacity limit.')
  }
  const user = uploaderOf(state, app, form)
  record.user = user.user
  const part = onlyFileOf(form, state.version)
  const mime_type = parseHeaderOptions(part.contentType ?? '').value.toLowerCase()
  if (mime_type === '') throw new DifyRefusal(415, 'unsupported_file_type', 'File type not allowed.')
  if (part.filename === '') {
    throw new DifyRefusal(400, 'filename_not_exists_error', 'The specified filename does not exist.')
  }
  const { name, extension } = storedNameOf(part.filename, state)
  const bytes = part.bytes.subarray(0, keepAtMost)
  checkSize(name, bytes.length, app.parameters.system_parameters ?? {}, state.variant)
  checkStorage(name, extension)

  const file: StoredFile = {
    id: state.uuid(),
    name,
    size: bytes.length,
    sha256: await sha256Of(bytes),
    extension,
    mime_type,
    user: user.user,
    created_by: user.id,
    created_at: Math.floor(state.clock() / 1000),
    app: app.id,
    // A copy: the view would hold the whole body.
    bytes: state.keepBytes ? bytes.slice() : null,
  }
  state.files.set(file.id, file)
  return jsonAnswer(201, fileAnswer(file, await state.links.sign(file.id), state))
}

/** The FIRST text field `user`; one sent as a file is none. */
function uploaderOf(state: EmulatorState, app: EmulatedApp, form: Form): EndUser {
  const user = form.fields.find((field) => field.name === 'user')?.value
  if (user !== undefined && Array.from(user).length > MAX_COLUMN) throw storeFailed()
  return state.endUsers.of(app.id, user)
}

function onlyFileOf(form: Form, version: string): FormFile {
  const file = form.files.find((part) => part.name === 'file')
  if (file === undefined) {
    if (isAtLeast(version, '1.8.0')) throw new DifyRefusal(400, 'no_file_uploaded', 'Please upload your file.')
    throw new DifyRefusal(
      400, 'bad_request_key_error', 'The browser (or proxy) sent a request that this server could not understand.',
    )
  }
  // Dify counts field names, not parts: a second part of the same name is dropped without a word.
  const names = new Set(form.files.map((part) => part.name))
  if (names.size > 1) throw new DifyRefusal(400, 'too_many_files', 'Only one file is allowed.')
  return file
}

function storedNameOf(filename: string, state: EmulatorState): { name: string; extension: string } {
  const extension = rawExtension(filename)
  const isStrictVersion = isAtLeast(state.version, '1.2.0') && !isAtLeast(state.version, '1.13.1')
  if ((isStrictVersion ? /[/\\:*?"<>|]/ : /[/\\]/).test(filename)) {
    throw invalidParam('Filename contains invalid characters')
  }
  let name = filename
  if (Array.from(filename).length > MAX_NAME_LENGTH) {
    const beforeFirstDot = filename.split('.', 1)[0]!
    name = `${Array.from(beforeFirstDot).slice(0, MAX_NAME_LENGTH).join('')}.${extension}`
  }
  if (extension !== '' && state.extensionBlacklist.has(extension)) {
    throw invalidParam(`File extension '.${extension}' is not allowed for security reasons`)
  }
  return { name, extension }
}

const LIMITS: Readonly<Record<SizeCategory, { key: keyof SystemParameters; mib: number }>> = {
  image: { key: 'image_file_size_limit', mib: 10 },
  document: { key: 'file_size_limit', mib: 15 },
  audio: { key: 'audio_file_size_limit', mib: 50 },
  video: { key: 'video_file_size_limit', mib: 100 },
}

/** By the name's extension alone, in MiB, inclusive. Dify's service raises the error without a text. */
function checkSize(name: string, size: number, limits: SystemParameters, variant: 'real' | 'seed'): void {
  const { key, mib } = LIMITS[sizeCategoryOf(name)]
  const limit = limits[key]
  if (size <= (typeof limit === 'number' ? limit : mib) * MIB) return
  throw new DifyRefusal(413, 'file_too_large', variant === 'seed' ? 'File size exceeded.' : '')
}

/** A database column holds 255 characters; the file is stored as `<uuid>.<extension>`, whose name holds 255 bytes. */
function checkStorage(name: string, extension: string): void {
  const storedName = 37 + new TextEncoder().encode(extension).length
  if (Array.from(name).length > MAX_COLUMN || storedName > MAX_COLUMN) throw storeFailed()
}

const MAX_COLUMN = 255

function storeFailed(): DifyRefusal {
  return new DifyRefusal(500, 'unknown', 'Internal Server Error')
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
