import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Note } from '../core/entry.js'
import { mergeRules } from '../core/rules.js'
import { failure, failureFromServer, type UploadFailure } from '../core/uploadError.js'
import { ERRORS, type ErrorCode } from '../dify/errors.js'
import { acceptanceOf } from '../react/messages/acceptance.js'
import { en } from '../react/messages/en.js'
import { formatsOf, type Formats } from '../react/messages/formats.js'
import { errorSentence, noteSentence, type Acceptance, type Messages, type StateFacts } from '../react/messages/messages.js'

const TAGS = ['ar', 'de', 'en', 'es', 'fa', 'fr', 'he', 'hi', 'id', 'it', 'ja', 'ko', 'pl', 'pt-BR', 'ru', 'th', 'tr', 'uk', 'vi', 'zh-Hans', 'zh-Hant']
const RIGHT_TO_LEFT = ['ar', 'fa', 'he']
const COUNTS = [0, 1, 2, 3, 5, 11, 21, 100]
const LAYERS = ['host', 'operator', 'app', 'default'] as const
const KINDS = ['image', 'document', 'audio', 'video', 'custom'] as const
const CATEGORIES = ['image', 'document', 'audio', 'video'] as const
const MIB = 1024 * 1024
const NAME = 'Q3 report (final).pdf'

const modules = import.meta.glob<Record<string, Messages>>(['./*.ts', '!./*.test.ts'], { eager: true })
const sources = import.meta.glob<string>(['./**/*.ts', '!./*.test.ts'], { eager: true, query: '?raw', import: 'default' })
const translated = TAGS.filter((tag) => tag !== 'en').map((tag) => [tag, wordsOf(tag)] as const)

test('each language is a module with one export, named as its tag', () => {
  const tags = Object.keys(modules).map((path) => path.slice(2, -3))
  expect(tags.toSorted()).toEqual(TAGS)
  for (const tag of TAGS) {
    expect(Object.keys(modules[`./${tag}.ts`]!)).toEqual([exportOf(tag)])
    expect(wordsOf(tag).language).toBe(tag)
    expect(Intl.PluralRules.supportedLocalesOf(tag)).toEqual([tag])
  }
  expect(wordsOf('en')).toBe(en)
})

