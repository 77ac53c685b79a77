import type { SizeCategory } from '../../dify/kinds.js'
import type { ByteSource } from '../exchange.js'
import { Refusal } from '../refusal.js'
import { fitPart } from './fitPart.js'
import { MalformedMultipart, MULTIPART_LIMITS } from './grammar.js'
import { MultipartReader } from './multipartReader.js'

/** What a rebuild needs to know. */
export interface RebuildOptions {
  source: ByteSource
  boundary: string
  /** The incoming Content-Length, or null when it came chunked. */
  length: number | null
  user: string
  /** The size limit of a category in bytes, or null. */
  maxBytesOf(category: SizeCategory): number | null
  /** Makes the refusal of a file over its limit. */
  tooLarge(category: SizeCategory): Refusal
  /** For tests. @default 128 random bits */
  freshBoundary?: () => string
}

/**
 * An upload on its way through: what the client sent is taken apart and put together anew under a boundary that the
 * client cannot know, as the server's `user` and exactly one part `file`.
 *
 * The invariant that everything rests on: the closing delimiter is written only after the client's own has been read
 * and everything before it was in order. Whatever goes wrong earlier leaves a body that no parser accepts.
 */
export class RebuiltUpload {
  readonly name: string
  readonly mime: string
  readonly category: SizeCategory
  /** Exact bytes of `body`, or null when the client's length was not known. */
  readonly length: number | null
  /** To be read once. */
  readonly body: AsyncGenerator<Uint8Array, void, void>
  /** Bytes of the file so far. */
  fileBytes = 0
  /** Text fields of the client that were dropped so far. */
  readonly dropped: Dropped
  /** True once the client's closing delimiter was read: the body can complete. */
  isWhole = false

  /** Reads up to the file's first byte. @throws Refusal */
  static async start(options: RebuildOptions): Promise<RebuiltUpload> {
    const reader = new MultipartReader(options.source, options.boundary)
    const dropped = new Dropped()
    const part = await nextFile(reader, dropped).catch(unreadable)
    if (part === null) throw new Refusal('no_file_uploaded', { detail: 'the form has no file' })
    if (part.name !== 'file') {
      throw new Refusal(part.name === 'user' ? 'too_many_files' : 'no_file_uploaded', {
        detail: 'the first file part is not named "file"',
      })
    }
    return new RebuiltUpload(reader, dropped, part, options)
  }

  private constructor(reader: MultipartReader, dropped: Dropped, part: { filename: string; type: string }, options: RebuildOptions) {
    const { name, mime, category } = fitPart(part.filename, part.type)
    this.name = name
    this.mime = mime
    this.category = category
    this.dropped = dropped
    const boundary = (options.freshBoundary ?? freshBoundary)()
    const head = encoder.encode(
      `--${boundary}\r\nContent-Disposition: form-data; name="user"\r\n\r\n${options.user}\r\n` +
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${escapeMarks(this.name)}"\r\n` +
        `Content-Type: ${this.mime}\r\n\r\n`,
    )
    const close = encoder.encode(`\r\n--${boundary}--\r\n`)
    this.contentType = `multipart/form-data; boundary=${boundary}`
    const rest = options.length === null ? null : options.length - reader.position
    const limit = options.maxBytesOf(this.category)
    // What follows the file is bounded, so the file's size is nearly known before its first byte.
    if (rest !== null && limit !== null && rest - MULTIPART_LIMITS.dropped > limit) throw options.tooLarge(this.category)
    this.length = rest === null ? null : head.length + rest + close.length
    this.body = this.#bytes(reader, head, close, limit, options)
  }

  /** The header that belongs to `body`. */
  readonly contentType: string

  async *#bytes(
    reader: MultipartReader, head: Uint8Array, close: Uint8Array, limit: number | null, options: RebuildOptions,
  ): AsyncGenerator<Uint8Array, void, void> {
    // Before the head is out: who has written it may take its memory, and with that its length.
    const framing = head.length + close.length
    yield head
    for (;;) {
      const chunk = await reader.content().catch(unreadable)
      if (chunk === null) break
      this.fileBytes += chunk.length
      if (limit !== null && this.fileBytes > limit) throw options.tooLarge(this.category)
      if (options.length !== null && reader.position > options.length) throw lie()
      yield chunk
    }
    const fileEnd = this.length === null ? 0 : this.length - framing - this.fileBytes
    await onlyFields(reader, this.dropped).catch(unreadable)
    if (options.length !== null) {
      const epilogue = options.length - reader.position
      if (epilogue < 0) throw lie()
      if (epilogue > MULTIPART_LIMITS.dropped) throw new Refusal('invalid_param', { detail: 'the body goes on behind its end' })
    }
    this.isWhole = true
    // The epilogue stands for what followed the file at the client, so that the length promised up front is exact.
    const tail = new Uint8Array(close.length + fileEnd).fill(0x20)
    tail.set(close)
    yield tail
  }
}

/** What was read and is not sent on. */
export class Dropped {
  fields = 0
  bytes = 0

  addField(): void {
    this.fields += 1
    if (this.fields > MULTIPART_LIMITS.fields) {
      throw new Refusal('invalid_param', { detail: `more than ${MULTIPART_LIMITS.fields} form fields beside the file` })
    }
  }

  addBytes(count: number): void {
    this.bytes += count
    if (this.bytes > MULTIPART_LIMITS.dropped) {
      throw new Refusal('invalid_param', { detail: 'more than 64 KiB of form fields beside the file' })
    }
  }
}

/** Skips to the next part that is a file. */
async function nextFile(reader: MultipartReader, dropped: Dropped): Promise<{ name: string; filename: string; type: string } | null> {
  for (;;) {
    for (let chunk = await reader.content(); chunk !== null; chunk = await reader.content()) dropped.addBytes(chunk.length)
    const part = await reader.nextPart()
    if (part === null) return null
    if (part.filename !== null) return { ...part, filename: part.filename }
    dropped.addField()
  }
}

/** Reads on behind the file, up to the closing delimiter: nothing but text fields may stand there. */
async function onlyFields(reader: MultipartReader, dropped: Dropped): Promise<void> {
  for (;;) {
    const part = await reader.nextPart()
    if (part === null) return
    if (part.filename !== null) throw new Refusal('too_many_files')
    dropped.addField()
    for (let chunk = await reader.content(); chunk !== null; chunk = await reader.content()) dropped.addBytes(chunk.length)
  }
}

/** Dify calls a body that it cannot read a form without a file, and so do we. */
function unreadable(error: unknown): never {
  if (error instanceof MalformedMultipart) throw new Refusal('no_file_uploaded', { detail: error.message })
  throw error
}

function lie(): Refusal {
  return new Refusal('no_file_uploaded', { detail: 'the body is longer than its Content-Length' })
}

/** As browsers do. `fitName` left none of these; a header must not depend on that. */
function escapeMarks(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')
}

/** 128 random bits: nothing that a client sends can hold it but by chance. */
function freshBoundary(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `----dfd${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

const encoder = new TextEncoder()
