import { readUploadAnswer } from '../../dify/answer.js'
import type { SizeCategory } from '../../dify/kinds.js'
import { declaredLength, passedHeaders, type Call } from '../call.js'
import type { Outgoing } from '../exchange.js'
import { boundaryOf, MULTIPART_LIMITS } from '../multipart/grammar.js'
import { RebuiltUpload } from '../multipart/rebuiltUpload.js'
import { Refusal } from '../refusal.js'
import { largestCap, sizeCaps, tooLargeSentence } from '../sizeCaps.js'
import { upstreamFault } from '../upstreamFault.js'
import { UpstreamLink } from '../upstreamLink.js'
import { watchedSource } from '../watchedSource.js'

/** `POST files/upload`: one file on its way through, rebuilt while it streams and held nowhere. */
export async function upload(call: Call): Promise<Outgoing & { body: string }> {
  const { incoming, settings } = call
  const length = declaredLength(incoming)
  const boundary = boundaryOf(incoming.header('content-type'))
  if (boundary === null || incoming.body === null) throw new Refusal('no_file_uploaded', { detail: 'not a multipart/form-data body' })

  const caps = sizeCaps(settings.maxBytes, call.knownParameters())
  const tooLarge = (category: SizeCategory | null, cap: number | null) =>
    new Refusal('file_too_large', { message: tooLargeSentence(category, cap) })
  const largest = largestCap(caps)
  if (length !== null && largest !== null && length > largest + MULTIPART_LIMITS.dropped) throw tooLarge(null, largest)

  const link = new UpstreamLink(call.upstream, settings.timeouts, incoming.signal, { hasTotal: true })
  call.onEnd(() => link.close())
  const rebuilt = await RebuiltUpload.start({
    source: watchedSource(incoming.body, link),
    boundary,
    length,
    user: call.user,
    maxBytesOf: (category) => caps[category],
    tooLarge: (category) => tooLarge(category, caps[category]),
  })
  const body = new UploadBody(rebuilt, link)
  try {
    const answer = await link.ask({
      method: 'POST',
      url: call.url,
      headers: {
        ...call.headers,
        'content-type': rebuilt.contentType,
        ...(rebuilt.length === null ? {} : { 'content-length': String(rebuilt.length) }),
      },
      body,
      mayFree: incoming.body.isOurs,
    })
    call.trace.upstreamStatus = answer.status
    if (answer.status < 300) await body.ended
    // An early refusal: nothing more is sent, and the client gets it at once.
    body.hold()
    const told = await link.text(answer, 1024 * 1024)
    const read = readUploadAnswer(told, Date.now())
    if (!read.ok || !rebuilt.isWhole) {
      const fault = upstreamFault(told, 'upload', tooLargeSentence(rebuilt.category, caps[rebuilt.category]))
      throw read.ok ? new Refusal('upstream_not_dify', { from: 'gateway', detail: 'success before the file was whole' }) : fault
    }
    const headers = passedHeaders(told)
    headers.set('content-type', 'application/json')
    return { status: told.status, headers, body: withheld(told.body, settings.withhold) }
  } finally {
    call.trace.bytes = rebuilt.fileBytes
    body.hold()
    link.close()
  }
}

/** The rebuilt body as the transport reads it, which tells the clock whose turn it is and can be stopped. */
class UploadBody implements AsyncIterable<Uint8Array> {
  /** Resolves when nothing more will come, whole or not. */
  readonly ended: Promise<void>
  readonly #rebuilt: RebuiltUpload
  readonly #link: UpstreamLink
  #end = () => {}
  #isHeld = false

  constructor(rebuilt: RebuiltUpload, link: UpstreamLink) {
    this.#rebuilt = rebuilt
    this.#link = link
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
    link.signal.addEventListener('abort', this.#end, { once: true })
  }

  /** From now on the transport waits for bytes that never come, until the link is closed. */
  hold(): void {
    this.#isHeld = true
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    const { watch, signal } = this.#link
    try {
      for await (const chunk of this.#rebuilt.body) {
        if (this.#isHeld) await aborted(signal)
        if (this.#link.isConnected) watch.expect(this.#rebuilt.isWhole ? 'answer' : 'upstream')
        if (this.#rebuilt.isWhole) this.#end()
        yield chunk
        if (this.#isHeld) await aborted(signal)
      }
    } catch (error) {
      this.#link.fail(this.#link.refusalOf(error))
      throw error
    } finally {
      this.#end()
    }
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the reason is a Refusal
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}

function withheld(body: string, keys: readonly string[]): string {
  if (keys.length === 0) return body
  const file = JSON.parse(body) as Record<string, unknown>
  for (const key of keys) if (Object.hasOwn(file, key)) file[key] = null
  return JSON.stringify(file)
}
