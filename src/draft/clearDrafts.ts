import { DraftStore } from './draftStore.js'

/**
 * Deletes kept drafts: call it when somebody logs out, or their files stay in this browser until they expire. Whatever
 * keeps a draft of that scope now, in this tab or another, stops doing so.
 *
 * @param scope as given to `keepDraft`; absent: everything of everybody.
 */
export async function clearDrafts(scope?: string): Promise<void> {
  const said = new BroadcastChannel(CHANNEL)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is a window's; a channel has none
  said.postMessage({ clear: scope ?? null })
  said.close()
  for (const stop of keepers) stop(scope)
  let store: DraftStore
  try {
    store = await DraftStore.open()
  } catch {
    // Where nothing can be kept, nothing was.
    return
  }
  try {
    await store.clear(scope)
  } finally {
    store.close()
  }
}

/** Calls back when drafts of this scope are cleared, here or in another tab. Returns what ends it. */
export function onClear(scope: string, stop: () => void): () => void {
  const hear = (cleared?: string | null): void => {
    if (cleared === undefined || cleared === null || cleared === scope) stop()
  }
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', ({ data }: MessageEvent<{ clear: string | null }>) => hear(data.clear))
  keepers.add(hear)
  return () => {
    keepers.delete(hear)
    channel.close()
  }
}

const CHANNEL = 'dify-file-drop-drafts'
const keepers = new Set<(scope?: string) => void>()
