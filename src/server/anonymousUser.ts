import { checkedNumber } from './checkedNumber.js'
import type { Authorize } from './identity.js'
import { Refusal } from './refusal.js'

/** How visitors without accounts are told apart. */
export interface AnonymousUserOptions {
  /**
   * Signs the cookies: at least 32 characters, the same on every replica and after a restart (`openssl rand -hex 32`).
   * To change it, give the new one first and the old ones behind it.
   */
  secret: string | readonly string[]
  /** Your page is shown in frames of other sites. @default false */
  embed?: boolean | undefined
  /** For plain http in development. @default false */
  insecure?: boolean | undefined
  /** Seconds that a visitor is remembered, counted from the last visit. @default 2_592_000 (30 days) */
  maxAge?: number | undefined
}

/** Set on an `authorize` that hands out sessions itself: then `GET session` exists. */
export const mintsSessions = new WeakSet<Authorize>()

/**
 * An `authorize` for visitors without accounts: everyone gets a random user in a signed cookie that scripts cannot
 * read.
 *
 * Users are made on `GET session` and `GET parameters` only. An upload without the cookie is refused with
 * `session_required`, upon which the browser asks for a session once for all its uploads: three uploads at once would
 * otherwise be three users, and Dify would refuse two of the files later.
 *
 * @throws TypeError when an option is missing or cannot work.
 */
export function anonymousUser(options: AnonymousUserOptions): Authorize {
  const { embed = false, insecure = false } = options
  const maxAge = checkedNumber('anonymousUser: maxAge', options.maxAge ?? 30 * 24 * 3600, 'so browsers would not remember anyone. Give whole seconds, as 30 * 24 * 3600.', { min: 1, isWhole: true })
  const secrets = [options.secret].flat()
  if (secrets.length === 0 || secrets.some((secret) => typeof secret !== 'string' || secret.length < 32)) {
    throw new TypeError(
      'anonymousUser: `secret` must have at least 32 characters. Whoever guesses it can be any visitor. Make one with `openssl rand -hex 32` and keep it in the environment.',
    )
  }
  if (embed && insecure) {
    throw new TypeError('anonymousUser: `embed` needs https, since browsers take no SameSite=None cookie without Secure. Drop `insecure`.')
  }
  const prefix = insecure ? 'dify-file-drop-' : '__Host-dify-file-drop-'
  const attributes = [
    'Path=/', `Max-Age=${maxAge}`, 'HttpOnly', ...(insecure ? [] : ['Secure']),
    ...(embed ? ['SameSite=None', 'Partitioned'] : ['SameSite=Lax']),
  ].join('; ')

  const authorize: Authorize = async (request, { route }) => {
    const cookies = valuesOf(request.headers.get('cookie') ?? '', prefix)
    const visitor = await firstVisitor(cookies, secrets)
    if (route !== 'session' && route !== 'parameters') {
      if (visitor !== null) return { user: userOf(visitor.id) }
      return route === null ? null : new Refusal('session_required')
    }
    const id = visitor?.id ?? freshId()
    // On a cold start both routes may make a visitor, and whichever cookie an upload has already used must stay in
    // force: so they have two names, and count from when the answer leaves, and the older one wins.
    const headers = async () => {
      const value = `${id}.${(visitor?.at ?? Date.now()).toString(36)}`
      return { 'set-cookie': `${visitor?.name ?? prefix + route}=${value}.${await sign(value, secrets[0]!)}; ${attributes}` }
    }
    return { user: userOf(id), headers }
  }
  mintsSessions.add(authorize)
  return authorize
}

interface Visitor {
  /** The cookie's name. */
  name: string
  /** 32 hex digits. */
  id: string
  /** Unix ms of the first visit. */
  at: number
}

function userOf(id: string): string {
  return `anonymous-${id}`
}

/** At most eight are looked at: a request with a thousand forged ones must not cost a thousand signatures. */
function valuesOf(header: string, prefix: string): { name: string; value: string }[] {
  return header
    .split(';', 200)
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix))
    .slice(0, 8)
    .map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) }))
}

async function firstVisitor(cookies: { name: string; value: string }[], secrets: readonly string[]): Promise<Visitor | null> {
  let first: Visitor | null = null
  for (const { name, value } of cookies) {
    const match = /^(([0-9a-f]{32})\.([0-9a-z]{1,12}))\.([0-9a-f]{64})$/.exec(value)
    if (match === null || !(await isSigned(match[1]!, match[4]!, secrets))) continue
    const at = Number.parseInt(match[3]!, 36)
    if (first === null || at < first.at) first = { name, id: match[2]!, at }
  }
  return first
}

async function isSigned(value: string, signature: string, secrets: readonly string[]): Promise<boolean> {
  for (const secret of secrets) {
    // `verify` compares in constant time.
    if (await crypto.subtle.verify('HMAC', await keyOf(secret), fromHex(signature), signed(value))) return true
  }
  return false
}

async function sign(value: string, secret: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.sign('HMAC', await keyOf(secret), signed(value))))
}

/** Says what the signature is for, should the host sign other things with the same secret. */
function signed(value: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(`dify-file-drop session ${value}`)
}

const keys = new Map<string, Promise<CryptoKey>>()

function keyOf(secret: string): Promise<CryptoKey> {
  let key = keys.get(secret)
  if (key === undefined) {
    key = crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
    keys.set(secret, key)
  }
  return key
}

function freshId(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)))
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

const encoder = new TextEncoder()
