// Which module each byte of a minified chunk is of, read from its source map.

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * @param {string} code
 * @param {{ sources: string[], mappings: string }} map
 * @returns {Map<string, number>} bytes of code by source; what the bundler added is under ''
 */
export function bytesByModule(code, { sources, mappings }) {
  const bytes = new Map()
  const lines = code.split('\n')
  let source = 0
  mappings.split(';').forEach((line, row) => {
    const text = lines[row] ?? ''
    let column = 0
    let from = 0
    let of = ''
    const upTo = (end) => {
      if (end > from) bytes.set(of, (bytes.get(of) ?? 0) + Buffer.byteLength(text.slice(from, end)))
      from = end
    }
    for (const segment of line.split(',').filter(Boolean)) {
      const [columns, sources_] = numbers(segment)
      column += columns
      upTo(column)
      if (sources_ !== undefined) source += sources_
      of = sources_ === undefined ? '' : sources[source]
    }
    upTo(text.length)
  })
  return bytes
}

/** Base64 VLQ: six bits a digit, the highest says that more follow, the lowest of the first is the sign. */
function numbers(segment) {
  const all = []
  let value = 0
  let shift = 0
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit)
    value += (bits & 31) << shift
    shift += 5
    if (bits & 32) continue
    all.push(value & 1 ? -(value >>> 1) : value >>> 1)
    value = shift = 0
  }
  return all
}
