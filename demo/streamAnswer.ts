import { toInput, type MessageFile } from '../src/index.js'

export interface Question {
  query: string
  files: readonly MessageFile[]
  /** `''` begins a conversation. */
  conversation: string
  proxyUrl: string
  /** An app that takes one file in this input variable, and runs as a workflow; null for a chat. */
  variable: string | null
}

/** What arrives of an answer: more text, or the conversation it belongs to. */
export interface AnswerPart {
  text: string
  conversation: string
}

/**
 * Sends a message through the proxy and yields Dify's answer as it is written (server-sent events).
 *
 * @throws Error with a sentence for the reader when the message was not taken, or the answer broke off.
 */
export async function* streamAnswer({ query, files, conversation, proxyUrl, variable }: Question): AsyncGenerator<AnswerPart> {
  const [path, message] =
    variable === null
      ? ['chat-messages', { query, files, inputs: {}, conversation_id: conversation }]
      : ['workflows/run', { inputs: { [variable]: toInput(files, 'file') } }]
  const response = await fetch(`${proxyUrl}/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...message, response_mode: 'streaming' }),
  }).catch(() => {
    throw new Error('There is no connection, so the message was not sent. It is back in the box.')
  })
  if (!response.ok || response.body === null) throw new Error(await sentenceOf(response))
  for await (const event of readEvents(response.body)) {
    if (event.event === 'error') throw new Error(`Dify could not answer (${event.code ?? 'unknown'}). Your message was not lost.`)
    if (event.event === 'message' || event.event === 'agent_message') {
      yield { text: event.answer ?? '', conversation: event.conversation_id ?? conversation }
    }
    if (event.event === 'text_chunk') yield { text: event.data?.text ?? '', conversation }
  }
}

interface DifyEvent {
  event: string
  answer?: string
  conversation_id?: string
  data?: { text?: string }
  code?: string
}

/** Server-sent events, as far as Dify uses them: one JSON object a `data:` line. */
async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<DifyEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('data:')) yield JSON.parse(line.slice(5)) as DifyEvent
  }
}

async function sentenceOf(response: Response): Promise<string> {
  const envelope = (await response.json().catch(() => null)) as { code?: string } | null
  return `The message was not sent (${envelope?.code ?? `HTTP ${response.status}`}). It is back in the box below.`
}
