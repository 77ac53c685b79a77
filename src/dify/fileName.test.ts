import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { extensionOf, fitName, MAX_NAME_LENGTH, rawExtension } from './fileName.js'

const points = (name: string): number => Array.from(name).length

describe('the extension of a name', () => {
  test.each([
    ['§1.3', 'a.pdf', 'pdf'],
    ['§2.1 lower case', 'A.PDF', 'pdf'],
    ['§1.3 none', 'README', ''],
    ['§1.3 none', '.env', ''],
    ['§1.3 none', 'foo.', ''],
    ['as splitext', '...png', ''],
    ['as splitext', '.a.png', 'png'],
    ['the last one', 'a.tar.gz', 'gz'],
    ['', '', ''],
    ['only a dot', '.', ''],
  ])('%s: "%s" → "%s"', (_, name, extension) => {
    expect(rawExtension(name)).toBe(extension)
    expect(extensionOf(name)).toBe(extension)
  })

  test('§1.3 what is over 20 characters is none: Dify would answer 500', () => {
    expect(extensionOf(`a.${'x'.repeat(20)}`)).toBe('x'.repeat(20))
    expect(extensionOf(`a.${'x'.repeat(21)}`)).toBe('')
    expect(rawExtension(`a.${'x'.repeat(300)}`)).toBe('x'.repeat(300))
  })

  test('a sentence is none', () => {
    expect(extensionOf('1. Chapter one')).toBe('')
  })
})

describe('a name made fit', () => {
  test.each([
    ['§1.3 as it is', 'report.pdf', 'report.pdf'],
    ['§1.3 emoji and CJK', '📎 报告.pdf', '📎 报告.pdf'],
    ['§1.3 the base name only', 'dir/a.webp', 'a.webp'],
    ['§1.3 the base name only', 'C:\\Users\\me\\b.txt', 'b.txt'],
    ['§1.3 the base name only', '../../etc/passwd', 'passwd'],
    ['§1.3 refused by 1.2.0 to 1.13.0', 'a:b*c?d"e<f>g|h.txt', 'a_b_c_d_e_f_g_h.txt'],
    ['§9 controls', 'a\u0000b\nc\u007fd.txt', 'a_b_c_d.txt'],
    ['§9 controls above ASCII', 'a\u0085b.txt', 'a_b.txt'],
    ['marks that turn the text around', 'invoice\u202Efdp.exe', 'invoice_fdp.exe'],
    ['§1.3 not valid UTF-8', 'a\ud800b.txt', 'a_b.txt'],
    ['§9 NFC', 'u\u0308ber.txt', '\u00fcber.txt'],
    ['§1.3 an empty name', '', 'file'],
    ['nothing but a path', 'dir/', 'file'],
    ['nothing but dots', '..', 'file'],
    ['nothing but blanks', '   ', 'file'],
    ['nothing but what is unfit', '???', 'file'],
    ['blanks around', ' a.txt ', 'a.txt'],
    ['§1.3 hidden files keep their name', '.env', '.env'],
    ['§1.3 no extension', 'README', 'README'],
  ])('%s: %j → %j', (_, name, fit) => {
    expect(fitName(name)).toBe(fit)
  })

  test('gets the given name where it has none', () => {
    expect(fitName('', 'file.png')).toBe('file.png')
  })

  test.each([
    ['§1.3 keeps its last extension, where Dify would cut at the first dot', `my.report.${'x'.repeat(230)}.pdf`, /^my\.report\.x+\.pdf$/],
    ['§1.3 without extension', 'x'.repeat(230), /^x+$/],
    ['§1.3 what looks like an extension, but is too long for one', `a.${'x'.repeat(300)}`, /^a\.x+$/],
    ['counts code points, and splits none', `${'📎'.repeat(230)}.pdf`, /^(📎)+\.pdf$/u],
    ['no blank before the extension', `${'x'.repeat(195)} ${'x'.repeat(30)}.pdf`, /^x{195}\.pdf$/],
  ])('is 200 characters at most: %s', (_, name, fit) => {
    expect(points(fitName(name))).toBeLessThanOrEqual(MAX_NAME_LENGTH)
    expect(points(fitName(name))).toBeGreaterThan(190)
    expect(fitName(name)).toMatch(fit)
  })

  const anyName = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.tuple(fc.string({ unit: 'binary', maxLength: 260 }), fc.string({ unit: 'binary', maxLength: 30 })).map(([stem, end]) => `${stem}.${end}`),
    // Halves of pairs, marks that compose, what is unfit, blanks and dots, at the length where names are cut.
    fc.array(fc.constantFrom('\ud83d', '\udcce', '📎', 'e\u0301', '\u0301', '.', ' ', '/', '\\', ':', '\u202e', '\ufffd', 'a', '\u0344', '\u1100\u1161'), { minLength: 150, maxLength: 260 }).map((it) => it.join('')),
  )
  const holds = (check: (name: string) => void): void => fc.assert(fc.property(anyName, (name) => { check(name) }), { numRuns: 2000 })

  test('is fit already when it is made fit again', () => {
    holds((name) => expect(fitName(fitName(name))).toBe(fitName(name)))
  })

  test('is never empty, never over 200 characters, never splits one', () => {
    holds((name) => {
      const fit = fitName(name)
      expect(fit.trim()).not.toBe('')
      expect(points(fit)).toBeLessThanOrEqual(MAX_NAME_LENGTH)
      expect(fit.isWellFormed()).toBe(true)
    })
  })

  test('holds nothing that any Dify refuses', () => {
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    holds((name) => expect(fitName(name)).not.toMatch(/[/\\:*?"<>|\u0000-\u001f\u007f]/))
  })

  test('keeps the last extension, however it is shortened', () => {
    fc.assert(fc.property(anyName, fc.constantFrom('pdf', 'tar.gz', 'JPG'), (stem, extension) => {
      fc.pre(/[\w]/.test(stem.slice(-1)))
      const fit = fitName(`${stem}.${extension}`)
      expect(extensionOf(fit)).toBe(extensionOf(`a.${extension}`))
    }))
  })
})
