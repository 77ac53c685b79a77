import type { Kind } from '../dify/kinds.js'
import { checkLink, checkSize, checkType, type Candidate } from './check.js'
import { asCopyOf, Duplicates } from './duplicates.js'
import type { Entry, FailedEntry } from './entry.js'
import type { Inside } from './inside.js'
import type { Draft, Sorted } from './offered.js'
import { Overflow, type Counted } from './overflow.js'
import { failure, type UploadFailure } from './uploadError.js'

/** What the door needs from the engine. */
export interface DoorHost extends Inside {
  newId: () => string
  /** An entry came in, or may come in now: its steps begin. With `open`, only its name is known. */
  begin: (id: string, open?: (() => Promise<File>) | null) => void
  enqueue: (id: string) => void
  /** Takes an entry out, with all that runs for it. */
  forget: (id: string) => void
  rejected: (entries: readonly FailedEntry[]) => void
}

/**
 * What a file must pass before anything is done for it: the rules, by its name and size, and the count. Those that are over
 * the count wait outside, as one refusal, until there is room.
 */
export function createDoor(host: DoorHost) {
  const { store, change, newId, begin, enqueue, forget, rejected, asItIs } = host
  const overflow = new Overflow()
  const duplicates = new Duplicates()
  /** How to open what only its name is known of, in case it has to give way before it is. */
  const openings = new Map<string, () => Promise<File>>()
  /** Refused one by one for want of room: what was to take another's place, or became an image on the way. */
  const lone = new Set<string>()

  function admit(all: readonly Sorted[]): Entry[] {
    const { steps, autoUpload } = host.options
    const made: Entry[] = []
    const tooMany: Record<Counted, Sorted[]> = { files: [], images: [] }
    const opening: { id: string; open: (() => Promise<File>) | null }[] = []
    const room = rooms()
    for (const sorted of all) {
      const id = newId()
      const { draft } = sorted
      const error = 'error' in sorted ? sorted.error : sorted.type === 'file' ? check(draft) : null
      if (error !== null) {
        // What was lost is no refusal: it was accepted once, so a message must not go without a word that it is missing.
        made.push({ ...draft, id, status: 'failed', error, at: sorted.type === 'lost' ? 'way' : 'door' })
        continue
      }
      const isImage = draft.kind === 'image'
      if (room.files <= 0 || (isImage && room.images <= 0)) {
        tooMany[room.files <= 0 ? 'files' : 'images'].push(sorted)
        continue
      }
      room.files--
      if (isImage) room.images--
      if (sorted.type === 'done') {
        made.push({ ...draft, id, status: 'uploaded', result: sorted.result })
      } else if (sorted.type === 'file') {
        const { open } = sorted
        if (sorted.asItIs === true) asItIs.add(id)
        const facts = { ...draft, id, notes: duplicates.note(id, draft) }
        if (steps.length === 0 && open === null) {
          made.push({ ...facts, status: 'queued', attempt: 1, started: autoUpload })
          if (autoUpload) enqueue(id)
        } else {
          made.push({ ...facts, status: 'preparing', step: open === null ? 0 : -1 })
          opening.push({ id, open })
          if (open !== null) openings.set(id, open)
        }
      }
    }
    for (const counted of COUNTS) if (tooMany[counted].length > 0) made.push(leaveOutside(tooMany[counted], counted))
    store.insert(made)
    for (const { id, open } of opening) begin(id, open)
    rejected(made.filter(isRefused))
    return made.map((entry) => store.get(entry.id) ?? entry)
  }

  /** What can be said before any step ran. A step may make a file smaller, so with steps its size is judged after them. */
  function check(file: Candidate): UploadFailure | null {
    return checkType(file, host.rules) ?? (host.options.steps.length === 0 || file.size === 0 ? checkSize(file, host.rules) : null)
  }

  function checkWhole(file: Candidate): UploadFailure | null {
    return checkType(file, host.rules) ?? checkSize(file, host.rules)
  }

  /** What can be said once all steps ran. It has its place already; only a step that made an image of it took one too many. */
  function checkPrepared(entry: Entry): UploadFailure | null {
    openings.delete(entry.id)
    return checkWhole(entry) ?? (entry.kind === 'image' && rooms().images < 0 ? noRoom(entry) : null)
  }

  function rooms(): Record<Counted, number> {
    const { maxFiles, maxImages } = host.rules
    const files = maxFiles.enforced ? maxFiles.value - store.counted : Infinity
    // Images are counted one by one, but only where they have a limit of their own.
    if (!maxImages.enforced || (maxFiles.enforced && maxFiles.value <= maxImages.value)) return { files, images: Infinity }
    return { files, images: maxImages.value - store.entries.filter((entry) => entry.kind === 'image' && entry.status !== 'failed').length }
  }

  /** Whether more are here than a message may have: what is uploaded does not give way by itself. */
  function isOver(): boolean {
    const { files, images } = rooms()
    return files < 0 || images < 0
  }

  /** Whether there is room for one more of this kind. */
  function hasRoom(kind: Kind): boolean {
    const { files, images } = rooms()
    return files > 0 && (kind !== 'image' || images > 0)
  }

  /** What can be said of an entry that becomes another. Asked before it is one, so that it does not count as both. */
  function checkReplaced(next: Entry, before: Entry): UploadFailure | null {
    // Another name can make an image of it, which had its place as a file only.
    const isToBeCounted = before.status === 'failed' || (next.kind === 'image' && before.kind !== 'image' && rooms().files > 0)
    return isToBeCounted && !hasRoom(next.kind) ? noRoom(next) : check(next)
  }

  /** Why it has no place. Refused for it, it comes in when there is one; failed on its way before, it may be tried again. */
  function noRoom({ id, name, kind, ...entry }: Entry): UploadFailure {
    const isForImages = kind === 'image' && rooms().images <= 0
    const { value: limit, layer } = isForImages ? host.rules.maxImages : host.rules.maxFiles
    const error = failure('too_many_attachments', { limit, count: 1, names: [name], layer, ...(isForImages && { kind: 'image' as const }) })
    if (entry.status === 'failed' && entry.at === 'way') return { ...error, retryable: true }
    lone.add(id)
    return error
  }

  function refuse(id: string, error: UploadFailure): void {
    refuseAll(new Map([[id, error]]))
  }

  function refuseAll(errors: ReadonlyMap<string, UploadFailure>): void {
    rejected([...errors].map(([id, error]) => change(id, { type: 'refuse', error })).filter(isRefused))
    refill()
  }

  /** A slot is free: those that did not fit when they came may come in. */
  function refill(): void {
    for (const id of lone) {
      const entry = store.get(id)
      const isWaiting = isRefused(entry) && entry.error.code === 'too_many_attachments'
      if (isWaiting && !hasRoom(entry.kind)) continue
      lone.delete(id)
      if (isWaiting) beginAgain(id)
    }
    while (!overflow.isEmpty) {
      const next = overflow.next(rooms())
      if (next === null) return
      if (next.rest === null) store.delete(next.id)
      else store.set(next.rest(store.get(next.id)!))
      admit(next.files)
    }
  }

  /** The rules changed: what is not on its way yet must pass them again, and what they refused may pass now. */
  function recheck(): void {
    const refused = new Map<string, UploadFailure>()
    const again: string[] = []
    for (const entry of store.values()) {
      const error = checkAnew(entry)
      if (error !== null) {
        refused.set(entry.id, error)
      } else if (isRefused(entry) && entry.file !== null && RULED.has(entry.error.code) && !overflow.has(entry.id) && check(entry) === null) {
        again.push(entry.id)
      }
    }
    refuseAll(refused)
    for (const id of again) {
      if (hasRoom(store.get(id)?.kind ?? 'custom')) beginAgain(id)
    }
    for (const counted of COUNTS) tooManyNow(counted)
    refill()
  }

  /** What the rules say now of an entry no byte of which was sent. */
  function checkAnew(entry: Entry): UploadFailure | null {
    if (entry.status === 'queued') return checkWhole(entry)
    const link = entry.status === 'uploaded' && entry.result.transfer_method === 'remote_url' ? entry.result.url : null
    return link === null ? null : checkLink(link, entry.kind, host.rules)
  }

  function beginAgain(id: string): void {
    change(id, { type: 'recheck' })
    begin(id)
  }

  /** The count was lowered, or is known only now: the last that are not on their way yet give way, together. */
  function tooManyNow(counted: Counted): void {
    const excess = -rooms()[counted]
    if (excess <= 0) return
    const openingOf = ({ file, id }: Entry) => (file === null ? openings.get(id) : null)
    // Only what can come in again, with its bytes or by being opened.
    const last = store.entries.filter((entry) => WITHIN.has(entry.status) && openingOf(entry) !== undefined && (counted === 'files' || entry.kind === 'image')).slice(-excess)
    if (last.length === 0) return
    const files = last.map((entry) => ({ type: 'file', draft: draftOf(entry), open: openingOf(entry) ?? null }) as const)
    for (const entry of last) forget(entry.id)
    const rest = leaveOutside(files, counted)
    store.insert([rest])
    rejected([rest])
  }

  function leaveOutside(files: readonly Sorted[], counted: Counted): FailedEntry {
    return overflow.hold(newId(), files, counted === 'files' ? host.rules.maxFiles : host.rules.maxImages, counted)
  }

  /** An entry went: what was a copy of it is one of another now, or of none. */
  function gone(id: string): void {
    asItIs.delete(id)
    openings.delete(id)
    lone.delete(id)
    overflow.forget(id)
    unlike(id)
  }

  /** An entry became another: what it looks like now, and what looked like it. */
  function likened(entry: Entry, isIn: boolean): Entry {
    unlike(entry.id)
    return isIn ? { ...entry, notes: duplicates.note(entry.id, entry) } : entry
  }

  function unlike(id: string): void {
    const left = duplicates.forget(id)
    for (const copy of left?.copies ?? []) {
      const entry = store.get(copy)
      if (entry !== undefined) store.set({ ...entry, notes: asCopyOf(entry.notes, copy === left!.of ? null : left!.of) })
    }
  }

  /** Whether an entry stands for those that wait outside. */
  const isRest = (id: string): boolean => overflow.has(id)

  return { admit, checkPrepared, checkReplaced, hasRoom, noRoom, isOver, likened, refuse, refill, recheck, isRest, gone }
}

export function isRefused(entry: Entry | undefined): entry is FailedEntry {
  return entry?.status === 'failed' && entry.at === 'door'
}

const COUNTS: readonly Counted[] = ['files', 'images']

/** Refusals that other rules could lift. */
const RULED: ReadonlySet<string> = new Set(['kind_not_allowed', 'file_too_large', 'uploads_disabled', 'too_many_attachments'])

/** Here, and no byte of it sent. */
const WITHIN: ReadonlySet<Entry['status']> = new Set(['preparing', 'queued'])

function draftOf({ file, name, size, kind, path, notes }: Entry): Draft {
  return { file, name, size, kind, path, notes }
}
