import type { Entry } from '../core/entry.js'
import type { Uploader } from '../core/uploader.js'
import { createByteWriter, type ByteWriter } from './byteWriter.js'
import { onClear } from './clearDrafts.js'
import { bytesOf, isKept, offerOf, recordOf, type DraftRecord } from './draftRecord.js'
import { DraftStore, type DraftName } from './draftStore.js'
import { own, type Ownership } from './ownership.js'

/** Which draft, whose, and for how long. */
export interface DraftOptions {
  /** Which composer of the page. */
  key: string
  /** Whose draft, and of which conversation: nobody else's files may ever come back. */
  scope: string
  /** Keep the bytes of what is not uploaded yet. Without, such files have to be picked again. @default true */
  blobs?: boolean | undefined
  /** ms after its last change that a file is kept. @default 24 hours */
  maxAge?: number | undefined
  /** What could not be done, for a line of text near the composer. Nothing here ever throws. */
  onNotice?: ((notice: DraftNotice) => void) | undefined
}

/** What could not be kept or brought back. */
export type DraftNotice =
  /** Another tab keeps this draft: this one starts empty, and what is added here is not kept. */
  | { type: 'elsewhere' }
  /** The browser keeps nothing (a private window, a full disk, switched off): files last as long as the page. */
  | { type: 'unavailable'; cause: unknown }
  /** A file's bytes are not kept: there is no room for them, or they cannot be read. After a reload it is asked for again. */
  | { type: 'not_kept'; name: string; reason: 'quota' | 'unreadable' }
  /** Files were kept longer than allowed, and are gone. */
  | { type: 'expired'; count: number }

/** What came back, and who keeps the draft: this tab, or another. */
export interface DraftRestored {
  owner: 'this' | 'other'
  /** The entries that came back, those included that ask for their file again. */
  entries: readonly Entry[]
  /** Of those, how many ask. */
  missing: number
}

/** A draft being kept. */
export interface KeptDraft {
  /** Resolves when the draft is in the list again, or when it is known that there is none. Never rejects. */
  restored: Promise<DraftRestored>
  /** Null until it is known. */
  readonly owner: 'this' | 'other' | null
  /** Writes what is not written yet and stops keeping. What is kept stays for the next time. */
  stop: () => Promise<void>
}

/**
 * Keeps an engine's list through reloads, crashes and navigation, and brings it back in the same order: what is uploaded
 * as it is, what is not with its bytes, which go on uploading, and what has no bytes any more as an entry that asks for
 * them (`file_unreadable`, `missing`; `uploader.replace(id, file)` mends it). Nothing restored is news to `onUploaded`.
 */
export function keepDraft(uploader: Uploader, options: DraftOptions): KeptDraft {
  const keeper = new Keeper(uploader, options)
  return { restored: keeper.restored, stop: () => keeper.stop(), get owner() { return keeper.owner } }
}

/** What is in the store for an entry. */
interface Kept {
  record: DraftRecord
  bytes: File | null
  /** What the record was made of; null where it is to be made anew. */
  entry: Entry | null
}

/**
 * Restores, then mirrors. Invariant: `#kept` is what the store holds, or the {@link ByteWriter} is about to write, so a save
 * writes the difference to the list and nothing else. Lists are saved one after the other.
 */
