/*
 * The few members of Node's request and response that are used, so that the published types of a package which also
 * serves Bun, Deno and workerd do not ask for @types/node. `IncomingMessage` and `ServerResponse` fit them.
 */

/** As much of Node's `IncomingMessage` as is used, so that the types need no `@types/node`. */
export interface NodeRequest {
  method?: string | undefined
  url?: string | undefined
  headers: Record<string, string | string[] | undefined>
  readableDidRead?: boolean
  socket: { remoteAddress?: string | undefined; encrypted?: boolean } | null
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'end', listener: () => void): unknown
  on(event: 'close', listener: () => void): unknown
  pause(): unknown
  resume(): unknown
  destroy(): unknown
}

/** As much of Node's `ServerResponse` as is used, so that the types need no `@types/node`. */
export interface NodeResponse {
  readonly headersSent: boolean
  readonly destroyed: boolean
  readonly writableFinished: boolean
  writeHead(status: number, headers: Record<string, string | string[]>): unknown
  flushHeaders?(): void
  write(chunk: string | Uint8Array): boolean
  end(): unknown
  destroy(): unknown
  on(event: 'drain', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'close', listener: () => void): unknown
}

/** What `http.createServer`, Express, Fastify and Nest take. */
export type NodeListener = (request: NodeRequest, response: NodeResponse) => void
