import type { DraftRecord } from './draftRecord.js'
import type { DraftName, DraftStore, KeptBytes } from './draftStore.js'

/** Writes the bytes of a draft's files, beside its lists. */
export interface ByteWriter {
  /** An entry has bytes to be written. */
  add: (entryId: string) => void
  /** Resolves when all that was added is written, or told of. Never rejects. */
  write: () => Promise<void>
  /** The store goes: nothing more is written, nor told of. */
  end: () => void
}

/**
 * Each upload makes a new list, and bytes that waited for all of those might wait until the page goes: so they don't.
 *
 * @param wanted what is to be kept of an entry by now: nothing of what went meanwhile, no bytes of what was uploaded.
 * @param failed a file that can't be written; the others are.
 */
export function createByteWriter(
  store: DraftStore, draft: DraftName, wanted: (entryId: string) => { record: DraftRecord; bytes: File | null } | undefined, failed: (name: string, reason: 'quota' | 'unreadable') => void,
): ByteWriter {
  const waiting = new Set<string>()
  let writing: Promise<void> | null = null
  let isOver = false

  async function writeAll(): Promise<void> {
    while (waiting.size > 0) await put(nextBatch())
    writing = null
  }

  async function put(ids: readonly string[]): Promise<void> {
    // Some may have gone while others were written.
    const files = ids.map(wanted).filter((kept): kept is KeptBytes => Boolean(kept?.bytes))
    try {
      await store.putBytes(draft, files)
    } catch (error) {
      // One of them is at fault, and the others went with it.
      if (ids.length > 1) for (const id of ids) await put([id])
      else if (!isOver) failed(files[0]!.record.name, (error as DOMException).name === 'QuotaExceededError' ? 'quota' : 'unreadable')
    }
  }

  /** Small files together: a transaction costs several times what such a file does. A large one goes alone. */
  function nextBatch(): string[] {
    const batch: string[] = []
    let size = 0
    for (const id of waiting) {
      size += wanted(id)?.bytes?.size ?? 0
      if (batch.length > 0 && (batch.length === BATCH_FILES || size > BATCH_BYTES)) break
      waiting.delete(id)
      batch.push(id)
    }
    return batch
  }

  return {
    add: (entryId) => void waiting.add(entryId),
    write: async () => {
      if (waiting.size > 0) writing ??= writeAll()
      await writing
    },
    end: () => {
      isOver = true
      waiting.clear()
    },
  }
}

const BATCH_FILES = 32
const BATCH_BYTES = 8 * 1024 ** 2
