import type { DifyFile } from '../dify/difyFile.js'
import type { Kind } from '../dify/kinds.js'
import { fitName } from '../dify/fileName.js'
import { messageTypeOf, type MessageFile } from '../dify/messageFile.js'
import { uploadRulesOf } from '../dify/parameters.js'
import { checkSize, checkType } from './check.js'
import { Delivery } from './delivery.js'
import { asCopyOf, Duplicates } from './duplicates.js'
import type { Entry, EntryResult, FailedEntry, QueuedEntry, UploadedEntry } from './entry.js'
import { Listeners } from './listeners.js'
import { describeFile, nameFor, seeded, sortOffered, type Draft, type Sorted } from './offered.js'
import { Overflow, type Counted } from './overflow.js'
import { Pace } from './pace.js'
import type { Ports } from './ports.js'
import { Preparation } from './preparation.js'
import { readinessOf, type Readiness } from './readiness.js'
import { mergeRules } from './rules.js'
import { EntryStore } from './store.js'
import { Taken } from './taken.js'
import { transition, type EntryEvent } from './transition.js'
import { failure, type UploadFailure } from './uploadError.js'
import type { Offered, OfferedFile, Settled, Uploader, UploaderChange, UploaderListeners, UploaderOptions } from './uploader.js'

/** What an engine needs at least, and what may be said at the start. */
export type EngineOptions = UploaderChange &
  Pick<UploaderOptions, 'send'> & {
    /** Files that Dify holds already: the ones of a message that is being edited. */
    initial?: readonly DifyFile[] | undefined
  }

/**
 * Makes an engine out of ports. In a browser use `createUploader`, which brings them along.
 *
 * Its parts: {@link EntryStore} keeps the list, {@link Preparation} takes entries to `queued`, {@link Delivery} from there
 * to `uploaded`, {@link Listeners} tell the host. Here the verbs are, and what a file must pass at the door.
 */
