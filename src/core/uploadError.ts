import { isErrorCode, retryRuleOf, type ErrorCode, type ErrorSource, type RetryRule } from '../dify/errors.js'
import type { Kind, SizeCategory } from '../dify/kinds.js'
import type { Layer } from './rules.js'

/** What each code tells beside its name. Facts, never sentences: words are made of them in one place. */
export interface SpecificFacts {
  /** `allowed…` are null where that rule does not restrict. */
  kind_not_allowed: {
    kind: Kind
    extension: string
    allowedKinds: readonly Kind[] | null
    allowedExtensions: readonly string[] | null
    layer: Layer
  }
  /** `count` files of one gesture did not fit any more; `names` are the first of them. `kind`: the limit is for images alone. */
  too_many_attachments: { limit: number; count: number; names: readonly string[]; layer: Layer; kind?: 'image' }
  file_name_invalid: { reason: 'blank' | 'not_a_link' }
  /** `limit`: a folder was walked, but held more files than this. */
  folder_not_accepted: { reason: 'not_accepted' | 'too_many_files' | 'empty'; limit: number | null }
  uploads_disabled: { what: 'files' | 'local_files' | 'links'; layer: Layer }
  /** The host's own words, already in the reader's language, or null. */
  refused_by_host: { message: string | null }
  content_mismatch: { extension: string; found: string | null; mime: string | null }
  file_unreadable: { reason: 'not_readable' | 'changed' | 'missing' }
  /** Bytes. `limit` and `layer` are null where the server refused and nobody said how much it takes. */
  file_too_large: { size: number; limit: number | null; category: SizeCategory; layer: Layer | null }
  request_entity_too_large: { size: number | null }
  gateway_too_large: { size: number | null }
  upload_incomplete: { expected: number; stored: number }
  /** `mayBeSizeLimit`: large enough that a server on the way may have cut it off for its size. */
  network: {
    reason: 'lost' | 'offline' | 'stalled' | 'no_answer'
    mayBeSizeLimit: boolean
    /** Bytes that the server has kept, where it keeps any: the next attempt goes on from there. */
    kept?: number
  }
}

type FactsOf<Code> = Code extends keyof SpecificFacts ? SpecificFacts[Code] : Readonly<Record<never, never>>

interface FailureOf<Code extends ErrorCode | 'other'> {
  /** `other` where the server sent a code that no table of ours knows: `serverCode` has it. */
  readonly code: Code
  /** The code as it was sent: the same as `code`, but for `other`. Also what the DOM shows as `data-error-code`. */
  readonly serverCode: string
  readonly from: ErrorSource
  /** Whether trying the same file again can help: there is a Retry button exactly then. */
  readonly retryable: boolean
  /** HTTP status, or null where no answer came. */
  readonly status: number | null
  readonly facts: FactsOf<Code>
  /** The server's English text, for logs only; `''` where there was none. */
  readonly serverMessage: string
  /** ms that the server asked to wait, or null. */
  readonly retryAfter: number | null
  /** The proxy's id of the request, to find it in its log; or null. */
  readonly requestId: string | null
  /** The same as a throwable `Error`, with a stack. */
  toError(): UploadError
}

/** Why an entry failed: a union on `code`, so that `if (error.code === 'file_too_large')` knows its facts. */
export type UploadFailure = { [Code in ErrorCode]: FailureOf<Code> }[ErrorCode] | FailureOf<'other'>

/** What may be told about a failure beside its code and facts. */
export interface FailureContext {
  from?: ErrorSource
  status?: number | null
  serverMessage?: string
  retryAfter?: number | null
  requestId?: string | null
  cause?: unknown
}

/**
 * Makes a failure. A plain object, not an `Error`: refusing 10 000 files must not collect 10 000 stacks. `toError()`
 * makes one where something is to be thrown.
 */
export function failure<Code extends ErrorCode>(code: Code, facts: FactsOf<Code>, context?: FailureContext): UploadFailure
export function failure(code: string, facts: object, context: FailureContext = {}): UploadFailure {
  const status = context.status ?? null
  // The one place where code and facts are tied together; the signature above checked that they belong together.
  return {
    code: isErrorCode(code) ? code : 'other',
    serverCode: code,
    from: context.from ?? 'client',
    retryable: retryRuleOf(code, status) !== 'never',
    status,
    facts,
    serverMessage: context.serverMessage ?? '',
    retryAfter: context.retryAfter ?? null,
    requestId: context.requestId ?? null,
    toError: toUploadError,
    ...(context.cause === undefined ? {} : { cause: context.cause }),
  } as unknown as UploadFailure
}

/** A failure whose code came over the wire and may be one that we do not know. */
export function failureFromServer(code: string, facts: object, context: FailureContext): UploadFailure {
  return (failure as (code: string, facts: object, context: FailureContext) => UploadFailure)(code, facts, context)
}

/** A failed upload as something to throw: `code`, `retryable` and the facts are those of the {@link UploadFailure}. */
export class UploadError extends Error {
  override readonly name = 'UploadError'
  /** The union that tells code and facts together. */
  readonly failure: UploadFailure

  constructor(failed: UploadFailure, options?: ErrorOptions) {
    super(`Upload failed: ${failed.serverCode}${failed.status === null ? '' : ` (HTTP ${failed.status})`}`, options)
    this.failure = failed
  }

  get code(): UploadFailure['code'] {
    return this.failure.code
  }
  get from(): ErrorSource {
    return this.failure.from
  }
  get retryable(): boolean {
    return this.failure.retryable
  }
  get status(): number | null {
    return this.failure.status
  }
  get facts(): UploadFailure['facts'] {
    return this.failure.facts
  }
}

export function retryRule(failed: UploadFailure): RetryRule {
  return retryRuleOf(failed.serverCode, failed.status)
}

/** Anything a step, a transport or a host threw, as a failure: our own as they are, the rest as what they most likely are. */
export function asFailure(thrown: unknown): UploadFailure {
  if (thrown instanceof UploadError) return thrown.failure
  if (isFailure(thrown)) return thrown
  if (isFault(thrown)) {
    const { code, from, status, message, retryAfter } = thrown
    return failureFromServer(code, {}, { from, status, serverMessage: message, retryAfter, cause: thrown })
  }
  return failure('network', { reason: 'lost', mayBeSizeLimit: false }, { from: 'network', cause: thrown })
}

export function isFailure(value: unknown): value is UploadFailure {
  return typeof value === 'object' && value !== null && 'code' in value && 'toError' in value && 'facts' in value
}

interface Fault {
  code: string
  from: ErrorSource
  status: number
  message: string
  retryAfter: number | null
}

function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'code' in value && 'from' in value && 'status' in value &&
    typeof value.code === 'string' && (isErrorCode(value.code) || typeof value.status === 'number')
}

function toUploadError(this: UploadFailure): UploadError {
  const { cause } = this as { cause?: unknown }
  return new UploadError(this, cause === undefined ? undefined : { cause })
}
