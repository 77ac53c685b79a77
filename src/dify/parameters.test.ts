import { describe, expect, test } from 'vitest'
import { decodeParameters, MIB, uploadRulesOf, type AppParameters, type AppRules } from './parameters.js'

/** §4.1 */
const SYSTEM = { image_file_size_limit: 10, video_file_size_limit: 100, audio_file_size_limit: 50, file_size_limit: 15, workflow_file_upload_limit: 10 }
/** §4.2 A */
const SHAPE_A = { image: { enabled: false, number_limits: 3, detail: 'high', transfer_methods: ['remote_url', 'local_file'] } }
/** §4.2 B, with a snapshot that is out of date. */
const SHAPE_B = {
  enabled: true,
  allowed_file_types: ['image'],
  allowed_file_extensions: ['.JPG', '.JPEG', '.PNG', '.GIF', '.WEBP', '.SVG'],
  allowed_file_upload_methods: ['local_file', 'remote_url'],
  number_limits: 3,
  fileUploadConfig: { file_size_limit: 1, batch_count_limit: 5, image_file_size_limit: 1, video_file_size_limit: 1, audio_file_size_limit: 1 },
  image: { enabled: false, number_limits: 3, transfer_methods: ['local_file', 'remote_url'] },
}
const { fileUploadConfig: _, ...SHAPE_C } = { ...SHAPE_B, image: { ...SHAPE_B.image, detail: 'high' } }
const BOTH = ['local_file', 'remote_url'] as const
const ANYTHING: Omit<AppRules, 'maxBytes' | 'enabled'> = { legacyImageOnly: false, kinds: null, extensions: [], methods: BOTH, maxFiles: null, maxImages: 3, required: false }
const IMAGES: Partial<AppRules> = { enabled: true, kinds: ['image'], extensions: ['jpg', 'jpeg', 'png', 'gif', 'webp', 'svg'], methods: BOTH, maxFiles: 3 }

describe('§4.2 what chat attachments may be', () => {
  test.each<[what: string, upload: unknown, rules: Partial<AppRules>]>([
    ['A: nothing configured', SHAPE_A, { ...ANYTHING, enabled: false }],
    ['B: chatflow', SHAPE_B, IMAGES],
    ['C: chat', SHAPE_C, IMAGES],
    ['§4.2 {}', {}, { ...ANYTHING, enabled: false }],
    ['no file_upload', undefined, { ...ANYTHING, enabled: false }],
    ['null', null, { ...ANYTHING, enabled: false }],
    ['§4.2 enabled: false, all else set', { ...SHAPE_B, enabled: false }, { enabled: false, legacyImageOnly: false }],
    ['§4.2 enabled: absent', { allowed_file_types: ['image'] }, { enabled: false }],
    ['§4.3.1 legacy image only', { image: { enabled: true, number_limits: 2, transfer_methods: ['local_file'] } }, { enabled: true, legacyImageOnly: true, kinds: ['image'], methods: ['local_file'], maxFiles: 2 }],
    ['§4.3.1 legacy, switched off above', { enabled: false, image: { enabled: true, number_limits: 2 } }, { enabled: true, legacyImageOnly: true, kinds: ['image'], maxFiles: 2 }],
    ['§4.2 both on: the top level rules', { ...SHAPE_B, allowed_file_types: ['document'], image: { enabled: true, number_limits: 1 } }, { enabled: true, legacyImageOnly: false, kinds: ['document'], maxFiles: 3 }],
    ['§4.3.2 [] is any', { enabled: true, allowed_file_types: [] }, { kinds: null }],
    ['§4.3.2 absent is any', { enabled: true }, { kinds: null }],
    ['§4.3.2 null is any', { enabled: true, allowed_file_types: null }, { kinds: null }],
    ['§4.3.3 [] methods', { enabled: true, allowed_file_upload_methods: [] }, { methods: BOTH }],
    ['§4.3.3 methods of the image', { enabled: true, image: { transfer_methods: ['remote_url'] } }, { methods: ['remote_url'] }],
    ['§4.3.3 only links', { enabled: true, allowed_file_upload_methods: ['remote_url'] }, { methods: ['remote_url'] }],
    ['§4.3.3 methods of a later version', { enabled: true, allowed_file_upload_methods: ['tool_file'] }, { methods: [] }],
    ['§4.3.5 extensions as people type them', { enabled: true, allowed_file_types: ['custom'], allowed_file_extensions: ['pdf', '.json', '.XML', ' Csv ', '.pdf', ''] }, { kinds: ['custom'], extensions: ['pdf', 'json', 'xml', 'csv'] }],
    ['§4.4 custom mixed with others', { enabled: true, allowed_file_types: ['custom', 'image'], allowed_file_extensions: ['.json'] }, { kinds: ['image', 'custom'], extensions: ['json'] }],
    ['§4.3.6 0 is no limit, but none for images', { enabled: true, number_limits: 0 }, { maxFiles: null, maxImages: 0 }],
    ['§4.3.6 a missing limit, but 3 for images', { enabled: true }, { maxFiles: null, maxImages: 3 }],
    ['§4.3.6 null is missing', { enabled: true, number_limits: null }, { maxFiles: null, maxImages: 3 }],
    ['§4.3.6 a limit is for images too', { enabled: true, number_limits: 5 }, { maxFiles: 5, maxImages: 5 }],
    ['a limit that is none', { enabled: true, number_limits: '3' }, { maxFiles: null }],
    ['a negative limit', { enabled: true, number_limits: -1 }, { maxFiles: null }],
    ['§4.3.6 one', { enabled: true, number_limits: 1 }, { maxFiles: 1 }],
    ['types in capitals', { enabled: true, allowed_file_types: ['IMAGE'] }, { kinds: ['image'] }],
    ['types of a later version', { enabled: true, allowed_file_types: ['image', 'hologram'] }, { kinds: ['image'] }],
    ['only types of a later version', { enabled: true, allowed_file_types: ['hologram'] }, { kinds: [] }],
    ['types that are no list', { enabled: true, allowed_file_types: 'image' }, { kinds: null }],
    ['things in lists that are no text', { enabled: true, allowed_file_types: [1, null], allowed_file_extensions: [7] }, { kinds: [], extensions: ['7'] }],
    ['a switch that is no boolean', { enabled: 'true' }, { enabled: false }],
  ])('%s', (_, file_upload, rules) => {
    expect(uploadRulesOf({ file_upload, system_parameters: SYSTEM } as AppParameters)).toMatchObject(rules)
  })
})

