import { declaredLength, type Call } from '../call.js'
import type { ByteSource, Outgoing } from '../exchange.js'
import { fitPart } from '../multipart/fitPart.js'
import { Refusal } from '../refusal.js'
import type { ResumableUploads } from '../resumableUploads.js'
import { sizeCaps, tooLargeSentence } from '../sizeCaps.js'
import { describe, UpstreamLink } from '../upstreamLink.js'
import { watchedSource } from '../watchedSource.js'
import { given, HandOvers, type Known } from './handOvers.js'
import type { Ledger, LedgerEntry } from './ledger.js'
import { readMetadata } from './metadata.js'
import { PIECE, type TusServer } from './tusServer.js'
import { isIdOf, mintId, ownerOf } from './uploadId.js'

export interface PieceSettings {
  secret: string
  maxAge: number
  quota: { uploads: number; bytes: number }
  ledger: Ledger
  open: () => Promise<TusServer>
}

/**
 * The three routes of resumable uploads. Invariants: every request is the owner's own, or it is as if there were no such
 * upload; a file is handed over once it is whole, and not again once Dify's answer is kept; after that, or when Dify
 * refuses it for good, its bytes are gone.
 */
export class PieceUploads implements ResumableUploads {
  readonly #handOvers: HandOvers
  #tus: Promise<TusServer> | null = null
  #sweptAt = 0

  constructor(private readonly settings: PieceSettings) {
    this.#handOvers = new HandOvers(settings.ledger, () => this.#open())
  }

  answer(call: Call): Promise<Outgoing> {
    const version = call.incoming.header('tus-resumable')
    if (call.route.name !== 'resumableResult' && version !== '1.0.0') {
      throw new Refusal('invalid_param', { status: 412, headers: { 'tus-version': '1.0.0' }, detail: `Tus-Resumable is ${version}` })
    }
    switch (call.route.name) {
      case 'resumableStart': return this.#start(call)
      case 'resumablePiece': return call.incoming.method === 'HEAD' ? this.#offset(call) : this.#append(call)
      default: return this.#result(call)
    }
  }

  async sweep(): Promise<number> {
    this.#sweptAt = Date.now()
    this.#handOvers.tidy()
    // What is on its way to Dify waits for the next sweep.
    const remove = async (id: string) => !this.#handOvers.has(id) && (await this.#open()).remove(id)
    return (await this.settings.ledger.sweep(Date.now(), remove)).length
  }

  /** `POST files/resumable`: what is to come, and whether it may. */
  async #start(call: Call): Promise<Outgoing> {
    const { incoming, settings } = call
    if (Date.now() - this.#sweptAt > SWEEP_EVERY) {
      this.sweep().catch((error: unknown) => console.error(`dify-file-drop: expired uploads could not be swept: ${describe(error)}`))
    }
    const size = wholeNumber(incoming.header('upload-length'))
    if (size === null) throw new Refusal('invalid_param', { detail: 'Upload-Length is missing: an upload has to say its size when it begins' })
    const { filename = '', filetype = '', key } = readMetadata(incoming.header('upload-metadata'))
    const { name, mime, category } = fitPart(filename, filetype)
    const cap = sizeCaps(settings.maxBytes, call.knownParameters())[category]
    if (cap !== null && size > cap) throw new Refusal('file_too_large', { message: tooLargeSentence(category, cap) })

