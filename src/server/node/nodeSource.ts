import type { ByteSource } from '../exchange.js'
import { ClientGone } from '../refusal.js'
import type { NodeRequest } from './nodeTypes.js'

/**
 * A Node request's body. Nothing is read before the first `read()`, so that TCP holds a refused upload back; then a
 * few chunks are kept ahead, since pausing the socket for each of them costs more than the bytes do.
 */
export function nodeSource(request: NodeRequest): ByteSource {
  const chunks: Uint8Array[] = []
  const waiting: { resolve(chunk: Uint8Array | null): void; reject(reason: ClientGone): void }[] = []
  let ahead = 0
  let state: 'untouched' | 'flowing' | 'paused' | 'ended' | 'gone' = 'untouched'

  const settle = (next: 'ended' | 'gone') => {
    if (state === 'ended' || state === 'gone') return
    state = next
    for (const { resolve, reject } of waiting.splice(0)) if (next === 'ended') resolve(null)
      else reject(new ClientGone())
  }
  request.on('error', () => settle('gone'))
  request.on('close', () => settle('gone'))

  const onData = (chunk: Uint8Array) => {
    const waiter = waiting.shift()
    if (waiter !== undefined) {
      waiter.resolve(chunk)
      return
    }
    chunks.push(chunk)
    ahead += chunk.length
    if (ahead >= READ_AHEAD && state === 'flowing') {
      state = 'paused'
      request.pause()
    }
  }

  return {
    read() {
      const chunk = chunks.shift()
      if (chunk !== undefined) {
        ahead -= chunk.length
        if (state === 'paused' && ahead <= READ_AHEAD / 2) {
          state = 'flowing'
          request.resume()
        }
        return Promise.resolve(chunk)
      }
      if (state === 'ended') return Promise.resolve(null)
      if (state === 'gone') return Promise.reject(new ClientGone())
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        if (state !== 'untouched') return
        state = 'flowing'
        request.on('end', () => settle('ended'))
        request.on('data', onData)
      })
    },
    cancel() {
      settle('gone')
      request.destroy()
      return Promise.resolve()
    },
  }
}

/** Bytes. With Node's 64 KiB chunks: three or four of them. */
const READ_AHEAD = 256 * 1024