export function createEngine({ initial = [], ...given }: EngineOptions, ports: Ports): Uploader {
  let options: UploaderOptions = { ...DEFAULTS, send: given.send, ...defined(given) }
  let rules = mergeRules(options.rules, parametersOf(options), options.variable, options.strict)
  let lastId = 0
  let depth = 0

  const store = new EntryStore(ports.report)
  const readiness = (): Readiness => readinessOf(store.tally, rules.required)
  const listeners = new Listeners(store, readiness, ports)
  const pace = new Pace(options.concurrency)
  const duplicates = new Duplicates()
  const overflow = new Overflow()
  const taken = new Taken()
  /** Entries whose file no step may change. */
  const asItIs = new Set<string>()
  const delivery = new Delivery({
    store, ports, pace, act,
    options: () => options,
    rules: () => rules,
    uploaded: (entry) => listeners.uploaded(entry),
    failed: (entry) => {
      listeners.failed(entry)
      // What may be tried again keeps its place for that, against those who wait outside.
      if (!entry.error.retryable) refill()
    },
  })
  const preparation = new Preparation({
    get: (id) => store.get(id),
    entries: () => store.entries,
    rules: () => rules,
    steps: () => options.steps,
    isAsItIs: (id) => asItIs.has(id),
    report: ports.report,
    step: (id, step) => change(id, { type: 'step', step }),
    amend: (id, facts) => change(id, { type: 'amend', facts }),
    note: (id, note) => change(id, { type: 'note', note }),
    refuse: (id, error) => act(() => refuse([id], () => error)),
    done: (id) => act(() => prepared(id)),
  })
  const hold = holdForRules(ports, (isHeld) => delivery.hold(isHeld))

  /** One change of state: everything in it is one commit, and listeners hear of it when it is whole, the outermost. */
  function act<Result>(body: () => Result): Result {
    depth++
    try {
      return store.commit(body)
    } finally {
      depth--
      if (depth === 0) listeners.tell()
    }
  }

  function change(id: string, event: EntryEvent): void {
    const entry = store.get(id)
    if (entry !== undefined) store.set(transition(entry, event))
  }

  function newId(): string {
    return `f${++lastId}`
  }

  // ---- the door ----

  function admit(all: readonly Sorted[]): Entry[] {
    const made: Entry[] = []
    const tooMany: Record<Counted, Sorted[]> = { files: [], images: [] }
    const opening: { id: string; open: (() => Promise<File>) | null }[] = []
    const room = roomsLeft()
    for (const sorted of all) {
      const id = newId()
      const error = sorted.type === 'refused' ? sorted.error : sorted.type === 'file' ? atDoor(sorted.draft) : null
      if (error !== null) {
        made.push({ ...sorted.draft, id, status: 'failed', error, at: 'door' })
        continue
      }
      if (sorted.type === 'refused') continue
      if (sorted.type === 'lost') {
        // Not a refusal: it was accepted once, so a message must not go without a word that it is missing.
        made.push({ ...sorted.draft, id, status: 'failed', error: sorted.error, at: 'way' })
        continue
      }
      const isImage = sorted.draft.kind === 'image'
      if (room.files <= 0 || (isImage && room.images <= 0)) {
        tooMany[room.files <= 0 ? 'files' : 'images'].push(sorted)
        continue
      }
      room.files--
      if (isImage) room.images--
      if (sorted.type === 'done') {
        made.push({ ...sorted.draft, id, status: 'uploaded', result: sorted.result })
      } else {
        if (sorted.asItIs === true) asItIs.add(id)
        const facts = { ...sorted.draft, id, notes: duplicates.note(id, sorted.draft) }
        if (options.steps.length === 0 && sorted.open === null) {
          made.push({ ...facts, status: 'queued', attempt: 1, started: options.autoUpload })
          if (options.autoUpload) delivery.enqueue(id)
        } else {
          made.push({ ...facts, status: 'preparing', step: sorted.open === null ? 0 : -1 })
          opening.push({ id, open: sorted.open })
        }
      }
    }
    if (tooMany.files.length > 0) made.push(overflow.hold(newId(), tooMany.files, rules.maxFiles))
    if (tooMany.images.length > 0) made.push(overflow.hold(newId(), tooMany.images, rules.maxImages, 'images'))
    store.insert(made)
    for (const { id, open } of opening) preparation.begin(id, open)
    listeners.rejected(made.filter(isRefused))
    return made.map((entry) => store.get(entry.id) ?? entry)
  }

  function roomsLeft(): Record<Counted, number> {
    const { maxFiles, maxImages } = rules
    const files = maxFiles.enforced ? maxFiles.value - store.counted : Infinity
    // Images are counted one by one, but only where they have a limit of their own.
    if (!maxImages.enforced || (maxFiles.enforced && maxFiles.value <= maxImages.value)) return { files, images: Infinity }
    return { files, images: maxImages.value - store.entries.filter((entry) => entry.kind === 'image' && entry.status !== 'failed').length }
  }

  /** Room for one more of this kind. */
  function roomFor(kind: Kind): number {
    const { files, images } = roomsLeft()
    return kind === 'image' ? Math.min(files, images) : files
  }

  /** What can be said before any step ran. A step may make a file smaller, so with steps its size is judged after them. */
  function atDoor(draft: Pick<Draft, 'name' | 'kind' | 'size'>): UploadFailure | null {
    const error = checkType(draft, rules)
    if (error !== null) return error
    return options.steps.length === 0 || draft.size === 0 ? checkSize(draft, rules) : null
  }

  function prepared(id: string): void {
    const entry = store.get(id)
    if (entry?.status !== 'preparing') return
    // It has its place already; only a step that made an image of it can have taken one too many.
    const isFull = entry.kind === 'image' && roomsLeft().images < 0
    const error = checkType(entry, rules) ?? checkSize(entry, rules) ?? (isFull ? noRoom(entry) : null)
    if (error !== null) {
      refuse([id], () => error)
      return
    }
    store.set(transition(entry, { type: 'prepared', started: options.autoUpload }))
    if (options.autoUpload) delivery.enqueue(id)
    delivery.pump()
  }

  function refuse(ids: readonly string[], why: (entry: Entry) => UploadFailure): void {
    for (const id of ids) {
      const entry = store.get(id)
      if (entry !== undefined) store.set(transition(entry, { type: 'refuse', error: why(entry) }))
    }
    listeners.rejected(ids.map((id) => store.get(id)).filter(isRefused))
    refill()
  }

  function noRoom({ name, kind }: Pick<Entry, 'name' | 'kind'>): UploadFailure {
    const isForImages = kind === 'image' && roomsLeft().images <= 0
    const { value: limit, layer } = isForImages ? rules.maxImages : rules.maxFiles
    return failure('too_many_attachments', { limit, count: 1, names: [name], layer, ...(isForImages && { kind: 'image' as const }) })
  }

  /** A slot is free: those that did not fit when they came may come in. */
  function refill(): void {
    if (overflow.isEmpty) return
    for (;;) {
      const next = overflow.next(roomsLeft())
      if (next === null) return
      if (next.rest === null) store.delete(next.id)
      else store.set(next.rest(store.get(next.id)!))
      admit(next.files)
    }
  }

  /** The rules changed: what is not on its way yet must pass them again, and what they refused may pass now. */
  function recheck(): void {
    const refused: { id: string; error: UploadFailure }[] = []
    const again: string[] = []
    for (const entry of store.values()) {
      if (entry.status === 'queued') {
        const error = checkType(entry, rules) ?? checkSize(entry, rules)
        if (error !== null) refused.push({ id: entry.id, error })
      } else if (entry.status === 'failed' && entry.at === 'door' && entry.file !== null && RULED.has(entry.error.code) && !overflow.has(entry.id)) {
        if (atDoor(entry) === null) again.push(entry.id)
      }
    }
    const errors = new Map(refused.map(({ id, error }) => [id, error]))
    refuse([...errors.keys()], (entry) => errors.get(entry.id)!)
    for (const id of again) {
      if (roomFor(store.get(id)?.kind ?? 'custom') <= 0) continue
      change(id, { type: 'recheck' })
      preparation.begin(id)
    }
    tooManyNow('files')
    tooManyNow('images')
    refill()
  }

  /** The count was lowered: the last that are only queued give way, together. */
  function tooManyNow(counted: Counted): void {
    const excess = -roomsLeft()[counted]
    if (excess <= 0) return
    const isCounted = (entry: Entry): boolean => counted === 'files' || entry.kind === 'image'
    const queued = store.entries.filter((entry) => entry.status === 'queued' && entry.file !== null && isCounted(entry)).slice(-excess)
    if (queued.length === 0) return
    for (const entry of queued) forget(entry.id)
    const limit = counted === 'files' ? rules.maxFiles : rules.maxImages
    const rest = overflow.hold(newId(), queued.map((entry) => ({ type: 'file', draft: draftOf(entry), open: null }) as const), limit, counted)
    store.insert([rest])
    listeners.rejected([rest])
  }

  // ---- verbs ----

  function add(offered: Offered | Iterable<Offered>): Entry[] {
    const all = isIterable(offered) ? [...offered] : [offered]
    if (all.length === 0) return []
    return act(() => {
      if (options.parameters === 'loading') hold.begin()
      const made = admit(all.map((it) => sortOffered(it, rules)))
      delivery.pump()
      return made
    })
  }

  function start(id?: string): void {
    act(() => {
      for (const entry of chosen(id)) {
        if (entry.status !== 'queued' || entry.started) continue
        store.set(transition(entry, { type: 'release' }))
        delivery.enqueue(entry.id)
      }
      delivery.pump()
    })
  }

  function retry(id?: string): void {
    act(() => {
      listeners.retried()
      for (const entry of chosen(id)) {
        // Failed, it holds no slot. Where others took them all, it stays as it is until one is free.
        if (entry.status === 'failed' && (!entry.error.retryable || roomFor(entry.kind) <= 0)) continue
        if (isRefused(entry)) prepareAgain(entry)
        else delivery.retry(entry)
      }
      delivery.pump()
    })
  }

  /** Whoever refused it for now is asked again: all steps run, and no file goes on that was never checked. */
  function prepareAgain({ id, file }: Entry): void {
    if (file === null || overflow.has(id)) return
    change(id, { type: 'recheck' })
    preparation.begin(id)
  }

  function replace(id: string, by: File | string): void {
    act(() => {
      const entry = store.get(id)
      if (entry === undefined || overflow.has(id)) return
      const file = typeof by === 'string' ? entry.file : by
      if (file === null) return
      const { name, notes } = typeof by === 'string' ? { name: fitName(by), notes: [] } : nameFor(by)
      const next = transition(entry, { type: 'replace', facts: { ...describeFile(file, name), notes } })
      if (next === entry) return
      delivery.stop(id)
      const wasCounted = entry.status !== 'failed'
      // Another name can make an image of it, which had its place as a file only.
      const isFull = (!wasCounted || (next.kind === 'image' && entry.kind !== 'image' && roomsLeft().files > 0)) && roomFor(next.kind) <= 0
      const full = isFull ? noRoom(next) : null
      if (typeof by !== 'string') asItIs.delete(id)
      store.set(next)
      const error = full ?? atDoor(next)
      if (error === null) preparation.begin(id)
      else refuse([id], () => error)
      delivery.pump()
    })
  }

  function exchange(id: string, by: OfferedFile): Entry | undefined {
    return act(() => {
      const index = store.ids.indexOf(id)
      if (index < 0 || overflow.has(id)) return undefined
      forget(id)
      // Before anything that waits outside: the place is this file's.
      const made = admit([sortOffered(by, rules)])[0]!
      store.move(made.id, index)
      refill()
      delivery.pump()
      return store.get(made.id)
    })
  }

  /** Takes an entry out, with all that runs for it. */
  function forget(id: string): void {
    const entry = store.delete(id)
    if (entry === undefined) return
    preparation.stop(id)
    delivery.stop(id)
    forgetCopies(id)
    asItIs.delete(id)
    overflow.forget(id)
    listeners.forget(id)
  }

  function remove(id: string): void {
    act(() => {
      forget(id)
      refill()
      delivery.pump()
    })
  }

  function dismiss(): void {
    act(() => {
      for (const entry of store.entries) if (isRefused(entry)) forget(entry.id)
    })
  }

  function clear(): void {
    act(() => {
      // The last first: copies before what they are copies of.
      for (const id of store.ids.toReversed()) forget(id)
    })
  }

  function settled({ signal }: { signal?: AbortSignal } = {}): Promise<Settled> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error)
        return
      }
      const check = (): void => {
        const { preparing, queued, uploading, waiting } = store.tally
        if (preparing + queued + uploading + waiting > 0) return
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

  function take({ strict = options.strict }: { strict?: boolean } = {}): MessageFile[] {
    return act(() => {
      const { entries } = store
      const files = entries
        .filter((entry) => entry.status === 'uploaded')
        .map((entry) => taken.keep(messageFileOf(entry.result, strict), entry))
      for (const entry of entries) {
        if (entry.status === 'uploaded') leave(entry.id)
        else if (isRefused(entry)) forget(entry.id)
      }
      return files
    })
  }

  /** As {@link forget}, but who has not heard of the upload yet still will. */
  function leave(id: string): void {
    store.delete(id)
    preparation.stop(id)
    forgetCopies(id)
    asItIs.delete(id)
  }

  function forgetCopies(id: string): void {
    const left = duplicates.forget(id)
    for (const copy of left?.copies ?? []) {
      const entry = store.get(copy)
      if (entry !== undefined) store.set({ ...entry, notes: asCopyOf(entry.notes, copy === left!.of ? null : left!.of) })
    }
  }

  function messageFileOf(result: EntryResult, strict: boolean): MessageFile {
    const parameters = parametersOf(options)
    const app = parameters === null || !rules.known ? null : uploadRulesOf(parameters, options.variable)
    const how = { strict, allowed: app?.kinds ?? null, extensions: app?.extensions ?? [] }
    const isLocal = result.transfer_method === 'local_file'
    const facts = isLocal ? result.file : describeLink(result.url)
    // A type that no rule of the app fits (they changed after the upload) is Dify's to judge, not a reason to lose a file.
    const known = messageTypeOf(facts, how)
    // A link whose name tells nothing is Dify's to look at: it knows what is there.
    const type = known ?? (isLocal ? messageTypeOf(facts, { strict }) : 'omit')
    const typed = type === null || type === 'omit' ? {} : { type }
    return isLocal
      ? { ...typed, transfer_method: 'local_file', upload_file_id: result.file.id }
      : { ...typed, transfer_method: 'remote_url', url: result.url }
  }

  function restore(files: readonly MessageFile[]): void {
    act(() => {
      store.insert(taken.entriesOf(files).filter((entry) => !store.has(entry.id)), true)
    })
  }

  function configure(update: UploaderChange): void {
    const before = options
    options = { ...options, ...defined(update) }
    if ('variable' in update) options = { ...options, variable: update.variable }
    act(() => {
      if (options.concurrency !== before.concurrency) pace.setConcurrency(options.concurrency)
      const merged = mergeRules(options.rules, parametersOf(options), options.variable, options.strict)
      if (JSON.stringify(merged) !== JSON.stringify(rules)) {
        rules = merged
        recheck()
        store.touch()
      }
      if (options.parameters !== 'loading') hold.end()
      if (options.autoUpload && !before.autoUpload) start()
      delivery.pump()
    })
  }

  function chosen(id: string | undefined): readonly Entry[] {
    if (id === undefined) return store.entries
    const entry = store.get(id)
    return entry === undefined ? [] : [entry]
  }

  store.insert(initial.map((file) => {
    const { draft, result } = seeded(file)
    return { ...draft, id: newId(), status: 'uploaded', result }
  }))

  return {
    add, start, retry, replace, exchange, remove, dismiss, clear, settled, take, restore, configure,
    move: (id, index) => act(() => store.move(id, index)),
    subscribe: (listener) => store.subscribe(listener),
    subscribeIds: (listener) => store.subscribeIds(listener),
    subscribeEntry: (id, listener) => store.subscribeEntry(id, listener),
    get: (id) => store.get(id),
    listen: (all: UploaderListeners) => listeners.add(all),
    pause: () => act(() => delivery.pause()),
    resume: () => act(() => delivery.resume()),
    get entries() { return store.entries },
    get ids() { return store.ids },
    get readiness() { return readiness() },
    get tally() { return store.tally },
    get rules() { return rules },
    get options() { return options },
  }
}

