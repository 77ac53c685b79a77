import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'

const BOUNDARY = 'a-boundary-of-the-client'
const CRLF = '\r\n'

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

/** Bytes with no pattern, so that a swapped or lost chunk shows. */
export const anyBytes = (length) => randomBytes(length)

/** A part of a form. With a `filename` it is a file. */
export const part = (name, content, filename, type) =>
  Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}${CRLF}Content-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}${CRLF}` +
        `${type === undefined ? '' : `Content-Type: ${type}${CRLF}`}${CRLF}`,
    ),
    Buffer.from(content),
    Buffer.from(CRLF),
  ])

export const file = (content, filename = 'photo.png', type = 'image/png') => part('file', content, filename, type)
export const form = (...parts) => Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--${CRLF}`)])
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`

/**
 * A client of one server. It speaks plain node:http, so that a test can see and do what browsers hide, and keeps all
 * that it was ever told, to look for secrets in it.
 */
export function clientOf(base) {
  const told = []
  const { port } = new URL(base)

  /** A request whose body the test writes itself: `answer` resolves with head and (lazily) body. */
  const open = (method, path, { headers = {}, agent } = {}) => {
    const request = httpRequest(`${base}/${path}`, { method, headers: { cookie: 'session=alice', ...headers }, agent: agent ?? false })
    const answer = new Promise((resolve, reject) => {
      request.on('error', reject)
      request.on('response', (response) => resolve(read(response)))
    })
    answer.catch(() => {})
    return {
      request,
      answer,
      write: (chunk) => new Promise((resolve, reject) => { request.write(chunk, (error) => (error ? reject(error) : resolve())) }),
      end: (chunk) => request.end(chunk),
      leave: () => request.destroy(),
    }
  }

  const read = (response) => {
    const chunks = []
    response.on('data', (chunk) => {
      chunks.push(chunk)
      told.push(chunk)
    })
    told.push(Buffer.from(response.rawHeaders.join('\n')))
    const text = once(response, 'end').then(() => Buffer.concat(chunks).toString())
    text.catch(() => {})
    return {
      status: response.statusCode,
      headers: response.headers,
      text,
      get json() {
        return text.then((it) => JSON.parse(it))
      },
      /** What has come so far. */
      sofar: () => Buffer.concat(chunks).toString(),
    }
  }

  /** A whole request. `body`: bytes with their length, or an array of chunks without. */
  const send = async (method, path, { headers = {}, body } = {}) => {
    const isChunked = Array.isArray(body)
    const sent = open(method, path, { headers: { ...headers, ...(body === undefined || isChunked ? {} : { 'content-length': String(Buffer.byteLength(body)) }) } })
    if (isChunked) {
      for (const chunk of body) await Promise.race([sent.write(chunk), sent.answer])
      sent.end()
    } else {
      sent.end(body)
    }
    const answer = await sent.answer
    await answer.text
    return answer
  }

  return {
    open,
    send,
    told,
    get: (path, headers) => send('GET', path, { headers }),
    upload: (body, headers = {}) => send('POST', 'files/upload', { headers: { 'content-type': FORM_TYPE, ...headers }, body }),
    openUpload: (headers = {}) => open('POST', 'files/upload', { headers: { 'content-type': FORM_TYPE, ...headers } }),
    /** A bare connection. */
    line: () => lineTo(Number(port), told),
    /** Bytes as they are; what comes back until the connection closes or falls silent for `quiet` ms. */
    async raw(bytes, { quiet = 500, most = 5000 } = {}) {
      const line = lineTo(Number(port), told)
      line.write(bytes).catch(() => {})
      const end = Date.now() + most
      while (!line.isClosed() && Date.now() < end && (line.text() === '' || Date.now() - line.heardAt() < quiet)) {
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      line.close()
      return line.text()
    },
  }
}

function lineTo(port, told) {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  let heardAt = Date.now()
  let error = null
  let isClosed = false
  socket.on('data', (chunk) => {
    text += chunk
    told.push(chunk)
    heardAt = Date.now()
  })
  socket.on('error', (reason) => (error = reason))
  socket.on('close', () => (isClosed = true))
  return {
    write: (bytes) => new Promise((resolve, reject) => { socket.write(bytes, (reason) => (reason ? reject(reason) : resolve())) }),
    text: () => text,
    heardAt: () => heardAt,
    error: () => error,
    isClosed: () => isClosed,
    close: () => socket.destroy(),
  }
}

/** Waits until it is so. */
export async function until(isSo, what, ms = 5000) {
  const end = Date.now() + ms
  for (;;) {
    const value = await isSo()
    if (value) return value
    if (Date.now() > end) throw new Error(`${what}: not so after ${ms} ms`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

export function within(promise, ms, what) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${ms} ms`)), ms)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
