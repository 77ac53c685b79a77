/** Where a file's pieces are, for as long as one attempt runs. */
export interface Place {
  /** The same for each attempt: a server that was asked to begin twice begins once. */
  key: string
  /** The upload's address, or null where it is not begun. */
  url: string | null
  /** The server said that it has all of it. */
  isWhole: boolean
  remember: (url: string, isWhole?: boolean) => void
  forget: () => void
  release: () => void
}

export interface PlaceOptions {
  endpoint: string
  file: File
  name: string
}

/**
 * Finds out where this file was begun, in this page or before a reload, and takes it: two entries with the same file, in
 * this tab or another, must not write to one upload.
 */
export async function claimPlace(options: PlaceOptions): Promise<Place> {
  const prefix = `${PREFIX}${await fingerprintOf(options)}:`
  for (const [key, { url, isWhole }] of known(prefix)) {
    const release = await take(key)
    if (release === null) continue
    // Another tab may have finished it while we waited.
    if (read(key) !== null) return placeAt(key, { url, isWhole, release })
    release()
  }
  const key = prefix + Math.random().toString(36).slice(2)
  const release = (await take(key)) ?? (() => undefined)
  write(key, { url: null, at: Date.now() })
  return placeAt(key, { url: null, release })
}

function placeAt(key: string, { url, isWhole = false, release }: { url: string | null; isWhole?: boolean | undefined; release: () => void }): Place {
  return {
    key: key.slice(PREFIX.length), url, isWhole, release,
    remember: (it, isAllThere) => write(key, { url: it, at: Date.now(), ...(isAllThere && { isWhole: true }) }),
    forget: () => write(key, null),
  }
}

const PREFIX = 'dify-file-drop:resumable:'
/** ms that a place is kept; servers keep theirs as long by default. */
const MAX_AGE = 24 * 60 * 60_000
/** ms to wait for a page that is on its way out: a reload may overlap itself. */
const PATIENCE = 500

interface Kept {
  /** Null until the server has said it. */
  url: string | null
  isWhole?: boolean
  /** Unix ms. */
  at: number
}

/** Places of this page, and all where nothing can be kept. */
const taken = new Set<string>()
const memory = new Map<string, string>()

/** Takes a place, or null where someone has it. */
async function take(key: string): Promise<(() => void) | null> {
  if (taken.has(key)) return null
  taken.add(key)
  // Plain http has no locks; there a second tab may be in the way, which the server notices.
  const free = navigator.locks === undefined ? () => undefined : await lock(key)
  if (free === null) {
    taken.delete(key)
    return null
  }
  return () => {
    taken.delete(key)
    free()
  }
}

function lock(key: string): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    const hold = (): Promise<void> => new Promise((free) => { resolve(free) })
    navigator.locks.request(key, { signal: AbortSignal.timeout(PATIENCE) }, hold).catch(() => resolve(null))
  })
}

/** What is kept under a prefix. What is too old goes, whatever it is. */
function known(prefix: string): [key: string, kept: Kept][] {
  const now = Date.now()
  const found: [string, Kept][] = []
  for (const key of keys()) {
    const kept = read(key)
    if (kept === null || now - kept.at > MAX_AGE) write(key, null)
    else if (key.startsWith(prefix)) found.push([key, kept])
  }
  return found
}

function keys(): string[] {
  let stored: string[] = []
  try {
    stored = Object.keys(localStorage)
  } catch {
    // Switched off.
  }
  return [...new Set([...stored, ...memory.keys()])].filter((key) => key.startsWith(PREFIX))
}

function read(key: string): Kept | null {
  try {
    const { url, isWhole, at } = JSON.parse(memory.get(key) ?? localStorage.getItem(key) ?? 'null') as Kept
    return (typeof url === 'string' || url === null) && typeof at === 'number' ? { url, at, isWhole: url !== null && isWhole === true } : null
  } catch {
    return null
  }
}

function write(key: string, kept: Kept | null): void {
  memory.delete(key)
  try {
    if (kept === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(kept))
  } catch {
    // Full, or switched off: it is known as long as the page.
    if (kept !== null) memory.set(key, JSON.stringify(kept))
  }
}

/**
 * What tells a file from others: what the browser knows of it, and its first and last bytes. The same for the copy that a
 * draft keeps. Not its content as a whole, which would have to be read.
 */
async function fingerprintOf({ endpoint, file, name }: PlaceOptions): Promise<string> {
  const facts = new TextEncoder().encode(JSON.stringify([endpoint, name, file.type, file.size, file.lastModified]))
  const sample = new Blob([facts, file.slice(0, SAMPLE), file.slice(-SAMPLE)])
  const bytes = new Uint8Array(await sample.arrayBuffer())
  return [0x811c9dc5, 0x2166f1a7].map((seed) => fnv(bytes, seed).toString(16).padStart(8, '0')).join('')
}

/** Bytes */
const SAMPLE = 32 * 1024

function fnv(bytes: Uint8Array, seed: number): number {
  let hash = seed
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