const DEFAULTS: Omit<UploaderOptions, 'send'> = {
  rules: {}, parameters: null, variable: undefined, steps: [], concurrency: 3, autoUpload: true, strict: false,
  stallTimeout: 45_000, answerTimeout: 180_000,
}

/** ms that files wait for the app's rules when they come before them. */
const LONGEST_HOLD = 1500

/** Refusals that other rules could lift. */
const RULED: ReadonlySet<string> = new Set(['kind_not_allowed', 'file_too_large', 'uploads_disabled', 'too_many_attachments'])

/** Files that come while the app's rules are on their way wait for them, but not for long, and only once. */
function holdForRules(ports: Ports, hold: (isHeld: boolean) => void): { begin: () => void; end: () => void } {
  let cancel: (() => void) | null = null
  let isOver = false
  const end = (): void => {
    isOver = true
    cancel?.()
    cancel = null
    hold(false)
  }
  const begin = (): void => {
    if (isOver || cancel !== null) return
    cancel = ports.schedule(end, LONGEST_HOLD)
    hold(true)
  }
  return { begin, end }
}

function parametersOf({ parameters }: UploaderOptions): Exclude<UploaderOptions['parameters'], 'loading'> {
  return parameters === 'loading' ? null : parameters
}

function draftOf({ file, name, size, kind, path, notes }: Entry): Draft {
  return { file, name, size, kind, path, notes }
}

function outcome(entries: readonly Entry[]): Settled {
  return {
    uploaded: entries.filter((entry): entry is UploadedEntry => entry.status === 'uploaded'),
    failed: entries.filter((entry): entry is FailedEntry => entry.status === 'failed' && entry.at === 'way'),
    refused: entries.filter(isRefused),
    notStarted: entries.filter((entry): entry is QueuedEntry => entry.status === 'queued'),
  }
}

function isRefused(entry: Entry | undefined): entry is FailedEntry {
  return entry?.status === 'failed' && entry.at === 'door'
}

function describeLink(url: string): { extension: string; mime_type: null } {
  const { pathname } = new URL(url)
  const dot = pathname.lastIndexOf('.')
  return { extension: dot > pathname.lastIndexOf('/') ? pathname.slice(dot + 1) : '', mime_type: null }
}

function isIterable(offered: Offered | Iterable<Offered>): offered is Iterable<Offered> {
  return typeof (offered as Iterable<Offered>)[Symbol.iterator] === 'function'
}

/** Without keys whose value is undefined: `{ concurrency: undefined }` means the default, not "none". */
function defined(given: UploaderChange): Partial<UploaderOptions> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
