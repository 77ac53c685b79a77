/**
 * The part after the last dot, lower case, without the dot: `''` for `README`, `.env` and `foo.`, as Python's
 * `splitext` (and so Dify) sees it.
 */
export function rawExtension(name: string): string {
  const dot = name.lastIndexOf('.')
  if (dot <= 0 || /^\.*$/.test(name.slice(0, dot))) return ''
  return name.slice(dot + 1).toLowerCase()
}

/** {@link rawExtension}, but what is longer than 20 characters is not taken for an extension: Dify answers 500 to it. */
export function extensionOf(name: string): string {
  const extension = rawExtension(name)
  return extension.length > MAX_EXTENSION || /\s/.test(extension) ? '' : extension
}

/** Dify cuts names over 200 characters (code points) at their FIRST dot, so we shorten them first, more kindly. */
export const MAX_NAME_LENGTH = 200
const MAX_EXTENSION = 20

/**
 * Makes a name fit for every Dify version, as the widget shows it and the proxy enforces it: the base name only; NFC;
 * `/ \ : * ? " < > |`, control and bidirectional characters and lone surrogates become `_`; at most 200 characters
 * (code points), keeping the last extension; never empty.
 *
 * Idempotent: `fitName(fitName(x)) === fitName(x)`.
 *
 * Source: Dify 1.2.0 to 1.13.0 refuse `: * ? " < > |`, every version refuses `/` and `\`.
 *
 * @param fallback the name for a file that has none. @default 'file'
 */
export function fitName(name: string, fallback = 'file'): string {
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
  const clean = base.toWellFormed().normalize('NFC').replaceAll(UNFIT, '_').trim()
  if (/^[._\s]*$/.test(clean)) return fallback
  return shorten(clean)
}

/* Controls, the seven reserved marks, bidi marks/embeddings/isolates, line separators, and U+FFFD (a lone surrogate). */
// oxlint-disable-next-line no-control-regex -- naming the control characters is the purpose of this expression
const UNFIT = /[\u0000-\u001f\u007f-\u009f:*?"<>|\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffd]/g

function shorten(name: string): string {
  const points = Array.from(name)
  if (points.length <= MAX_NAME_LENGTH) return name
  const extension = extensionOf(name)
  const tail = extension === '' ? [] : Array.from(name.slice(-(extension.length + 1)))
  return points.slice(0, MAX_NAME_LENGTH - tail.length).join('').trimEnd() + tail.join('')
}
