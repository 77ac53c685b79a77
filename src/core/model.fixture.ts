import type { DifyFile } from '../dify/difyFile.js'
import type { MessageFile } from '../dify/messageFile.js'
import type { AppParameters } from '../dify/parameters.js'
import { createEngine } from './createEngine.js'
import type { Entry, FailedEntry, UploadedEntry } from './entry.js'
import { Hands, type StepKind } from './hands.fixture.js'
import { Host, type HostKind } from './host.fixture.js'
import { readinessOf } from './readiness.js'
import { agree, behindCount, idOfFile, idOfResult, isOurs, isRefused, recount, tokenOf } from './reading.fixture.js'
import type { HostRules } from './rules.js'
import type { SendRequest } from './send.js'
import { Surroundings } from './surroundings.fixture.js'
import type { Offered, Uploader } from './uploader.js'

export interface ModelSetup {
  concurrency: number
  autoUpload: boolean
  steps: readonly StepKind[]
  rules: HostRules
  /** The app's parameters are still on their way. */
  isLoading: boolean
  host: HostKind
  /** The transport does not care about its signal. */
  isDeaf: boolean
}

/**
 * The engine in a world under control, next to the plainest possible account of it: a *token* for each thing ever
 * offered (the start of its name), and where it is. What the engine shows must agree with the account after every step.
 */
export class Model {
  readonly uploader: Uploader
  readonly hands: Hands
  // `ModelFile` is read in one turn of the event loop.
  readonly around = new Surroundings(1)
  readonly taken: { file: MessageFile; token: string; id: string }[] = []

  /** Where each token is; `in` is in the list, or behind an entry that says how many did not fit. */
  readonly #places = new Map<string, 'in' | 'removed' | 'taken'>()
  /** What is behind each entry that stands for several. */
  readonly #behind = new Map<string, string[]>()
  #order: string[] = []
  #counted = 0
  #mayExceed = false
  readonly #told = new Map<string, number>()
  readonly #uploads = new Map<string, { token: string; mustBeTold: boolean; isForgotten: boolean }>()
  readonly #rejected = new Set<unknown>()
  /** The entry that each token last was. */
  readonly #entryOf = new Map<string, Entry>()
  #mirror: readonly Entry[] = []
  #mirrorIds: readonly string[] = []
  #unlisten: (() => void) | null = null
  #hasAlwaysListened = true
  #peaceUntil = 0
  /** What turned out untrue where an exception would have been the engine's to handle. */
  readonly #violations: unknown[] = []
  #lastToken = 0
  readonly #host: Host

