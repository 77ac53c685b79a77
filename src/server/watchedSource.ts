import type { ByteSource } from './exchange.js'
import type { UpstreamLink } from './upstreamLink.js'

/** The client's body under the link's clock: whoever waits for its next bytes stops waiting when the link ends. */
export function watchedSource(source: ByteSource, link: UpstreamLink): ByteSource {
  const { signal, watch } = link
  let isOver = signal.aborted
  let stop: ((reason: unknown) => void) | null = null
  const end = () => {
    isOver = true
    stop?.(signal.reason)
  }
  signal.addEventListener('abort', end, { once: true })
  return {
    read: () =>
      new Promise((resolve, reject) => {
        // Asked for each chunk, which is why it is not the signal that is asked.
        if (isOver) signal.throwIfAborted()
        stop = reject
        watch.expect('client')
        source.read().then(resolve, reject)
      }),
    cancel: () => source.cancel(),
    isOurs: source.isOurs,
  }
}
