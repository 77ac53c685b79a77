import { describe, expect, test } from 'vitest'
import type { Kind } from '../dify/kinds.js'
import { DEFAULT_MAX_BYTES, MIB, type AppParameters } from '../dify/parameters.js'
import { checkSize, checkType } from './check.js'
import { acceptAttribute, acceptedBy, mergeRules, type HostRules, type Rules } from './rules.js'

const app = (upload: object = {}, more: object = {}): AppParameters => ({
  file_upload: { enabled: true, ...upload },
  system_parameters: { image_file_size_limit: 10, video_file_size_limit: 100, audio_file_size_limit: 50, file_size_limit: 15 },
  ...more,
})
const operator = (max_bytes: object): object => ({ dify_file_drop: { version: '1.0.0', max_bytes } })
const like = (facts: object): unknown => expect.objectContaining(facts)
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern)
const types = (...allowed_file_types: string[]): AppParameters => app({ allowed_file_types })
const custom = (extensions: string[], ...others: string[]): AppParameters => app({ allowed_file_types: ['custom', ...others], allowed_file_extensions: extensions })

describe('the strictest layer wins, and is named', () => {
  test.each<[what: string, host: HostRules, parameters: AppParameters | null, value: number, layer: string, enforced: boolean]>([
    ['nobody: Dify\'s default, not enforced', {}, null, 10 * MIB, 'default', false],
    ['the app', {}, app(), 10 * MIB, 'app', true],
    ['the operator', {}, app({}, operator({ image: MIB })), MIB, 'operator', true],
    ['the host', { maxBytes: { image: 5 } }, app({}, operator({ image: MIB })), 5, 'host', true],
    ['a host cannot widen', { maxBytes: { image: 50 * MIB } }, app(), 10 * MIB, 'app', true],
    ['an operator cannot widen', {}, app({}, operator({ image: 50 * MIB })), 10 * MIB, 'app', true],
    ['0 is a limit', {}, app({}, { system_parameters: { image_file_size_limit: 0 } }), 0, 'app', true],
    ['0 of the host', { maxBytes: { image: 0 } }, app(), 0, 'host', true],
    ['a tie is the app\'s', { maxBytes: { image: 10 * MIB } }, app(), 10 * MIB, 'app', true],
    ['null is no wish', { maxBytes: { image: null } }, app(), 10 * MIB, 'app', true],
    ['undefined is no wish', { maxBytes: undefined, kinds: undefined, maxFiles: undefined }, app(), 10 * MIB, 'app', true],
    ['NaN is none', { maxBytes: { image: Number.NaN } }, app(), 10 * MIB, 'app', true],
    ['negative is none', { maxBytes: { image: -1 } }, app(), 10 * MIB, 'app', true],
    ['an app that does not say', {}, app({}, { system_parameters: {} }), 10 * MIB, 'default', false],
    ['a host where the app does not say', { maxBytes: { image: 20 * MIB } }, app({}, { system_parameters: {} }), 20 * MIB, 'host', true],
    ['an operator alone', {}, operator({ image: 7 }) as AppParameters, 7, 'operator', true],
  ])('size: %s', (_, host, parameters, value, layer, enforced) => {
    expect(mergeRules(host, parameters).maxBytes.image).toEqual({ value, layer, enforced })
  })

  test.each<[what: string, host: HostRules, parameters: AppParameters | null, value: number, layer: string]>([
    ['nobody', {}, null, Infinity, 'default'],
    ['the app', {}, app({ number_limits: 3 }), 3, 'app'],
    ['the host', { maxFiles: 2 }, app({ number_limits: 3 }), 2, 'host'],
    ['a host cannot widen', { maxFiles: 9 }, app({ number_limits: 3 }), 3, 'app'],
    ['§4.3.6 no limit of the app', { maxFiles: 9 }, app({ number_limits: 0 }), 9, 'host'],
    ['none at all, says the host', { maxFiles: 0 }, app({ number_limits: 3 }), 0, 'host'],
  ])('count: %s', (_, host, parameters, value, layer) => {
    expect(mergeRules(host, parameters).maxFiles).toMatchObject({ value, layer })
  })

  test.each<[what: string, host: HostRules, parameters: AppParameters | null, value: string[], layer: string]>([
    ['nobody', {}, null, ['local_file', 'remote_url'], 'default'],
    ['the app', {}, app({ allowed_file_upload_methods: ['local_file'] }), ['local_file'], 'app'],
    ['the host', { methods: ['local_file'] }, app(), ['local_file'], 'host'],
    ['a host cannot widen', { methods: ['local_file', 'remote_url'] }, app({ allowed_file_upload_methods: ['local_file'] }), ['local_file'], 'app'],
    ['nothing in common', { methods: ['remote_url'] }, app({ allowed_file_upload_methods: ['local_file'] }), [], 'host'],
  ])('methods: %s', (_, host, parameters, value, layer) => {
    expect(mergeRules(host, parameters).methods).toEqual({ value, layer })
  })

  test('each size has its own layer', () => {
    const { maxBytes } = mergeRules({ maxBytes: { video: 1 } }, app({}, operator({ audio: 2 })))
    expect(maxBytes).toMatchObject({ image: { layer: 'app' }, document: { layer: 'app' }, audio: { value: 2, layer: 'operator' }, video: { value: 1, layer: 'host' } })
  })

  test('a proxy that sends only its caps knows nothing of the app', () => {
    expect(mergeRules({}, operator({ image: 7 }) as AppParameters)).toMatchObject({ known: false, enabled: { value: true, layer: 'default' } })
    expect(mergeRules({}, {})).toMatchObject({ known: false, maxBytes: { image: { value: DEFAULT_MAX_BYTES.image, enforced: false } } })
    expect(mergeRules({}, app())).toMatchObject({ known: true, enabled: { value: true, layer: 'app' } })
    expect(mergeRules({}, app({ enabled: false }))).toMatchObject({ known: true, enabled: { value: false, layer: 'app' } })
  })

  test('required is whoever says so', () => {
    const form = { user_input_form: [{ file: { variable: 'x', required: true } }] }
    expect(mergeRules({}, app()).required).toBe(false)
    expect(mergeRules({ required: true }, app()).required).toBe(true)
    expect(mergeRules({ required: false }, app({}, form), 'x').required).toBe(true)
  })

  test('the legacy image switch is told, for a warning', () => {
    expect(mergeRules({}, { file_upload: { image: { enabled: true } } })).toMatchObject({ legacyImageOnly: true, enabled: { value: true } })
  })
})

