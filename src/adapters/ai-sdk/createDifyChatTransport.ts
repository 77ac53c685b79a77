import { PATHS } from '../../dify/routes.js'
import type { HeadersOption } from '../../http/axiosLike.js'
import { difyFilesOf } from './fileParts.js'
import type { UIChunk, UIMessageLike } from './uiMessage.js'

/** Where messages go, and what goes with each. */
export interface DifyChatTransportOptions {
  /** Base URL of the proxy: messages go to `POST {proxyUrl}/chat-messages`. */
  proxyUrl: string
  /** The app's input variables. @default {} */
  inputs?: Record<string, unknown> | (() => Record<string, unknown> | Promise<Record<string, unknown>>)
  /** Added to each request; a function is asked each time. */
  headers?: HeadersOption
  /** Cookies, for a proxy on another origin. @default 'same-origin' */
  credentials?: RequestCredentials
  /** @default the page's `fetch` */
  fetch?: typeof globalThis.fetch
}

/** What the AI SDK's `Chat` asks a transport. */
export interface DifyChatRequest {
  chatId: string
  messages: UIMessageLike[]
  abortSignal: AbortSignal | undefined
  headers?: HeadersInit | undefined
  [more: string]: unknown
}

/** Fits the `ChatTransport` of `ai`. */
export interface DifyChatTransport {
  sendMessages: (request: DifyChatRequest) => Promise<ReadableStream<UIChunk>>
  /** Dify has no way back into an answer: always null. */
  reconnectToStream: () => Promise<null>
}

/**
 * A `ChatTransport` that speaks to Dify through your proxy: the newest user message and its files go out, the answer comes
 * back as it is written. The conversation is kept in the answers' metadata, so that a stored chat goes on.
 *
 * ```ts
 * const { messages, sendMessage } = useChat({ transport: createDifyChatTransport({ proxyUrl: '/api/dify' }) })
 * ```
 */
export function createDifyChatTransport({ proxyUrl, inputs = {}, headers, credentials = 'same-origin', fetch: given }: DifyChatTransportOptions): DifyChatTransport {
  const url = `${proxyUrl.replace(/\/+$/, '')}/${PATHS.chat}`
  return {
    async sendMessages({ messages, abortSignal, headers: ofRequest }) {
      const question = messages.findLast((message) => message.role === 'user')
      const all = new Headers(typeof headers === 'function' ? await headers() : headers)
      new Headers(ofRequest).forEach((value, name) => all.set(name, value))
      all.set('Content-Type', 'application/json')
      const body = {
        query: question === undefined ? '' : textOf(question),
        files: question === undefined ? [] : difyFilesOf(question),
        inputs: typeof inputs === 'function' ? await inputs() : inputs,
        conversation_id: conversationOf(messages),
        response_mode: 'streaming',
      }
      const response = await (given ?? globalThis.fetch)(url, {
        method: 'POST', headers: all, credentials, body: JSON.stringify(body), ...(abortSignal && { signal: abortSignal }),
      })
      if (!response.ok || response.body === null) throw new Error(await faultOf(response))
      return chunkStream(chunksOf(response.body))
    },
    reconnectToStream: () => Promise.resolve(null),
  }
}

/** Dify's events as chunks of an AI SDK message. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<UIChunk, void> {
  const id = 'answer'
  let isStarted = false
  for await (const event of eventsOf(body)) {
    if (event.event === 'error') {
      yield { type: 'error', errorText: `Dify could not answer (${event.code ?? 'unknown'}).` }
      return
    }
    if (event.event !== 'message' && event.event !== 'agent_message') continue
    if (!isStarted) {
      yield { type: 'start', messageMetadata: { dify: { conversation_id: event.conversation_id ?? '', message_id: event.message_id ?? '' } } }
      yield { type: 'text-start', id }
    }
    isStarted = true
    yield { type: 'text-delta', id, delta: event.answer ?? '' }
  }
  if (isStarted) yield { type: 'text-end', id }
  yield { type: 'finish' }
}

interface DifyEvent {
  event: string
  answer?: string
  conversation_id?: string
  message_id?: string
  code?: string
}

/** Server-sent events as far as Dify uses them: one JSON object a `data:` line. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<DifyEvent, void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      const lines = (rest + (done ? `${decoder.decode()}\n` : decoder.decode(value, { stream: true }))).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('data:')) yield JSON.parse(line.slice(5)) as DifyEvent
      if (done) return
    }
  } finally {
    await reader.cancel()
  }
}

function chunkStream(chunks: AsyncGenerator<UIChunk, void>): ReadableStream<UIChunk> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return()
    },
  })
}

function textOf({ parts }: UIMessageLike): string {
  return parts.map((part) => (part.type === 'text' ? (part as { text?: string }).text ?? '' : '')).join('')
}

/** `''` begins a conversation. */
function conversationOf(messages: readonly UIMessageLike[]): string {
  for (const { metadata } of messages.toReversed()) {
    const id = (metadata as { dify?: { conversation_id?: unknown } } | undefined)?.dify?.conversation_id
    if (typeof id === 'string' && id !== '') return id
  }
  return ''
}

async function faultOf(response: Response): Promise<string> {
  const envelope = (await response.json().catch(() => null)) as { code?: string } | null
  return `The message was not sent (${envelope?.code ?? `HTTP ${response.status}`}).`
}
