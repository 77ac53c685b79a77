/** What is known of one upload, beside its bytes. */
export interface LedgerEntry {
  /** Bytes, as declared when it was begun. */
  size: number
  /** As Dify will get it: made fit. */
  name: string
  /** MIME type, made fit. */
  type: string
  /** Unix ms after which it is swept. */
  expiresAt: number
  /** A hand-over began whose end nobody saw: Dify may have the file without our knowing. */
  isOpenEnded: boolean
  /** What Dify answered when it took the file; null until then. */
  answer: KeptAnswer | null
}

/** An answer as it is given again to whoever asks for it. */
export interface KeptAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/**
 * Remembers uploads through restarts, by owner and id (both hex digits). Replicas share one: `redisLedger(client)`.
 * A write is whole or has not happened.
 */
export interface Ledger {
  get(owner: string, id: string): Promise<LedgerEntry | null>
  put(owner: string, id: string, entry: LedgerEntry): Promise<void>
  remove(owner: string, id: string): Promise<void>
  /** The owner's uploads that have no answer yet. */
  open(owner: string): Promise<LedgerEntry[]>
  /**
   * Forgets what expired before `now` (Unix ms), each only when `remove` says that its bytes are gone, and says which it
   * was: what a process that ends midway leaves, or a store that is away, is found by the next sweep.
   */
  sweep(now: number, remove: (id: string) => Promise<boolean>): Promise<string[]>
}
