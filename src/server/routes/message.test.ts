import { describe, expect, it, vi } from 'vitest'
import { get, post, proxyBefore, refusalIn } from '../fixtures/askProxy.js'
import { difyJson, early, fakeDify, type Seen } from '../fixtures/fakeDify.js'
import { latin1, streamOfChunks } from '../fixtures/forms.js'

const bytes = (text: string) => new TextEncoder().encode(text)
const event = (json: unknown) => `data: ${JSON.stringify(json)}\n\n`
const stream = (body: BodyInit) => new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-version': '1.16.0' } })
const sent = (seen: Seen) => JSON.parse(latin1(seen.body)) as unknown

describe('a message', () => {
  it.each(['chat-messages', 'completion-messages', 'workflows/run'])('to %s carries the server’s user, and the blocking answer comes back', async (path) => {
    const dify = fakeDify({ [path]: () => difyJson({ answer: 'hello' }) })
    const { proxy } = proxyBefore(dify)
    const response = await proxy(post(path, { query: 'hi', inputs: { a: [1] }, user: 'admin', __proto__: { x: 1 } }))
    expect(await response.json()).toEqual({ answer: 'hello' })
    expect(sent(dify.seen[0]!)).toEqual({ query: 'hi', inputs: { a: [1] }, user: 'user-1' })
  })

  it('with two users in it has one', async () => {
    const dify = fakeDify({ 'chat-messages': () => difyJson({}) })
    await proxyBefore(dify).proxy(post('chat-messages', '{"user":"a","user":"b","us\\u0065r":"c"}'))
    expect(latin1(dify.seen[0]!.body)).toBe('{"user":"user-1"}')
  })

  it.each([
    ['no JSON', '{', '400 invalid_param'], ['a list', '[]', '400 invalid_param'], ['null', 'null', '400 invalid_param'], ['a string', '"x"', '400 invalid_param'], ['nothing', '', '400 invalid_param'],
    ['too much', JSON.stringify({ query: 'x'.repeat(1000) }), '413 request_entity_too_large'],
  ])('that is %s is refused', async (_, body, expected) => {
    const dify = fakeDify()
    expect(await refusalIn(await proxyBefore(dify, { maxMessageBytes: 1000 }).proxy(post('chat-messages', body)))).toBe(expected)
    expect(dify.seen).toEqual([])
  })

  it('that a form of another site could send is refused', async () => {
    expect(await refusalIn(await proxyBefore().proxy(post('chat-messages', '{}', { 'content-type': 'text/plain' })))).toBe('400 invalid_param')
  })

  it('that is too deep to be written again is refused', async () => {
    const dify = fakeDify()
    expect(await refusalIn(await proxyBefore(dify).proxy(post('chat-messages', `{"inputs":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)))).toBe('400 invalid_param')
    expect(dify.seen).toEqual([])
  })

  it.each([204, 205])('answered with %i is not answered by Dify, and over', async (status) => {
    const release = vi.fn<() => void>()
    const empty = () => {
      const response = new Response(null, { status, headers: { 'content-type': 'application/json' } })
      return response
    }
    const { proxy } = proxyBefore(fakeDify({ 'chat-messages': empty, 'chat-messages/t-1/stop': empty }), { limit: () => ({ ok: true, release }) })
    expect(await refusalIn(await proxy(post('chat-messages', {})))).toBe('500 upstream_not_dify')
    expect(await refusalIn(await proxy(post('chat-messages/t-1/stop', {})))).toBe('500 upstream_not_dify')
    expect(release).toHaveBeenCalledTimes(2)
  })

  it.each([
    [400, 'unauthorized', '500 upstream_unauthorized'], [500, 'session_required', '500 upstream_unauthorized'], [400, 'forbidden_origin', '500 upstream_forbidden'],
    [400, 'not_found', '500 upstream_not_found'], [400, 'method_not_allowed', '500 upstream_not_found'], [400, 'invalid_user', '500 unknown'],
  ])('answered %i with %s, which is ours to say, says nothing about this proxy’s own', async (status, code, expected) => {
    const dify = fakeDify({ 'chat-messages': () => difyJson({ code, message: '', status }, status) })
    expect(await refusalIn(await proxyBefore(dify).proxy(post('chat-messages', {})))).toBe(expected)
  })

  it('that is not UTF-8 is refused', async () => {
    const request = new Request('http://app.test/chat-messages', { method: 'POST', body: Uint8Array.of(0x22, 0xff, 0x22), headers: { 'content-type': 'application/json' } })
    expect(await refusalIn(await proxyBefore().proxy(request))).toBe('400 invalid_param')
  })

  it('keeps a 404 about a conversation, and not one about the base URL', async () => {
    const missing = fakeDify({ 'chat-messages': () => difyJson({ code: 'not_found', message: 'Conversation Not Exists.', status: 404 }, 404) })
    const response = await proxyBefore(missing).proxy(post('chat-messages', {}))
    expect(await response.json()).toEqual({ code: 'not_found', message: 'Conversation Not Exists.', status: 404 })
    expect(await refusalIn(await proxyBefore().proxy(post('chat-messages', {})))).toBe('500 upstream_not_found')
  })

  it('answered with HTML is not answered by Dify', async () => {
    const dify = fakeDify({ 'chat-messages': () => new Response('<html>', { headers: { 'content-type': 'text/html' } }) })
    expect(await refusalIn(await proxyBefore(dify).proxy(post('chat-messages', {})))).toBe('500 upstream_not_dify')
  })
})

describe('an event stream', () => {
  it('passes unchanged and unbuffered, chunk by chunk', async () => {
    let send!: (text: string) => void
    const body = new ReadableStream<Uint8Array>({ start: (controller) => {
      send = (text) => controller.enqueue(bytes(text))
    } })
    const { proxy } = proxyBefore(fakeDify({ 'chat-messages': () => stream(body) }))
    const response = await proxy(post('chat-messages', {}))
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    const reader = response.body!.getReader()
    for (const part of ['event: ping\n\n', 'data: {"ev', 'ent":"message"}\n', '\n']) {
      send(part)
      expect(latin1((await reader.read()).value!)).toBe(part)
    }
    await reader.cancel()
  })

  it.each([
    ['in one line', event({ event: 'error', code: 'x' })],
    ['with other keys first', 'data: {"task_id":"1", "event" : "error"}\n\n'],
    ['named by a field', 'event: error\ndata: {}\n\n'],
    ['with CRLF', 'data: {"event":"error"}\r\n\r\n'],
  ])('ends behind an error event %s, whichever way it is cut', async (_, error) => {
    const before = event({ event: 'message', answer: 'the "error" event' }) + event({ event: 'message', answer: 'x'.repeat(70_000) })
    const all = bytes(`${before}${error}event: ping\n\n`)
    for (let at = before.length - 3; at < all.length; at++) {
      const dify = fakeDify({ 'chat-messages': () => stream(streamOfChunks((async function* () {
        yield all.slice(0, at)
        yield all.slice(at)
        await new Promise(() => {})
      })())) })
      const response = await proxyBefore(dify).proxy(post('chat-messages', {}))
      expect(await response.text()).toBe(before + error)
      expect(dify.seen[0]!.signal.aborted).toBe(true)
    }
  })

  it('that falls silent, or breaks off, ends with an error event that says so', async () => {
    const silent = fakeDify({ 'chat-messages': () => stream(streamOfChunks((async function* () {
      yield bytes('data: {"event":"mess')
      await new Promise(() => {})
    })())) })
    const { proxy, events } = proxyBefore(silent, { timeouts: { idle: 20 } })
    expect(await (await proxy(post('chat-messages', {}))).text()).toMatch(/^data: \{"event":"mess\n\ndata: \{"event":"error","status":504,"code":"gateway_timeout".*\}\n\n$/)
    await vi.waitFor(() => expect(events[0]).toMatchObject({ status: 200, code: 'gateway_timeout', level: 'warn' }))
    const broken = fakeDify({ 'chat-messages': () => stream(streamOfChunks((async function* () {
      yield bytes(event({ event: 'message' }))
      throw new Error('ECONNRESET')
    })())) })
    expect(await (await proxyBefore(broken).proxy(post('chat-messages', {}))).text()).toContain('"status":502,"code":"upstream_unavailable"')
  })

  it('is aborted when the client leaves', async () => {
    const dify = fakeDify({ 'chat-messages': () => stream(new ReadableStream({ start: (controller) => controller.enqueue(bytes('data: {}\n\n')) })) })
    const { proxy } = proxyBefore(dify)
    const response = await proxy(post('chat-messages', {}))
    await response.body!.cancel()
    expect(dify.seen[0]!.signal.aborted).toBe(true)
    const leaving = new AbortController()
    const request = new Request(post('chat-messages', {}), { signal: leaving.signal })
    const other = await proxy(request)
    leaving.abort()
    await other.text()
    expect(dify.seen[1]!.signal.aborted).toBe(true)
  })

  it('that never begins is 504', async () => {
    const dify = fakeDify({ 'chat-messages': early(() => new Promise(() => {})) })
    expect(await refusalIn(await proxyBefore(dify, { timeouts: { answer: 20 } }).proxy(post('chat-messages', {})))).toBe('504 gateway_timeout')
    expect(dify.seen[0]!.signal.aborted).toBe(true)
  })
})

describe('stopping', () => {
  it.each(['chat-messages/t-1/stop', 'completion-messages/t-1/stop', 'workflows/tasks/t-1/stop'])('%s sends the server’s user and nothing else', async (path) => {
    const dify = fakeDify({ [path]: () => difyJson({ result: 'success' }) })
    const response = await proxyBefore(dify).proxy(post(path, { user: 'admin', more: 1 }))
    expect(await response.json()).toEqual({ result: 'success' })
    expect(sent(dify.seen[0]!)).toEqual({ user: 'user-1' })
  })

  it('nothing but a stop lies below a task', async () => {
    expect(await refusalIn(await proxyBefore().proxy(get('chat-messages/t-1/stop')))).toBe('405 method_not_allowed')
    expect(await refusalIn(await proxyBefore().proxy(post('chat-messages/..%2f/stop', {})))).toBe('404 not_found')
  })
})
