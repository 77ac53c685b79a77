import { randomUUID } from 'node:crypto'
import { sessionCookie } from '../../lib/session'

/** Stands for your login: everybody is somebody new. */
export function GET(): Response {
  return new Response(null, { status: 303, headers: { location: '/', 'set-cookie': sessionCookie(`user-${randomUUID()}`) } })
}
