import { describe, expect, test } from 'vitest'
import { KIND_EXTENSIONS, kindOf, SIZE_CATEGORIES } from './kinds.js'
import { extensionOfMime, mimeOfExtension, repairMime } from './mime.js'

describe('a file is sent with', () => {
  test.each([
    ['§7.3 Excel on Windows', 'people.csv', 'application/vnd.ms-excel', 'text/csv'],
    ['§7.3 in any case', 'PEOPLE.CSV', 'Application/VND.MS-Excel', 'text/csv'],
    ['§7.3 a real one', 'people.xls', 'application/vnd.ms-excel', 'application/vnd.ms-excel'],
    ['§7.3 QuickTime stays', 'clip.mov', 'video/quicktime', 'video/quicktime'],
    ['§7.3', 'clip.mov', '', 'video/quicktime'],
    ['§7.3', 'notes.md', '', 'text/markdown'],
    ['§7.3', 'notes.md', 'application/octet-stream', 'text/markdown'],
    ['§7.3', 'notes.md', 'text/x-markdown', 'text/x-markdown'],
    ['§7.3 source, not a film', 'index.ts', 'video/mp2t', 'text/plain'],
    ['§7.3', 'index.ts', 'video/MP2T', 'text/plain'],
    ['§7.3', 'index.ts', '', 'text/plain'],
    ['§7.3', 'index.mts', 'video/mp2t', 'text/plain'],
    ['§7.3', 'main.py', '', 'text/x-python'],
    ['§7.3', 'compose.yaml', '', 'application/yaml'],
    ['§7.3 several extensions, one type', 'song.mp3', 'audio/mpeg', 'audio/mpeg'],
    ['§1.3 never without a type', 'README', '', 'application/octet-stream'],
    ['§1.3', 'a.unheardof', '', 'application/octet-stream'],
    ['§1.3 parameters are cut off there too', 'a.txt', 'text/plain; charset=utf-8', 'text/plain'],
    ['§1.3 lower case there too', 'a.png', 'IMAGE/PNG', 'image/png'],
    ['§9 meaningless', 'photo.HEIC', 'application/octet-stream', 'image/heic'],
    ['§9 meaningless', 'a.pdf', 'application/octet-stream; x=y', 'application/pdf'],
    ['§9 no type at all', 'a.pdf', 'pdf', 'application/pdf'],
    ['§9 no type at all', 'a.pdf', 'application/', 'application/pdf'],
    ['§9 nothing that breaks a header', 'a.pdf', 'text/plain\r\nx: y', 'application/pdf'],
    ['§9 any other stands', 'a.pdf', 'image/png', 'image/png'],
    ['§1.3 a hidden file', '.pdf', '', 'application/octet-stream'],
    ['an extension that an object has by birth', 'a.constructor', '', 'application/octet-stream'],
  ])('%s: %s as "%s" → %s', (_, name, declared, sent) => {
    expect(repairMime(name, declared)).toBe(sent)
  })

  test('§7.1 a type that is of the kind its extension is, for each that Dify knows', () => {
    for (const kind of SIZE_CATEGORIES) {
      const media = kind === 'document' ? /^(text|application|message)\// : new RegExp(`^${kind}/`)
      for (const extension of KIND_EXTENSIONS[kind]) expect(mimeOfExtension(extension)).toMatch(media)
    }
  })

  test('§7.2 a type that Dify makes the same kind of as its own guess', () => {
    expect(kindOf({ extension: '', mime: repairMime('a.ts', 'video/mp2t') })).toBe('document')
    expect(kindOf({ extension: 'heic', mime: repairMime('a.heic', '') })).toBe('image')
    expect(kindOf({ extension: 'json', mime: repairMime('a.json', '') })).toBe('custom')
  })
})

test.each([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['IMAGE/PNG; x=y', 'png'],
  ['audio/mpeg', 'mp3'],
  ['text/plain', 'txt'],
  ['video/quicktime', 'mov'],
  ['application/octet-stream', null],
  ['', null],
])('a nameless %s gets the extension %s (§7.3: not the first of a list)', (mime, extension) => {
  expect(extensionOfMime(mime)).toBe(extension)
})
