import type { ByteSource, DrainBound } from './exchange.js'

/**
 * Reads and drops what is left of a body after an early answer. Firefox reports a network error instead of the answer
 * unless its whole body was read; but nobody gets to send for ever.
 *
 * What is lost beyond the bound (128 MiB or 30 s, unless the `drain` option says otherwise): the connection is cut while
 * the browser still sends, so Firefox shows a network error and not the refusal, though the answer was written before;
 * Chromium mostly still shows it. Nothing else is lost: what was refused never completes at Dify. On a line of 1 MB/s
 * the 30 s end after some 30 MB. Raise `drain` where large refused uploads over slow lines are common: it costs the
 * proxy bandwidth and a connection, no memory.
 *
 * @returns whether the body came to its end within the bound; otherwise it is cancelled.
 */
export async function drain(source: ByteSource, bound: DrainBound): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), bound.ms)
  })
  const reading = { isWanted: true }
  const all = (async () => {
    for (let left = bound.bytes; left >= 0 && reading.isWanted; ) {
      const chunk = await source.read()
      if (chunk === null) return 'ended'
      left -= chunk.length
    }
    return 'late'
  })()
  try {
    if ((await Promise.race([all, late])) === 'ended') return true
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
  reading.isWanted = false
  await source.cancel().catch(() => {})
  return false
}
