import type { Send } from '../core/send.js'
import { UploadError } from '../core/uploadError.js'
import { PATHS } from '../dify/routes.js'
import type { Transport } from './axiosLike.js'
import { errorOf, request } from './request.js'

/**
 * A `send` that gets itself the anonymous session that a proxy may ask for, and then goes on. One for all that are sent:
 * three first uploads must not become three users.
 */
export function withSession(sendOnce: Send, { base, transport }: { base: string; transport: Transport }): Send {
  let asking: Promise<void> | null = null
  /** How often a session was got. */
  let sessions = 0

  async function ask(): Promise<void> {
    const answer = await request(transport, { method: 'GET', url: `${base}/${PATHS.session}`, timeout: SESSION_TIMEOUT })
    if (answer.status < 200 || answer.status > 299) throw errorOf(answer)
    sessions++
  }

  return async (what) => {
    const before = sessions
    try {
      return await sendOnce(what)
    } catch (error) {
      if (!(error instanceof UploadError) || error.code !== 'session_required') throw error
      // Another upload may have got one while this one was refused for having none.
      if (sessions === before) await (asking ??= ask().finally(() => (asking = null)))
      what.signal.throwIfAborted()
      return sendOnce(what)
    }
  }
}

/** ms */
const SESSION_TIMEOUT = 20_000
