import type { MessageFile } from 'dify-file-drop'

export interface Question {
  query: string
  files: readonly MessageFile[]
  /** `''` begins a conversation. */
  conversation_id: string
}

export interface AnswerPart {
  answer: string
  conversation_id: string
}

/** Sends a message through the proxy. Resolves when Dify has taken it, with its answer as it is written. */
export async function ask(question: Question): Promise<AsyncGenerator<AnswerPart>> {
  const response = await fetch('/api/dify/chat-messages', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...question, inputs: {}, response_mode: 'streaming' }),
  })
  if (!response.ok || response.body === null) throw new Error(`The message was not sent (${response.status})`)
  return partsOf(response.body)
}

/** Dify's server-sent events: one JSON object a `data:` line. */
async function* partsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<AnswerPart> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (!line.startsWith('data:')) continue
      const event = JSON.parse(line.slice(5))
      if (event.event === 'error') throw new Error(`Dify could not answer (${event.code})`)
      if (event.event === 'message' || event.event === 'agent_message') yield event as AnswerPart
    }
  }
}
