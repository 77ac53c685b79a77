import { DifyRefusal, flaskNotFound, jsonAnswer } from './difyAnswer.js'
import type { EmulatedApp } from './emulatedApp.js'
import type { EmulatorState } from './emulatorState.js'
import { DEFAULT_USER } from './endUsers.js'
import type { StoredFile } from './storedFile.js'

/**
 * `GET /files/{id}/preview`: the bytes, once a message of the key's app refers to the file. Workflow runs are no
 * messages. `user` changes nothing.
 */
export function previewFile(state: EmulatorState, app: EmulatedApp, id: string, query: URLSearchParams): Response {
  const apps = state.messages
    .filter((message) => message.route !== 'workflow' && message.files.some((file) => file.upload_file_id === id))
    .map((message) => message.app)
  if (apps.length === 0) throw new DifyRefusal(404, 'file_not_found', 'File not found in message context')
  const file = state.files.get(id)
  if (file === undefined || !apps.includes(app.id)) {
    throw new DifyRefusal(403, 'file_access_denied', 'File access denied: not owned by requesting app')
  }
  const isHtml = file.mime_type.includes('html') || file.extension === 'html' || file.extension === 'htm'
  const isDownload = query.get('as_attachment')?.toLowerCase() === 'true'
  const headers: Record<string, string> = {
    'content-type': isHtml || isDownload ? 'application/octet-stream' : file.mime_type,
    'cache-control': 'public, max-age=3600',
  }
  if (/^(?:audio|video)\//.test(file.mime_type)) headers['accept-ranges'] = 'bytes'
  if (isHtml || isDownload) headers['content-disposition'] = attachmentOf(file)
  if (isHtml) headers['x-content-type-options'] = 'nosniff'
  return bytesAnswer(file, headers)
}

/** `GET /files/{id}/file-preview`, outside the API's base path: for anyone with a link that is still good. */
export async function followSourceUrl(state: EmulatorState, id: string, query: URLSearchParams): Promise<Response> {
  const file = state.files.get(id)
  if (file === undefined || !(await state.links.isValid(id, query))) return flaskNotFound()
  const isDownload = query.get('as_attachment') === 'true'
  return bytesAnswer(file, {
    'content-type': 'application/octet-stream',
    ...(isDownload ? { 'content-disposition': attachmentOf(file) } : {}),
  })
}

/** `GET /end-users/{id}`: who uploaded, within the key's app. */
export function describeEndUser(state: EmulatorState, app: EmulatedApp, id: string): Response {
  const user = state.endUsers.byId(app.id, id)
  if (user === null) throw new DifyRefusal(404, 'end_user_not_found', 'End user not found.')
  const isAnonymous = user.user === DEFAULT_USER
  const time = new Date(user.createdAt).toISOString()
  return jsonAnswer(200, {
    id: user.id,
    tenant_id: state.tenantId,
    app_id: app.id,
    type: 'service-api',
    external_user_id: user.user,
    name: null,
    is_anonymous: isAnonymous,
    session_id: user.user,
    created_at: time,
    updated_at: time,
  })
}

function bytesAnswer(file: StoredFile, headers: Record<string, string>): Response {
  if (file.bytes === null) {
    throw new DifyRefusal(
      501, 'emulator_kept_no_bytes', 'The emulator keeps only sizes and hashes. Create it with keepBytes: true to read files back.',
    )
  }
  return new Response(file.bytes, { headers: { ...headers, 'content-length': String(file.size) } })
}

function attachmentOf(file: StoredFile): string {
  return `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`
}
