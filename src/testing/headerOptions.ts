/** A header of the form `value; key=value; key="value"`, as Werkzeug reads it. */
export interface HeaderOptions {
  value: string
  /** By lower-case key. */
  options: ReadonlyMap<string, string>
}

/**
 * Reads `Content-Type` and `Content-Disposition` the way Dify's server does: invalid options are skipped without a
 * word, `\"` and `%22` both become a quote, `filename*=UTF-8''…` is understood, `key*0` and `key*1` are joined.
 *
 * Source: `parse_options_header` of Werkzeug 3.1.
 */
export function parseHeaderOptions(header: string): HeaderOptions {
  const semicolon = header.indexOf(';')
  const value = (semicolon < 0 ? header : header.slice(0, semicolon)).trim()
  const rest = semicolon < 0 ? '' : header.slice(semicolon + 1).trim()
  const options = new Map<string, string>()
  if (value === '' || rest === '') return { value, options }

  let continuedCharset: string | null = null
  for (const [rawKey, rawText] of rawOptions(rest)) {
    let key = rawKey
    let text = rawText
    if (key.endsWith('*')) {
      key = key.slice(0, -1)
      const marked = /^([\w!#$%&*+\-.^`|~]*)'[\w!#$%&*+\-.^`|~]*'([\w!#$%&'*+\-.^`|~]+)/.exec(text)
      if (marked !== null) text = marked[2]!
      const charset: string | null = marked?.[1]?.toLowerCase() || continuedCharset
      if (charset !== null && CHARSETS.has(charset)) {
        continuedCharset = charset
        text = percentDecode(text, charset)
      }
    }
    if (text.startsWith('"') && text.endsWith('"')) {
      text = text.slice(1, -1).replaceAll('\\\\', '\\').replaceAll('\\"', '"').replaceAll('%22', '"')
    }
    const continuation = /\*\d+$/.exec(key)
    if (continuation === null) options.set(key, text)
    else {
      key = key.slice(0, continuation.index)
      options.set(key, (options.get(key) ?? '') + text)
    }
  }
  return { value, options }
}

const CHARSETS = new Set(['ascii', 'us-ascii', 'utf-8', 'iso-8859-1'])

function* rawOptions(text: string): Generator<[key: string, value: string]> {
  let rest = text
  for (;;) {
    const key = /^([\w!#$%&'*+\-.^`|~]+)=/.exec(rest)
    if (key !== null) {
      rest = rest.slice(key[0].length)
      const token = /^[\w!#$%&'*+\-.^`|~]+/.exec(rest)
      const quoted = token === null ? /^"(?:\\[\\"]|[^"])*?"/.exec(rest) : null
      if (token !== null) yield [key[1]!.toLowerCase(), token[0]]
      else if (quoted !== null) {
        yield [key[1]!.toLowerCase(), quoted[0]]
        rest = rest.slice(quoted[0].length)
      }
    }
    const end = rest.indexOf(';')
    if (end < 0) return
    rest = rest.slice(end + 1).trimStart()
  }
}

function percentDecode(text: string, charset: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split('%'), (hex) => Number.parseInt(hex, 16))
    return new TextDecoder(charset === 'utf-8' ? 'utf-8' : 'latin1').decode(bytes)
  })
}
