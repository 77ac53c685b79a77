import type { Outgoing } from './exchange.js'
import { userHash, type ProxyEvent } from './proxyEvent.js'
import type { Settings } from './proxyOptions.js'
import { quietly } from './quietly.js'
import { ClientGone, Refusal, withoutKey } from './refusal.js'
import type { RequestState } from './requestState.js'
import { describe } from './upstreamLink.js'
import { Watchdog } from './watchdog.js'

/** What every answer has, and what happens when its last byte is out. */
export async function finishAnswer(
  outgoing: Outgoing, refusal: Refusal | null, request: RequestState, settings: Settings,
): Promise<Outgoing> {
  const { headers } = outgoing
  for (const [name, value] of Object.entries(request.headers)) if (!(name === 'vary' && headers.has('vary'))) headers.set(name, value)
  const { identityHeaders } = request
  // Once: should they fail, the refusal that comes of it goes without them.
  request.identityHeaders = null
  const own = typeof identityHeaders === 'function' ? await identityHeaders() : identityHeaders
  new Headers(own ?? {}).forEach((value, name) => headers.append(name, value))
  headers.set('x-request-id', request.id)
  headers.set('x-content-type-options', 'nosniff')
  headers.set('cache-control', 'private, no-store')

  const end = () => {
    for (const work of request.onEnd) void quietly(work)
    const { fault } = request.trace
    void tell(settings, request, outgoing.status, refusal ?? (fault === null ? null : withoutKey(fault, request.key)))
  }
  if (outgoing.body === null || typeof outgoing.body === 'string') end()
  else outgoing.body = endingWith(outgoing.body, end, request, settings.timeouts.idle)
  return outgoing
}

/** Tells the host of a request that is over. A listener that fails must not fail the request. */
export async function tell(
  settings: Settings, request: RequestState, status: number, refusal: Refusal | null, note: string | null = null,
): Promise<void> {
  try {
    const event: ProxyEvent = {
      level: isOperatorsBusiness(refusal) ? 'error' : refusal === null && note === null ? 'info' : 'warn',
      id: request.id,
      startedAt: request.startedAt,
      traceparent: request.traceparent,
      method: request.incoming.method,
      route: request.route?.name ?? null,
      user: request.user === null || request.key === null ? null : await userHash(request.user, request.key),
      bytes: request.trace.bytes,
      ms: Math.round(performance.now() - request.clock),
      status,
      code: refusal?.code ?? null,
      upstreamStatus: request.trace.upstreamStatus,
      detail: [note, refusal?.detail].filter((it) => it != null).join('; ').slice(0, 1000) || null,
    }
    // An async listener passes for one that returns nothing.
    const told: unknown = settings.onEvent(event)
    await told
  } catch (error) {
    console.error(`dify-file-drop: onEvent threw: ${describe(error)}`)
  }
}

function isOperatorsBusiness(refusal: Refusal | null): boolean {
  return refusal !== null && (refusal.status === 500 || refusal.code === 'bad_request_key_error')
}

/**
 * Calls `end` once: after the last chunk, when the reader or the client leaves, even before the first, or when nothing is
 * taken for `idle` ms. Nobody may keep a connection to Dify and a place under the limit by not reading, nor a host by
 * throwing the answer away.
 */
function endingWith(chunks: AsyncIterable<Uint8Array>, end: () => void, { trace, incoming }: RequestState, idle: number): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = chunks[Symbol.asyncIterator]()
      let isOver = false
      const over = () => {
        watch.stop()
        incoming.signal.removeEventListener('abort', over)
        if (isOver) return
        isOver = true
        end()
      }
      const watch = new Watchdog<'reader'>({ reader: idle }, () => {
        trace.fault ??= new ClientGone('the client stopped reading')
        over()
        incoming.hangUp?.()
      })
      watch.expect('reader')
      if (incoming.signal.aborted) over()
      else incoming.signal.addEventListener('abort', over)
      return {
        async next() {
          watch.expect(null)
          try {
            const step = await iterator.next()
            if (step.done === true) over()
            else if (!isOver) watch.expect('reader')
            return step
          } catch (error) {
            if (error instanceof Refusal) trace.fault ??= error
            over()
            throw error
          }
        },
        async return() {
          over()
          await iterator.return?.()
          return { done: true, value: undefined }
        },
      }
    },
  }
}
