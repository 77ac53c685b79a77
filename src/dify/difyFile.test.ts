import { describe, expect, test } from 'vitest'
import { decodeDifyFile } from './difyFile.js'

const ID = '3ccd270f-781e-46af-b0b5-de67f3f684b4'
/** §2.1, a real body. */
const REAL = {
  id: ID, reference: null, name: 'a.txt', size: 2, extension: 'txt', mime_type: 'text/plain',
  created_by: '140e8023-2ba3-5ec9-b5e2-93b438e56280', created_at: 1795448532, preview_url: null,
  source_url: `http://files.example/files/${ID}/file-preview?timestamp=1&nonce=2&sign=3`, original_url: null, user_id: null,
  tenant_id: '11111111-2222-3333-4444-555555555555', conversation_id: null, file_key: null,
}
const without = (...keys: string[]): object => Object.fromEntries(Object.entries(REAL).filter(([key]) => !keys.includes(key)))

describe('an answer with an id is a file', () => {
  test.each([
    ['§2.1 all 15 keys, 1.15 and later', REAL],
    ['§2.2 14 keys, 1.11.3', without('reference')],
    ['§2.2 9 keys, 1.9.1', without('reference', 'original_url', 'user_id', 'tenant_id', 'conversation_id', 'file_key')],
    ['§2.2 8 keys, 1.3.0', without('reference', 'source_url', 'original_url', 'user_id', 'tenant_id', 'conversation_id', 'file_key')],
    ['§2.2 7 keys, up to 1.2', without('reference', 'preview_url', 'source_url', 'original_url', 'user_id', 'tenant_id', 'conversation_id', 'file_key')],
    ['§2.2 the seed\'s example', { ...without('reference'), user_id: ID, file_key: 'uploads/product-photo.png' }],
    ['§2.1 a relative source_url', { ...REAL, source_url: `/files/${ID}/file-preview?sign=x%3D` }],
    ['§2.1 no extension', { ...REAL, extension: '' }],
    ['§1.3 an empty file', { ...REAL, size: 0 }],
    ['§2.2 only an id', { id: ID }],
    ['§2.2 keys of a later version', { ...REAL, checksum: 'x', nested: { a: 1 } }],
  ])('%s', (_, body) => {
    expect(decodeDifyFile(body)).toEqual(body)
  })

  test('a known key of an unexpected type is null, so that types hold', () => {
    expect(decodeDifyFile({ id: ID, name: 7, size: '2', created_at: '2026-01-01', extension: ['txt'], mime_type: {} })).toEqual({
      id: ID, name: null, size: null, created_at: null, extension: null, mime_type: null,
    })
  })

  test('what was given is left as it was', () => {
    const given = Object.freeze({ id: ID, name: 7 })
    expect(decodeDifyFile(given)).not.toBe(given)
  })
})

test.each([
  ['§3.1 no id', without('id')],
  ['§3.1 an empty id', { ...REAL, id: '' }],
  ['a blank id', { ...REAL, id: '  ' }],
  ['a number for an id', { ...REAL, id: 1 }],
  ['null for an id', { ...REAL, id: null }],
  ['an error envelope', { code: 'invalid_param', message: '', status: 400 }],
  ['a list', [REAL]],
  ['null', null],
  ['§8.1 a sentence', 'Request failed with status code 413'],
  ['nothing', undefined],
])('%s is no file', (_, body) => {
  expect(decodeDifyFile(body)).toBeNull()
})
