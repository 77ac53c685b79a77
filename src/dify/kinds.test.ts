import { describe, expect, test } from 'vitest'
import { kindOf, normalExtension, sizeCategoryOf, type Kind, type SizeCategory } from './kinds.js'

describe('the kind of a file is its extension\'s, whatever its type says', () => {
  test.each<[section: string, extensions: string, kind: Kind]>([
    ['§7.1 images', 'jpg jpeg png webp gif svg', 'image'],
    ['§7.1 video', 'mp4 mov mpeg webm', 'video'],
    ['§7.1 audio', 'mp3 m4a wav amr mpga', 'audio'],
    ['§7.1 documents', 'txt markdown md mdx pdf html htm xlsx xls vtt properties doc docx csv eml msg ppt pptx xml epub', 'document'],
  ])('%s: %s → %s', (_, extensions, kind) => {
    for (const extension of extensions.split(' ')) {
      for (const written of [extension, extension.toUpperCase(), `.${extension}`]) {
        for (const mime of ['', 'application/octet-stream', 'image/png', 'video/mp4', 'text/plain']) {
          expect([written, mime, kindOf({ extension: written, mime })]).toEqual([written, mime, kind])
        }
      }
    }
  })

  test.each<[section: string, extension: string, mime: string, kind: Kind]>([
    ['§7.1 a recording is a video by its extension', 'webm', 'audio/webm', 'video'],
    ['§7.2 the extension wins', 'pdf', 'application/octet-stream', 'document'],
    ['§7.2 no size category, still an image', 'heic', 'image/heic', 'image'],
    ['§7.2', 'bmp', 'image/bmp', 'image'],
    ['§7.2', 'tiff', 'image/tiff', 'image'],
    ['§7.2', 'avif', 'image/avif', 'image'],
    ['§7.2', 'avi', 'video/x-msvideo', 'video'],
    ['§7.2', 'mkv', 'video/x-matroska', 'video'],
    ['§7.2', 'ogg', 'audio/ogg', 'audio'],
    ['§7.2', 'flac', 'audio/flac', 'audio'],
    ['§7.2', 'aac', 'audio/aac', 'audio'],
    ['§7.2 a substring test', 'rtf', 'text/rtf', 'document'],
    ['§7.2', 'log', 'text/plain', 'document'],
    ['§7.2', 'py', 'text/x-python', 'document'],
    ['§7.2', 'ai', 'application/x-pdf', 'document'],
    ['§7.2', 'json', 'application/json', 'custom'],
    ['§7.2', 'yaml', 'application/yaml', 'custom'],
    ['§7.2', 'zip', 'application/zip', 'custom'],
    ['§7.2', 'ipynb', 'application/x-ipynb+json', 'custom'],
    ['§7.2', 'xlsm', 'application/vnd.ms-excel.sheet.macroenabled.12', 'custom'],
    ['§7.2', 'rtf', 'application/rtf', 'custom'],
    ['§7.2 unknown as octet-stream', 'heic', 'application/octet-stream', 'custom'],
    ['§7.2 not yet a document', 'odt', 'application/vnd.oasis.opendocument.sheet', 'custom'],
    ['§7.2 in any case', 'x', 'IMAGE/X', 'image'],
    ['§7.2 image before text', 'x', 'text/image', 'image'],
    ['§1.3 no extension, no type', '', '', 'custom'],
    ['§1.3 no extension', '', 'application/pdf', 'document'],
    ['an extension that an object has by birth', 'constructor', '', 'custom'],
  ])('%s: .%s as %s → %s', (_, extension, mime, kind) => {
    expect(kindOf({ extension, mime })).toBe(kind)
  })
})

describe('the size category is the name\'s extension, and all the rest is document', () => {
  test.each<[section: string, name: string, category: SizeCategory]>([
    ['§1.4', 'a.jpg', 'image'],
    ['§1.4', 'a.JPEG', 'image'],
    ['§1.4', 'a.svg', 'image'],
    ['§1.4', 'a.gif', 'image'],
    ['§1.4', 'a.mp4', 'video'],
    ['§1.4', 'a.MOV', 'video'],
    ['§1.4 since 1.7.2', 'a.webm', 'video'],
    ['§1.4', 'a.m4a', 'audio'],
    ['§1.4 since 1.7.2', 'a.mpga', 'audio'],
    ['§1.4', 'a.pdf', 'document'],
    ['§1.4 the rest', 'a.bmp', 'document'],
    ['§1.4 the rest', 'a.heic', 'document'],
    ['§1.4 the rest', 'a.tiff', 'document'],
    ['§1.4 the rest', 'a.avi', 'document'],
    ['§1.4 the rest', 'a.mkv', 'document'],
    ['§1.4 the rest', 'a.ogg', 'document'],
    ['§1.4 the rest', 'a.flac', 'document'],
    ['§1.4 the rest', 'a.aac', 'document'],
    ['§1.4 the rest', 'a.zip', 'document'],
    ['§1.4 no extension', 'README', 'document'],
    ['§1.4 a hidden file has none', '.png', 'document'],
    ['§1.4 the last extension', 'a.png.exe', 'document'],
    ['§1.4 the last extension', 'a.exe.png', 'image'],
    ['§1.3 an empty extension', 'png.', 'document'],
  ])('%s: %s → %s', (_, name, category) => {
    expect(sizeCategoryOf(name)).toBe(category)
  })
})

test.each([
  ['pdf', 'pdf'],
  ['.pdf', 'pdf'],
  ['.PDF', 'pdf'],
  [' .Pdf ', 'pdf'],
  ['..pdf', 'pdf'],
  ['', ''],
  ['.', ''],
])('§4.3 an app\'s extension "%s" means "%s"', (written, extension) => {
  expect(normalExtension(written)).toBe(extension)
})
