import { parseHeaderOptions } from './headerOptions.js'

/** A form as the server sees it: parts with a `filename` are files, all others are text. In order, doubles included. */
export interface Form {
  fields: { name: string | null; value: string }[]
  files: FormFile[]
}

export interface FormFile {
  name: string | null
  filename: string
  /** The part's own `Content-Type` as sent, or null when it declared none. */
  contentType: string | null
  /** A view into the body. */
  bytes: Uint8Array<ArrayBuffer>
}

/**
 * Reads a form's body as leniently, and forgets it as completely, as Dify's server: lines may end in CRLF, LF or CR,
 * delimiters may be padded with blanks, and anything that cannot be read to its closing delimiter is no form at all,
 * so that not even its first fields survive. (`rebuild under a fresh boundary` exists because of that leniency.)
 *
 * Source: Werkzeug 3.1, `sansio/multipart.py`, as Dify's API process runs it.
 *
 * @returns the form; an empty one for what is none; `too_large` when text exceeds what the server keeps in memory.
 */
export function parseForm(contentType: string | null, body: Uint8Array<ArrayBuffer>): Form | 'too_large' {
  const { value, options } = parseHeaderOptions(contentType ?? '')
  const type = value.toLowerCase()
  if (type === 'application/x-www-form-urlencoded') {
    if (body.length > MAX_TEXT_BYTES) return 'too_large'
    const entries = [...new URLSearchParams(decode(body))]
    return { fields: entries.map(([name, value]) => ({ name, value })), files: [] }
  }
  const boundary = options.get('boundary') ?? ''
  if (type !== 'multipart/form-data' || boundary === '' || !isAscii(boundary)) return { fields: [], files: [] }
  try {
    return parseParts(body, boundary)
  } catch (error) {
    if (error instanceof UnreadableForm) return { fields: [], files: [] }
    throw error
  }
}

class UnreadableForm extends Error {}

/** Werkzeug's `max_form_memory_size` and `max_form_parts`, which Dify leaves alone. */
const MAX_TEXT_BYTES = 500_000
const MAX_PARTS = 1000

function parseParts(body: Uint8Array<ArrayBuffer>, boundary: string): Form | 'too_large' {
  const form: Form = { fields: [], files: [] }
  const mark = new TextEncoder().encode(`--${boundary}`)
  let delimiter = findDelimiter(body, mark, 0, true)
  // What precedes the first delimiter is held in memory, a whole file under a wrong boundary included.
  if ((delimiter?.end ?? body.length) > MAX_TEXT_BYTES) return 'too_large'
  while (delimiter !== null && !delimiter.isClosing) {
    const { headers, end } = readHeaders(body, delimiter.end)
    if (form.fields.length + form.files.length >= MAX_PARTS) return 'too_large'
    const start = end + lineBreakLength(body, end)
    // The break that ends the headers may be the one that begins the delimiter: then the part is empty.
    delimiter = findDelimiter(body, mark, end, false)
    if (delimiter === null) break
    const bytes = body.subarray(start, Math.max(start, delimiter.start))

    const disposition = headers.get('content-disposition')
    if (disposition === undefined) throw new UnreadableForm()
    const { options } = parseHeaderOptions(disposition)
    const name = options.get('name') ?? null
    const filename = options.get('filename')
    const contentType = headers.get('content-type') ?? null
    if (filename !== undefined) form.files.push({ name, filename, contentType, bytes })
    else if (bytes.length > MAX_TEXT_BYTES) return 'too_large'
    else form.fields.push({ name, value: decode(bytes, charsetOf(contentType)) })
  }
  if (delimiter === null) throw new UnreadableForm()
  return form
}

interface Delimiter {
  /** Where the line break before it begins. */
  start: number
  /** After the line break behind it. */
  end: number
  isClosing: boolean
}

function findDelimiter(body: Uint8Array, mark: Uint8Array, from: number, isFirst: boolean): Delimiter | null {
  for (let at = indexOf(body, mark, from); at >= 0; at = indexOf(body, mark, at + 1)) {
    const before = lineBreakBefore(body, at, from)
    if (before === 0 && !isFirst) continue
    let end = at + mark.length
    const isClosing = body[end] === DASH && body[end + 1] === DASH
    if (isClosing) end += 2
    while (isBlank(body[end])) end += 1
    const after = lineBreakLength(body, end)
    if (after === 0 && !isClosing) continue
    return { start: at - before, end: end + after, isClosing }
  }
  return null
}

const LF = 0x0a
const CR = 0x0d
const DASH = 0x2d

function lineBreakBefore(body: Uint8Array, at: number, from: number): number {
  if (at - 1 < from) return 0
  if (body[at - 1] === CR) return 1
  if (body[at - 1] !== LF) return 0
  return at - 2 >= from && body[at - 2] === CR ? 2 : 1
}

function lineBreakLength(body: Uint8Array, at: number): number {
  if (body[at] === CR) return body[at + 1] === LF ? 2 : 1
  return body[at] === LF ? 1 : 0
}

/** Space, tab, vertical tab, form feed. */
function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0b || byte === 0x0c
}

function indexOf(body: Uint8Array, mark: Uint8Array, from: number): number {
  const first = mark[0]!
  for (let at = body.indexOf(first, from); at >= 0; at = body.indexOf(first, at + 1)) {
    let same = 1
    while (same < mark.length && body[at + same] === mark[same]) same += 1
    if (same === mark.length) return at
  }
  return -1
}

/** The headers up to the blank line; `end` is where that line's second break begins. */
function readHeaders(body: Uint8Array, from: number): { headers: Map<string, string>; end: number } {
  let end = from
  let length = blankLineLength(body, end)
  while (length === 0) {
    end += 1
    if (end >= body.length) throw new UnreadableForm()
    length = blankLineLength(body, end)
  }
  const headers = new Map<string, string>()
  const text = decodeStrictly(body.subarray(from, end)).replaceAll(/(?:\r\n|\n|\r)[ \t]/g, ' ')
  for (const line of text.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(':')
    const name = (colon < 0 ? line : line.slice(0, colon)).trim().toLowerCase()
    if (name !== '' && !headers.has(name)) headers.set(name, colon < 0 ? '' : line.slice(colon + 1).trim())
  }
  return { headers, end: end + length / 2 }
}

/** CRLF CRLF, CR CR or LF LF: two different breaks make no blank line. */
function blankLineLength(body: Uint8Array, at: number): number {
  const byte = body[at]
  if (byte === LF) return body[at + 1] === LF ? 2 : 0
  if (byte !== CR) return 0
  if (body[at + 1] === CR) return 2
  return body[at + 1] === LF && body[at + 2] === CR && body[at + 3] === LF ? 4 : 0
}

function decodeStrictly(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new UnreadableForm()
  }
}

function decode(bytes: Uint8Array, charset = 'utf-8'): string {
  return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes)
}

function charsetOf(contentType: string | null): string {
  const charset = parseHeaderOptions(contentType ?? '').options.get('charset')?.toLowerCase()
  return charset === 'iso-8859-1' ? 'latin1' : 'utf-8'
}

function isAscii(text: string): boolean {
  for (const char of text) if (char.codePointAt(0)! > 0x7f) return false
  return true
}
