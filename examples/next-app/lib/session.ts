import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Stands for your own sessions: a user in a signed cookie that scripts cannot read. */
export const COOKIE = 'session'

// Next bundles each route by itself: what they share while the server runs lives on globalThis.
const shared = globalThis as { sessionSecret?: string }
const secret = process.env.SESSION_SECRET ?? (shared.sessionSecret ??= randomBytes(32).toString('hex'))

export function sessionCookie(user: string): string {
  return `${COOKIE}=${user}.${sign(user)}; Path=/; HttpOnly; SameSite=Lax`
}

export function userOfRequest(request: Request): string | null {
  const cookie = request.headers.get('cookie')?.split('; ').find((it) => it.startsWith(`${COOKIE}=`))
  return userOfCookie(cookie?.slice(COOKIE.length + 1))
}

export function userOfCookie(value = ''): string | null {
  const dot = value.lastIndexOf('.')
  const user = value.slice(0, Math.max(0, dot))
  const given = Buffer.from(value.slice(dot + 1))
  const right = Buffer.from(sign(user))
  return user !== '' && given.length === right.length && timingSafeEqual(given, right) ? user : null
}

function sign(user: string): string {
  return createHmac('sha256', secret).update(user).digest('hex')
}
