import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { DraftRecord } from './draftRecord.js'

/** Which draft: whose and of which conversation (`scope`), and which composer (`key`). */
export interface DraftName {
  scope: string
  key: string
}

/** What changes in one draft. */
export interface DraftChange {
  put: readonly DraftRecord[]
  /** Ids of records that go, with their bytes. */
  remove: readonly string[]
  /** Ids of records whose bytes are not needed any more. */
  forgetBytes: readonly string[]
}

/** A record with the bytes that belong to it. */
export interface KeptBytes {
  record: DraftRecord
  bytes: File
}

/** Drafts in IndexedDB: records and bytes apart, so that a file is not written again when its place in the list changes. */
export class DraftStore {
  static async open(): Promise<DraftStore> {
    const db = await openDB<Schema>(DATABASE, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore('records')
        fresh.createObjectStore('bytes')
        fresh.createObjectStore('owners')
      },
      // A later version of this package, in another tab, waits for us.
      blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
    })
    return new DraftStore(db)
  }

  private constructor(private readonly db: IDBPDatabase<Schema>) {}

  close(): void {
    this.db.close()
  }

  /** The records of a draft, in their order. */
  async read(draft: DraftName): Promise<DraftRecord[]> {
    const records = await this.db.getAll('records', within([draft.scope, draft.key]))
    return records.toSorted((a, b) => a.order - b.order)
  }

  /** The bytes of a record, or null where they are gone or cannot be read. */
  async bytes({ scope, key }: DraftName, id: string): Promise<File | null> {
    try {
      const file = await this.db.get('bytes', [scope, key, id])
      if (!(file instanceof File)) return null
      await file.slice(0, 1).arrayBuffer()
      return file
    } catch {
      return null
    }
  }

  /** All of them, or none. @throws DOMException `QuotaExceededError`, or what else keeps a file from being written. */
  async putBytes({ scope, key }: DraftName, files: readonly KeptBytes[]): Promise<void> {
    if (files.length === 0) return
    const change = this.db.transaction('bytes', 'readwrite')
    const all = files.map(({ record, bytes }) => change.store.put(bytes, [scope, key, record.id]))
    change.commit()
    await Promise.all([...all, change.done])
  }

  /** The list first, in a transaction that waits for no file being written: the page may be gone the next moment. */
  async write({ scope, key }: DraftName, { put, remove, forgetBytes }: DraftChange): Promise<void> {
    if (put.length + remove.length > 0) {
      const change = this.db.transaction('records', 'readwrite')
      const all = [...put.map((record) => change.store.put(record, [scope, key, record.id])), ...remove.map((id) => change.store.delete([scope, key, id]))]
      change.commit()
      await Promise.all([...all, change.done])
    }
    if (remove.length + forgetBytes.length > 0) {
      const change = this.db.transaction('bytes', 'readwrite')
      await Promise.all([...[...remove, ...forgetBytes].map((id) => change.store.delete([scope, key, id])), change.done])
    }
  }

  /** Deletes all drafts of a scope, or of all. */
  async clear(scope?: string): Promise<void> {
    const change = this.db.transaction(['records', 'bytes'], 'readwrite')
    const range = scope === undefined ? null : within([scope])
    const stores = [change.objectStore('records'), change.objectStore('bytes')]
    await Promise.all([...stores.map((it) => (range === null ? it.clear() : it.delete(range))), change.done])
  }

  /** Deletes what expired, whosever it is, and bytes that no record speaks of any more. @returns the drafts that lost something. */
  async sweep(now: number): Promise<DraftName[]> {
    const change = this.db.transaction(['records', 'bytes'], 'readwrite')
    const swept: DraftName[] = []
    for (let at = await change.objectStore('records').openCursor(); at !== null; at = await at.continue()) {
      if (at.value.expiresAt > now) continue
      const [scope, key] = at.key
      swept.push({ scope, key })
      await at.delete()
    }
    const [known, kept] = await Promise.all([change.objectStore('records').getAllKeys(), change.objectStore('bytes').getAllKeys()])
    const names = new Set(known.map((name) => JSON.stringify(name)))
    await Promise.all(kept.filter((name) => !names.has(JSON.stringify(name))).map((name) => change.objectStore('bytes').delete(name)))
    await change.done
    return swept
  }

  /** For browsers without locks: first come, first served, as long as whoever came says so again and again. */
  async claim({ scope, key }: DraftName, owner: string, now: number, stale: number): Promise<boolean> {
    const claim = this.db.transaction('owners', 'readwrite')
    const holder = await claim.store.get([scope, key])
    const isFree = holder === undefined || holder.owner === owner || now - holder.seenAt > stale
    await Promise.all([isFree && claim.store.put({ owner, seenAt: now }, [scope, key]), claim.done])
    return isFree
  }

  async disclaim({ scope, key }: DraftName, owner: string): Promise<void> {
    const claim = this.db.transaction('owners', 'readwrite')
    const isOurs = (await claim.store.get([scope, key]))?.owner === owner
    await Promise.all([isOurs && claim.store.delete([scope, key]), claim.done])
  }
}

const DATABASE = 'dify-file-drop'

type RecordKey = [scope: string, key: string, id: string]

interface Schema extends DBSchema {
  records: { key: RecordKey; value: DraftRecord }
  bytes: { key: RecordKey; value: File }
  owners: { key: [scope: string, key: string]; value: { owner: string; seenAt: number } }
}

/** All keys that begin like this: in IndexedDB's order an array comes after every string. */
function within(start: string[]): IDBKeyRange {
  return IDBKeyRange.bound(start, [...start, []])
}
