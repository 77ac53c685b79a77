import { parseHeaderOptions } from './headerOptions.js'
import type { LoggedRequest } from './requestLog.js'
import { ConnectionCut } from './trouble.js'
import type { Encounter } from './troubleQueue.js'
import { pause, unlessAborted } from './waiting.js'

/** Where a body comes from. The next piece is asked for only when there is room for it. */
export interface BodySource {
  /** Null at the end. */
  next(): Promise<Uint8Array | null>
  /** Nothing more will be read. */
  cancel(reason: unknown): void
}

/**
 * A request's body on its way in, counted into its record. A slow or stalled emulator does not ask for more, and so
 * holds the sender back.
 */
export class IncomingBody {
  readonly #peeked: Uint8Array[] = []
  #received = 0

  constructor(
    private readonly source: BodySource | null,
    private readonly record: LoggedRequest,
    private readonly signal: AbortSignal,
    private readonly clock: () => number,
  ) {}

  /** The file's name as its part's head gives it, read ahead as far as needed; null when none turns up in 64 KiB. */
  async fileName(): Promise<string | null> {
    let head = ''
    while (head.length < 65_536) {
      const chunk = await this.#pull()
      if (chunk === null) break
      this.#peeked.push(chunk)
      head = new TextDecoder().decode(concat(this.#peeked, 65_536))
      const disposition = /^content-disposition:(.*filename\*?=.*)[\r\n]/im.exec(head)
      if (disposition !== null) return parseHeaderOptions(disposition[1]!.trim()).options.get('filename') ?? null
    }
    return null
  }

  /**
   * Reads all of it, through whatever trouble it meets.
   *
   * @returns the bytes, or `too_large` as soon as there are more than `maxBytes`.
   * @throws the signal's reason, or {@link ConnectionCut}.
   */
  async readAll(encounter: Encounter, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | 'too_large'> {
    const chunks: Uint8Array[] = []
    const { slow, end } = encounter
    slow?.reach(this.record)
    for (;;) {
      await this.#stopHere(end)
      const chunk = this.#peeked.shift() ?? (await this.#pull())
      if (chunk === null) break
      this.#received += chunk.length
      if (this.#received > maxBytes) return 'too_large'
      chunks.push(chunk)
      if (slow !== undefined) await pause((chunk.length / slow.trouble.bytesPerSecond) * 1000, this.signal, slow.released)
    }
    await this.#stopHere(end, true)
    return concat(chunks, this.#received)
  }

  cancel(reason: unknown): void {
    this.source?.cancel(reason)
  }

  /** Stands still, or breaks, where the script says so: at the latest when the body has ended. */
  async #stopHere(end: Encounter['end'], hasEnded = false): Promise<void> {
    if (end === undefined || end.isReleased) return
    const { trouble } = end
    if ((trouble.kind !== 'stall' && trouble.kind !== 'cutOff') || trouble.at === 'answer') return
    if (!hasEnded && this.#received < (trouble.after ?? 0)) return
    end.reach(this.record)
    if (trouble.kind === 'cutOff') throw new ConnectionCut()
    await unlessAborted(end.released, this.signal)
  }

  async #pull(): Promise<Uint8Array | null> {
    if (this.source === null) return null
    const chunk = await unlessAborted(this.source.next(), this.signal)
    if (chunk === null) return null
    const now = this.clock()
    this.record.firstByteAt ??= now
    this.record.lastByteAt = now
    this.record.bytesReceived += chunk.length
    this.record.chunks += 1
    return chunk
  }
}

export function streamSource(stream: ReadableStream<Uint8Array>): BodySource {
  const reader = stream.getReader()
  return {
    next: async () => (await reader.read()).value ?? null,
    cancel: (reason) => void reader.cancel(reason).catch(() => {}),
  }
}

function concat(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const total = Math.min(length, chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  const bytes = new Uint8Array(total)
  let at = 0
  for (const chunk of chunks) {
    if (at >= total) break
    bytes.set(chunk.subarray(0, total - at), at)
    at += chunk.length
  }
  return bytes
}
