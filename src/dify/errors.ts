/** Who said no: this browser's own check, our proxy, Dify, something between them that is not Dify, or the network. */
export type ErrorSource = 'client' | 'proxy' | 'dify' | 'gateway' | 'network'

/**
 * What may follow a failure.
 * - `never`: the same bytes would be refused again.
 * - `by-hand`: only a person can know whether what was in the way is gone.
 * - `once`, `twice`, `auto`: the queue tries again by itself, so often (`auto`: as long as its budget lasts).
 * - `sign-in`: after the person has signed in again; `session`: by itself once a session was asked for.
 */
export type RetryRule = 'never' | 'by-hand' | 'once' | 'twice' | 'auto' | 'sign-in' | 'session'

interface ErrorRow {
  /** The HTTP status our proxy answers with; null for what never leaves the browser. */
  status: number | null
  retry: RetryRule
}

/**
 * Every error code there is, in one table, for the proxy (status), the browser (retry) and the emulator (status).
 * Dify's own codes keep their names. Faults of configuration are 500 and never retried: a wrong key answered as a
 * retryable 502 would be a retry storm.
 */
export const ERRORS = {
  // Refused in the browser, before a byte is sent
  empty_file: { status: null, retry: 'never' },
  kind_not_allowed: { status: null, retry: 'never' },
  too_many_attachments: { status: null, retry: 'never' },
  file_name_invalid: { status: null, retry: 'never' },
  folder_not_accepted: { status: null, retry: 'never' },
  uploads_disabled: { status: null, retry: 'never' },
  refused_by_host: { status: null, retry: 'never' },
  content_mismatch: { status: null, retry: 'never' },
  file_unreadable: { status: null, retry: 'never' },
  // Size
  file_too_large: { status: 413, retry: 'never' },
  request_entity_too_large: { status: 413, retry: 'never' },
  gateway_too_large: { status: 413, retry: 'never' },
  // Dify's other words about one upload
  unsupported_file_type: { status: 415, retry: 'never' },
  too_many_files: { status: 400, retry: 'never' },
  filename_not_exists_error: { status: 400, retry: 'never' },
  invalid_param: { status: 400, retry: 'never' },
  bad_request_key_error: { status: 400, retry: 'once' },
  no_file_uploaded: { status: 400, retry: 'once' },
  upload_incomplete: { status: null, retry: 'once' },
  // Who may
  unauthorized: { status: 401, retry: 'sign-in' },
  session_required: { status: 401, retry: 'session' },
  forbidden_origin: { status: 403, retry: 'never' },
  not_found: { status: 404, retry: 'never' },
  method_not_allowed: { status: 405, retry: 'never' },
  invalid_user: { status: 500, retry: 'never' },
  // Later, perhaps
  too_many_requests: { status: 429, retry: 'auto' },
  rate_limit_error: { status: 429, retry: 'never' },
  gateway_timeout: { status: 504, retry: 'auto' },
  upstream_unavailable: { status: 502, retry: 'auto' },
  unknown: { status: 500, retry: 'twice' },
  internal_server_error: { status: 500, retry: 'twice' },
  network: { status: null, retry: 'auto' },
  // The operator's business
  upstream_unauthorized: { status: 500, retry: 'never' },
  upstream_forbidden: { status: 500, retry: 'never' },
  upstream_not_found: { status: 500, retry: 'never' },
  upstream_redirect: { status: 500, retry: 'never' },
  // A wrong address stays wrong, but a hotel's login page or a maintenance page goes away.
  upstream_not_dify: { status: 500, retry: 'by-hand' },
} as const satisfies Record<string, ErrorRow>

/** A code of the table. What a server may say beyond it is kept as sent: see {@link retryRuleOf}. */
export type ErrorCode = keyof typeof ERRORS

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code)
}

/** How a failure may be retried: by its code, or, for a code that no table knows, by its HTTP status. */
export function retryRuleOf(code: string, status: number | null): RetryRule {
  if (isErrorCode(code)) return ERRORS[code].retry
  return status !== null && (status === 408 || status === 425 || status === 429 || status >= 500) ? 'auto' : 'never'
}

/** Dify's error envelope, which our proxy's own refusals wear too, so that a browser needs one parser. */
export interface ErrorEnvelope {
  code: string
  /** English, may be empty, and may be an internal detail: never shown as it is. */
  message: string
  /** The HTTP status again. */
  status: number
}

/** Reads an error envelope from a body, or null when the body is something else (a gateway's HTML, say). */
export function decodeEnvelope(body: string): { code: string; message: string } | null {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return null
  }
  if (typeof json !== 'object' || json === null) return null
  const { code, message } = json as { code?: unknown; message?: unknown }
  if (typeof code !== 'string' || !/^[a-z0-9_.-]{1,64}$/i.test(code)) return null
  return { code, message: typeof message === 'string' ? message : '' }
}
