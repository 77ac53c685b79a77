import { describe, expect, it } from 'vitest'
import { authorizeByUrl } from './authorizeByUrl.js'

const context = { route: null, address: null, native: null } as const
const asking = (headers: Record<string, string> = { cookie: 'session=1' }) => new Request('http://app.test/files/upload', { headers })
const answering = (answer: () => Response | Promise<Response>) => authorizeByUrl({ url: 'https://backend.test/who', timeout: 50, fetch: async () => answer() })

describe('authorize by URL', () => {
  it('takes the backend’s word for who it is', async () => {
    expect(await answering(() => Response.json({ user: 'alice', more: 1 }))(asking(), context)).toEqual({ user: 'alice' })
  })

  it('hands on the caller’s cookie and authorization, and nothing else', async () => {
    let sent: Headers | undefined
    const authorize = authorizeByUrl({ url: 'https://backend.test/who', fetch: async (_, init) => {
      sent = new Headers(init?.headers)
      return Response.json({ user: 'a' })
    } })
    await authorize(asking({ cookie: 'a=1', authorization: 'Bearer t', 'x-other': '1', 'content-type': 'multipart/form-data' }), context)
    expect(Object.fromEntries(sent!)).toEqual({ accept: 'application/json', cookie: 'a=1', authorization: 'Bearer t' })
  })

  it.each([[401], [403], [404], [302], [307]])('%i means nobody', async (status) => {
    expect(await answering(() => new Response(null, { status }))(asking(), context)).toBeNull()
  })

  it('who shows nothing is nobody, and the backend is not asked', async () => {
    const authorize = answering(() => { throw new Error('was asked') })
    expect(await authorize(asking({}), context)).toBeNull()
    expect(await authorize(asking({ cookie: '' }), context)).toBeNull()
  })

  it.each([
    ['a fault', () => new Response('oops', { status: 500 }), 'answered 500'],
    ['HTML', () => new Response('<html>'), 'without { "user"'],
    ['a number', () => Response.json({ user: 7 }), 'without { "user"'],
    ['null', () => Response.json(null), 'without { "user"'],
  ])('%s lets nobody through', async (_, answer, message) => {
    await expect(answering(answer)(asking(), context)).rejects.toThrow(message)
  })
})