class Keeper {
  readonly restored: Promise<DraftRestored>
  owner: 'this' | 'other' | null = null
  readonly #kept: Map<string, Kept>
  readonly #session = Math.random().toString(36).slice(2)
  readonly #draft: DraftName
  readonly #ends: (() => void)[] = []
  #store: DraftStore | null = null
  #bytes: ByteWriter | null = null
  #ownership: Ownership | null = null
  #listing: Promise<void> | null = null
  #isDirty = false
  #isStopped = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly uploader: Uploader, private readonly options: DraftOptions) {
    this.#draft = { scope: options.scope, key: options.key }
    this.#kept = memoryOf(uploader, this.#draft)
    this.restored = this.#start().catch((cause: unknown) => {
      this.owner ??= 'this'
      this.#giveUp(cause)
      return { owner: this.owner, entries: [], missing: 0 }
    })
  }

  async stop(): Promise<void> {
    if (this.#isStopped) return
    this.#isStopped = true
    await this.restored
    await this.#save()
    await this.#end()
  }

  async #start(): Promise<DraftRestored> {
    this.#store = await DraftStore.open()
    this.#ownership = await own(this.#store, this.#draft, PATIENCE)
    if (this.#ownership === null) {
      this.owner = 'other'
      this.#notice({ type: 'elsewhere' })
      this.#store.close()
      this.#store = null
      return { owner: 'other', entries: [], missing: 0 }
    }
    this.owner = 'this'
    if (this.#isStopped) return { owner: 'this', entries: [], missing: 0 }
    const swept = await this.#store.sweep(Date.now())
    const count = swept.filter(({ scope, key }) => scope === this.#draft.scope && key === this.#draft.key).length
    if (count > 0) this.#notice({ type: 'expired', count })
    this.#bytes = createByteWriter(this.#store, this.#draft, (id) => this.#kept.get(id), (name, reason) => this.#notice({ type: 'not_kept', name, reason }))
    const restored = await this.#restore(this.#store)
    this.#mirror()
    return restored
  }

  async #restore(store: DraftStore): Promise<DraftRestored> {
    const { uploader } = this
    const known = new Set([...this.#kept.values()].map(({ record }) => record.id))
    const attached = new Set(uploader.entries.map(idOf).filter((id) => id !== null))
    const records = (await store.read(this.#draft)).filter(({ id, result }) => {
      const isAttached = result !== null && 'file' in result && attached.has(result.file.id)
      return !known.has(id) && !isAttached
    })
    const kept = await Promise.all(records.map(async (record) => ({ record, bytes: await store.bytes(this.#draft, record.id) })))
    // Stopped meanwhile: whoever comes next restores it.
    if (kept.length === 0 || this.#isStopped) return { owner: 'this', entries: [], missing: 0 }
    const offers = kept.map(({ record, bytes }) => offerOf(record, bytes))
    const entries = uploader.add(offers)
    kept.forEach((it, index) => {
      const entry = entries.find((made) => isOf(made, offers[index]!))
      // What it became nothing of, or something else, is written anew, and this goes.
      this.#kept.set(entry?.id ?? it.record.id, { ...it, bytes: entry === undefined ? it.bytes : bytesOf(entry), entry: null })
    })
    return { owner: 'this', entries, missing: entries.filter((entry) => entry.status === 'failed' && entry.file === null && entry.at === 'way').length }
  }

  #mirror(): void {
    const now = (): void => void this.#save()
    let uploaded = this.uploader.tally.uploaded
    const soon = (): void => {
      const before = uploaded
      uploaded = this.uploader.tally.uploaded
      // What Dify has must not be sent, nor told to the host, a second time because the page went meanwhile.
      if (uploaded > before) return now()
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined
        now()
      }, SOON)
    }
    const hidden = (): void => {
      if (document.visibilityState === 'hidden') now()
    }
    addEventListener('pagehide', now)
    document.addEventListener('visibilitychange', hidden)
    this.#ends.push(
      // What came or went is written at once: a message that was sent must not come back as a draft.
      this.uploader.subscribeIds(now),
      this.uploader.subscribe(soon),
      () => removeEventListener('pagehide', now),
      () => document.removeEventListener('visibilitychange', hidden),
      onClear(this.#draft.scope, () => this.#abandon()),
    )
    now()
  }

  /** Writes the difference; called while it is being written, once more after that. */
  async #save(): Promise<void> {
    this.#isDirty = true
    if (this.#store !== null) this.#listing ??= this.#saveLists(this.#store)
    await this.#listing
    await this.#bytes?.write()
  }

  async #saveLists(store: DraftStore): Promise<void> {
    do {
      try {
        await this.#saveList(store)
      } catch (cause) {
        this.#giveUp(cause)
      }
    } while (this.#isDirty && this.#store !== null)
    this.#listing = null
  }

  async #saveList(store: DraftStore): Promise<void> {
    this.#isDirty = false
    const { blobs = true, maxAge = DAY } = this.options
    const expiresAt = Date.now() + maxAge
    const entries = this.uploader.entries.filter(isKept)
    const ids = new Set(entries.map(({ id }) => id))
    const put: DraftRecord[] = []
    const forgetBytes: string[] = []
    const remove = [...this.#kept].filter(([id]) => !ids.has(id))
    entries.forEach((entry, order) => {
      const before = this.#kept.get(entry.id)
      if (before?.entry === entry && before.record.order === order) return
      const id = before?.record.id ?? `${this.#session}-${entry.id}`
      const same = recordOf(entry, { id, order, expiresAt: before?.record.expiresAt ?? expiresAt })
      const isSame = before !== undefined && JSON.stringify(same) === JSON.stringify(before.record)
      const record = isSame ? before.record : { ...same, expiresAt }
      if (!isSame) put.push(record)
      const bytes = blobs ? bytesOf(entry) : null
      if (bytes !== null && bytes !== before?.bytes) this.#bytes?.add(entry.id)
      else if (bytes === null && before?.bytes) forgetBytes.push(id)
      this.#kept.set(entry.id, { record, bytes, entry })
    })
    for (const [id] of remove) this.#kept.delete(id)
    if (put.length + remove.length + forgetBytes.length > 0) await store.write(this.#draft, { put, remove: remove.map(([, { record }]) => record.id), forgetBytes })
    // Not waited for here: the next list is more urgent.
    void this.#bytes?.write()
  }

  /** The drafts were cleared: what this tab still shows is not written any more. */
  #abandon(): void {
    this.#isStopped = true
    this.#kept.clear()
    this.#end().catch(() => undefined)
  }

  #giveUp(cause: unknown): void {
    if (this.#store === null && this.owner === 'other') return
    this.#notice({ type: 'unavailable', cause })
    this.#end().catch(() => undefined)
  }

  async #end(): Promise<void> {
    clearTimeout(this.#timer)
    for (const end of this.#ends.splice(0)) end()
    const [store, ownership] = [this.#store, this.#ownership]
    this.#bytes?.end()
    this.#store = null
    this.#ownership = null
    await ownership?.release()
    store?.close()
  }

  #notice(notice: DraftNotice): void {
    try {
      this.options.onNotice?.(notice)
    } catch (error) {
      reportError(error)
    }
  }
}

/** ms */
const DAY = 24 * 60 * 60_000
const SOON = 200
const PATIENCE = 500

/**
 * What is kept for an engine outlives the keeper: a component that unmounts and mounts again, with the same engine, must
 * not restore what is in the list already.
 */
const memories = new WeakMap<Uploader, Map<string, Map<string, Kept>>>()

function memoryOf(uploader: Uploader, { scope, key }: DraftName): Map<string, Kept> {
  const byName = memories.get(uploader) ?? new Map<string, Map<string, Kept>>()
  memories.set(uploader, byName)
  const name = JSON.stringify([scope, key])
  const memory = byName.get(name) ?? new Map<string, Kept>()
  byName.set(name, memory)
  return memory
}

/** Whether the engine made this entry of that offer. */
function isOf(entry: Entry, offer: ReturnType<typeof offerOf>): boolean {
  if (entry.status === 'uploaded') return entry.result.transfer_method === 'local_file' && entry.result.file === offer
  return 'file' in offer && entry.file !== null && entry.file === offer.file
}

function idOf(entry: Entry): string | null {
  return entry.status === 'uploaded' && entry.result.transfer_method === 'local_file' ? entry.result.file.id : null
}
