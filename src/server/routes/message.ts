import { declaredLength, passedHeaders, type Call } from '../call.js'
import { errorEvent, EventStreamEnd } from '../eventStream.js'
import type { ByteSource, Outgoing, UpstreamAnswer } from '../exchange.js'
import { Refusal } from '../refusal.js'
import { upstreamFault } from '../upstreamFault.js'
import { UpstreamLink } from '../upstreamLink.js'
import { watchedSource } from '../watchedSource.js'

/** `POST chat-messages` and its siblings: the client's JSON with our `user` in it; the answer as it comes. */
export async function message(call: Call): Promise<Outgoing> {
  const link = new UpstreamLink(call.upstream, call.settings.timeouts, call.incoming.signal)
  call.onEnd(() => link.close())
  const sent = await readObject(call, link)
  const answer = await post(call, link, written({ ...sent, user: call.user }))
  const type = answer.header('content-type') ?? ''
  const isStream = isAnswer(answer, EVENTS, type)
  if (!isStream && !isAnswer(answer, JSON_TYPE, type)) {
    throw upstreamFault(await link.text(answer, MAX_FAULT), call.route.name)
  }
  const headers = passedHeaders(answer, 'content-type')
  if (!isStream) return { status: answer.status, headers, body: link.chunks(answer) }
  // nginx in front of us would collect the events otherwise.
  headers.set('x-accel-buffering', 'no')
  return { status: answer.status, headers, body: events(call, link, answer) }
}

/** `POST …/:id/stop`: whatever the client's body says, Dify gets the user and nothing else. */
export async function stop(call: Call): Promise<Outgoing> {
  const link = new UpstreamLink(call.upstream, call.settings.timeouts, call.incoming.signal)
  call.onEnd(() => link.close())
  const answer = await post(call, link, written({ user: call.user }))
  const told = await link.text(answer, MAX_FAULT)
  if (!isAnswer(told, JSON_TYPE, told.header('content-type') ?? '')) {
    throw upstreamFault(told, call.route.name)
  }
  return { status: told.status, headers: passedHeaders(told, 'content-type'), body: told.body }
}

const MAX_FAULT = 64 * 1024
const EVENTS = /^text\/event-stream\b/i
const JSON_TYPE = /^application\/json\b/i

/** @throws Refusal for what could be read but is too deep to be written. */
function written(json: object): string {
  try {
    return JSON.stringify(json)
  } catch {
    throw new Refusal('invalid_param', { message: 'The JSON is nested too deeply.' })
  }
}

/** By status and type. A status without a body is none of Dify's here, whatever type it names. */
function isAnswer({ status }: { status: number }, type: RegExp, told: string): boolean {
  return status < 300 && status !== 204 && status !== 205 && type.test(told)
}

async function post(call: Call, link: UpstreamLink, json: string): Promise<UpstreamAnswer> {
  const answer = await link.ask({
    method: 'POST',
    url: call.url,
    headers: { ...call.headers, accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
    body: json,
  })
  call.trace.upstreamStatus = answer.status
  return answer
}

/** Dify's events, unbuffered, up to an error: its own, or the one that tells why the stream broke off. */
async function* events(call: Call, link: UpstreamLink, answer: UpstreamAnswer): AsyncGenerator<Uint8Array, void, void> {
  const end = new EventStreamEnd()
  try {
    for await (const chunk of link.chunks(answer)) {
      const length = end.feed(chunk)
      yield length < chunk.length ? chunk.subarray(0, length) : chunk
      if (end.isOver) return
    }
  } catch (error) {
    const refusal = link.refusalOf(error)
    call.trace.fault = refusal
    yield errorEvent(refusal)
  }
}

/**
 * The client's JSON object, read up to the bound. Only as `application/json`, which no page of another origin can
 * send without asking first.
 */
async function readObject({ incoming, settings }: Call, link: UpstreamLink): Promise<Record<string, unknown>> {
  if (!/^application\/json\s*(;|$)/i.test(incoming.header('content-type') ?? '')) {
    throw new Refusal('invalid_param', { message: 'The body must be application/json.' })
  }
  const source = incoming.body === null ? null : watchedSource(incoming.body, link)
  const text = await readText(source, declaredLength(incoming), settings.maxMessageBytes)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Refusal('invalid_param', { message: 'The body is not valid JSON.' })
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Refusal('invalid_param', { message: 'The body must be a JSON object.' })
  }
  return json as Record<string, unknown>
}

async function readText(source: ByteSource | null, length: number | null, limit: number): Promise<string> {
  const tooLarge = () => new Refusal('request_entity_too_large')
  if (length !== null && length > limit) throw tooLarge()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  let bytes = 0
  try {
    for (;;) {
      const chunk = (await source?.read()) ?? null
      if (chunk === null) return text + decoder.decode()
      bytes += chunk.length
      if (bytes > limit) throw tooLarge()
      text += decoder.decode(chunk, { stream: true })
    }
  } catch (error) {
    if (error instanceof TypeError) throw new Refusal('invalid_param', { message: 'The body is not UTF-8.' })
    throw error
  }
}
