import type { Authorize } from '../server/index.js'

export interface AuthorizeByUrlOptions {
  /** An address of the host's backend, asked with GET. */
  url: string
  /** ms. @default 5000 */
  timeout?: number
  fetch?: typeof globalThis.fetch
}

/**
 * An `authorize` for backends in any language: they are asked who it is, with the caller's own `Cookie` and
 * `Authorization`, as nginx's `auth_request` does, and answer `{ "user": "…" }`. 401, 403, 404 and redirects (to a login
 * page) mean nobody; any other answer is a fault and lets nobody through.
 */
export function authorizeByUrl({ url, timeout = 5000, fetch = globalThis.fetch }: AuthorizeByUrlOptions): Authorize {
  return async (request) => {
    const headers = new Headers({ accept: 'application/json' })
    for (const name of ['cookie', 'authorization']) {
      const value = request.headers.get(name)
      if (value !== null && value !== '') headers.set(name, value)
    }
    // Who shows nothing is nobody: not worth a question.
    if (!headers.has('cookie') && !headers.has('authorization')) return null
    const answer = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeout)]) })
    const text = await answer.text()
    if (answer.type === 'opaqueredirect' || (answer.status >= 300 && answer.status < 400) || NOBODY.has(answer.status)) return null
    if (!answer.ok) throw new Error(`AUTHORIZE_URL answered ${answer.status}`)
    const user = userIn(text)
    if (user === undefined) throw new Error('AUTHORIZE_URL answered without { "user": "…" }')
    return user === null ? null : { user }
  }
}

const NOBODY = new Set([401, 403, 404])

/** Null says: nobody. */
function userIn(text: string): string | null | undefined {
  try {
    const { user } = JSON.parse(text) as { user?: unknown }
    return typeof user === 'string' || user === null ? user : undefined
  } catch {
    return undefined
  }
}
