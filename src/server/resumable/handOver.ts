import type { Call } from '../call.js'
import type { ByteSource, Incoming, Outgoing } from '../exchange.js'
import { tell } from '../finishAnswer.js'
import { Refusal, withoutKey } from '../refusal.js'
import { beginRequest } from '../requestState.js'
import { upload } from '../routes/upload.js'
import { describe } from '../upstreamLink.js'

/** A file that is whole, and where its bytes come from. */
export interface WholeFile {
  name: string
  type: string
  size: number
  bytes: () => AsyncIterable<Uint8Array>
}

/**
 * Gives a file to Dify as if a browser had just sent it by `POST files/upload`, so that there is one way to Dify with
 * one set of caps, timeouts and errors. On nobody's connection: whoever sent the last piece may be gone.
 *
 * @param note for the log, or null.
 * @throws Refusal as that route does.
 */
export async function handOver(call: Call, file: WholeFile, note: string | null): Promise<Outgoing & { body: string }> {
  const incoming = asForm(call.incoming, file)
  const state = beginRequest(incoming, call.settings)
  Object.assign(state, { user: call.user, key: call.key, route: HAND_OVER })
  const end: (() => void)[] = []
  const { baseUrl } = call.settings
  try {
    const outgoing = await upload({ ...call, incoming, route: HAND_OVER, url: `${baseUrl}/${HAND_OVER.path}`, trace: state.trace, onEnd: (work) => end.push(work) })
    void tell(call.settings, state, outgoing.status, null, note)
    return outgoing
  } catch (error) {
    const refusal = withoutKey(error instanceof Refusal ? error : new Refusal('internal_server_error', { detail: describe(error) }), call.key)
    void tell(call.settings, state, refusal.status, refusal, note)
    throw refusal
  } finally {
    for (const work of end) work()
    // Refused halfway, the rest is not read: the store need not hold it open.
    incoming.body?.cancel().catch(() => {})
  }
}

const HAND_OVER = { name: 'upload', methods: ['POST'], path: 'files/upload', id: null } as const

function asForm(of: Incoming, file: WholeFile): Incoming {
  const boundary = `----dfd${crypto.randomUUID()}`
  const name = file.name.replaceAll('"', '%22')
  const head = encoder.encode(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${file.type}\r\n\r\n`,
  )
  const close = encoder.encode(`\r\n--${boundary}--\r\n`)
  const headers: Record<string, string> = {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': String(head.length + file.size + close.length),
  }
  return {
    ...of,
    method: 'POST',
    header: (header) => headers[header] ?? null,
    body: sourceOf(chunks()),
    signal: new AbortController().signal,
  }

  async function* chunks(): AsyncGenerator<Uint8Array, void, void> {
    yield head
    yield* file.bytes()
    yield close
  }
}

function sourceOf(chunks: AsyncGenerator<Uint8Array, void, void>): ByteSource {
  return {
    async read() {
      const { done, value } = await chunks.next()
      return done === true ? null : value
    },
    async cancel() {
      await chunks.return()
    },
    // The store's: one in memory gives the bytes that it holds.
    isOurs: false,
  }
}

const encoder = new TextEncoder()
