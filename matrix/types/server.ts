// What the types of the server's entries promise. Compiled, never run.
import { createServer } from 'node:http'
import { anonymousUser, createDifyProxy, Refusal, toNodeListener, type Authorize, type DifyProxy, type Limit, type ProxyEvent } from 'dify-file-drop/server'
import { createLimit } from 'dify-file-drop/server/limit'

const authorize: Authorize = async (request, { route, address }) => {
  if (route === 'upload' && address === null) return null
  const user = request.headers.get('x-user')
  return user === null ? null : { user, headers: { 'Set-Cookie': 'a=b' } }
}
export const proxy: DifyProxy = createDifyProxy({ apiKey: 'app-x', authorize, onEvent: (event: ProxyEvent) => void event.route })
export const several = createDifyProxy({ apiKey: async (request) => request.headers.get('x-app') ?? 'app-x', authorize: anonymousUser({ secret: ['new', 'old'] }) })
export const fromEnvironment = createDifyProxy({ apiKey: process.env.DIFY_API_KEY ?? '', baseUrl: process.env.DIFY_BASE_URL, authorize, limit: undefined })
// @ts-expect-error: who is asking?
createDifyProxy({ apiKey: 'app-x' })
// @ts-expect-error: with which key?
createDifyProxy({ authorize })
// @ts-expect-error: a user is a string
createDifyProxy({ apiKey: 'app-x', authorize: () => ({ user: 7 }) })

export const answer: Promise<Response> = Promise.resolve(proxy(new Request('https://chat.example/api/dify/parameters')))
export const user: Promise<string | null> = proxy.userOf(new Request('https://chat.example/'))
export const server = createServer(toNodeListener(proxy))
export const limit: Limit = createLimit({ concurrent: { user: 3 } })
export const refusal: Error = new Refusal('forbidden_origin')
