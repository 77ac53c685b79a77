/**
 * Watches Dify's event stream go by and says where it is over: behind an `error` event, after which Dify 1.13 to 1.15
 * keep the connection open and ping for ever. Looks at complete lines only and holds none longer than an error can be.
 */
export class EventStreamEnd {
  #line = new Uint8Array(256)
  #length = 0
  #isTooLong = false
  #sawError = false

  /** How many of this chunk's bytes belong to the stream: fewer than all, or `isOver`, when it ends here. */
  feed(chunk: Uint8Array): number {
    let at = 0
    while (at < chunk.length) {
      const newline = chunk.indexOf(LF, at)
      this.#append(chunk.subarray(at, newline < 0 ? chunk.length : newline))
      if (newline < 0) break
      at = newline + 1
      if (this.#endLine()) return at
    }
    return chunk.length
  }

  /** True once the error event's closing blank line was seen. */
  isOver = false

  #append(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length
    if (this.#isTooLong || needed > MAX_ERROR_LINE) {
      this.#isTooLong = true
      return
    }
    if (needed > this.#line.length) {
      const larger = new Uint8Array(Math.min(MAX_ERROR_LINE, Math.max(needed, this.#line.length * 2)))
      larger.set(this.#line.subarray(0, this.#length))
      this.#line = larger
    }
    this.#line.set(bytes, this.#length)
    this.#length = needed
  }

  /** @returns whether the stream ends with this line. */
  #endLine(): boolean {
    const line = this.#isTooLong ? '' : decoder.decode(this.#line.subarray(0, this.#length)).replace(/\r$/, '')
    const isBlank = !this.#isTooLong && line === ''
    this.#length = 0
    this.#isTooLong = false
    if (!isBlank) {
      this.#sawError ||= isErrorLine(line)
      return false
    }
    this.isOver = this.#sawError
    return this.isOver
  }
}

/** An event that tells the browser what ended a stream which Dify did not end itself. */
export function errorEvent(error: { code: string; status: number; message: string }): Uint8Array {
  const { code, status, message } = error
  // The blank line first: the stream may have broken in the middle of an event.
  return new TextEncoder().encode(`\n\ndata: ${JSON.stringify({ event: 'error', status, code, message })}\n\n`)
}

function isErrorLine(line: string): boolean {
  if (/^event:\s*error\s*$/.test(line)) return true
  if (!line.startsWith('data:') || !line.includes('error')) return false
  try {
    const json: unknown = JSON.parse(line.slice(5))
    return typeof json === 'object' && json !== null && (json as { event?: unknown }).event === 'error'
  } catch {
    return false
  }
}

const LF = 0x0a
const MAX_ERROR_LINE = 64 * 1024
const decoder = new TextDecoder()