  constructor(private readonly setup: ModelSetup) {
    const { concurrency, autoUpload, rules, isLoading } = setup
    this.hands = new Hands(setup.isDeaf)
    this.#host = new Host(setup.host, this)
    this.uploader = createEngine(
      {
        concurrency, autoUpload, rules,
        parameters: isLoading ? 'loading' : null,
        steps: setup.steps.map((kind) => this.hands.step(kind, (token) => this.watch(() => this.#judgeStep(token)))),
        send: (request) => {
          this.watch(() => this.#judge(request))
          return this.hands.send(request)
        },
      },
      this.around.ports,
    )
    this.uploader.subscribe(() => void (this.#mirror = this.uploader.entries))
    this.uploader.subscribeIds(() => void (this.#mirrorIds = this.uploader.ids))
    this.listen()
  }

  // ---- verbs, each with its entry in the account ----

  add(make: (token: string) => Offered): void {
    this.addAll([make])
  }

  addAll(makers: readonly ((token: string) => Offered)[]): void {
    this.learn()
    const offered = makers.map((make) => {
      const token = `n${++this.#lastToken}`
      this.#places.set(token, 'in')
      return make(token)
    })
    this.uploader.add(offered)
  }

  remove(entry: Entry): void {
    this.learn()
    for (const token of this.#tokensOf(entry)) this.#places.set(token, 'removed')
    this.#forgetUnheard([entry])
    this.uploader.remove(entry.id)
  }

  clear(): void {
    this.learn()
    this.#forgetUnheard(this.uploader.entries)
    for (const [token, place] of this.#places) if (place === 'in') this.#places.set(token, 'removed')
    this.uploader.clear()
  }

  dismiss(): void {
    this.learn()
    for (const entry of this.uploader.entries) {
      if (isRefused(entry)) for (const token of this.#tokensOf(entry)) this.#places.set(token, 'removed')
    }
    this.uploader.dismiss()
  }

  take(): void {
    this.learn()
    const uploaded = this.uploader.entries.filter((entry): entry is UploadedEntry => entry.status === 'uploaded')
    for (const entry of this.uploader.entries) {
      if (isRefused(entry)) for (const token of this.#tokensOf(entry)) this.#places.set(token, 'removed')
    }
    for (const entry of uploaded) this.#places.set(tokenOf(entry), 'taken')
    const files = this.uploader.take()
    agree('take() returns what is uploaded, in order', files.map(idOfFile), uploaded.map(idOfResult))
    files.forEach((file, index) => this.taken.push({ file, token: tokenOf(uploaded[index]!), id: uploaded[index]!.id }))
  }

  restore(how: 'the latest' | 'all' | 'copies'): void {
    this.learn()
    const chosen = how === 'the latest' ? this.taken.slice(-1) : [...this.taken]
    for (const { token } of chosen) this.#places.set(token, 'in')
    this.#mayExceed = true
    this.uploader.restore(chosen.map(({ file }) => (how === 'copies' ? structuredClone(file) : file)))
  }

  retry(id?: string): void {
    this.#peaceUntil = 0
    this.uploader.retry(id)
  }

  listen(): void {
    if (this.#unlisten !== null) return
    this.#unlisten = this.uploader.listen({
      onUploaded: (file, entry) => {
        this.#told.set(file.id, (this.#told.get(file.id) ?? 0) + 1)
        this.#host.react(entry)
      },
      onRejected: (entries) => {
        for (const entry of entries) this.#rejected.add(entry.error)
        this.#host.react(entries[0])
      },
      onUploadFailed: (entry) => this.#host.react(entry),
      onEntriesChange: () => this.#host.react(this.uploader.entries[0]),
    })
    for (const upload of this.#uploads.values()) upload.mustBeTold ||= !upload.isForgotten
  }

  unlisten(): void {
    this.#unlisten?.()
    this.#unlisten = null
    this.#hasAlwaysListened = false
  }

  noticeFailure(token: string): void {
    const entry = this.uploader.entries.find((it) => tokenOf(it) === token)
    if (entry?.status !== 'waiting' || entry.until === 'online') return
    if (entry.error.code === 'too_many_requests' || entry.error.status === 503) this.#peaceUntil = Math.max(this.#peaceUntil, entry.until.at)
  }

  // ---- what must be true ----

  /** Compares what the engine shows with the account. */
  check(): void {
    const { uploader } = this
    if (this.#violations.length > 0) throw this.#violations[0]
    this.learn()
    agree('ids are those of the entries', uploader.ids, uploader.entries.map((it) => it.id))
    agree('ids are unique', new Set(uploader.ids).size, uploader.ids.length)
    for (const entry of uploader.entries) agree('get() returns what the list holds', uploader.get(entry.id) === entry, true)
    agree('the tally is a recount', { ...uploader.tally }, recount(uploader.entries))
    const counted = uploader.entries.filter((it) => it.status !== 'failed').length
    const { maxFiles } = uploader.rules
    agree('readiness follows from it', uploader.readiness, readinessOf(recount(uploader.entries), uploader.rules.required, () => counted > maxFiles.value))
    agree('who subscribes to all knows all', this.#mirror === uploader.entries || this.#mirror.length + uploader.entries.length === 0, true)
    agree('who subscribes to ids knows them', this.#mirrorIds, uploader.ids)

    const uploading = uploader.entries.filter((it) => it.status === 'uploading').map(tokenOf)
    agree('one request runs for each that is uploading, and none else', this.hands.open().map((it) => tokenOf(it)).toSorted(), uploading.toSorted())

    if (maxFiles.enforced && counted > maxFiles.value && !this.#mayExceed) agree('never more than maxFiles come in', counted <= this.#counted, true)
    this.#counted = counted
    if (counted <= maxFiles.value) this.#mayExceed = false

    for (const entry of uploader.entries) {
      const before = this.#entryOf.get(tokenOf(entry))
      const isUnderWay = before !== undefined && ['uploading', 'uploaded'].includes(before.status)
      if (isUnderWay && behindCount(entry) === 0) agree(`${entry.name} is the same entry, once it is under way`, entry.id, before.id)
      if (behindCount(entry) === 0) this.#entryOf.set(tokenOf(entry), entry)
      if (entry.status === 'uploaded' && entry.result.transfer_method === 'local_file' && isOurs(entry.result.file.id)) this.#noticeUpload(entry)
      const isAlone = isRefused(entry) && entry.error.code !== 'too_many_attachments'
      if (isAlone && this.#hasAlwaysListened) agree(`a refusal is told (${entry.name})`, this.#rejected.has(entry.error), true)
    }
    for (const [id, times] of this.#told) agree(`${id} is told once`, times, 1)
    for (const [id, { mustBeTold }] of this.#uploads) if (mustBeTold) agree(`${id} is told`, this.#told.get(id), 1)
    if (this.setup.host !== 'throws') agree('nothing of the engine\'s own is reported', this.around.reported.filter((it) => it !== EXPECTED), [])
  }

  /** Every token that is not removed or taken is in the list, or behind one entry of it, exactly once. */
  learn(): void {
    const { entries } = this.uploader
    const several = entries.filter((it) => behindCount(it) > 1) as FailedEntry[]
    const alone = entries.filter((it) => behindCount(it) === 0).map(tokenOf)
    const seen = new Set(alone)
    agree('nothing is in the list twice', seen.size, alone.length)
    for (const id of this.#behind.keys()) if (!several.some((it) => it.id === id)) this.#behind.delete(id)
    const inside = [...this.#places].filter(([, place]) => place === 'in').map(([token]) => token)
    const known = new Set([...this.#behind.values()].flat())
    const pool = [...new Set([...this.#order.filter((it) => this.#places.get(it) === 'in'), ...inside])].filter((it) => !seen.has(it) && !known.has(it))
    const order: string[] = []
    for (const entry of entries) {
      if (behindCount(entry) === 0) {
        order.push(tokenOf(entry))
        continue
      }
      const count = behindCount(entry)
      const held = this.#behind.get(entry.id)?.filter((it) => !seen.has(it)) ?? pool.splice(0, count)
      agree(`as many are behind ${entry.id} as it says`, held.length, count)
      this.#behind.set(entry.id, held)
      order.push(...held)
      const { names } = (entry as FailedEntry).error.facts as { names: string[] }
      agree(`${entry.id} names the first of them`, names.map((name) => tokenOf({ name })), held.slice(0, 3))
    }
    this.#order = order
    agree('every file offered is in exactly one place', order.toSorted(), inside.toSorted())
  }

  #tokensOf(entry: Entry): string[] {
    const now = this.uploader.get(entry.id) ?? entry
    return behindCount(now) > 1 ? (this.#behind.get(now.id) ?? []) : [tokenOf(now)]
  }

  #noticeUpload(entry: UploadedEntry): void {
    const { id } = (entry.result as { file: DifyFile }).file
    if (!this.#uploads.has(id)) this.#uploads.set(id, { token: tokenOf(entry), mustBeTold: this.#unlisten !== null, isForgotten: false })
  }

  /** An entry that goes before anybody heard of its upload is not told of. */
  #forgetUnheard(entries: readonly Entry[]): void {
    for (const entry of entries) {
      for (const [id, upload] of this.#uploads) {
        if (upload.token === tokenOf(entry) && !this.#told.has(id)) Object.assign(upload, { mustBeTold: false, isForgotten: true })
      }
    }
  }

  /** Notes what turns out untrue where an exception would be the engine's to handle. */
  watch(check: () => void): void {
    try {
      check()
    } catch (error) {
      this.#violations.push(error)
    }
  }

  #judge(request: SendRequest): void {
    const token = tokenOf(request)
    agree(`nothing is sent for what is gone (${token})`, this.#places.get(token), 'in')
    const entry = this.uploader.entries.find((it) => behindCount(it) === 0 && tokenOf(it) === token)
    agree('what is sent is uploading', entry?.status, 'uploading')
    agree('what is sent is what the entry holds', entry?.file === request.file && entry.name === request.name, true)
    agree('the server is left in peace as long as it asked', this.around.now >= this.#peaceUntil, true)
    agree('concurrency is kept', this.hands.open().length < this.uploader.options.concurrency, true)
  }

  #judgeStep(token: string): void {
    agree(`no step runs for what is gone (${token})`, this.#places.get(token), 'in')
  }
}

export const PARAMETERS: AppParameters = {
  file_upload: { enabled: true, allowed_file_types: ['document', 'image'], allowed_file_upload_methods: ['local_file', 'remote_url'], number_limits: 4 },
  system_parameters: { file_size_limit: 1, image_file_size_limit: 1, audio_file_size_limit: 1, video_file_size_limit: 1 },
}

/** What a step throws in these tests: the engine reports it, and must. */
export const EXPECTED = new Error('a step failed')
