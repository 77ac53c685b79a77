import type { ByteSource, DrainBound } from './exchange.js'

/**
 * Reads and drops what is left of a body after an early answer. Firefox reports a network error instead of the answer
 * unless its whole body was read; but nobody gets to send for ever.
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
