import { createHash, randomFillSync } from 'node:crypto'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32, deflateSync } from 'node:zlib'
import type { Kind } from '../../src/dify/kinds.js'

const MiB = 1024 * 1024

/** A file of e2e/fixtures, made by a real program. */
export interface Fixture {
  name: string
  path: string
  /** What the product should send as the part's type. `''` where nothing tells. */
  mime: string
  /** What Dify takes it for. */
  kind: Kind
}

/** A file that is too big, or too empty, to be kept in the repository. */
export interface MadeFile {
  name: string
  mime: string
  kind: Kind
  /** In bytes. */
  size: number
  /** Writes it into `folder` (by default one that goes when the process ends) and returns its path. */
  make: (folder?: string) => Promise<string>
}

export const PNG = fixture('chart.png', 'image/png', 'image')
/** With EXIF: turned by 90 degrees, and taken at a place. */
export const JPEG = fixture('photo.jpg', 'image/jpeg', 'image')
export const WEBP = fixture('leaf.webp', 'image/webp', 'image')
/** Four frames. */
export const GIF = fixture('spinner.gif', 'image/gif', 'image')
export const SVG = fixture('logo.svg', 'image/svg+xml', 'image')
export const PDF = fixture('report.pdf', 'application/pdf', 'document')
export const DOCX = fixture('minutes.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'document')
export const CSV = fixture('people.csv', 'text/csv', 'document')
export const MARKDOWN = fixture('notes.md', 'text/markdown', 'document')
export const MP3 = fixture('tone.mp3', 'audio/mpeg', 'audio')
export const WAV = fixture('tone.wav', 'audio/wav', 'audio')
export const MP4 = fixture('clip.mp4', 'video/mp4', 'video')
export const WEBM = fixture('clip.webm', 'video/webm', 'video')
export const NO_EXTENSION = fixture('README', '', 'custom')
export const CHINESE = fixture('报告.pdf', 'application/pdf', 'document')
export const ARABIC = fixture('تقرير.txt', 'text/plain', 'document')
export const EMOJI = fixture('📎 notes.md', 'text/markdown', 'document')

export const FIXTURES: Fixture[] = [
  PNG, JPEG, WEBP, GIF, SVG, PDF, DOCX, CSV, MARKDOWN, MP3, WAV, MP4, WEBM, NO_EXTENSION, CHINESE, ARABIC, EMOJI,
]

export const EMPTY = made('empty.txt', 'text/plain', 'document', 0, () => Buffer.alloc(0))
export const ONE_MEGABYTE_PNG = made('noise.png', 'image/png', 'image', 1_000_000, png)
/** Dify's usual limit for an image. */
export const AT_THE_LIMIT = made('at the limit.png', 'image/png', 'image', 10 * MiB, png)
export const ONE_BYTE_OVER = made('one byte over.png', 'image/png', 'image', 10 * MiB + 1, png)
export const SIXTY_MEGABYTES = made('long.mp4', 'video/mp4', 'video', 60 * MiB, mp4)

export const MADE_FILES: MadeFile[] = [EMPTY, ONE_MEGABYTE_PNG, AT_THE_LIMIT, ONE_BYTE_OVER, SIXTY_MEGABYTES]

/** A folder in folders, with what a system leaves lying about. */
export const FOLDER = {
  name: 'trip',
  /** What should arrive; `.DS_Store` should not, and the empty folder has nothing to give. */
  files: ['trip/notes.md', 'trip/day 1/photo.jpg', 'trip/day 1/evening/tone.mp3', 'trip/第二天/报告.pdf'],
  /** Writes it into `folder` and returns its path. */
  async make(folder = scratchFolder()): Promise<string> {
    const trip = join(folder, 'trip')
    await mkdir(join(trip, 'nothing here'), { recursive: true })
    const parts: [to: string, from: Fixture][] = [
      ['notes.md', MARKDOWN],
      ['day 1/photo.jpg', JPEG],
      ['day 1/evening/tone.mp3', MP3],
      ['第二天/报告.pdf', CHINESE],
    ]
    for (const [to, from] of parts) {
      await mkdir(dirname(join(trip, to)), { recursive: true })
      await copyFile(from.path, join(trip, to))
    }
    await writeFile(join(trip, '.DS_Store'), 'left by a Mac')
    return trip
  },
}

/** In hexadecimal, as the emulator says it. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

function fixture(name: string, mime: string, kind: Kind): Fixture {
  return { name, path: fileURLToPath(new URL(`../fixtures/${encodeURIComponent(name)}`, import.meta.url)), mime, kind }
}

function made(name: string, mime: string, kind: Kind, size: number, content: (size: number) => Buffer): MadeFile {
  return {
    name,
    mime,
    kind,
    size,
    async make(folder = scratchFolder()) {
      const path = join(folder, name)
      await writeFile(path, content(size))
      return path
    },
  }
}

/** A valid PNG of exactly `size` bytes: noise, as large a square as fits, and a private chunk with more of it to fill up. */
function png(size: number): Buffer {
  const side = Math.min(500, Math.floor(Math.sqrt(size / 3)) - 10)
  const row = 1 + side * 3
  const pixels = randomFillSync(Buffer.alloc(row * side))
  for (let y = 0; y < side; y += 1) pixels[y * row] = 0 // no filter

  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 2], 8) // 8 bits a channel, RGB
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const before = [signature, chunk('IHDR', header), chunk('IDAT', deflateSync(pixels, { level: 0 }))]
  const end = chunk('IEND', Buffer.alloc(0))
  const missing = size - [...before, end].reduce((sum, { length }) => sum + length, 0) - 12
  return Buffer.concat([...before, chunk('fiLl', randomFillSync(Buffer.alloc(missing))), end])
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}

/** The boxes of an MP4 with `size` bytes of noise where the film would be: nothing plays it, everything takes it for one. */
function mp4(size: number): Buffer {
  const type = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1')
  const film = randomFillSync(Buffer.alloc(size - type.length))
  film.writeUInt32BE(film.length, 0)
  film.write('mdat', 4, 'latin1')
  return Buffer.concat([type, film])
}

let scratch: string | undefined

/** One for this process, removed when it ends. */
function scratchFolder(): string {
  if (scratch === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'dify-file-drop-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    scratch = folder
  }
  return scratch
}
