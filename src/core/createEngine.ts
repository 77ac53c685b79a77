import { fitName } from '../dify/fileName.js'
import type { MessageFile } from '../dify/messageFile.js'
import { uploadRulesOf } from '../dify/parameters.js'
import { Delivery, type DeliveryHost } from './delivery.js'
import { createDoor, isRefused, type DoorHost } from './door.js'
import type { Entry } from './entry.js'
import { holdForRules } from './holdForRules.js'
import { Listeners } from './listeners.js'
import { messageFileOf } from './messageFileOf.js'
import { describeFile, nameFor, seeded, sortOffered } from './offered.js'
import { changed, parametersOf, withDefaults, type EngineOptions } from './options.js'
import { Pace } from './pace.js'
import type { Ports } from './ports.js'
import { Preparation, type PreparationHost } from './preparation.js'
import { readinessOf, type Readiness } from './readiness.js'
import { mergeRules } from './rules.js'
import { settled } from './settled.js'
import { EntryStore } from './store.js'
import { Taken } from './taken.js'
import { transition, type EntryEvent } from './transition.js'
import type { Offered, OfferedFile, Uploader, UploaderChange, UploaderListeners } from './uploader.js'

/**
 * Makes an engine out of ports. In a browser use `createUploader`, which brings them along.
 *
 * Its parts: {@link EntryStore} keeps the list, {@link createDoor | the door} says what comes in, {@link Preparation} takes entries to `queued`,
 * {@link Delivery} from there to `uploaded`, {@link Listeners} tell the host. Here they are put together, and the verbs are.
 */
