import { readFault, type HttpAnswer } from '../dify/answer.js'
import { isErrorCode } from '../dify/errors.js'
import type { RouteName } from '../dify/routes.js'
import { Refusal } from './refusal.js'

/**
 * The refusal that an upstream fault becomes for the browser, by the error table:
 * - faults of configuration are 500 `upstream_*`, so that Dify's 401 never signs a person out and no queue retries;
 * - what Dify says about the request itself keeps its code and status;
 * - a gateway's 408, 502, 503 and 504 stay what they are, its HTML stays behind.
 *
 * @param tooLarge the sentence for a file over its limit: Dify's own message is empty.
 */
export function upstreamFault(answer: HttpAnswer, route: RouteName, tooLarge?: string): Refusal {
  const fault = readFault(answer, Date.now())
  const code = ownCode(fault.code, fault.status, route, fault.from === 'dify')
  const known = knownMessage(fault.message)
  const message = code === 'file_too_large' ? tooLarge : known
  return new Refusal(code, {
    from: fault.from,
    ...(isErrorCode(code) ? keptStatus(code, fault.status) : { status: errorStatus(fault.status) }),
    ...(message === undefined ? {} : { message }),
    retryAfter: fault.retryAfter,
    detail: `${fault.status} ${fault.code}: ${fault.message === '' ? answer.body.slice(0, 200) : fault.message}`,
  })
}

function ownCode(code: string, status: number, route: RouteName, isFromDify: boolean): string {
  if (status >= 300 && status < 400) return 'upstream_redirect'
  switch (status) {
    case 401: case 407: return 'upstream_unauthorized'
    case 403: return 'upstream_forbidden'
    case 404: return isFromDify && ABOUT_A_THING.has(route) ? code : 'upstream_not_found'
    case 405: return 'upstream_not_found'
    default: return Object.hasOwn(OURS, code) ? OURS[code]! : code
  }
}

/** Codes by which this proxy speaks of itself. In Dify's mouth they would sign a person out, whatever their status. */
const OURS: Readonly<Record<string, string>> = {
  unauthorized: 'upstream_unauthorized', session_required: 'upstream_unauthorized', forbidden_origin: 'upstream_forbidden',
  not_found: 'upstream_not_found', method_not_allowed: 'upstream_not_found', invalid_user: 'unknown',
}

/** On these routes Dify's 404 may be about a conversation or a task; on all others it is about the base URL. */
const ABOUT_A_THING = new Set<RouteName>([
  'chat', 'completion', 'workflow', 'chatStop', 'completionStop', 'workflowStop', 'preview',
])

function keptStatus(code: string, status: number): { status?: number } {
  if (code === 'gateway_timeout' && status === 408) return { status }
  if (code === 'upstream_unavailable' && status === 503) return { status }
  return {}
}

/** For a code no table knows: as sent, where that is an error at all. */
function errorStatus(status: number): number {
  return status >= 400 && status <= 599 ? status : 500
}

/**
 * Dify's `invalid_param` carries whatever any part of the server raised, storage credentials included: only what is
 * known to be harmless goes to a browser.
 */
function knownMessage(message: string): string | undefined {
  return KNOWN_MESSAGES.some((known) => known.test(message)) ? message : undefined
}

const KNOWN_MESSAGES: readonly RegExp[] = [
  /^Please upload your file\.$/,
  /^Only one file is allowed\.$/,
  /^The specified filename does not exist\.$/,
  /^Filename contains invalid characters$/,
  /^File extension '\.[\w.-]{1,20}' is not allowed for security reasons$/,
  /^File type not allowed\.$/,
  /^The data value transmitted exceeds the capacity limit\.$/,
  /^Invalid upload file( id( format)?)?$/,
  /^Invalid file url$/,
  /^Detected file type does not match the specified type\. Please verify the file\.$/,
  /^transfer_method is required in file mapping$/,
  /^Number of (image )?files exceeds the maximum limit \d{1,6}$/,
  /^[\w-]{1,100} (in input form must be a file|in input form must be a list of files|in input form must be less than \d{1,6} files|is required in input form)$/,
  /^Arg user must be provided\.$/,
  /^Too many requests\. Please try again later\. The current maximum concurrent requests allowed for [\w-]{1,64} is \d{1,9}\.$/,
  /^Rate Limit Error$/,
  /^Conversation Not Exists\.$/,
  /^Internal Server Error$/,
]