describe('what is refused, and by whom', () => {
  const refusal = (rules: Rules, name: string, kind: Kind, size = 1): unknown =>
    (checkType({ name, kind, size }, rules) ?? checkSize({ name, kind, size }, rules))?.toError().failure

  test.each<[what: string, rules: Rules, name: string, kind: Kind, expected: unknown]>([
    ['any kind', mergeRules({}, app()), 'a.xyz', 'custom', undefined],
    ['the app\'s kinds', mergeRules({}, types('image')), 'a.pdf', 'document', like({ code: 'kind_not_allowed', facts: expect.objectContaining({ layer: 'app', allowedKinds: ['image'] }) as object })],
    ['the host\'s kinds', mergeRules({ kinds: ['image'] }, types('image', 'document')), 'a.pdf', 'document', like({ code: 'kind_not_allowed', facts: expect.objectContaining({ layer: 'host' }) as object })],
    ['both: the app speaks first', mergeRules({ kinds: ['image'] }, types('image')), 'a.pdf', 'document', like({ facts: expect.objectContaining({ layer: 'app' }) as object })],
    ['§4.4 custom by extension', mergeRules({}, custom(['.JSON'])), 'a.json', 'custom', undefined],
    ['§4.4 custom: a known kind that is listed', mergeRules({}, custom(['pdf'])), 'a.pdf', 'document', undefined],
    ['§4.4 custom: not listed', mergeRules({}, custom(['pdf'])), 'a.zip', 'custom', like({ code: 'kind_not_allowed' })],
    ['§4.4 custom: an empty list is nothing', mergeRules({}, custom([])), 'a.zip', 'custom', like({ code: 'kind_not_allowed' })],
    ['§4.4 custom: no extension', mergeRules({}, custom([''])), 'README', 'custom', like({ code: 'kind_not_allowed' })],
    ['§4.3.4 a left-over list does not filter', mergeRules({}, app({ allowed_file_types: ['document'], allowed_file_extensions: ['.JPG'] })), 'a.pdf', 'document', undefined],
    ['the host\'s extensions', mergeRules({ extensions: ['.PDF'] }, app()), 'a.pdf', 'document', undefined],
    ['the host\'s extensions', mergeRules({ extensions: ['.PDF'] }, app()), 'a.docx', 'document', like({ facts: expect.objectContaining({ layer: 'host', allowedExtensions: ['pdf'] }) as object })],
    ['the host\'s kinds and extensions: both', mergeRules({ kinds: ['document'], extensions: ['pdf', 'png'] }, app()), 'a.png', 'image', like({ facts: expect.objectContaining({ layer: 'host' }) as object })],
    ['the host\'s custom', mergeRules({ kinds: ['image', 'custom'], extensions: ['json'] }, app()), 'a.json', 'custom', undefined],
    ['the host\'s custom does not narrow images', mergeRules({ kinds: ['image', 'custom'], extensions: ['json'] }, app()), 'a.png', 'image', undefined],
    ['a host cannot open what the app shut', mergeRules({ kinds: ['custom'], extensions: ['json'] }, types('image')), 'a.json', 'custom', like({ facts: expect.objectContaining({ layer: 'app' }) as object })],
    ['no kinds at all', mergeRules({ kinds: [] }, app()), 'a.png', 'image', like({ facts: expect.objectContaining({ layer: 'host' }) as object })],
    ['§5.1 any kind, strict: a kind it can name', mergeRules({}, app(), undefined, true), 'a.pdf', 'document', undefined],
    ['§5.1 any kind, strict: custom cannot be sent', mergeRules({}, app(), undefined, true), 'a.json', 'custom', like({ code: 'kind_not_allowed', facts: expect.objectContaining({ layer: 'app', allowedKinds: ['image', 'document', 'audio', 'video'] }) as object })],
    ['§5.1 any kind and a list, strict', mergeRules({}, app({ allowed_file_extensions: ['json'] }), undefined, true), 'a.json', 'custom', undefined],
    ['§5.1 listed custom, strict', mergeRules({}, custom(['json']), undefined, true), 'a.json', 'custom', undefined],
    ['disabled', mergeRules({}, app({ enabled: false })), 'a.png', 'image', like({ code: 'uploads_disabled', facts: expect.objectContaining({ what: 'files', layer: 'app' }) as object })],
    ['only links', mergeRules({}, app({ allowed_file_upload_methods: ['remote_url'] })), 'a.png', 'image', like({ code: 'uploads_disabled', facts: expect.objectContaining({ what: 'local_files', layer: 'app' }) as object })],
  ])('%s: %s', (_, rules, name, kind, expected) => {
    expect(refusal(rules, name, kind)).toEqual(expected)
  })

  test.each<[what: string, name: string, size: number, code: string | undefined]>([
    ['§1.4 inclusive', 'a.png', 10 * MIB, undefined],
    ['§1.4 one byte more', 'a.png', 10 * MIB + 1, 'file_too_large'],
    ['§1.4 by extension, not kind', 'a.heic', 15 * MIB, undefined],
    ['§1.4 by extension, not kind', 'a.heic', 15 * MIB + 1, 'file_too_large'],
    ['§4.3.7 a custom film', 'a.mp4', 100 * MIB, undefined],
    ['§1.3 ours by name', 'a.png', 0, 'empty_file'],
  ])('%s: %s of %d bytes', (_, name, size, code) => {
    expect((refusal(mergeRules({}, app()), name, 'image', size) as { code: string } | undefined)?.code).toBe(code)
  })

  test('what nobody said is not enforced, what nobody knows not checked', () => {
    expect(checkSize({ name: 'a.png', kind: 'image', size: 10 ** 12 }, mergeRules())).toBeNull()
    expect(checkSize({ name: 'a.png', kind: 'image', size: null }, mergeRules({}, app()))).toBeNull()
  })
})