test('a language knows the messages and what has no words, never another language', () => {
  const foreign = Object.entries(sources).flatMap(([path, source]) => {
    const allowed = ['type ../react/messages/formats.js', 'type ../react/messages/messages.js', './shared/facts.js', ...(path === './en.ts' ? ['../react/messages/en.js'] : [])]
    const imported = [...source.matchAll(/(?:import|export) (type )?[^'"]*?from '([^']+)'/g)].map((match) => `${match[1] ?? ''}${match[2]}`)
    return imported.filter((it) => !allowed.includes(it.replace('../../', '../'))).map((it) => `${path}: ${it}`)
  })
  expect(foreign).toEqual([])
})

test('package.json and the build know the folder', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { exports: Record<string, unknown> }
  expect(manifest.exports['./locales/*']).toEqual({ types: './dist/locales/*.d.ts', default: './dist/locales/*.js' })
  expect(readdirSync(new URL('.', import.meta.url)).filter((name) => /^[a-z]{2}(-\w+)?\.ts$/.test(name)).map((name) => name.slice(0, -3)).toSorted()).toEqual(TAGS)
})

describe.each(translated)('%s', (tag, words) => {
  const formats = formatsOf(tag)
  const told = everything(words, formats)
  const inEnglish = everything(en, formatsOf('en'))

  /** The messages that are not as they should be. */
  const those = (isWrong: (text: string, key: string, english: string) => boolean): string[] =>
    [...told].filter(([key, text]) => isWrong(text, key, inEnglish.get(key)!)).map(([key, text]) => `${key}: ${text}`)

  test('says everything that English says, and nothing by mistake', () => {
    expect([...told.keys()]).toEqual([...inEnglish.keys()])
    expect(those((text, _, english) => (text === '') !== (english === ''))).toEqual([])
    expect(those((text) => /\b(?:undefined|NaN|null|Infinity)\b|\[object|∞|[$<>{}]|&\w+;/.test(text))).toEqual([])
    expect(those((text) => /^\s|\s$| {2}|\.\.|,,|\s[,.](?!\w)|\( |\(\)|\s[。，、：；]/.test(text))).toEqual([])
    expect(those((text) => text !== text.normalize('NFC'))).toEqual([])
  })

  test('says none of it in English', () => {
    // Single words may be the same: "Link", "Videos".
    expect(those((text, key, english) => text === english && text.includes(' ') && !SAME_ANYWHERE.test(key))).toEqual([])
  })

  test('repeats the names, codes and addresses it is given', () => {
    for (const given of [NAME, 'before.heic', 'brand_new', '.exe', '.log', '.pdf', 'PNG', '.png', 'Host says so.', 'https://']) {
      expect(those((text, _, english) => english.includes(given) && !text.includes(given))).toEqual([])
    }
    // Where Dify sets the rule it is named; elsewhere the language may say "it".
    expect(those((text, key, english) => key.includes(' default ') && english.includes('Dify') && !text.includes('Dify'))).toEqual([])
  })

  test('repeats the numbers it is given', () => {
    const numbersIn = (text: string): number[] => [...text.replaceAll(NAME, '').matchAll(/\d+(?:,\d+)*/g)].map(([number]) => Number(number.replaceAll(',', '')))
    // The smallest may be words: "no files", "both files".
    expect(those((text, _, english) => numbersIn(english).some((number) => number > 2 && !text.includes(formats.number(number))))).toEqual([])
  })

  test('reaches each plural form that whole numbers have, and has it written out', () => {
    const rules = new Intl.PluralRules(tag)
    const counts = [...COUNTS, 1_000_000]
    const reached = new Set<string>()
    const spying: Formats = {
      ...formats,
      plural: (count, forms) => {
        const category = rules.select(count)
        reached.add(Object.hasOwn(forms, category) ? category : `no ${category} in ${JSON.stringify(forms)}`)
        return formats.plural(count, forms)
      },
    }
    everything(words, spying, counts)
    const categories = new Set(counts.map((count) => rules.select(count)))
    // A language with one form for all need not choose.
    expect([...reached].toSorted()).toEqual(categories.size === 1 ? [] : [...categories].toSorted())
  })

  test('the words on a button are part of its name, as who speaks to a computer says them', () => {
    const { fixes } = words
    const pairs = [[words.retryShort, words.retry(NAME)], [words.chooseShort, words.choose(NAME)], [words.renameShort, words.rename(NAME)]] as const
    expect(pairs.filter(([short, whole]) => !whole.toLocaleLowerCase(tag).includes(short.toLocaleLowerCase(tag)))).toEqual([])
    const begun = [[fixes.removeCopy, fixes.removeCopyOf(NAME)], [fixes.useOriginal, fixes.useOriginalOf(NAME)], [fixes.renameTo('b.png'), fixes.renameFromTo('a.pdf', 'b.png')]] as const
    expect(begun.filter(([short, whole]) => !whole.startsWith(short))).toEqual([])
  })

  // Thai has no full stop.
  test.skipIf(tag === 'th')('sentences end as sentences do', () => {
    expect(those((text, key) => key.startsWith('errors') && !/[.。।]$|https:\/\/\u2069?$/.test(text))).toEqual([])
  })

  test('what runs from left to right is isolated in a language that does not, and only there', () => {
    const isRightToLeft = RIGHT_TO_LEFT.includes(tag)
    expect(those((text) => !isRightToLeft && /[\u2068\u2069]/.test(text))).toEqual([])
    const outside = (text: string): string => text.replaceAll(/\u2068[^\u2068\u2069]*\u2069/g, '')
    expect(those((text) => /[\u2068\u2069]/.test(outside(text)))).toEqual([])
    expect(those((text, key) => isRightToLeft && key !== 'language' && /[A-Za-z]/.test(outside(text).replaceAll(/Dify|Host says so\./g, '')))).toEqual([])
  })
})

/** What has no words of its own. */
const SAME_ANYWHERE = /^(language|state uploading 42|notes host|errors refused_by_host told|announce failed)$/

/** Every message, with each kind of fact it can get. */
function everything(words: Messages, formats: Formats, counts: readonly number[] = COUNTS): Map<string, string> {
  const told = new Map<string, string>()
  const file = { name: NAME, size: 31 * MIB }
  const say = (key: string, text: string): void => void told.set(key, text)
  const fail = (key: string, error: UploadFailure, about: { name: string; size: number | null } = file): void => say(`errors ${error.code} ${key}`.trim(), errorSentence(words, error, about, formats))

  for (const [key, value] of Object.entries(words)) if (typeof value === 'string') say(key, value)
  for (const group of ['overlay', 'fixes', 'link', 'previewer', 'ways', 'moveTo', 'announce', 'draft', 'send'] as const) {
    for (const [key, value] of Object.entries(words[group])) if (typeof value === 'string') say(`${group} ${key}`, value)
  }
  for (const drop of [true, false]) for (const paste of [true, false]) say(`zoneHint ${drop} ${paste}`, words.zoneHint({ drop, paste }))

  for (const [key, accepted] of acceptances(counts)) {
    say(`accepts ${key}`, words.accepts(accepted, formats))
    if (accepted.enabled) say(`acceptsShort ${key}`, words.acceptsShort(accepted, formats))
  }

  for (const key of ['uploading', 'remove', 'retry', 'choose', 'rename', 'newName', 'preview', 'move'] as const) say(key, words[key](NAME))
  const { fixes, previewer } = words
  say('fixes removeCopyOf', fixes.removeCopyOf(NAME))
  say('fixes renameTo', fixes.renameTo('before.heic'))
  say('fixes renameFromTo', fixes.renameFromTo(NAME, 'before.heic'))
  say('fixes useOriginalOf', fixes.useOriginalOf(NAME))
  say('previewer place', previewer.place(3, 21, formats))
  say('previewer cut', previewer.cut(5 * MIB, formats))
  const states: StateFacts[] = [
    ...(['preparing', 'queued', 'not_started', 'finishing', 'stalled', 'offline', 'uploaded', 'link'] as const).map((state) => ({ state })),
    { state: 'uploading', percent: null, left: null }, { state: 'uploading', percent: 42, left: null },
    ...[1000, 5000, 120_000].map((left) => ({ state: 'uploading', percent: 42, left }) as const),
    ...[1000, 5000, 120_000, 7_200_000].map((wait) => ({ state: 'waiting', wait }) as const),
  ]
  for (const state of states) say(['state', ...Object.values(state)].join(' '), words.state(state, formats))
  for (const count of counts.filter((count) => count > 1)) say(`sizeOfRest ${count}`, words.sizeOfRest(count, formats))

  for (const code of Object.keys(ERRORS) as ErrorCode[]) if (!FACTS.has(code)) fail('', failureFromServer(code, {}, { status: 500 }))
  fail('of another name', failureFromServer('unsupported_file_type', {}, { status: 415 }), { name: 'README', size: 1 })
  fail('', failureFromServer('brand_new', {}, { status: 400 }))
  fail('retryable', failureFromServer('brand_new', {}, { status: 503 }))
  for (const layer of LAYERS) {
    for (const kind of KINDS) {
      fail(`${layer} ${kind} exe`, failure('kind_not_allowed', { kind, extension: 'exe', allowedKinds: null, allowedExtensions: null, layer }))
      fail(`${layer} ${kind} none`, failure('kind_not_allowed', { kind, extension: '', allowedKinds: KINDS.filter((it) => it !== kind), allowedExtensions: ['log'], layer }))
      fail(`${layer} ${kind} only`, failure('kind_not_allowed', { kind, extension: 'exe', allowedKinds: [kind], allowedExtensions: null, layer }))
    }
    for (const limit of counts) {
      fail(`${layer} 1 of ${limit}`, failure('too_many_attachments', { limit, count: 1, names: [NAME], layer }))
      fail(`${layer} 1 of ${limit} images`, failure('too_many_attachments', { limit, count: 1, names: [NAME], layer, kind: 'image' }))
      if (limit > 1) fail(`${layer} ${limit}`, failure('too_many_attachments', { limit: 10, count: limit, names: [NAME], layer }))
      if (limit > 1) fail(`${layer} ${limit} images`, failure('too_many_attachments', { limit: 10, count: limit, names: [NAME], layer, kind: 'image' }))
    }
    fail(`${layer} all named`, failure('too_many_attachments', { limit: 3, count: 2, names: [NAME, 'before.heic'], layer }))
    for (const what of ['files', 'local_files', 'links'] as const) fail(`${layer} ${what}`, failure('uploads_disabled', { what, layer }))
    for (const category of CATEGORIES) {
      fail(`${layer} ${category}`, failure('file_too_large', { size: 31 * MIB, limit: 15 * MIB, category, layer }))
      fail(`${layer} ${category} hardly`, failure('file_too_large', { size: 15 * MIB + 1, limit: 15 * MIB, category, layer }))
    }
  }
  for (const category of CATEGORIES) fail(`unknown ${category}`, failure('file_too_large', { size: 31 * MIB, limit: null, category, layer: null }))
  for (const reason of ['blank', 'not_a_link'] as const) fail(reason, failure('file_name_invalid', { reason }))
  for (const reason of ['not_accepted', 'empty', 'too_many_files'] as const) fail(reason, failure('folder_not_accepted', { reason, limit: null }))
  for (const limit of [...counts, 10_000]) fail(`limit ${limit}`, failure('folder_not_accepted', { reason: 'too_many_files', limit }))
  fail('', failure('refused_by_host', { message: null }))
  fail('told', failure('refused_by_host', { message: 'Host says so.' }))
  fail('something else', failure('content_mismatch', { extension: 'pdf', found: null, mime: null }))
  fail('png', failure('content_mismatch', { extension: 'pdf', found: 'png', mime: 'image/png' }))
  for (const reason of ['not_readable', 'changed', 'missing'] as const) fail(reason, failure('file_unreadable', { reason }))
  for (const code of ['request_entity_too_large', 'gateway_too_large'] as const) {
    fail('', failure(code, { size: 31 * MIB }))
    fail('of unknown size', failure(code, { size: null }))
  }
  fail('', failure('upload_incomplete', { stored: 3 * MIB, expected: 4 * MIB }))
  for (const reason of ['offline', 'stalled', 'no_answer', 'lost'] as const) fail(reason, failure('network', { reason, mayBeSizeLimit: false }))
  fail('size', failure('network', { reason: 'lost', mayBeSizeLimit: true }))
  fail('unknown size', failure('network', { reason: 'lost', mayBeSizeLimit: true }), { name: NAME, size: null })

  const notes: [string, Note][] = [
    ['', { type: 'renamed', from: 'before.heic' }],
    ['', { type: 'converted', from: 8 * MIB, to: 3 * MIB, original: new File([], 'x') }],
    ['larger', { type: 'converted', from: 3 * MIB, to: 4 * MIB, original: new File([], 'x') }],
    ['', { type: 'duplicate', of: 'x' }],
    ['', { type: 'content-differs', extension: null, mime: null }],
    ['png', { type: 'content-differs', extension: 'png', mime: 'image/png' }],
    ['', { type: 'host', message: 'Host says so.' }],
  ]
  for (const [key, note] of notes) say(`notes ${note.type} ${key}`.trim(), noteSentence(words, note, formats))

  const { announce } = words
  for (const count of counts.filter((count) => count > 0)) {
    const names = [NAME, 'before.heic', 'c.txt', 'd.txt'].slice(0, count)
    say(`announce added ${count}`, announce.added(names, count, formats))
    say(`announce uploaded ${count}`, announce.uploaded(names, count, formats))
    say(`announce moreFailed ${count}`, announce.moreFailed(count, formats))
    say(`draft notKept ${count}`, words.draft.notKept(names, count, formats))
    say(`draft expired ${count}`, words.draft.expired(count, formats))
  }
  for (const key of ['half', 'removed', 'original'] as const) say(`announce ${key}`, announce[key](NAME))
  say('announce renamed', announce.renamed(NAME, 'before.heic'))
  say('announce failed', announce.failed(NAME, words.errors.empty_file(failure('empty_file', {}) as never, file, formats)))
  for (const [place, of] of [[1, 3], [11, 21]] as const) say(`announce moved ${place} of ${of}`, announce.moved(NAME, place, of, formats))
  return told
}

/** Codes with facts of their own, which get a line each. */
const FACTS = new Set<ErrorCode>(['kind_not_allowed', 'too_many_attachments', 'file_name_invalid', 'folder_not_accepted', 'uploads_disabled', 'content_mismatch', 'file_unreadable', 'file_too_large', 'upload_incomplete', 'network', 'refused_by_host', 'request_entity_too_large', 'gateway_too_large'])

function acceptances(counts: readonly number[]): [key: string, accepted: Acceptance][] {
  const of = (...[host, parameters]: Parameters<typeof mergeRules>): Acceptance => acceptanceOf(mergeRules(host, parameters))
  const one = of({ kinds: ['image', 'document'] })
  return [
    ['anything', of({}, null)],
    ['nothing', of({}, { file_upload: { enabled: false } })],
    ['extensions', of({ extensions: ['pdf', '.LOG', 'exe'] })],
    ['many extensions', of({ extensions: Array.from('abcdefghijklmnop', (letter) => `x${letter}`) })],
    ['kinds and extensions', { ...one, kinds: ['image'], extensions: ['pdf', 'log'] }],
    ['all kinds', of({ kinds: ['image', 'document', 'audio', 'video', 'custom'] })],
    ['other', of({ kinds: ['custom'] })],
    ['one limit', { ...one, maxBytes: one.maxBytes.map((it) => ({ ...it, bytes: 20 * MIB })) }],
    ['no limit', { ...one, maxBytes: one.maxBytes.map((it) => ({ ...it, bytes: Infinity })) }],
    ...KINDS.map((kind) => [`only ${kind}`, of({ kinds: [kind] })] as [string, Acceptance]),
    ...counts.map((maxFiles) => [`${maxFiles} files`, { ...one, maxFiles }] as [string, Acceptance]),
  ]
}

function exportOf(tag: string): string {
  return tag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function wordsOf(tag: string): Messages {
  return modules[`./${tag}.ts`]![exportOf(tag)]!
}
