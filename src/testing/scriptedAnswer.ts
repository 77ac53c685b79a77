import { jsonAnswer, stampVersion } from './difyAnswer.js'
import { gatewayAnswer } from './gatewayAnswer.js'
import { ConnectionCut, type Trouble } from './trouble.js'

/** The answer that a script puts in place of the real one. */
export function scriptedAnswer(trouble: Extract<Trouble, { kind: 'status' | 'body' }>, version: string): Response {
  if (trouble.kind === 'body') {
    const isText = typeof trouble.body === 'string'
    const body = isText ? (trouble.body as string) : JSON.stringify(trouble.body)
    const type = trouble.contentType ?? (isText ? 'text/html; charset=utf-8' : 'application/json')
    return new Response(body, { status: trouble.status ?? 200, headers: { 'content-type': type } })
  }
  const { status, code, message = '', retryAfter } = trouble
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': retryAfterText(retryAfter) }
  if (code === undefined) return gatewayAnswer(status, headers)
  return stampVersion(jsonAnswer(status, { code, message, status }, headers), version)
}

function retryAfterText(retryAfter: number | Date | string): string {
  return retryAfter instanceof Date ? retryAfter.toUTCString() : String(retryAfter)
}

/** What happens to an answer's body on its way out. */
export interface AnswerFate {
  /** Bytes after which the connection breaks, or null. */
  cutAfter: number | null
  ended: (outcome: 'answered' | 'aborted' | 'cut-off') => void
}

/** The same answer with its body watched: whether it was read to the end, given up, or cut off. */
export function watchAnswer(answer: Response, { cutAfter, ended }: AnswerFate): Response {
  if (answer.body === null) {
    ended('answered')
    return answer
  }
  const reader = answer.body.getReader()
  let left = cutAfter ?? Infinity
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (left <= 0) {
          ended('cut-off')
          const cut = new ConnectionCut()
          await reader.cancel(cut).catch(() => {})
          controller.error(cut)
          return
        }
        try {
          const { done, value } = await reader.read()
          if (done && left !== Infinity) {
            ended('cut-off')
            controller.error(new ConnectionCut())
          } else if (done) {
            ended('answered')
            controller.close()
          } else {
            controller.enqueue(value.subarray(0, left))
            left -= value.length
          }
        } catch (error) {
          ended('aborted')
          controller.error(error)
        }
      },
      async cancel(reason) {
        ended('aborted')
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(stream, { status: answer.status, statusText: answer.statusText, headers: answer.headers })
}