describe('§4.1 how large files may be', () => {
  const bytesOf = (system_parameters: unknown): AppRules['maxBytes'] => uploadRulesOf({ file_upload: SHAPE_B, system_parameters } as AppParameters).maxBytes
  const none = { image: null, document: null, audio: null, video: null }

  test.each<[what: string, system: unknown, maxBytes: AppRules['maxBytes']]>([
    ['§1.4 in MiB', SYSTEM, { image: 10 * MIB, document: 15 * MIB, audio: 50 * MIB, video: 100 * MIB }],
    ['0 is a real value', { ...SYSTEM, image_file_size_limit: 0 }, { image: 0, document: 15 * MIB, audio: 50 * MIB, video: 100 * MIB }],
    ['old servers lack keys', { file_size_limit: 15 }, { ...none, document: 15 * MIB }],
    ['{}', {}, none],
    ['absent (and the stale snapshot is no substitute)', undefined, none],
    ['null', null, none],
    ['text', { image_file_size_limit: '10' }, none],
    ['negative', { image_file_size_limit: -1 }, none],
    ['half a MiB', { image_file_size_limit: 0.5 }, { ...none, image: 0.5 * MIB }],
    ['the builder\'s slider means nothing', { workflow_file_upload_limit: 10 }, none],
  ])('%s', (_, system, maxBytes) => {
    expect(bytesOf(system)).toEqual(maxBytes)
  })
})

describe('§4.5 what a file variable may be', () => {
  const contract = { type: 'file', label: 'Contract', variable: 'contract', required: true, max_length: 48, options: [], allowed_file_types: ['document'], allowed_file_extensions: [], allowed_file_upload_methods: ['local_file', 'remote_url'] }
  const pics = { type: 'file-list', label: 'Pictures', variable: 'pics', required: false, max_length: 5, options: [], allowed_file_types: ['image'], allowed_file_extensions: [], allowed_file_upload_methods: ['local_file'] }
  const form = [
    { 'text-input': { variable: 'name', label: 'Name', required: true, max_length: 48 } },
    { paragraph: { variable: 'essay' } },
    { select: { variable: 'choice', options: ['a'] } },
    { number: { variable: 'age' } },
    { checkbox: { variable: 'ok' } },
    { json_object: { variable: 'json', json_schema: {} } },
    { external_data_tool: { variable: 'tool', config: {} } },
    { hologram: { variable: 'future' } },
    { nothing: null },
    {},
    { file: contract },
    { 'file-list': pics },
    { file: { variable: 'bare', allowed_file_types: null, allowed_file_extensions: null, allowed_file_upload_methods: null } },
  ]
  const parameters = { file_upload: { enabled: false }, system_parameters: SYSTEM, user_input_form: form } as unknown as AppParameters

  test('a file: one, its own kinds, whatever attachments may be', () => {
    expect(uploadRulesOf(parameters, 'contract')).toEqual({
      enabled: true, legacyImageOnly: false, kinds: ['document'], extensions: [], methods: BOTH, maxFiles: 1, maxImages: null, required: true,
      maxBytes: { image: 10 * MIB, document: 15 * MIB, audio: 50 * MIB, video: 100 * MIB },
    })
  })

  test('a list: as many as max_length', () => {
    expect(uploadRulesOf(parameters, 'pics')).toMatchObject({ enabled: true, kinds: ['image'], methods: ['local_file'], maxFiles: 5, required: false })
  })

  test('nulls are no rule', () => {
    expect(uploadRulesOf(parameters, 'bare')).toMatchObject({ kinds: null, extensions: [], methods: BOTH, maxFiles: 1, required: false })
  })

  test.each(['name', 'future', 'gone', ''])('"%s" is none, which is the host\'s mistake to hear of', (variable) => {
    expect(() => uploadRulesOf(parameters, variable)).toThrow(/no file variable/)
  })

  test.each([[undefined], [null], [[]], [{}], ['x'], [[null]], [[7]]])('a form that is %j has none', (user_input_form) => {
    expect(() => uploadRulesOf({ user_input_form } as unknown as AppParameters, 'contract')).toThrow(RangeError)
  })
})

test.each([
  [{}, {}],
  [{ file_upload: 1 }, { file_upload: 1 }],
  [null, null],
  [[], null],
  ['x', null],
  [undefined, null],
])('parameters of %j are %j', (json, parameters) => {
  expect(decodeParameters(json)).toEqual(parameters)
})

test.each([[{ file_upload: 1 }], [{ file_upload: 'x' }], [{ file_upload: [] }], [{ system_parameters: 3 }], [{ file_upload: { image: 1, number_limits: {} } }]])(
  'parameters like %j do not throw',
  (parameters) => {
    expect(uploadRulesOf(parameters as unknown as AppParameters)).toMatchObject({ enabled: false })
  },
)
