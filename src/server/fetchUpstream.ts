import type { Upstream, UpstreamAnswer } from './exchange.js'

/** Reaches Dify over `fetch`: every runtime's, or one that a test or host hands in. */
export function fetchUpstream(fetch: typeof globalThis.fetch): Upstream {
  return async ({ method, url, headers, body, signal, onConnect }) => {
    const init: RequestInit & { duplex?: 'half' } = { method, headers, signal, redirect: 'manual' }
    if (typeof body === 'string') init.body = body
    if (body === null || typeof body === 'string') {
      onConnect()
    } else {
      init.body = ofLength(streamOf(body, onSecond(onConnect)), headers['content-length'])
      init.duplex = 'half'
    }
    const response = await orAbort(fetch(url, init), signal)
    return {
      // Browsers-like runtimes hide a redirect behind status 0.
      status: response.type === 'opaqueredirect' ? 302 : response.status,
      header: (name) => headerOf(response, name),
      body: chunksOf(response, signal),
    } satisfies UpstreamAnswer
  }
}

/** The first chunk is taken at once by some runtimes (Node); the next when there was a connection to write the first to. */
function onSecond(work: () => void): () => void {
  let times = 0
  return () => {
    times += 1
    if (times === 2) work()
  }
}

/** workerd keeps a `Content-Length` only for a stream of its own kind; every other runtime takes the header. */
function ofLength(stream: ReadableStream<Uint8Array<ArrayBuffer>>, length: string | undefined): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { FixedLengthStream } = globalThis as { FixedLengthStream?: new (length: number) => TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> }
  return FixedLengthStream === undefined || length === undefined ? stream : stream.pipeThrough(new FixedLengthStream(Number(length)))
}

/** `fetch` gives the body decoded, but leaves the headers that told how it was encoded. */
function headerOf(response: Response, name: string): string | null {
  if (response.headers.has('content-encoding') && /^content-(encoding|length)$/i.test(name)) return null
  return response.headers.get(name)
}

/** A web stream that pulls: nothing is read before it is wanted, and leaving it ends the iterable. */
export function streamOf(chunks: AsyncIterable<Uint8Array>, onPull: () => void = () => {}): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream(
    {
      async pull(controller) {
        onPull()
        const { done, value } = await iterator.next()
        if (done === true) controller.close()
        else controller.enqueue(value as Uint8Array<ArrayBuffer>)
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

async function* chunksOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
  if (response.body === null) return
  const reader = response.body.getReader()
  const cancel = () => void reader.cancel(signal.reason).catch(() => {})
  signal.addEventListener('abort', cancel, { once: true })
  try {
    for (;;) {
      signal.throwIfAborted()
      const { done, value } = await reader.read()
      if (done) break
      yield value
    }
    // A cancelled stream ends as if it were complete.
    signal.throwIfAborted()
  } finally {
    signal.removeEventListener('abort', cancel)
    cancel()
  }
}

/** A `fetch` that does not listen to its signal must not keep the client waiting. */
async function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the reason is a Refusal
    abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
  work.catch(() => {})
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
