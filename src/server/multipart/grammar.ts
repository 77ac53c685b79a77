/*
 * multipart/form-data (RFC 7578) as this proxy reads it. One rule for everything, and the strictest one:
 *
 *   body      = [ preamble CRLF ] delimiter part *( CRLF delimiter part ) CRLF "--" boundary "--" epilogue
 *   delimiter = "--" boundary CRLF              ; nothing between the two: no blanks, no bare LF or CR
 *   part      = 1*( header CRLF ) CRLF content  ; content never holds CRLF "--" boundary ( CRLF / "--" )
 *   header    = token ":" value                 ; unfolded, no control characters but tab, not --boundary--
 *
 * What merely resembles a delimiter (after LF alone, padded with blanks, followed by other bytes) is content. Dify's
 * parser would split there, which is why what we read is never sent on under the client's boundary.
 */

/** Everything that is not the file is bounded by these. */
export const MULTIPART_LIMITS = {
  /** Characters of a boundary (RFC 2046). */
  boundary: 70,
  /** Bytes of one part's headers. */
  headers: 16 * 1024,
  /** Text fields, which are dropped. */
  fields: 16,
  /** Bytes of all text fields, the preamble and the epilogue. */
  dropped: 64 * 1024,
} as const

/** What one part says about itself. */
export interface PartHead {
  /** The field's name. */
  name: string
  /** The file's name as sent, decoded, perhaps empty; null for a text field. */
  filename: string | null
  /** The declared type, or `''`. */
  type: string
}

/** The body is not multipart as the grammar above has it, or ends too early. */
export class MalformedMultipart extends Error {}

/** The boundary that a Content-Type declares, or null when it is not (unambiguously) multipart/form-data. */
export function boundaryOf(contentType: string | null): string | null {
  if (contentType === null) return null
  const parameters = parseParameters(contentType)
  if (parameters === null || parameters.value.toLowerCase() !== 'multipart/form-data') return null
  const boundary = parameters.get('boundary')
  if (boundary === undefined || boundary.length > MULTIPART_LIMITS.boundary) return null
  return /^[0-9A-Za-z'()+_,\-./:=? ]*[0-9A-Za-z'()+_,\-./:=?]$/.test(boundary) ? boundary : null
}

/**
 * Reads a part's header lines (without the empty line that ends them).
 *
 * @throws MalformedMultipart
 */
export function parsePartHead(bytes: Uint8Array): PartHead {
  let disposition: string | null = null
  let type: string | null = null
  for (const line of utf8.decode(bytes).split('\r\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    // oxlint-disable-next-line no-control-regex -- a header line with control characters is what this refuses
    if (colon < 1 || !TOKEN.test(name) || /[\u0000-\u0008\u000a-\u001f\u007f]/.test(line)) {
      throw new MalformedMultipart('a part has a header line that is none')
    }
    const value = line.slice(colon + 1).trim()
    if (name === 'content-disposition') {
      if (disposition !== null) throw new MalformedMultipart('a part has two Content-Dispositions')
      disposition = value
    } else if (name === 'content-type') {
      if (type !== null) throw new MalformedMultipart('a part has two Content-Types')
      type = value
    } else if (name === 'content-transfer-encoding' && !/^(7bit|8bit|binary)$/i.test(value)) {
      throw new MalformedMultipart('a part has a Content-Transfer-Encoding, which forms have not')
    }
  }
  return { ...parseDisposition(disposition), type: type ?? '' }
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

function parseDisposition(disposition: string | null): { name: string; filename: string | null } {
  const parameters = disposition === null ? null : parseParameters(disposition)
  if (parameters === null || parameters.value.toLowerCase() !== 'form-data') {
    throw new MalformedMultipart('a part has no readable Content-Disposition')
  }
  const name = parameters.get('name')
  if (name === undefined) throw new MalformedMultipart('a part has no name')
  const plain = parameters.get('filename')
  const extended = parameters.get('filename*')
  // RFC 7578 forbids `filename*`; some clients send it all the same, mostly beside the plain one.
  const filename = plain === undefined || plain === '' ? (extendedValue(extended) ?? plain) : plain
  return { name: unescapeMarks(name), filename: filename === undefined ? null : unescapeMarks(filename) }
}

/** Browsers write these three of a name's characters so (WHATWG, "multipart/form-data encoding algorithm"). */
function unescapeMarks(text: string): string {
  return text.replaceAll(/%(22|0d|0a)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** RFC 8187: `UTF-8''na%C3%AFve.txt`. Undefined when unreadable; a lone `filename*` still makes a part a file. */
function extendedValue(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const match = /^utf-8'[^']*'(.*)$/i.exec(value)
  if (match === null) return ''
  const octets = unescapedOctets(match[1]!)
  return utf8.decode(octets)
}

function unescapedOctets(text: string): Uint8Array {
  const raw = new TextEncoder().encode(text)
  const octets = new Uint8Array(raw.length)
  let length = 0
  for (let at = 0; at < raw.length; at++) {
    const hex = raw[at] === 0x25 ? text.slice(at, at + 3) : ''
    const isEscape = /^%[0-9a-f]{2}$/i.test(hex)
    octets[length++] = isEscape ? Number.parseInt(hex.slice(1), 16) : raw[at]!
    if (isEscape) at += 2
  }
  return octets.subarray(0, length)
}

/**
 * `value; name=token; name="quoted"`. Null when it cannot be read in one way only: a parameter given twice, or text
 * that belongs to none.
 */
function parseParameters(text: string): (Map<string, string> & { value: string }) | null {
  const end = text.indexOf(';')
  const parameters = Object.assign(new Map<string, string>(), { value: (end < 0 ? text : text.slice(0, end)).trim() })
  let at = end < 0 ? text.length : end
  while (at < text.length) {
    const rest = text.slice(at)
    if (/^;[ \t]*$/.test(rest)) break
    const start = /^;[ \t]*([^\s=";]+)=/.exec(rest)
    if (start === null) return null
    const name = start[1]!.toLowerCase()
    if (parameters.has(name)) return null
    at += start[0].length
    const quoted = text[at] === '"'
    const close = quoted ? closingQuote(text, at + 1) : tokenEnd(text, at)
    if (close < 0) return null
    const raw = text.slice(quoted ? at + 1 : at, close)
    // curl and others write `\"`; Windows once sent whole paths, so a backslash before anything else is itself.
    parameters.set(name, quoted ? raw.replaceAll('\\"', '"') : raw.trim())
    at = quoted ? close + 1 : close
    at += /^[ \t]*/.exec(text.slice(at))![0].length
    if (at < text.length && text[at] !== ';') return null
  }
  return parameters
}

/** The quote that ends a value: one without a backslash before it, or else the very last one (a name ending in `\`). */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at - 1] !== '\\' || at === from) return at
    if (/^[ \t]*(;[^"]*)?$/.test(text.slice(at + 1))) return at
  }
  return -1
}

function tokenEnd(text: string, from: number): number {
  const end = text.indexOf(';', from)
  return end < 0 ? text.length : end
}
