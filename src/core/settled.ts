import { isRefused } from './door.js'
import type { Entry, FailedEntry, QueuedEntry, UploadedEntry } from './entry.js'
import { movingIn } from './readiness.js'
import type { EntryStore } from './store.js'
import type { Settled } from './uploader.js'

/** Resolves when nothing moves any more; rejects only with the reason of `signal`. */
export function settled(store: EntryStore, signal: AbortSignal | undefined): Promise<Settled> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error)
      return
    }
    const check = (): void => {
      if (movingIn(store.tally) > 0) return
      stop()
      resolve(outcome(store.entries))
    }
    const abort = (): void => {
      stop()
      reject(signal!.reason as Error)
    }
    const unsubscribe = store.subscribe(check)
    const stop = (): void => {
      unsubscribe()
      signal?.removeEventListener('abort', abort)
    }
    signal?.addEventListener('abort', abort)
    check()
  })
}

function outcome(entries: readonly Entry[]): Settled {
  return {
    uploaded: entries.filter((entry): entry is UploadedEntry => entry.status === 'uploaded'),
    failed: entries.filter((entry): entry is FailedEntry => entry.status === 'failed' && entry.at === 'way'),
    refused: entries.filter(isRefused),
    notStarted: entries.filter((entry): entry is QueuedEntry => entry.status === 'queued'),
  }
}
