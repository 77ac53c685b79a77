import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createWorld, fileOf } from '../core/world.fixture.js'
import { mergeRules } from '../core/rules.js'
import { fixedName, fixName, sniff } from './index.js'

const FIXTURES = new URL('../../e2e/fixtures/', import.meta.url)
const bytesOf = (fixture: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(new URL(fixture, FIXTURES)))
const ascii = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const binary = (start: string | number[], size = 300): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(size).fill(0x9c)
  bytes.set(typeof start === 'string' ? ascii(start) : start)
  return bytes
}
const look = (name: string, bytes: Uint8Array<ArrayBuffer>, options = {}) =>
  sniff(options)(new File([bytes], name), { signal: new AbortController().signal, entries: [], rules: mergeRules() })

const EXE = (() => {
  const bytes = binary('MZ', 400)
  bytes.set([0x80, 0, 0, 0], 0x3c)
  bytes.set(ascii('PE\0\0'), 0x80)
  return bytes
})()
const ELF = binary([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])
const MACHO = binary([0xcf, 0xfa, 0xed, 0xfe, 7, 0, 0, 1])

describe('what is as its name says gives no note', () => {
  test.each([
    ['photo.jpg', bytesOf('photo.jpg')],
    ['photo.jpeg', bytesOf('photo.jpg')],
    ['photo.JPG', bytesOf('photo.jpg')],
    ['chart.png', bytesOf('chart.png')],
    ['spinner.gif', bytesOf('spinner.gif')],
    ['leaf.webp', bytesOf('leaf.webp')],
    ['photo.heic', bytesOf('photo.heic')],
    ['photo.heif', bytesOf('photo.heic')],
    ['logo.svg', bytesOf('logo.svg')],
    ['report.pdf', bytesOf('report.pdf')],
    ['drawing.ai', bytesOf('report.pdf')],
    ['minutes.docx', bytesOf('minutes.docx')],
    ['minutes.docm', bytesOf('minutes.docx')],
    ['minutes.zip', bytesOf('minutes.docx')],
    ['clip.mp4', bytesOf('clip.mp4')],
    ['clip.mov', bytesOf('clip.mp4')],
    ['clip.m4a', bytesOf('clip.mp4')],
    ['clip.webm', bytesOf('clip.webm')],
    ['clip.mkv', bytesOf('clip.webm')],
    ['tone.mp3', bytesOf('tone.mp3')],
    ['tone.mpga', bytesOf('tone.mp3')],
    ['tone.wav', bytesOf('tone.wav')],
    ['people.csv', bytesOf('people.csv')],
    ['notes.md', bytesOf('notes.md')],
    ['README', bytesOf('README')],
    ['archive.xlsx', binary([0x50, 0x4b, 3, 4, 20, 0])],
    ['secret.docx', binary([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], 1024)],
    ['old.doc', binary([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], 1024)],
    ['old.doc', ascii('{\\rtf1\\ansi hello}')],
    ['export.xls', ascii('<html><table><tr><td>1</td></tr></table></html>')],
    ['export.xls', ascii('a\tb\n1\t2\n')],
    ['feed.rss', ascii('<?xml version="1.0"?><rss/>')],
    ['page.html', ascii('<!DOCTYPE html><p>hi')],
    ['text.txt', ascii('BM is how a bitmap begins, and MZ a program')],
    ['text.txt', ascii('MZ')],
    ['utf16.txt', new Uint8Array([0xff, 0xfe, 0x68, 0, 0x69, 0])],
    ['source.ts', ascii('export const a = 1')],
    ['setup.exe', EXE],
    ['lib.so', ELF],
    ['server', ELF],
    ['blob.bin', ELF],
    ['whatever.xyz', bytesOf('report.pdf')],
    ['zeros.img', new Uint8Array(512)],
    ['cut.md', ascii('é'.repeat(40_000))],
  ])('%s', async (name, bytes) => {
    expect(await look(name, bytes)).toBeUndefined()
  })
})

