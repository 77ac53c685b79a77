import { describe, expect, test } from 'vitest'
import { isFromDify, parseRetryAfter, readFault, readUploadAnswer, type HttpAnswer } from './answer.js'
import type { ErrorSource } from './errors.js'

const NOW = Date.UTC(2026, 5, 12, 10, 0, 0)
const DIFY = { 'x-version': '1.16.0', 'content-type': 'application/json' }
const HTML = { 'content-type': 'text/html' }

function answer(status: number, body: string, headers: Record<string, string> = {}): HttpAnswer {
  return { status, body, header: (name) => headers[name.toLowerCase()] ?? null }
}
const envelope = (code: string, message: string, status: number): string => JSON.stringify({ code, message, status })

describe('§3.1 what an upload is answered', () => {
  type Row = [what: string, status: number, body: string, headers: Record<string, string>, code: string, from: ErrorSource]
  test.each<Row>([
    ['no file', 400, envelope('no_file_uploaded', 'Please upload your file.', 400), DIFY, 'no_file_uploaded', 'dify'],
    ['too many', 400, envelope('too_many_files', 'Only one file is allowed.', 400), DIFY, 'too_many_files', 'dify'],
    ['no name', 400, envelope('filename_not_exists_error', 'The specified filename does not exist.', 400), DIFY, 'filename_not_exists_error', 'dify'],
    ['a bad name', 400, envelope('invalid_param', 'Filename contains invalid characters', 400), DIFY, 'invalid_param', 'dify'],
    ['blacklisted', 400, envelope('invalid_param', "File extension '.exe' is not allowed for security reasons", 400), DIFY, 'invalid_param', 'dify'],
    ['any ValueError', 400, envelope('invalid_param', 'Tenant does not exist.', 400), DIFY, 'invalid_param', 'dify'],
    ['before 1.8.0', 400, envelope('bad_request_key_error', 'The browser (or proxy) sent a request that this server could not understand.', 400), DIFY, 'bad_request_key_error', 'dify'],
    ['a wrong key', 401, envelope('unauthorized', 'Access token is invalid', 401), DIFY, 'unauthorized', 'dify'],
    ['app gone', 403, envelope('forbidden', 'The app no longer exists.', 403), DIFY, 'forbidden', 'dify'],
    ['Flask\'s 404', 404, '<!doctype html><title>404 Not Found</title>', { ...HTML, 'x-version': '1.16.0' }, 'not_found', 'dify'],
    ['a 404 from elsewhere', 404, '<html>404</html>', HTML, 'not_found', 'gateway'],
    ['not POST', 405, envelope('method_not_allowed', 'The method is not allowed for the requested URL.', 405), DIFY, 'method_not_allowed', 'dify'],
    ['too large, no text', 413, envelope('file_too_large', '', 413), DIFY, 'file_too_large', 'dify'],
    ['form memory', 413, envelope('request_entity_too_large', 'The data value transmitted exceeds the capacity limit.', 413), DIFY, 'request_entity_too_large', 'dify'],
    ['nginx', 413, '<html><head><title>413 Request Entity Too Large</title></head></html>', HTML, 'gateway_too_large', 'gateway'],
    ['a platform, empty', 413, '', {}, 'gateway_too_large', 'gateway'],
    ['no part type', 415, envelope('unsupported_file_type', 'File type not allowed.', 415), DIFY, 'unsupported_file_type', 'dify'],
    ['Cloudflare 1015', 429, 'error code: 1015', {}, 'too_many_requests', 'gateway'],
    ['Cloudflare HTML', 429, '<html>', HTML, 'too_many_requests', 'gateway'],
    ['storage', 500, '{"message":"Internal Server Error","code":"unknown","status":500}', DIFY, 'unknown', 'dify'],
    ['other builds', 500, envelope('internal_server_error', 'The server encountered an internal error', 500), DIFY, 'internal_server_error', 'dify'],
    ['a 500 without words', 500, '', {}, 'unknown', 'gateway'],
    ['nginx', 502, '<html>502 Bad Gateway</html>', HTML, 'upstream_unavailable', 'gateway'],
    ['nginx', 503, '<html>', HTML, 'upstream_unavailable', 'gateway'],
    ['nginx', 504, '<html>', HTML, 'gateway_timeout', 'gateway'],
    ['nginx, a stalled body', 408, '<html>', HTML, 'gateway_timeout', 'gateway'],
    ['Cloudflare', 520, '<html>', HTML, 'upstream_unavailable', 'gateway'],
    ['Cloudflare', 521, '<html>', HTML, 'upstream_unavailable', 'gateway'],
    ['Cloudflare', 522, '<html>', HTML, 'upstream_unavailable', 'gateway'],
    ['Cloudflare', 523, '<html>', HTML, 'upstream_unavailable', 'gateway'],
    ['Cloudflare, may have been stored', 524, '<html>', HTML, 'gateway_timeout', 'gateway'],
    ['Cloudflare', 530, '<html>', HTML, 'upstream_unavailable', 'gateway'],
    ['a challenge', 403, '<html>Just a moment...</html>', HTML, 'upstream_forbidden', 'gateway'],
    ['a portal', 401, '<html>', HTML, 'unauthorized', 'gateway'],
    ['a redirect', 302, '', { location: 'https://x.test/' }, 'upstream_redirect', 'gateway'],
    ['2xx, a captive portal', 200, '<html>Welcome</html>', HTML, 'upstream_not_dify', 'gateway'],
    ['2xx, no id', 201, '{"name":"a.txt"}', DIFY, 'upstream_not_dify', 'dify'],
    ['2xx, empty', 204, '', {}, 'upstream_not_dify', 'gateway'],
    ['2xx, cut off', 201, '{"id":"3ccd', DIFY, 'upstream_not_dify', 'dify'],
    ['§8.1 2xx, an error sentence', 200, 'Request failed with status code 413', {}, 'upstream_not_dify', 'gateway'],
    ['2xx, an envelope', 200, envelope('invalid_param', 'No', 400), {}, 'upstream_not_dify', 'dify'],
    ['a teapot', 418, '', {}, 'upstream_not_dify', 'gateway'],
    ['later code', 422, envelope('unprocessable_entity', 'm', 422), DIFY, 'unprocessable_entity', 'dify'],
    ['§3.3 the limiter, as a 400', 400, envelope('invalid_param', 'Too many requests. Please try again later. The current maximum concurrent requests allowed for x is 10.', 400), DIFY, 'too_many_requests', 'dify'],
    ['§3.3 those words within others', 400, envelope('invalid_param', 'Sorry: Too many requests', 400), DIFY, 'invalid_param', 'dify'],
    ['§3.3 the limiter, as documented', 429, envelope('too_many_requests', 'Too many requests.', 429), DIFY, 'too_many_requests', 'dify'],
    ['§3.3 quota', 429, envelope('rate_limit_error', 'Rate Limit Error', 429), DIFY, 'rate_limit_error', 'dify'],
    ['the proxy\'s own', 403, envelope('forbidden_origin', '', 403), { 'x-dify-file-drop-from': 'proxy' }, 'forbidden_origin', 'proxy'],
    ['told by the proxy', 413, envelope('gateway_too_large', '', 413), { 'x-dify-file-drop-from': 'gateway' }, 'gateway_too_large', 'gateway'],
    ['told, and a lie', 413, envelope('file_too_large', '', 413), { 'x-dify-file-drop-from': 'mars' }, 'file_too_large', 'dify'],
  ])('%s: %d → %s', (_, status, body, headers, code, from) => {
    expect(readUploadAnswer(answer(status, body, headers), NOW)).toMatchObject({ ok: false, code, from, status })
  })

  test('§2.1 a file', () => {
    expect(readUploadAnswer(answer(201, '{"id":"x","name":"a.txt"}', DIFY), NOW)).toEqual({ ok: true, file: { id: 'x', name: 'a.txt' } })
  })

  test('§8.1 with 200 is one too: a proxy of somebody else\'s', () => {
    expect(readUploadAnswer(answer(200, '{"id":"x"}'), NOW)).toMatchObject({ ok: true })
  })

  test('§3.1 with an error status is none', () => {
    expect(readUploadAnswer(answer(500, '{"id":"x"}', DIFY), NOW)).toMatchObject({ ok: false, code: 'unknown' })
  })

  test('§3 the words are kept for logs', () => {
    expect(readFault(answer(400, envelope('invalid_param', 'Tenant does not exist.', 400), DIFY), NOW)).toEqual({
      code: 'invalid_param', from: 'dify', status: 400, message: 'Tenant does not exist.', retryAfter: null,
    })
    expect(readFault(answer(413, '<html>secret</html>'), NOW).message).toBe('')
  })
})

test.each([
  ['§3.1 seconds', '30', 30_000],
  ['seconds with blanks', ' 5 ', 5000],
  ['at once', '0', 0],
  ['§3.1 a date', 'Fri, 12 Jun 2026 10:00:10 GMT', 10_000],
  ['a date that has passed', 'Fri, 12 Jun 2026 09:00:00 GMT', 0],
  ['absent', null, null],
  ['empty', '', null],
  ['words', 'soon', null],
  ['a fraction', '1.5', null],
  ['negative', '-5', null],
  ['beyond counting', '9999999999', null],
])('Retry-After, %s: %j → %s ms', (_, value, ms) => {
  expect(parseRetryAfter(value, NOW)).toBe(ms)
  const headers: Record<string, string> = value === null ? {} : { 'retry-after': value }
  expect(readFault(answer(429, '', headers), NOW).retryAfter).toBe(ms)
})

test('an answer without X-Version is not Dify\'s', () => {
  expect(isFromDify(answer(200, '', DIFY))).toBe(true)
  expect(isFromDify(answer(200, '', HTML))).toBe(false)
})
