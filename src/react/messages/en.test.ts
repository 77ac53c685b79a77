import { expect, test } from 'vitest'
import { ERRORS, type ErrorCode } from '../../dify/errors.js'
import { mergeRules } from '../../core/rules.js'
import { failure, failureFromServer, type UploadFailure } from '../../core/uploadError.js'
import { acceptanceOf } from './acceptance.js'
import { en } from './en.js'
import { formatsOf } from './formats.js'
import { errorSentence, withOverrides } from './messages.js'

const formats = formatsOf('en')
const file = { name: 'report.pdf', size: 32_505_856 }
const say = (error: UploadFailure): string => errorSentence(en, error, file, formats)
const MIB = 1024 * 1024

const PLAIN = (Object.keys(ERRORS) as ErrorCode[]).filter((code) => !['kind_not_allowed', 'too_many_attachments', 'file_name_invalid', 'folder_not_accepted', 'uploads_disabled', 'content_mismatch', 'file_unreadable', 'file_too_large', 'upload_incomplete', 'network', 'refused_by_host', 'request_entity_too_large', 'gateway_too_large'].includes(code))

test.each(PLAIN)('%s has a sentence', (code) => {
  expect(say(failureFromServer(code, {}, { status: 500 }))).toMatch(/^[A-Z].+[.)]/)
})

test('sentences name the rule, who set it, and what can be done', () => {
  expect(say(failure('file_too_large', { size: 31 * MIB, limit: 15 * MIB, category: 'document', layer: 'operator' }))).toBe('31 MB is over this server’s 15 MB limit for documents.')
  expect(say(failure('file_too_large', { size: 31 * MIB, limit: null, category: 'image', layer: null }))).toBe('31 MB is more than the server takes for images.')
  expect(say(failure('gateway_too_large', { size: 31 * MIB }))).toBe('31 MB is more than a server on the way to Dify lets through. Its operator can raise that limit.')
  expect(say(failure('kind_not_allowed', { kind: 'custom', extension: 'exe', allowedKinds: ['image'], allowedExtensions: ['log'], layer: 'host' }))).toBe('This page does not take .exe files, only images and .log.')
  expect(say(failure('too_many_attachments', { limit: 10, count: 5, names: ['a', 'b', 'c'], layer: 'app' }))).toBe('5 files were not added, because this app takes 10 files in a message: a, b, c, and 2 more. Remove some to make room.')
  expect(say(failure('folder_not_accepted', { reason: 'too_many_files', limit: 10_000 }))).toContain('10,000')
  expect(say(failure('uploads_disabled', { what: 'links', layer: 'app' }))).toBe('This app takes no links, only files from a device.')
  expect(say(failure('content_mismatch', { extension: 'pdf', found: 'png', mime: 'image/png' }))).toBe('The name says .pdf, but the content is PNG. Rename it to .png if that is right.')
  expect(say(failure('network', { reason: 'lost', mayBeSizeLimit: true }))).toContain('31 MB')
  expect(say(failure('upload_incomplete', { expected: 2 * MIB, stored: MIB }))).toBe('Only 1 MB of 2 MB reached Dify. Try again.')
  expect(say(failure('refused_by_host', { message: 'No secrets, please.' }))).toBe('No secrets, please.')
})

test('a code that nobody knows is still a sentence', () => {
  expect(say(failureFromServer('brand_new', {}, { status: 400 }))).toBe('The server refused this file (brand_new).')
  expect(say(failureFromServer('brand_new', {}, { status: 503 }))).toBe('The server refused this file (brand_new). Try again.')
})

test('a size and the limit it is over never read the same', () => {
  expect(formats.bytesOver(15.2 * MIB, 15 * MIB)).toEqual({ size: '15.2 MB', limit: '15 MB' })
  expect(formats.bytesOver(15 * MIB + 1, 15 * MIB)).toEqual({ size: '15,728,641 bytes', limit: '15,728,640 bytes' })
})

test.each([
  [0, '0 bytes'], [1, '1 byte'], [999, '999 bytes'], [1024, '1 kB'], [1536, '1.5 kB'], [1_040_000, '1 MB'], [15 * MIB, '15 MB'], [2.45 * 1024 * MIB, '2.5 GB'],
])('%d bytes are %s', (bytes, words) => {
  expect(formats.bytes(bytes)).toBe(words)
})

test('what is accepted is told by what the rules let in', () => {
  const accepts = (...[host, parameters]: Parameters<typeof mergeRules>): string => en.accepts(acceptanceOf(mergeRules(host, parameters)), formats)
  expect(accepts({}, null)).toBe('Images up to 10 MB, documents and other files up to 15 MB, audio up to 50 MB, videos up to 100 MB.')
  expect(accepts({ kinds: ['image'], maxFiles: 1 })).toBe('Images up to 10 MB, 1 file at most.')
  expect(accepts({ extensions: ['pdf', '.DOCX'] })).toBe('.pdf and .docx up to 15 MB.')
  expect(accepts({}, { file_upload: { enabled: false } })).toBe('This app takes no files.')
})

test('overrides replace single sentences and keep the rest', () => {
  const mine = withOverrides(en, { trigger: 'Clip', link: { open: 'By address' }, fixes: { removeCopy: 'Away with it' }, errors: { empty_file: () => 'Nothing in it.' } })
  expect(mine.trigger).toBe('Clip')
  expect(mine.link).toEqual({ ...en.link, open: 'By address' })
  expect(mine.fixes).toEqual({ ...en.fixes, removeCopy: 'Away with it' })
  expect(errorSentence(mine, failure('empty_file', {}), file, formats)).toBe('Nothing in it.')
  expect(errorSentence(mine, failure('no_file_uploaded', {}), file, formats)).toBe('The file did not reach Dify. Try again.')
})
