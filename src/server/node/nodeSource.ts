import type { ByteSource } from '../exchange.js'
import { ClientGone } from '../refusal.js'
import type { NodeRequest } from './nodeTypes.js'

/**
 * A Node request's body. Nothing is read before the first `read()`, so that TCP holds a refused upload back; then a
 * few chunks are kept ahead, since pausing the socket for each of them costs more than the bytes do. A fast client
 * gets no more than its share of a turn of the event loop, so that a small upload need not wait for large ones.
 */
export function nodeSource(request: NodeRequest): ByteSource {
  const chunks: Uint8Array[] = []
  const waiting: { resolve(chunk: Uint8Array | null): void; reject(reason: ClientGone): void }[] = []
  let ahead = 0
  let inTurn = 0
  let state: 'untouched' | 'flowing' | 'paused' | 'ended' | 'gone' = 'untouched'

  const settle = (next: 'ended' | 'gone') => {
    if (state === 'ended' || state === 'gone') return
    state = next
    for (const { resolve, reject } of waiting.splice(0)) if (next === 'ended') resolve(null)
      else reject(new ClientGone())
  }
  request.on('error', () => settle('gone'))
  request.on('close', () => settle('gone'))

  const nextTurn = () => {
    inTurn = 0
    flowOrPause()
  }
  const flowOrPause = () => {
    if (state === 'flowing' && (ahead >= READ_AHEAD || inTurn >= TURN)) {
      state = 'paused'
      request.pause()
    } else if (state === 'paused' && ahead <= READ_AHEAD / 2 && inTurn < TURN) {
      state = 'flowing'
      request.resume()
    }
  }

  const onData = (chunk: Uint8Array) => {
    if (inTurn === 0) setImmediate(nextTurn)
    inTurn += chunk.length
    const waiter = waiting.shift()
    if (waiter === undefined) {
      chunks.push(chunk)
      ahead += chunk.length
    } else {
      waiter.resolve(chunk)
    }
    flowOrPause()
  }

  return {
    read() {
      const chunk = chunks.shift()
      if (chunk !== undefined) {
        ahead -= chunk.length
        flowOrPause()
        return Promise.resolve(chunk)
      }
      if (state === 'ended') return Promise.resolve(null)
      if (state === 'gone') return Promise.reject(new ClientGone())
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        if (state !== 'untouched') return
        state = 'flowing'
        request.on('end', () => settle(isReset(request) ? 'gone' : 'ended'))
        request.on('data', onData)
      })
    },
    cancel() {
      settle('gone')
      request.destroy()
      return Promise.resolve()
    },
    isOurs: true,
  }
}

/** A stream of HTTP/2 that was reset with NO_ERROR ends, as if it were whole, before it closes. */
function isReset(request: NodeRequest & { aborted?: boolean }): boolean {
  return request.aborted === true
}

/** Bytes. With Node's 64 KiB chunks: three or four of them. */
const READ_AHEAD = 256 * 1024

/** Bytes of one upload in one turn; without it a turn takes 2 MiB of each. */
const TURN = 256 * 1024

/** Of every runtime that has `node:http`, and not in the types of those that have not. */
declare const setImmediate: (work: () => void) => unknown