describe('what is not as its name says gives a note with what it is', () => {
  test.each([
    ['a PDF called .png', 'scan.png', bytesOf('report.pdf'), 'pdf', 'application/pdf'],
    ['a JPEG called .png', 'photo.png', bytesOf('photo.jpg'), 'jpg', 'image/jpeg'],
    ['a HEIC called .jpg', 'IMG_1.jpg', bytesOf('photo.heic'), 'heic', 'image/heic'],
    ['a WebP called .jpg', 'a.jpg', bytesOf('leaf.webp'), 'webp', 'image/webp'],
    ['a PDF called .txt', 'a.txt', bytesOf('report.pdf'), 'pdf', 'application/pdf'],
    ['a PDF that is all text called .md', 'a.md', ascii(`%PDF-1.4\n${'%'.repeat(100)}`), 'pdf', 'application/pdf'],
    ['a PNG called .csv', 'a.csv', bytesOf('chart.png'), 'png', 'image/png'],
    ['a DOCX called .doc', 'a.doc', bytesOf('minutes.docx'), 'docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a DOCX called .xlsx', 'a.xlsx', bytesOf('minutes.docx'), 'docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a ZIP called .pdf', 'a.pdf', binary([0x50, 0x4b, 3, 4, 20, 0]), 'zip', 'application/zip'],
    ['an error page called .pdf', 'invoice.pdf', ascii('<!doctype html><title>502</title>'), 'html', 'text/html'],
    ['an error page with a comment first', 'a.docx', ascii('\n<!-- x --><html lang="en">'), 'html', 'text/html'],
    ['an SVG called .png', 'a.png', bytesOf('logo.svg'), 'svg', 'image/svg+xml'],
    ['text called .png', 'a.png', ascii('hello there'), null, null],
    ['noise called .pdf', 'a.pdf', binary([0x81, 0x82, 0x83]), null, null],
    ['an MP3 called .mp4', 'a.mp4', bytesOf('tone.mp3'), 'mp3', 'audio/mpeg'],
    ['a program called .jpg', 'cat.jpg', EXE, 'exe', 'application/x-msdownload'],
    ['a program called .pdf', 'cv.pdf', ELF, 'elf', 'application/x-elf'],
    ['a program called .docx', 'cv.docx', MACHO, 'macho', 'application/x-mach-binary'],
    ['a program called .txt', 'a.txt', EXE, 'exe', 'application/x-msdownload'],
    ['a program under an unknown extension', 'a.holiday', EXE, 'exe', 'application/x-msdownload'],
    ['zeros called .pdf', 'a.pdf', new Uint8Array(5000), null, null],
    ['zeros called .txt', 'a.txt', new Uint8Array(16), null, null],
    ['a PNG of eight bytes', 'a.png', bytesOf('chart.png').slice(0, 24), null, null],
    ['a JPEG that ends after its head', 'a.jpg', bytesOf('photo.jpg').slice(0, 20), null, null],
    ['a PDF of one line', 'a.pdf', ascii('%PDF-1.4\n'), null, null],
  ])('%s', async (_, name, bytes, extension, mime) => {
    expect(await look(name, bytes)).toEqual({ type: 'content-differs', extension, mime })
  })
})

