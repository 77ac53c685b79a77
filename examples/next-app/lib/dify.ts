import { createDifyProxy } from 'dify-file-drop/server'
import { createDifyEmulator, type DifyEmulator } from 'dify-file-drop/testing'
import { userOfRequest } from './session'

const { DIFY_API_KEY, DIFY_BASE_URL } = process.env

// Without a key: a Dify in memory, so that this runs anywhere. In your own app, delete it and what mentions it.
const shared = globalThis as { difyEmulator?: DifyEmulator }
const emulator = DIFY_API_KEY ? null : (shared.difyEmulator ??= createDifyEmulator({ apiKey: 'app-example', tokenDelay: 10 }))

const apiKey = DIFY_API_KEY ?? emulator!.apiKey
const baseUrl = DIFY_BASE_URL ?? (emulator ? 'http://dify.invalid/v1' : 'https://api.dify.ai/v1')
const fetchDify: typeof fetch = (input, init) => (emulator ? emulator.fetch(new Request(input, init)) : fetch(input, init))

export const proxy = createDifyProxy({
  apiKey,
  baseUrl,
  fetch: fetchDify,
  authorize: (request) => {
    const user = userOfRequest(request)
    return user && { user }
  },
})

/** A call to Dify of your own, on the server, with the key. */
export function callDify(path: string, body: object, signal: AbortSignal): Promise<Response> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  return fetchDify(`${baseUrl}/${path}`, { method: 'POST', headers, body: JSON.stringify(body), signal })
}
