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
/** Listening is for good: to begin and end it with each burst costs more than the burst. */
let isWatching = false

function schedule(): void {
  if (isScheduled) return
  isScheduled = true
  if (!isWatching) {
    isWatching = true
    // A frame that was asked for is not called back once the page is hidden.
    document.addEventListener('visibilitychange', flush)
  }
  if (document.hidden) setTimeout(flush, HIDDEN_INTERVAL)
  else requestAnimationFrame(flush)
}

function flush(): void {
  isScheduled = false
  const callbacks = [...waiting]
  waiting.clear()
  for (const callback of callbacks) callback()
}

/** ms */
const HIDDEN_INTERVAL = 100
