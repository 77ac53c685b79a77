import { describe, expect, test } from 'vitest'
import type { Kind } from './kinds.js'
import { messageTypeOf, toInput, toMessageFile, type MessageFile } from './messageFile.js'

const PDF = { extension: 'pdf', mime_type: 'application/pdf' }
const JSON_FILE = { extension: 'json', mime_type: 'application/json' }
const PNG = { extension: 'png', mime_type: 'image/png' }
const BARE = { extension: '', mime_type: 'application/octet-stream' }

describe('§5.1 the type a message gives a file', () => {
  type Row = [what: string, file: object, allowed: Kind[] | null, extensions: string[], lax: Kind | null, strict: Kind | null]
  test.each<Row>([
    ['pdf, any allowed', PDF, null, [], 'document', 'document'],
    ['pdf, [] is any', PDF, [], [], 'document', 'document'],
    ['png, any allowed', PNG, [], [], 'image', 'image'],
    ['json, any allowed: lax apps take document, strict ones nothing', JSON_FILE, [], [], 'document', null],
    ['json, any allowed, and listed', JSON_FILE, [], ['.json'], 'document', 'custom'],
    ['no extension, any allowed', BARE, [], [], 'document', null],
    ['pdf, allowed [document]', PDF, ['document'], [], 'document', 'document'],
    ['pdf, allowed [image]', PDF, ['image'], [], null, null],
    ['png, allowed [image, video]', PNG, ['image', 'video'], [], 'image', 'image'],
    ['json, allowed [document]', JSON_FILE, ['document'], [], null, null],
    ['pdf, custom only', PDF, ['custom'], ['.pdf', '.json'], 'custom', 'custom'],
    ['json, custom only', JSON_FILE, ['custom'], ['.pdf', '.json'], 'custom', 'custom'],
    ['png, custom only, not listed', PNG, ['custom'], ['.pdf', '.json'], null, null],
    ['json, custom only, empty list is nothing', JSON_FILE, ['custom'], [], null, null],
    ['json, allowed [document, custom .json]', JSON_FILE, ['document', 'custom'], ['.json'], 'custom', 'custom'],
    ['pdf, allowed [document, custom .json]', PDF, ['document', 'custom'], ['.json'], 'document', 'document'],
    ['png, allowed [document, custom .json]', PNG, ['document', 'custom'], ['.json'], null, null],
    ['§4.3 listed without a dot', JSON_FILE, ['custom'], ['json'], 'custom', 'custom'],
    ['§4.3 listed in capitals', JSON_FILE, ['custom'], ['.JSON'], 'custom', 'custom'],
    ['§4.3 the list means nothing without custom', PDF, ['document'], ['.json'], 'document', 'document'],
    ['§4.3 a left-over list opens nothing', JSON_FILE, ['image'], ['.json'], null, null],
    ['§4.4 no extension is never listed', BARE, ['custom'], ['', '.'], null, null],
    ['§7.2 the stored type decides where the extension does not', { extension: 'heic', mime_type: 'image/heic' }, ['image'], [], 'image', 'image'],
    ['§7.2 unknown and octet-stream', { extension: 'heic', mime_type: 'application/octet-stream' }, ['image'], [], null, null],
    ['§7.1 extension before type', { extension: 'webm', mime_type: 'audio/webm' }, ['audio'], [], null, null],
    ['§2.2 nothing but an id, any allowed', {}, null, [], 'document', null],
    ['§2.2 nulls, [document]', { extension: null, mime_type: null }, ['document'], [], null, null],
    ['§2.1 an extension in capitals', { extension: '.PNG', mime_type: '' }, ['image'], [], 'image', 'image'],
  ])('%s', (_, file, allowed, extensions, lax, strict) => {
    expect(messageTypeOf(file, { allowed, extensions })).toBe(lax)
    expect(messageTypeOf(file, { allowed, extensions, strict: true })).toBe(strict)
  })
})

describe('§5 what a message says of an uploaded file', () => {
  const file = { id: '3ccd270f-781e-46af-b0b5-de67f3f684b4', name: 'a.pdf', extension: 'pdf', mime_type: 'application/pdf' }

  test('is its id as upload_file_id, and nothing else of it', () => {
    expect(toMessageFile(file)).toEqual({ type: 'document', transfer_method: 'local_file', upload_file_id: file.id })
  })

  test('needs no more than the id', () => {
    expect(toMessageFile({ id: 'x' })).toEqual({ type: 'document', transfer_method: 'local_file', upload_file_id: 'x' })
  })

  test('is refused here where Dify would refuse it later, by name', () => {
    expect(() => toMessageFile(file, { allowed: ['image'] })).toThrow(/"a\.pdf" is of no type that this app accepts/)
    expect(() => toMessageFile({ id: 'x' }, { allowed: ['image'] })).toThrow(RangeError)
  })
})

describe('§5 the shape that an input variable wants', () => {
  const one: MessageFile = { type: 'image', transfer_method: 'remote_url', url: 'https://x.test/a.png' }

  test('file: one object, never an array', () => {
    expect(toInput([one], 'file')).toEqual(one)
  })
  test('file: null for none', () => {
    expect(toInput([], 'file')).toBeNull()
  })
  test('file: more than one is the host\'s mistake', () => {
    expect(() => toInput([one, one], 'file')).toThrow(/takes one file and there are 2/)
  })
  test('file-list: an array even for one, and a new one', () => {
    const files = [one]
    expect(toInput(files, 'file-list')).toEqual([one])
    expect(toInput(files, 'file-list')).not.toBe(files)
    expect(toInput([], 'file-list')).toEqual([])
  })
})
