/// <reference types="node" />
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { createGunzip } from 'node:zlib'
import { VERSION } from '../../server/version.js'
import type { Answer, NoAnswer, Reply } from './reply.js'

export interface Question {
  method: 'GET' | 'POST' | 'OPTIONS'
  url: string
  headers?: Record<string, string>
  body?: string
  /** ms for all of it. @default that of the doctor */
  timeout?: number
}

export interface Declaration {
  url: string
  headers: Record<string, string>
  /** The Content-Length that is declared, in bytes. They are never sent. */
  length: number
  /** The first bytes of the body, for servers that look further only then; few, and never all. @default none */
  head?: string
  /** ms that silence is listened to before it counts as consent. */
  patience: number
}

/** The requests that the doctor makes: each over a connection of its own, never redirected, never repeated. */
export interface Http {
  ask(question: Question): Promise<Reply>
  /**
   * Declares a body by `Expect: 100-continue` and sends none of it: servers that refuse by length do so now.
   *
   * @returns the refusal, or `taken` when none came.
   */
  declare(declaration: Declaration): Promise<Reply | 'taken'>
}

/** @param timeout ms for one request. */
export function createHttp(timeout: number): Http {
  return {
    ask: ({ method, url, headers = {}, body, timeout: own = timeout }) =>
      new Promise((resolve) => {
        const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
        const request = open(method, url, { ...headers, ...length })
        settle(request, own, resolve)
        request.end(body)
      }),

    declare: ({ url, headers, length, head, patience }) =>
      new Promise((resolve) => {
        const request = open('POST', url, { ...headers, 'content-length': String(length), expect: '100-continue' })
        const end = settle(request, timeout, resolve)
        let listening: ReturnType<typeof setInterval>
        const listen = (then: () => void) => {
          clearInterval(listening)
          // In steps: whenever this process was held up, what came meanwhile is read before the next one.
          let left = STEPS
          listening = setInterval(() => {
            left -= 1
            if (left > 0) return
            clearInterval(listening)
            then()
          }, patience / STEPS)
        }
        const consent = () => {
          end()
          resolve('taken')
        }
        const goOn = () => {
          if (head !== undefined) request.write(head)
          listen(consent)
        }
        request.on('continue', goOn)
        // Some servers know no 100-continue.
        request.on('socket', (socket) => socket.on(url.startsWith('https:') ? 'secureConnect' : 'connect', () => listen(goOn)))
        request.on('close', () => clearInterval(listening))
        request.on('response', () => clearInterval(listening))
        request.flushHeaders()
      }),
  }
}

function open(method: string, url: string, headers: Record<string, string>): ClientRequest {
  const request = url.startsWith('https:') ? httpsRequest : httpRequest
  return request(url, { method, headers: { accept: '*/*', 'user-agent': `dify-file-drop/${VERSION} doctor`, ...headers }, agent: false })
}

/** Resolves with whatever becomes of the request. @returns a function that ends it without a word. */
function settle(request: ClientRequest, timeout: number, resolve: (reply: Reply) => void): () => void {
  const began = performance.now()
  let response: IncomingMessage | null = null
  const arrivals: Answer['arrivals'][number][] = []
  let length = 0
  let head = 0
  const end = () => {
    clearTimeout(timer)
    request.destroy()
  }
  const finish = (otherwise: NoAnswer) => {
    end()
    resolve(response === null ? otherwise : answerOf(response, arrivals, head))
  }
  const timer = setTimeout(() => finish({ status: null, why: 'timeout', detail: `no answer within ${timeout / 1000} s` }), timeout)
  request.on('error', (error) => finish(noAnswer(error)))
  request.on('close', () => {
    // With an answer, what came of it may still be on its way through gunzip.
    if (response === null) finish({ status: null, why: 'broken', detail: 'the connection closed before an answer' })
  })
  request.on('response', (incoming) => {
    response = incoming
    head = performance.now() - began
    const body = incoming.headers['content-encoding'] === 'gzip' ? incoming.pipe(createGunzip()) : incoming
    body.setEncoding('utf8')
    body.on('data', (text: string) => {
      length += text.length
      if (length <= MAX_BODY) arrivals.push({ at: performance.now() - began, text })
    })
    body.on('end', () => finish(BROKEN))
    body.on('error', () => finish(BROKEN))
    incoming.on('error', () => finish(BROKEN))
  })
  return end
}

const STEPS = 10
const MAX_BODY = 1024 * 1024
/** Never told: by then there is an answer. */
const BROKEN: NoAnswer = { status: null, why: 'broken', detail: '' }

function answerOf(response: IncomingMessage, arrivals: Answer['arrivals'], head: number): Answer {
  const values = (name: string) => response.headersDistinct[name] ?? []
  return {
    status: response.statusCode ?? 0,
    values,
    header: (name) => (values(name).length === 0 ? null : values(name).join(', ')),
    body: arrivals.map(({ text }) => text).join(''),
    arrivals,
    ms: Math.round(head),
  }
}

function noAnswer(error: Error): NoAnswer {
  const { code = '' } = error as { code?: string }
  return { status: null, why: whyOf(code), detail: error.message === '' ? code : error.message }
}

function whyOf(code: string): NoAnswer['why'] {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown_host'
  if (code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'refused'
  if (code === 'ETIMEDOUT') return 'timeout'
  if (/^(CERT_|UNABLE_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS_CERT)/.test(code)) return 'certificate'
  return /^(EPROTO|ERR_SSL)/.test(code) ? 'no_tls' : 'broken'
}
