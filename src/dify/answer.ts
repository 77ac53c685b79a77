import { decodeDifyFile, type DifyFile } from './difyFile.js'
import { decodeEnvelope, type ErrorSource } from './errors.js'

/** One HTTP answer, as plain values, whoever received it. */
export interface HttpAnswer {
  status: number
  /** A header's value, or null. */
  header(name: string): string | null
  /** The body as text, read up to some bound. */
  body: string
}

/** What an answer says went wrong. */
export interface AnswerFault {
  code: string
  from: ErrorSource
  /** HTTP status as received. */
  status: number
  /** As sent, for logs; `''` when there was none. */
  message: string
  /** ms to wait as the server asked with `Retry-After`, or null. */
  retryAfter: number | null
}

export type UploadAnswer = { ok: true; file: DifyFile } | ({ ok: false } & AnswerFault)

/** Header by which our proxy says who an error comes from: `proxy`, `dify` or `gateway`. */
export const SOURCE_HEADER = 'x-dify-file-drop-from'

/**
 * Reads the answer to an upload: a file, or what went wrong. Everything is decided here once, for the browser and the
 * proxy alike: a 2xx without an id is not success (a captive portal, a wrong base URL), an HTML 413 is a gateway's.
 *
 * @param now Unix ms, for a `Retry-After` that is a date.
 */
export function readUploadAnswer(answer: HttpAnswer, now: number): UploadAnswer {
  if (answer.status >= 200 && answer.status < 300) {
    const file = decodeDifyFile(parseJson(answer.body))
    if (file !== null) return { ok: true, file }
  }
  return { ok: false, ...readFault(answer, now) }
}

/** Reads any answer that is known to be a fault. */
export function readFault(answer: HttpAnswer, now: number): AnswerFault {
  const envelope = decodeEnvelope(answer.body)
  const code = codeOf(answer, envelope)
  return {
    code,
    from: sourceOf(answer, envelope !== null),
    status: answer.status,
    message: envelope?.message ?? '',
    retryAfter: parseRetryAfter(answer.header('retry-after'), now),
  }
}

function codeOf(answer: HttpAnswer, envelope: { code: string; message: string } | null): string {
  const { status } = answer
  if (envelope !== null) {
    // Dify raises its limiter's error as a ValueError, which its API answers as a plain 400.
    if (envelope.code === 'invalid_param' && envelope.message.startsWith('Too many requests')) return 'too_many_requests'
    if (status >= 200 && status < 300) return 'upstream_not_dify'
    return envelope.code
  }
  if (status >= 200 && status < 300) return 'upstream_not_dify'
  if (status >= 300 && status < 400) return 'upstream_redirect'
  switch (status) {
    case 401: return 'unauthorized'
    case 403: return 'upstream_forbidden'
    case 404: return 'not_found'
    case 405: return 'method_not_allowed'
    case 413: return 'gateway_too_large'
    case 415: return 'unsupported_file_type'
    case 429: return 'too_many_requests'
    case 408: case 504: case 524: return 'gateway_timeout'
    case 502: case 503: case 520: case 521: case 522: case 523: case 530: return 'upstream_unavailable'
    default: return status >= 500 ? 'unknown' : 'upstream_not_dify'
  }
}

function sourceOf(answer: HttpAnswer, hasEnvelope: boolean): ErrorSource {
  const told = answer.header(SOURCE_HEADER)
  if (told === 'proxy' || told === 'dify' || told === 'gateway') return told
  if (isFromDify(answer) || hasEnvelope) return 'dify'
  return 'gateway'
}

/** Every response that a Dify process makes has `X-Version`; one without it came from something in front of Dify. */
export function isFromDify(answer: { header(name: string): string | null }): boolean {
  return answer.header('x-version') !== null
}

/**
 * `Retry-After` in ms from now: seconds or an HTTP date. Null when absent, unreadable or in the past.
 *
 * @param now Unix ms.
 */
export function parseRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null
  const text = value.trim()
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const date = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
