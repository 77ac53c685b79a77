/// <reference types="node" />
import type { DataStore, Locker, Server } from '@tus/server'
import { streamOf } from '../fetchUpstream.js'
import { Refusal } from '../refusal.js'

/** Where pieces lie: any store of tus that can be read again (`@tus/file-store`, `@tus/s3-store`, …). */
export type PieceStore = DataStore & {
  read(id: string): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>
}

/** What is wanted of `@tus/server`, in the words of this proxy. Ids, owners and limits are decided before. */
export class TusServer {
  readonly #ids = new WeakMap<Request, string>()
  #server: Server

  private constructor(server: (ids: WeakMap<Request, string>) => Server, readonly store: PieceStore, readonly locker: Locker) {
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
    await this.#ask(request)
  }

  /** Bytes that are there. Whoever is writing stops within seconds. @throws Refusal */
  async offset(id: string): Promise<number> {
    return offsetIn(await this.#ask(new Request(`${BASE}/${id}`, { method: 'HEAD', headers: VERSION })))
  }

  /** Appends at `offset`. What came before a fault is kept. @returns bytes that are there now. @throws Refusal */
  async append(id: string, offset: number, body: AsyncIterable<Uint8Array>, length: number | null): Promise<number> {
    const headers = {
      ...VERSION, 'upload-offset': String(offset), 'content-type': PIECE,
      ...(length === null ? {} : { 'content-length': String(length) }),
    }
    const init: RequestInit & { duplex: 'half' } = { method: 'PATCH', headers, body: streamOf(body), duplex: 'half' }
    return offsetIn(await this.#ask(new Request(`${BASE}/${id}`, init)))
  }

  async #ask(request: Request): Promise<Response> {
    const response = await this.#server.handleWeb(request)
    if (response.ok) return response
    const told = (await response.text()).trim()
    throw new Refusal(codeOf(response.status), { ...(response.status === 409 ? { status: 409 } : {}), detail: `tus: ${response.status} ${told}`.slice(0, 300) })
  }
}

export const PIECE = 'application/offset+octet-stream'
const BASE = 'http://tus.invalid/files'
const VERSION = { 'tus-resumable': '1.0.0' }

function offsetIn(response: Response): number {
  return Number(response.headers.get('upload-offset'))
}

function codeOf(status: number): string {
  if (status === 404 || status === 410) return 'not_found'
  return status >= 500 ? 'internal_server_error' : 'invalid_param'
}