export function createEngine({ initial = [], ...given }: EngineOptions, ports: Ports): Uploader {
  let options = withDefaults(given)
  // While it is asked anew, what the app said last: else what it refuses would be let in meanwhile.
  let parameters = parametersOf(options)
  let rules = mergeRules(options.rules, parameters, options.variable, options.strict)
  let lastId = 0
  let depth = 0

  const store = new EntryStore(ports.report)
  const readiness = (): Readiness => readinessOf(store.tally, rules.required, () => door.isOver())
  const listeners = new Listeners(store, readiness, ports)
  const pace = new Pace(options.concurrency)
  const taken = new Taken()
  /** What took the place of something under way: it need not be started, with `autoUpload` off either. */
  const goingOn = new Set<string>()
  const inside: DeliveryHost & PreparationHost & DoorHost = {
    store, ports, pace, act, change, newId, forget,
    asItIs: new Set(),
    get options() { return options },
    get rules() { return rules },
    begin: (id, open) => preparation.begin(id, open),
    refuse: (id, error) => act(() => door.refuse(id, error)),
    done: (id) => act(() => prepared(id)),
    enqueue: (id) => delivery.enqueue(id),
    uploaded: (entry) => listeners.uploaded(entry),
    rejected: (entries) => listeners.rejected(entries),
    failed: (entry) => {
      listeners.failed(entry)
      // What may be tried again keeps its place for that, against those who wait outside.
      if (!entry.error.retryable) door.refill()
    },
  }
  const door = createDoor(inside)
  const preparation = new Preparation(inside)
  const delivery = new Delivery(inside)
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

  function change(id: string, event: EntryEvent): Entry | undefined {
    const entry = store.get(id)
    if (entry === undefined) return undefined
    const next = transition(entry, event)
    store.set(next)
    return next
  }

  function newId(): string {
    return `f${++lastId}`
  }

  /** All steps are done. */
  function prepared(id: string): void {
    const entry = store.get(id)
    if (entry?.status !== 'preparing') return
    const error = door.checkPrepared(entry)
    if (error !== null) {
      door.refuse(id, error)
      return
    }
    const started = goingOn.delete(id) || options.autoUpload
    change(id, { type: 'prepared', started })
    if (started) delivery.enqueue(id)
    delivery.pump()
  }

  function add(offered: Offered | Iterable<Offered>): Entry[] {
    const all = isIterable(offered) ? [...offered] : [offered]
    if (all.length === 0) return []
    return act(() => {
      if (options.parameters === 'loading') hold.begin()
      const made = door.admit(all.map((it) => sortOffered(it, rules)))
      delivery.pump()
      return made
    })
  }

  function start(id?: string): void {
    act(() => {
      for (const entry of chosen(id)) {
        if (entry.status !== 'queued' || entry.started) continue
        change(entry.id, { type: 'release' })
        delivery.enqueue(entry.id)
      }
      delivery.pump()
    })
  }

  function retry(id?: string): void {
    act(() => {
      listeners.retried()
      for (const entry of chosen(id)) {
        if (entry.status === 'failed' && !entry.error.retryable) continue
        // Failed, it holds no slot. Where others took them all, it says so, and can be tried when one is free.
        if (entry.status === 'failed' && !door.hasRoom(entry.kind)) change(entry.id, { type: 'full', error: door.noRoom(entry) })
        else if (isRefused(entry)) prepareAgain(entry)
        else delivery.retry(entry)
      }
      delivery.pump()
    })
  }

  /** Whoever refused it for now is asked again: all steps run, and no file goes on that was never checked. */
  function prepareAgain({ id, file }: Entry): void {
    if (file === null || door.isRest(id)) return
    change(id, { type: 'recheck' })
    preparation.begin(id)
  }

  function replace(id: string, by: File | string): void {
    act(() => {
      const entry = store.get(id)
      if (entry === undefined || door.isRest(id)) return
      const file = typeof by === 'string' ? entry.file : by
      if (file === null) return
      const { name, notes } = typeof by === 'string' ? { name: fitName(by), notes: [] } : nameFor(by)
      const next = transition(entry, { type: 'replace', facts: { ...describeFile(file, name), notes } })
      if (next === entry) return
      delivery.stop(id)
      const error = door.checkReplaced(next, entry)
      if (typeof by !== 'string') inside.asItIs.delete(id)
      store.set(door.likened(next, error === null))
      if (error === null) preparation.begin(id)
      else door.refuse(id, error)
      delivery.pump()
    })
  }

  function exchange(id: string, by: OfferedFile): Entry | undefined {
    return act(() => {
      const index = store.ids.indexOf(id)
      const before = store.get(id)
      if (before === undefined || door.isRest(id)) return undefined
      forget(id)
      // Before anything that waits outside: the place is this file's.
      const made = door.admit([sortOffered(by, rules)])[0]!
      store.move(made.id, index)
      if (UNDER_WAY.has(before.status)) {
        if (made.status === 'preparing') goingOn.add(made.id)
        start(made.id)
      }
      door.refill()
      delivery.pump()
      return store.get(made.id)
    })
  }

  /** Takes an entry out, with all that runs for it. Who has not heard of its upload yet still will. */
  function leave(id: string): void {
    if (store.delete(id) === undefined) return
    preparation.stop(id)
    delivery.stop(id)
    door.gone(id)
    goingOn.delete(id)
  }

  /** The same, and nobody hears of it. */
  function forget(id: string): void {
    leave(id)
    listeners.forget(id)
  }

  function remove(id: string): void {
    act(() => {
      forget(id)
      door.refill()
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

  function take({ strict = options.strict }: { strict?: boolean } = {}): MessageFile[] {
    return act(() => {
      const { entries } = store
      const app = parameters === null || !rules.known ? null : uploadRulesOf(parameters, options.variable)
      const files = entries
        .filter((entry) => entry.status === 'uploaded')
        .map((entry) => taken.keep(messageFileOf(entry.result, app, strict), entry))
      for (const entry of entries) {
        if (entry.status === 'uploaded') leave(entry.id)
        else if (isRefused(entry)) forget(entry.id)
      }
      return files
    })
  }

  function restore(files: readonly MessageFile[]): void {
    act(() => {
      store.insert(taken.entriesOf(files).filter((entry) => !store.has(entry.id)), true)
    })
  }

  function configure(update: UploaderChange): void {
    const before = options
    options = changed(options, update)
    if (options.parameters !== 'loading') parameters = options.parameters
    act(() => {
      if (options.concurrency !== before.concurrency) pace.setConcurrency(options.concurrency)
      const merged = mergeRules(options.rules, parameters, options.variable, options.strict)
      if (JSON.stringify(merged) !== JSON.stringify(rules)) {
        rules = merged
        door.recheck()
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
    add, start, retry, replace, exchange, remove, dismiss, clear, take, restore, configure,
    settled: ({ signal } = {}) => settled(store, signal),
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

/** Sent, being sent, or to be sent again. */
const UNDER_WAY: ReadonlySet<Entry['status']> = new Set(['uploading', 'waiting', 'uploaded'])

function isIterable(offered: Offered | Iterable<Offered>): offered is Iterable<Offered> {
  return typeof (offered as Iterable<Offered>)[Symbol.iterator] === 'function'
}
