/// <reference types="node" />
import type { DataStore, Locker, Server } from '@tus/server'
import { streamOf } from '../fetchUpstream.js'
import { Refusal } from '../refusal.js'
import { describe } from '../upstreamLink.js'
import { removeFrom } from './removal.js'

/** Where pieces lie: any store of tus that can be read again (`@tus/file-store`, `@tus/s3-store`, …). */
export type PieceStore = DataStore & {
  read(id: string): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>
}

/** What is wanted of `@tus/server`, in the words of this proxy. Ids, owners and limits are decided before. */
export class TusServer {
  readonly #ids = new WeakMap<Request, string>()
  #server: Server

  private constructor(server: (ids: WeakMap<Request, string>) => Server, private readonly store: PieceStore, readonly locker: Locker) {
    this.#server = server(this.#ids)
  }

  static async over(store: PieceStore, locker: Locker | undefined): Promise<TusServer> {
    const { MemoryLocker, Server } = await import('@tus/server')
    const lock = locker ?? new MemoryLocker()
    const server = (ids: WeakMap<Request, string>) =>
      new Server({ path: '/files', datastore: store, locker: lock, relativeLocation: true, namingFunction: (request) => ids.get(request)! })
    return new TusServer(server, store, lock)
  }

  /** @throws Refusal */
  async create(id: string, size: number): Promise<void> {
    const request = new Request(BASE, { method: 'POST', headers: { ...VERSION, 'upload-length': String(size) } })
    this.#ids.set(request, id)
    await this.#ask(request, id)
  }

  /** Bytes that are there. Whoever is writing stops within seconds. @throws Refusal */
  async offset(id: string): Promise<number> {
    return offsetIn(await this.#ask(new Request(`${BASE}/${id}`, { method: 'HEAD', headers: VERSION }), id))
  }

  /** Appends at `offset`. What came before a fault is kept. @returns bytes that are there now. @throws Refusal */
  async append(id: string, offset: number, body: AsyncIterable<Uint8Array>, length: number | null): Promise<number> {
    const headers = {
      ...VERSION, 'upload-offset': String(offset), 'content-type': PIECE,
      ...(length === null ? {} : { 'content-length': String(length) }),
    }
    const init: RequestInit & { duplex: 'half' } = { method: 'PATCH', headers, body: streamOf(body), duplex: 'half' }
    return offsetIn(await this.#ask(new Request(`${BASE}/${id}`, init), id))
  }

  /**
   * The bytes of a whole upload. A bucket has them only once its parts are put together, which is still to do for a file
   * of nothing, and where a process died just before.
   *
   * @throws Refusal: a fault of ours, not of the way to Dify
   */
  async *read(id: string, size: number): AsyncGenerator<Uint8Array, void, void> {
    try {
      yield* await this.#whole(id, size)
    } catch (error) {
      throw error instanceof Refusal ? error : new Refusal('internal_server_error', { detail: `the file cannot be read again: ${describe(error)}` })
    }
  }

  async #whole(id: string, size: number): Promise<AsyncIterable<Uint8Array>> {
    try {
      return await this.store.read(id)
    } catch {
      await this.append(id, size, NOTHING, 0)
      return this.store.read(id)
    }
  }

  /** Nothing of it stays. @returns whether that is so; never rejects: there is nobody to tell, so it is in the log. */
  async remove(id: string): Promise<boolean> {
    try {
      await removeFrom(this.store, id)
      return true
    } catch (error) {
      console.error(`dify-file-drop: an upload’s bytes could not be deleted: ${describe(error)}`)
      return false
    }
  }

  async #ask(request: Request, id: string): Promise<Response> {
    const response = await this.#server.handleWeb(request)
    // What `@tus/s3-store` remembers of it may be another one's by the next request: a replica may have removed it, and begun it anew.
    await (this.store as { clearCache?: (id: string) => Promise<void> }).clearCache?.(id)
    if (response.ok) return response
    const told = (await response.text()).trim()
    throw new Refusal(codeOf(response.status), { ...(response.status === 409 ? { status: 409 } : {}), detail: `tus: ${response.status} ${told}`.slice(0, 300) })
  }
}

export const PIECE = 'application/offset+octet-stream'
const BASE = 'http://tus.invalid/files'
const NOTHING: AsyncIterable<Uint8Array> = { async *[Symbol.asyncIterator]() {} }
const VERSION = { 'tus-resumable': '1.0.0' }

function offsetIn(response: Response): number {
  return Number(response.headers.get('upload-offset'))
}

function codeOf(status: number): string {
  if (status === 404 || status === 410) return 'not_found'
  return status >= 500 ? 'internal_server_error' : 'invalid_param'
}
