import { SOURCE_HEADER } from '../dify/answer.js'
import { ERRORS, isErrorCode, type ErrorCode, type ErrorEnvelope, type ErrorSource } from '../dify/errors.js'
import type { Outgoing } from './exchange.js'

/** What a refusal may carry beyond its code. */
export interface RefusalFacts {
  /** The HTTP status, where it differs from the code's in the table. */
  status?: number
  /** @default 'proxy' */
  from?: ErrorSource
  /** English, safe to show. @default the sentence of the code */
  message?: string
  /** ms until trying again makes sense. */
  retryAfter?: number | null
  /** More headers of the answer (`Allow`, say). */
  headers?: Record<string, string>
  /** For the operator's log, never for the client. */
  detail?: string | null
}

/**
 * An answer that is not success, thrown from wherever that turns out. Wears Dify's error envelope, so that a browser
 * needs one parser whoever refused.
 */
export class Refusal extends Error {
  /** As in the envelope: `too_many_requests`, say. */
  readonly code: string
  /** The HTTP status. */
  readonly status: number
  /** Who said no. */
  readonly from: ErrorSource
  /** ms, or null where nobody said. */
  readonly retryAfter: number | null
  /** Sent along with the answer. */
  readonly headers: Record<string, string>
  /** For the operator's log, never for the client. */
  readonly detail: string | null

  constructor(code: ErrorCode | (string & {}), facts: RefusalFacts = {}) {
    super(facts.message ?? sentenceOf(code))
    this.name = 'Refusal'
    this.code = code
    this.status = facts.status ?? statusOf(code)
    this.from = facts.from ?? 'proxy'
    this.retryAfter = facts.retryAfter ?? null
    this.headers = facts.headers ?? {}
    this.detail = facts.detail ?? null
  }

  toAnswer(): Outgoing {
    const envelope: ErrorEnvelope = { code: this.code, message: this.message, status: this.status }
    const headers = new Headers({ ...this.headers, 'content-type': 'application/json', [SOURCE_HEADER]: this.from })
    if (this.retryAfter !== null) headers.set('retry-after', String(Math.ceil(this.retryAfter / 1000)))
    return { status: this.status, headers, body: JSON.stringify(envelope) }
  }
}

/** The browser left before there was an answer. Nobody reads it; the log does. */
export class ClientGone extends Refusal {
  constructor(detail: string | null = null) {
    super('client_gone', { status: 499, message: 'The client closed the connection.', detail })
  }
}

/**
 * The same refusal with the key taken out of it, should Dify, a gateway or the transport have quoted it: neither a
 * browser nor a log gets to see it.
 */
export function withoutKey(refusal: Refusal, key: string | null): Refusal {
  const { code, message, detail, status, from, retryAfter, headers } = refusal
  if (key === null || !`${code}\n${message}\n${detail}`.includes(key)) return refusal
  return new Refusal(code.includes(key) ? 'unknown' : code, {
    status, from, retryAfter, headers, message: message.replaceAll(key, '[key]'), detail: detail?.replaceAll(key, '[key]') ?? null,
  })
}

function statusOf(code: string): number {
  return (isErrorCode(code) ? ERRORS[code].status : null) ?? 500
}

function sentenceOf(code: string): string {
  return Object.hasOwn(SENTENCES, code) ? SENTENCES[code as ErrorCode]! : 'The request was refused.'
}

/** For developers who read answers: the browser makes its own sentences from the codes. */
const SENTENCES: Partial<Record<ErrorCode, string>> = {
  file_too_large: 'The file is larger than the limit.',
  request_entity_too_large: 'The request is larger than the limit.',
  gateway_too_large: 'A server in front of Dify refused the request for its size.',
  unsupported_file_type: 'File type not allowed.',
  too_many_files: 'Only one file is allowed.',
  filename_not_exists_error: 'The specified filename does not exist.',
  invalid_param: 'The request is not valid.',
  bad_request_key_error: 'The request could not be understood.',
  no_file_uploaded: 'Please upload your file.',
  unauthorized: 'Sign in first.',
  session_required: 'A session is required: ask GET session first.',
  forbidden_origin: 'Requests from this origin are not allowed.',
  not_found: 'There is nothing at this address.',
  method_not_allowed: 'The method is not allowed for this address.',
  invalid_user: 'The server did not give a valid user.',
  too_many_requests: 'Too many requests. Please try again later.',
  rate_limit_error: 'The quota is used up.',
  gateway_timeout: 'The server did not answer in time.',
  upstream_unavailable: 'The server is not available at the moment.',
  unknown: 'Internal Server Error',
  internal_server_error: 'The server encountered an internal error.',
  upstream_unauthorized: "Dify refused the server's API key.",
  upstream_forbidden: 'Dify refused access to this app.',
  upstream_not_found: "Dify was not found at the server's base URL.",
  upstream_redirect: "The server's base URL redirects elsewhere; redirects are not followed.",
  upstream_not_dify: "What answered at the server's base URL is not Dify.",
}
