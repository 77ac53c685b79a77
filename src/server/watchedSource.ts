import type { ByteSource } from './exchange.js'
import type { UpstreamLink } from './upstreamLink.js'

/** The client's body under the link's clock: whoever waits for its next bytes stops waiting when the link ends. */
export function watchedSource(source: ByteSource, link: UpstreamLink): ByteSource {
  let stop: ((reason: unknown) => void) | null = null
  link.signal.addEventListener('abort', () => stop?.(link.signal.reason), { once: true })
  return {
    read: () =>
      new Promise((resolve, reject) => {
        link.signal.throwIfAborted()
        stop = reject
        link.watch.expect('client')
        source.read().then(resolve, reject)
      }),
    cancel: () => source.cancel(),
  }
}
