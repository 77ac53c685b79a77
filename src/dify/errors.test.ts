import { describe, expect, test } from 'vitest'
import { decodeEnvelope, ERRORS, isErrorCode, retryRuleOf, type ErrorCode, type RetryRule } from './errors.js'

/** Decisions 4, written out again. */
const TABLE: Record<ErrorCode, [status: number | null, retry: RetryRule]> = {
  empty_file: [null, 'never'],
  kind_not_allowed: [null, 'never'],
  too_many_attachments: [null, 'never'],
  file_name_invalid: [null, 'never'],
  folder_not_accepted: [null, 'never'],
  uploads_disabled: [null, 'never'],
  refused_by_host: [null, 'never'],
  content_mismatch: [null, 'never'],
  file_unreadable: [null, 'never'],
  file_too_large: [413, 'never'],
  request_entity_too_large: [413, 'never'],
  gateway_too_large: [413, 'never'],
  unsupported_file_type: [415, 'never'],
  too_many_files: [400, 'never'],
  filename_not_exists_error: [400, 'never'],
  invalid_param: [400, 'never'],
  bad_request_key_error: [400, 'once'],
  no_file_uploaded: [400, 'once'],
  upload_incomplete: [null, 'once'],
  unauthorized: [401, 'sign-in'],
  session_required: [401, 'session'],
  forbidden_origin: [403, 'never'],
  not_found: [404, 'never'],
  method_not_allowed: [405, 'never'],
  invalid_user: [500, 'never'],
  too_many_requests: [429, 'auto'],
  rate_limit_error: [429, 'never'],
  gateway_timeout: [504, 'auto'],
  upstream_unavailable: [502, 'auto'],
  unknown: [500, 'twice'],
  internal_server_error: [500, 'twice'],
  network: [null, 'auto'],
  upstream_unauthorized: [500, 'never'],
  upstream_forbidden: [500, 'never'],
  upstream_not_found: [500, 'never'],
  upstream_redirect: [500, 'never'],
  upstream_not_dify: [500, 'by-hand'],
}

describe('decisions 4: each code has its status and its retry', () => {
  test.each(Object.entries(TABLE))('%s', (code, [status, retry]) => {
    expect(isErrorCode(code)).toBe(true)
    expect(ERRORS[code as ErrorCode]).toEqual({ status, retry })
    // By its name, whatever status came with it: a 500 that is final stays final.
    for (const received of [null, status, 400, 500, 503]) expect(retryRuleOf(code, received)).toBe(retry)
  })

  test('the table has no more', () => {
    expect(Object.keys(ERRORS).toSorted()).toEqual(Object.keys(TABLE).toSorted())
  })

  test.each([
    ['§3.1 later code', 'unsupported_media_type', 415, 'never'],
    ['§3.1 later code', 'unprocessable_entity', 422, 'never'],
    ['§3.1 later code', 'remote_file_error', 502, 'auto'],
    ['§3.1 later code', 'remote_file_not_found', 404, 'never'],
    ['§3.1 later code', 'file_extension_blocked', 400, 'never'],
    ['by status', 'x', 408, 'auto'],
    ['by status', 'x', 425, 'auto'],
    ['by status', 'x', 429, 'auto'],
    ['by status', 'x', 500, 'auto'],
    ['by status', 'x', 524, 'auto'],
    ['by status', 'x', 409, 'never'],
    ['by status', 'x', 200, 'never'],
    ['no answer', 'x', null, 'never'],
    ['a name that an object has by birth', 'constructor', 503, 'auto'],
    ['a name that an object has by birth', '__proto__', 400, 'never'],
  ] as const)('%s: %s (%s) → %s', (_, code, status, retry) => {
    expect(isErrorCode(code)).toBe(false)
    expect(retryRuleOf(code, status)).toBe(retry)
  })
})

describe('§3 an envelope', () => {
  test.each([
    ['as documented', '{"code":"invalid_param","message":"No","status":400}', { code: 'invalid_param', message: 'No' }],
    ['message first', '{"message":"Internal Server Error","status":500,"code":"unknown"}', { code: 'unknown', message: 'Internal Server Error' }],
    ['an empty message', '{"code":"file_too_large","message":"","status":413}', { code: 'file_too_large', message: '' }],
    ['no message', '{"code":"x"}', { code: 'x', message: '' }],
    ['a message that is none', '{"code":"x","message":{"a":1}}', { code: 'x', message: '' }],
    ['with params', '{"code":"invalid_param","message":"m","params":"file","status":400}', { code: 'invalid_param', message: 'm' }],
  ])('%s', (_, body, envelope) => {
    expect(decodeEnvelope(body)).toEqual(envelope)
  })

  test.each([
    ['HTML', '<html>413</html>'],
    ['nothing', ''],
    ['no code', '{"message":"m"}'],
    ['a number for a code', '{"code":404}'],
    ['an empty code', '{"code":""}'],
    ['a sentence for a code', '{"code":"it did not work"}'],
    ['an endless code', `{"code":"${'x'.repeat(65)}"}`],
    ['null', 'null'],
    ['a list', '[]'],
    ['cut off', '{"code":"x"'],
  ])('%s is none', (_, body) => {
    expect(decodeEnvelope(body)).toBeNull()
  })
})
