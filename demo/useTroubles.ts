import { useSyncExternalStore } from 'react'
import { useEntryIds, type Uploader } from '../src/index.js'

/** How many files failed on the way, and the names of those that were refused. Renders when that changes, and not with progress. */
export function useTroubles(uploader: Uploader): { failed: number; refused: readonly string[] } {
  const failed = useSyncExternalStore(uploader.subscribe, () => uploader.tally.failed)
  const count = useSyncExternalStore(uploader.subscribe, () => uploader.tally.refused)
  useEntryIds(uploader)
  const refused = count === 0 ? [] : uploader.entries.filter((it) => it.status === 'failed' && it.at === 'door').map((it) => it.name)
  return { failed, refused }
}
