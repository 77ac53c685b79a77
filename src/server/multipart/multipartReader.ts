import type { ByteSource } from '../exchange.js'
import { findBytes } from './findBytes.js'
import { MalformedMultipart, MULTIPART_LIMITS, parsePartHead, type PartHead } from './grammar.js'

/**
 * Reads a multipart body part by part while it arrives. Holds at most one chunk, plus one part's headers or the tail
 * that might be the beginning of a delimiter; content is handed on as views of the chunks, uncopied.
 *
 * Call `content()` until it gives null, then `nextPart()`; the first content is the preamble.
 */
export class MultipartReader {
  readonly #source: ByteSource
  readonly #delimiter: Uint8Array
  readonly #find: (hay: Uint8Array, from: number) => number
  readonly #findClose: (hay: Uint8Array, from: number) => number
  /** Begins with a CRLF that was never sent, so that a delimiter at the very start is one like all others. */
  #window: Uint8Array = CRLF
  /** What the window is the filled part of, when it was put together from several chunks. */
  #growing: Uint8Array | null = null
  #at = 0
  #received = 0
  #isClosed = false

  constructor(source: ByteSource, boundary: string) {
    this.#source = source
    this.#delimiter = new TextEncoder().encode(`\r\n--${boundary}`)
    this.#find = findBytes(this.#delimiter)
    this.#findClose = findBytes(new TextEncoder().encode(`\r\n--${boundary}--`))
  }

  /** Bytes of the body that lie behind the reader: before the next content, or behind the closing delimiter. */
  get position(): number {
    return this.#received - (this.#window.length - this.#at)
  }

  /**
   * More of the current part's content, or null at its end.
   *
   * @throws MalformedMultipart when the body ends before its closing delimiter.
   */
  async content(): Promise<Uint8Array | null> {
    let from = this.#at
    for (;;) {
      const found = this.#find(this.#window, from)
      const mark = found < 0 ? 'none' : this.#markAt(found + this.#delimiter.length)
      if (mark === 'content') {
        from = found + 1
        continue
      }
      // Up to here it is content for sure: a delimiter, or what may become one, begins there.
      const end = mark === 'none' ? this.#suspect() : found
      if (end > this.#at) {
        const chunk = this.#window.subarray(this.#at, end)
        this.#at = end
        if (end === this.#window.length) this.#forget()
        return chunk
      }
      if (mark === 'part' || mark === 'close') {
        this.#isClosed = mark === 'close'
        // The CRLF after a delimiter stays: an empty line right behind it ends an empty head.
        this.#at = found + this.#delimiter.length + (this.#isClosed ? 2 : 0)
        return null
      }
      this.#take(await this.#source.read())
      from = this.#at
    }
  }

  /**
   * The head of the part that follows a delimiter, or null behind the closing one.
   *
   * @throws MalformedMultipart
   */
  async nextPart(): Promise<PartHead | null> {
    if (this.#isClosed) return null
    let from = this.#at
    for (;;) {
      const end = findEmptyLine(this.#window, from)
      if ((end < 0 ? this.#window.length : end) - this.#at > MULTIPART_LIMITS.headers) {
        throw new MalformedMultipart("a part's headers are longer than 16 KiB")
      }
      if (end >= 0) {
        // A header's name may begin with dashes; but to whoever looks for delimiters first, the form is over there.
        if (this.#findClose(this.#window.subarray(this.#at, end), 0) >= 0) throw new MalformedMultipart("the form ends among a part's headers")
        const lines = this.#window.subarray(this.#at + 2, end)
        this.#at = end + 4
        return parsePartHead(lines)
      }
      const searched = this.#window.length - this.#at
      this.#take(await this.#source.read())
      from = this.#at + Math.max(0, searched - 3)
    }
  }

  /** What two bytes behind a boundary make of it. */
  #markAt(index: number): 'part' | 'close' | 'content' | 'unknown' {
    const first = this.#window[index]
    const second = this.#window[index + 1]
    if (first === undefined) return 'unknown'
    if (first !== CR && first !== DASH) return 'content'
    if (second === undefined) return 'unknown'
    if (first === CR) return second === LF ? 'part' : 'content'
    return second === DASH ? 'close' : 'content'
  }

  /** Where, at the window's end, the beginning of a delimiter may stand. It has one CR only, its first byte. */
  #suspect(): number {
    const window = this.#window
    const first = Math.max(this.#at, window.length - this.#delimiter.length + 1)
    const start = window.subarray(first).lastIndexOf(CR) + first
    if (start < first) return window.length
    for (let i = start; i < window.length; i++) if (window[i] !== this.#delimiter[i - start]) return window.length
    return start
  }

  /** A chunk that was handed on whole is the receiver's, who may even give its memory back. */
  #forget(): void {
    this.#window = NOTHING
    this.#growing = null
    this.#at = 0
  }

  #take(chunk: Uint8Array | null): void {
    if (chunk === null) throw new MalformedMultipart('the body ends before its closing delimiter')
    this.#received += chunk.length
    const rest = this.#window.subarray(this.#at)
    this.#at = 0
    if (rest.length === 0) {
      this.#window = chunk
      return
    }
    const length = rest.length + chunk.length
    if (rest.buffer === this.#growing?.buffer && rest.byteOffset + length <= this.#growing.length) {
      this.#growing.set(chunk, rest.byteOffset + rest.length)
      this.#window = this.#growing.subarray(rest.byteOffset, rest.byteOffset + length)
      return
    }
    // Headers that come byte by byte must not be copied anew for each of them.
    const window = new Uint8Array(chunk.length < rest.length ? 2 * length : length)
    window.set(rest)
    window.set(chunk, rest.length)
    this.#growing = window
    this.#window = window.subarray(0, length)
  }
}

const CR = 0x0d
const LF = 0x0a
const DASH = 0x2d
const NOTHING = new Uint8Array(0)
const CRLF = new Uint8Array([CR, LF])
const findEmptyLine = findBytes(new Uint8Array([CR, LF, CR, LF]))