describe('sniffing', () => {
  test('in refuse mode the file waits, and is refused with the facts', async () => {
    const { uploader, requests } = createWorld({ steps: [sniff({ mode: 'refuse' })] })
    const [wrong, right] = uploader.add([new File([bytesOf('report.pdf')], 'scan.png'), new File([bytesOf('chart.png')], 'chart.png')])
    expect(wrong!.status).toBe('preparing')
    await expect.poll(() => requests.length).toBe(1)
    expect(uploader.get(wrong!.id)).toMatchObject({ status: 'failed', at: 'door', error: { code: 'content_mismatch', retryable: false, facts: { extension: 'png', found: 'pdf', mime: 'application/pdf' } } })
    expect(uploader.get(right!.id)).toMatchObject({ status: 'uploading', notes: [] })
  })

  test('by default the file is on its way at once, and the note comes while it is', async () => {
    const { uploader } = createWorld({ steps: [sniff()] })
    const [entry] = uploader.add(new File([bytesOf('report.pdf')], 'scan.png'))
    expect(entry!.status).toBe('uploading')
    await expect.poll(() => uploader.get(entry!.id)!.notes).toMatchObject([{ type: 'content-differs', extension: 'pdf' }])
    expect(uploader.get(entry!.id)!.status).toBe('uploading')
  })

  test('a second drop meanwhile loses nothing', async () => {
    const { uploader } = createWorld({ steps: [sniff({ mode: 'refuse' })], concurrency: 0 })
    for (let drop = 0; drop < 3; drop++) uploader.add(Array.from({ length: 20 }, (_, i) => fileOf(`${drop}-${i}.txt`, 5)))
    await expect.poll(() => uploader.entries.filter((it) => it.status === 'preparing').length).toBe(0)
    expect(uploader.entries).toHaveLength(60)
  })

  test('a file that cannot be read is the upload\'s to report', async () => {
    const gone = new File(['x'], 'a.png')
    gone.slice = () => { throw new DOMException('gone', 'NotReadableError') }
    expect(await sniff()(gone, { signal: new AbortController().signal, entries: [], rules: mergeRules() })).toBeUndefined()
  })

  test('only the first bytes are read', async () => {
    const large = new File([bytesOf('report.pdf'), new Uint8Array(1_000_000)], 'a.png')
    const slices: number[] = []
    const { slice } = large
    large.slice = (...range) => {
      slices.push(range[1] ?? Infinity)
      return slice.apply(large, range)
    }
    await sniff()(large, { signal: new AbortController().signal, entries: [], rules: mergeRules() })
    expect(slices).toEqual([64 * 1024])
  })
})

describe('the fix', () => {
  test.each([
    ['scan.png', 'pdf', 'scan.pdf'],
    ['my.scan.PNG', 'pdf', 'my.scan.pdf'],
    ['README', 'pdf', 'README.pdf'],
    ['odd.', 'pdf', 'odd.pdf'],
    ['.env', 'png', '.env.png'],
    [`${'x'.repeat(220)}.png`, 'docx', `${'x'.repeat(195)}.docx`],
  ])('%s that is %s becomes %s', (name, extension, fixed) => {
    expect(fixedName(name, extension)).toBe(fixed)
  })

  test('a refused file is renamed in place and goes on', async () => {
    const { uploader, requests } = createWorld({ steps: [sniff({ mode: 'refuse' })] })
    const [entry] = uploader.add(new File([bytesOf('report.pdf')], 'scan.png', { type: 'image/png' }))
    await expect.poll(() => uploader.get(entry!.id)!.status).toBe('failed')
    expect(fixName(uploader, entry!.id)).toBe(entry!.id)
    await expect.poll(() => requests.length).toBe(1)
    expect(requests[0]).toMatchObject({ name: 'scan.pdf', file: { type: 'application/pdf' } })
  })

  test('a file that Dify has under its wrong name is added again, in its place', async () => {
    const { uploader, requests } = createWorld({ steps: [sniff()] })
    const [entry] = uploader.add([new File([bytesOf('report.pdf')], 'scan.png'), fileOf('b.txt')])
    await expect.poll(() => uploader.get(entry!.id)!.notes.length).toBe(1)
    const id = fixName(uploader, entry!.id)!
    expect(uploader.entries.map((it) => it.name)).toEqual(['scan.pdf', 'b.txt'])
    expect(requests[0]!.signal.aborted).toBe(true)
    await expect.poll(() => requests.some((it) => it.name === 'scan.pdf')).toBe(true)
    expect(uploader.get(id)!.notes).toEqual([])
  })

  test('where nobody knows what it is, there is none', async () => {
    const { uploader } = createWorld({ steps: [sniff()] })
    const [entry] = uploader.add(new File([new Uint8Array(100)], 'a.png'))
    await expect.poll(() => uploader.get(entry!.id)!.notes.length).toBe(1)
    expect(fixName(uploader, entry!.id)).toBeNull()
    expect(fixName(uploader, 'gone')).toBeNull()
  })
})
