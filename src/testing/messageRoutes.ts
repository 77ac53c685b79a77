import { DifyRefusal, invalidParam, jsonAnswer } from './difyAnswer.js'
import { isAtLeast } from './difyVersion.js'
import type { AppMode, EmulatedApp } from './emulatedApp.js'
import { answerTo, type EmulatedMessage, type MessageRoute } from './emulatedMessage.js'
import type { EmulatorState } from './emulatorState.js'
import { eventStream, type StreamEvent } from './eventStream.js'
import { answerEvents, blockingAnswer } from './messageAnswer.js'
import { receiveAttachments } from './messageAttachments.js'
import { isRecord } from './messageFiles.js'
import { receiveInputs } from './messageInputs.js'
import type { LoggedRequest } from './requestLog.js'
import { pause } from './waiting.js'

/** The JSON body of a message route, and the `user` that every one of them requires. */
export interface MessageBody {
  json: Readonly<Record<string, unknown>>
  user: string
}

/** Reads a message route's body, which must be JSON and name its user. */
export function readMessageBody(contentType: string | null, body: Uint8Array, record: LoggedRequest): MessageBody {
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(contentType ?? '')) {
    const message = "Did not attempt to load JSON data because the request Content-Type was not 'application/json'."
    throw new DifyRefusal(415, 'unsupported_media_type', message)
  }
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(body))
  } catch {
    throw new DifyRefusal(400, 'bad_request', 'The browser (or proxy) sent a request that this server could not understand.')
  }
  const user = isRecord(json) ? json['user'] : undefined
  if (!isRecord(json) || typeof user !== 'string' || user === '') throw invalidParam('Arg user must be provided.')
  record.user = user
  return { json, user }
}

/** `POST /chat-messages`, `/completion-messages` and `/workflows/run`. */
export function receiveMessage(
  state: EmulatorState,
  app: EmulatedApp,
  route: MessageRoute,
  { json, user }: MessageBody,
  signal: AbortSignal,
): Response {
  const mode = modeOf(app, route)
  state.endUsers.of(app.id, user)
  const isStreaming = json['response_mode'] === 'streaming'
  let message: EmulatedMessage
  try {
    message = messageOf(state, app, route, mode, json, user)
  } catch (error) {
    // Since 1.13 streamed flows run in a worker, after the stream was opened: their refusals can't be an HTTP status.
    const isInWorker = isStreaming && (mode === 'advanced-chat' || mode === 'workflow') && isAtLeast(state.version, '1.13.0')
    if (!(error instanceof DifyRefusal) || error.code !== 'invalid_param' || !isInWorker) throw error
    return eventStream(isAtLeast(state.version, '1.15.0') ? failure(error, state) : onlyPings(signal), 0, signal)
  }
  state.messages.push(message)
  return isStreaming
    ? eventStream(answerEvents(state, message, mode), state.tokenDelay, signal)
    : blockingAnswer(message, mode)
}

/** Stops a streamed answer. Another user's request changes nothing, and is told success all the same. */
export function stopMessage(state: EmulatorState, taskId: string, { user }: MessageBody): Response {
  const task = state.tasks.get(taskId)
  if (task?.user === user) task.isStopped = true
  return jsonAnswer(200, { result: 'success' })
}

function modeOf(app: EmulatedApp, route: MessageRoute): AppMode {
  const sort = { chat: ['chat', 'agent-chat', 'advanced-chat'], completion: ['completion'], workflow: ['workflow'] }[route]
  if (app.mode === null) return route
  if (sort.includes(app.mode)) return app.mode
  if (route === 'completion') {
    throw new DifyRefusal(400, 'app_unavailable', 'App unavailable, please check your app configurations.')
  }
  throw new DifyRefusal(400, `not_${route}_app`, 'Please check if your app mode matches the right API route.')
}

function messageOf(
  state: EmulatorState,
  app: EmulatedApp,
  route: MessageRoute,
  mode: AppMode,
  json: Readonly<Record<string, unknown>>,
  user: string,
): EmulatedMessage {
  const query = route === 'workflow' ? '' : queryOf(json, route)
  const conversation_id = conversationOf(state, app, user, json['conversation_id'])
  const inputs = isRecord(json['inputs']) ? json['inputs'] : {}
  const context = { state, app, user, isStrict: mode === 'workflow' }
  const files = [...receiveAttachments(json['files'], mode, context), ...receiveInputs(inputs, context)]
  return {
    id: state.uuid(),
    task_id: state.uuid(),
    conversation_id,
    route,
    app: app.id,
    user,
    query,
    inputs,
    files,
    answer: answerTo(query, files),
    created_at: Math.floor(state.clock() / 1000),
  }
}

function queryOf(json: Readonly<Record<string, unknown>>, route: MessageRoute): string {
  const query = json['query']
  if (typeof query === 'string') return query
  if (route === 'completion' && (query === undefined || query === null)) return ''
  throw invalidParam('1 validation error for ChatRequestPayload\nquery\n  Field required')
}

function conversationOf(state: EmulatorState, app: EmulatedApp, user: string, id: unknown): string {
  if (typeof id !== 'string' || id === '') return state.uuid()
  const isKnown = state.messages.some((it) => it.conversation_id === id && it.app === app.id && it.user === user)
  if (!isKnown) throw new DifyRefusal(404, 'not_found', 'Conversation Not Exists.')
  return id
}

function* failure({ status, code, message }: DifyRefusal, state: EmulatorState): Generator<StreamEvent> {
  yield { event: 'error', message_id: state.uuid(), status, code, message }
}

/** Dify 1.13.0 to 1.14.2: nothing but pings until the idle timeout. */
async function* onlyPings(signal: AbortSignal): AsyncGenerator<StreamEvent> {
  for (let seconds = 0; seconds < 300; seconds += 10) {
    yield 'ping'
    await pause(10_000, signal)
  }
}