describe('what is accepted, for words and for a picker', () => {
  type Row = [what: string, host: HostRules, parameters: AppParameters | null, accepted: { anything?: boolean; kinds?: Kind[]; extensions?: string[] }, attribute: unknown]
  test.each<Row>([
    ['nothing is known', {}, null, { anything: true }, undefined],
    ['[] types', {}, app(), { anything: true }, undefined],
    ['images', {}, types('image'), { kinds: ['image'] }, matching(/^image\/\*,\.jpg,\.jpeg,\.png,\.webp,\.gif,\.svg$/)],
    ['documents: no wildcard', {}, types('document'), { kinds: ['document'] }, matching(/^\.txt,(?!.*\*).*\.pdf/)],
    ['the host narrows', { kinds: ['image'] }, types('image', 'document'), { kinds: ['image'] }, matching(/^image\/\*,[^*]*$/)],
    ['nothing in common', { kinds: ['image'] }, types('document'), { kinds: [] }, undefined],
    ['§4.4 custom: its extensions', {}, custom(['.json', 'PDF']), { kinds: [], extensions: ['json', 'pdf'] }, undefined],
    ['§4.4 custom of known kinds only', {}, custom(['pdf']), { kinds: [], extensions: ['pdf'] }, matching(/^\.pdf$/)],
    ['§4.4 custom beside images', {}, custom(['pdf'], 'image'), { kinds: ['image'], extensions: ['pdf'] }, matching(/^image\/\*.*,\.pdf$/)],
    ['§4.4 what custom lists of an allowed kind is not named twice', {}, custom(['png', 'pdf'], 'image'), { kinds: ['image'], extensions: ['pdf'] }, matching(/\.pdf$/)],
    ['§4.3.4 a left-over list is not named', {}, app({ allowed_file_types: ['document'], allowed_file_extensions: ['.JPG'] }), { kinds: ['document'], extensions: [] }, matching(/^\.txt/)],
    ['the host\'s extensions', { extensions: ['.PDF', 'csv'] }, app(), { kinds: [], extensions: ['pdf', 'csv'] }, matching(/^\.pdf,\.csv$/)],
    ['the host\'s extensions within the app\'s kinds', { extensions: ['.pdf', 'png'] }, types('image'), { kinds: [], extensions: ['png'] }, matching(/^\.png$/)],
    ['the host\'s own custom: phones grey out what they do not know', { kinds: ['image', 'custom'], extensions: ['json'] }, app(), { kinds: ['image'], extensions: ['json'] }, undefined],
    ['custom of the host without extensions', { kinds: ['custom'] }, app(), { kinds: ['custom'] }, undefined],
  ])('%s', (_, host, parameters, accepted, attribute) => {
    const rules = mergeRules(host, parameters)
    expect(acceptedBy(rules)).toMatchObject(accepted)
    expect(acceptAttribute(rules)).toEqual(attribute)
  })

  test('whatever the words name is accepted', () => {
    for (const parameters of [types('image', 'audio'), custom(['.json', 'pdf', 'mp4'], 'image'), app()]) {
      for (const host of [{}, { kinds: ['image', 'video'] as const }, { extensions: ['pdf', 'png', 'json'] }]) {
        const rules = mergeRules(host, parameters)
        for (const extension of acceptedBy(rules).extensions) {
          const kind = ({ json: 'custom', pdf: 'document', mp4: 'video', png: 'image' } as const)[extension]!
          expect([extension, checkType({ name: `a.${extension}`, kind, size: 1 }, rules)]).toEqual([extension, null])
        }
      }
    }
  })
})
