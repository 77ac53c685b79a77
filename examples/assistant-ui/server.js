import { randomBytes } from 'node:crypto'
import express from 'express'
import { anonymousUser, createDifyProxy, toNodeListener } from 'dify-file-drop/server'

const { DIFY_API_KEY, DIFY_BASE_URL, SESSION_SECRET, PORT = '3000' } = process.env

// Without a key: a Dify in memory, so that this runs anywhere. In your own server keep only the second half.
const dify = DIFY_API_KEY ? null : (await import('dify-file-drop/testing')).createDifyEmulator({ apiKey: 'app-example', tokenDelay: 10 })
const upstream = dify
  ? { apiKey: dify.apiKey, baseUrl: 'http://dify.invalid/v1', fetch: (input, init) => dify.fetch(new Request(input, init)) }
  : { apiKey: DIFY_API_KEY, ...(DIFY_BASE_URL && { baseUrl: DIFY_BASE_URL }) }

const proxy = createDifyProxy({
  ...upstream,
  // Have accounts? authorize: (request, { native }) => native.user && { user: native.user.id }
  authorize: anonymousUser({ secret: SESSION_SECRET ?? randomBytes(32).toString('hex'), insecure: true }),
})

const app = express()
app.use('/api/dify', toNodeListener(proxy)) // before express.json() and the like: it streams the body
app.use(express.json())
app.use(express.static('dist'))

app.listen(Number(PORT), '127.0.0.1', () => console.log(`http://localhost:${PORT}`))
