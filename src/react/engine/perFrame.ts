/**
 * Calls back once before the next paint, however often it was asked to. Subscriptions go through here, so that a burst of
 * progress is one render. A hidden page paints nothing and calls no frame back: there a timer does it.
 */
export function perFrame(callback: () => void): () => void {
  waiting.add(callback)
  schedule()
  return () => void waiting.delete(callback)
}

const waiting = new Set<() => void>()
let isScheduled = false

function schedule(): void {
  if (isScheduled) return
  isScheduled = true
  if (document.hidden) setTimeout(flush, HIDDEN_INTERVAL)
  else {
    requestAnimationFrame(flush)
    document.addEventListener('visibilitychange', flush, { once: true })
  }
}

function flush(): void {
  document.removeEventListener('visibilitychange', flush)
  isScheduled = false
  const callbacks = [...waiting]
  waiting.clear()
  for (const callback of callbacks) callback()
}

/** ms */
const HIDDEN_INTERVAL = 100
