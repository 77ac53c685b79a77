/// <reference types="node" />
import { found, type Finding } from './finding.js'
import { envelopeOf, kindOfBody, objectIn, senderOf, serverOf, type Answer, type Reply } from './reply.js'
import type { Category } from './sizeLimits.js'
import type { Target } from './words.js'

const BOUNDARY = 'dify-file-drop-doctor-2f1c7be05d'
const EXTENSIONS: Record<Category, string> = { image: 'png', document: 'txt', audio: 'mp3', video: 'mp4' }

/** What the probe holds, so that whoever finds it knows what it is. */
export const PROBE = 'A probe of dify-file-drop doctor. It can be deleted.\n'

export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`

/**
 * The first bytes of a form, into the file: enough for the proxy to know its category and to begin at Dify, where a
 * server in front then looks at the length.
 */
export function formStart(category: Category): string {
  return formHead(category) + PROBE.repeat(4)
}

function formHead(category: Category): string {
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="dify-file-drop-probe.${EXTENSIONS[category]}"\r\nContent-Type: application/octet-stream\r\n\r\n`
}

/** A whole form with the probe, as a browser writes it. */
export function probeForm(user: string | null): string {
  const field = user === null ? '' : `--${BOUNDARY}\r\nContent-Disposition: form-data; name="user"\r\n\r\n${user}\r\n`
  return `${field}${formHead('document').replace('application/octet-stream', 'text/plain')}${PROBE}\r\n--${BOUNDARY}--\r\n`
}

/** What became of the probe. */
export function uploadFindings(reply: Reply, target: Target): Finding[] {
  if (reply.status === null) return [found('upload_no_answer', { detail: reply.detail })]
  const file = uploadedFile(reply)
  if (file !== null) {
    const sent = Buffer.byteLength(PROBE)
    const { size } = file
    return typeof size === 'number' && size !== sent ? [found('truncated', { sent, stored: size })] : [found('upload_works', { bytes: sent, ms: reply.ms })]
  }
  const envelope = envelopeOf(reply)
  if (envelope === null && reply.status < 400) return [found('upload_not_json', { status: reply.status, body: kindOfBody(reply) })]
  const code = envelope?.code ?? null
  // Told by the session's own findings.
  if (code === 'session_required') return [found('cookie_lost', {})]
  if (code === 'no_file_uploaded' || code === 'bad_request_key_error' || code === 'too_many_files') return [found('upload_mangled', { by: senderOf(reply) === 'proxy' ? 'the proxy' : 'Dify', code })]
  return [found('upload_refused', { status: reply.status, code, message: envelope?.message ?? '', by: refuser(reply, target) })]
}

/** Dify's file, or null when the answer is none. */
export function uploadedFile(answer: Answer): { id: string; size: unknown; createdBy: string | null } | null {
  const { id, size, created_by: createdBy } = objectIn(answer) ?? {}
  if (answer.status >= 300 || typeof id !== 'string' || id === '') return null
  return { id, size, createdBy: typeof createdBy === 'string' ? createdBy : null }
}

function refuser(answer: Answer, target: Target): string {
  const sender = senderOf(answer)
  if (sender === 'proxy') return 'the proxy'
  if (sender === 'dify' || answer.header('x-version') !== null) return 'Dify'
  if (sender === 'gateway') return 'a server between the proxy and Dify'
  const server = serverOf(answer)
  return `a server in front of ${target}${server === null ? '' : ` (${server})`}`
}