    const entry: LedgerEntry = { size, name, type: mime, expiresAt: Date.now() + this.settings.maxAge, isOpenEnded: false, answer: null }
    const { owner, id, expiresAt } = await this.#place(call, entry, key)
    if (size === 0) this.#handOvers.begin(call, { owner, id, entry })
    // Relative to this very address, whatever stands in front of it.
    return { status: 201, headers: tusHeaders({ location: `resumable/${id}`, 'upload-expires': new Date(expiresAt).toUTCString() }), body: '' }
  }

  /** A place for the upload. Of one key there is one: whoever lost the answer asks again and must not use up the quota. */
  async #place(call: Call, entry: LedgerEntry, key?: string): Promise<{ owner: string; id: string; expiresAt: number }> {
    const { ledger, secret, maxAge } = this.settings
    const owner = ownerOf(secret, call.key, call.user)
    if (key === undefined) return this.#made(owner, mintId(secret, owner), entry)
    // By the age in which it began, too: what lives began in this one or the last, and an id is never that of something
    // expired, which a sweep may be about to delete.
    const age = Math.floor(Date.now() / maxAge)
    const [id, last] = [age, age - 1].map((it) => mintId(secret, owner, `${entry.size}\0${maxAge}\0${it}\0${key}`)) as [string, string]
    // The first request may be on its way still. A place made twice would lose what has come meanwhile.
    const lock = (await this.#open()).locker.newLock(`${id}-start`)
    await lock.lock(AbortSignal.any([call.incoming.signal, AbortSignal.timeout(LOCK_PATIENCE)]), () => {})
    try {
      for (const begun of [id, last]) {
        const known = await ledger.get(owner, begun)
        if (known !== null && known.expiresAt > Date.now()) return { owner, id: begun, expiresAt: known.expiresAt }
      }
      return await this.#made(owner, id, entry)
    } finally {
      await lock.unlock().catch(() => {})
    }
  }

  /** @throws Refusal `too_many_requests` */
  async #made(owner: string, id: string, entry: LedgerEntry): Promise<{ owner: string; id: string; expiresAt: number }> {
    const { ledger, quota } = this.settings
    // Written first, so that two that begin at once see each other.
    await ledger.put(owner, id, entry)
    try {
      const open = (await ledger.open(owner)).filter(({ expiresAt }) => expiresAt > Date.now())
      const bytes = open.reduce((sum, each) => sum + each.size, 0)
      if (open.length > quota.uploads || bytes > quota.bytes) {
        throw new Refusal('too_many_requests', { retryAfter: FULL_RETRY_AFTER, detail: `the user has ${open.length} unfinished uploads of ${bytes} bytes` })
      }
      await (await this.#open()).create(id, entry.size)
    } catch (error) {
      await ledger.remove(owner, id)
      throw error
    }
    return { owner, id, expiresAt: entry.expiresAt }
  }

  /** `HEAD files/resumable/:id`: how much has come. */
  async #offset(call: Call): Promise<Outgoing> {
    const known = await this.#known(call)
    const offset = known.entry.answer === null && !this.#handOvers.has(known.id) ? await this.#stored(known) : known.entry.size
    return { status: 200, headers: tusHeaders({ 'upload-offset': String(offset), 'upload-length': String(known.entry.size) }), body: null }
  }

  /** `PATCH files/resumable/:id`: the next piece. */
  async #append(call: Call): Promise<Outgoing> {
    const { incoming, settings } = call
    const known = await this.#known(call)
    if (incoming.header('content-type') !== PIECE) throw new Refusal('invalid_param', { detail: `a piece is ${PIECE}` })
    const at = wholeNumber(incoming.header('upload-offset'))
    if (at === null) throw new Refusal('invalid_param', { detail: 'Upload-Offset is missing' })
    if (known.entry.answer !== null || this.#handOvers.has(known.id)) throw new Refusal('invalid_param', { status: 409, detail: 'the upload is whole' })
    const link = new UpstreamLink(call.upstream, settings.timeouts, incoming.signal, { hasTotal: true })
    call.onEnd(() => link.close())
    const source = incoming.body === null ? null : watchedSource(incoming.body, link)
    let offset: number
    try {
      offset = await (await this.#open()).append(known.id, at, chunksOf(source, call, link), declaredLength(incoming))
    } catch (error) {
      // The client that left, or stopped sending, is the reason; what the store made of it is not.
      throw link.refusalOf(error)
    }
    if (offset === known.entry.size) this.#handOvers.begin(call, known)
    if (link.signal.aborted) throw link.refusalOf(null)
    return { status: 204, headers: tusHeaders({ 'upload-offset': String(offset) }), body: null }
  }

  /** `GET files/resumable/:id/result`: what Dify answered; 202 while it is asked. */
  async #result(call: Call): Promise<Outgoing> {
    const known = await this.#known(call)
    if (known.entry.answer !== null) return given(known.entry.answer)
    if (!this.#handOvers.has(known.id)) {
      const stored = await this.#stored(known)
      if (stored < known.entry.size) throw new Refusal('invalid_param', { status: 409, detail: `${stored} of ${known.entry.size} bytes are there` })
      this.#handOvers.begin(call, known)
    }
    const told = await this.#handOvers.told(known.id, call.incoming.signal)
    return told ?? { status: 202, headers: new Headers({ 'content-type': 'application/json', 'retry-after': '1' }), body: '{"result":"pending"}' }
  }

  /** @throws Refusal `not_found`, also for what is somebody else's. */
  async #known(call: Call): Promise<Known> {
    const { secret, ledger } = this.settings
    const owner = ownerOf(secret, call.key, call.user)
    const { id } = call.route
    const entry = id !== null && isIdOf(secret, owner, id) ? await ledger.get(owner, id) : null
    const isThere = entry !== null && entry.expiresAt > Date.now()
    if (isThere) return { owner, id: id!, entry }
    // Dify's last word about a file that is forgotten already.
    if (id !== null && this.#handOvers.has(id) && isIdOf(secret, owner, id)) return { owner, id, entry: FORGOTTEN }
    throw new Refusal('not_found')
  }

  async #stored({ owner, id, entry }: Known): Promise<number> {
    const { ledger } = this.settings
    try {
      return await (await this.#open()).offset(id)
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'not_found') throw error
      // Handed over meanwhile; or its bytes are lost, and so it is of no use to anybody.
      if ((await ledger.get(owner, id))?.answer != null) return entry.size
      await ledger.remove(owner, id)
      throw error
    }
  }

  #open(): Promise<TusServer> {
    this.#tus ??= this.settings.open().catch((error: unknown) => {
      this.#tus = null
      throw error
    })
    return this.#tus
  }
}

/** ms */
const SWEEP_EVERY = 10 * 60_000
const FULL_RETRY_AFTER = 30_000
const LOCK_PATIENCE = 30_000

const FORGOTTEN: LedgerEntry = { size: 0, name: '', type: '', expiresAt: 0, isOpenEnded: false, answer: null }

function tusHeaders(headers: Record<string, string>): Headers {
  return new Headers({ 'tus-resumable': '1.0.0', ...headers })
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}

async function* chunksOf(source: ByteSource | null, call: Call, link: UpstreamLink): AsyncGenerator<Uint8Array, void, void> {
  try {
    for (;;) {
      const chunk = source === null ? null : await source.read()
      link.watch.expect(null)
      if (chunk === null) return
      call.trace.bytes += chunk.length
      yield chunk
    }
  } catch (error) {
    // An end like any other to whoever writes it down, so that all that came is kept.
    link.fail(link.refusalOf(error))
  }
}
