import type { RouteName } from '../dify/routes.js'
import type { Incoming } from './exchange.js'
import { Refusal } from './refusal.js'
import { describe } from './upstreamLink.js'

/**
 * The host's answer to "who is this?". A falsy value is 401; a `Response` is sent as it is.
 *
 * @param request without its body.
 */
export type Authorize = (request: Request, context: AuthorizeContext) => Authorized | Promise<Authorized>

/** What `authorize` gets beside the request. */
export interface AuthorizeContext {
  /** The route that was asked for; null when your own code asks through `proxy.userOf`. */
  route: RouteName | null
  /** The client's address where it is known. */
  address: string | null
  /** The host's own request: Node's `IncomingMessage` behind `toNodeListener` (so Express's `req.user`), else null. */
  native: unknown
}

/** What `authorize` may answer: who it is, an answer or refusal of its own, or nothing, which is a 401. */
export type Authorized = Identity | Response | Refusal | null | undefined | false | '' | 0

/** Who is asking. */
export interface Identity {
  /** 1 to 255 characters: how Dify is to know this person, the same in every call. */
  user: string
  /** Sent along with the answer (`Set-Cookie`, say); a function is asked when the answer is ready. */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>)
}

/** The host's word in a form that is easy to act on. @throws Refusal */
export async function identify(authorize: Authorize, incoming: Incoming, route: RouteName | null): Promise<Identity | Response> {
  let word: Authorized
  try {
    word = await authorize(incoming.toRequest(), { route, address: incoming.address, native: incoming.native })
  } catch (error) {
    // Frameworks throw their redirects.
    if (error instanceof Response) return error
    throw new Refusal('internal_server_error', { detail: `authorize threw: ${describe(error)}` })
  }
  if (!word) throw new Refusal('unauthorized')
  if (word instanceof Refusal) throw word
  if (isResponse(word)) return word
  if (!isUser(word.user)) {
    throw new Refusal('invalid_user', { detail: 'authorize must return { user } with a string of 1 to 255 characters that is not blank' })
  }
  return word
}

/** Several realms and polyfills have a `Response` of their own. */
function isResponse(word: Identity | Response): word is Response {
  return word instanceof Response || ('status' in word && 'headers' in word && !('user' in word))
}

/** What every Dify stores as it is: its column has 255 characters, its database knows no NUL and no half surrogates. */
function isUser(user: unknown): user is string {
  return typeof user === 'string' && user.trim() !== '' && user.isWellFormed() && !user.includes('\0') && Array.from(user).length <= 255
}
