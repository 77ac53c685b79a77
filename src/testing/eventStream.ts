import { pause } from './waiting.js'

/** Server-sent events, each as Dify writes it: one `data:` line of JSON. `ping` is Dify's keep-alive. */
export type StreamEvent = Readonly<Record<string, unknown>> | 'ping'

/**
 * Streams events as somebody reads them, `delay` ms apart. Ends early when the reader goes away.
 *
 * @param signal the request's: aborting it ends the stream too.
 */
export function eventStream(events: AsyncGenerator<StreamEvent> | Generator<StreamEvent>, delay: number, signal: AbortSignal): Response {
  const encoder = new TextEncoder()
  let isFirst = true
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          signal.throwIfAborted()
          if (!isFirst) await pause(delay, signal)
          isFirst = false
          const { done, value } = await events.next()
          if (done === true) controller.close()
          else controller.enqueue(encoder.encode(value === 'ping' ? 'event: ping\n\n' : `data: ${JSON.stringify(value)}\n\n`))
        } catch (error) {
          await events.return(undefined)
          controller.error(error)
        }
      },
      async cancel() {
        await events.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
  })
}

/** An answer in word-sized pieces; joined, they are the answer. */
export function wordsOf(answer: string): string[] {
  return answer.match(/\s*\S+\s?|\s+$/g) ?? []
}
