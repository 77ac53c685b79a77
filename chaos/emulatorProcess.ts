import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { createDifyEmulator, defaultParameters, type StoredFile } from '../src/testing/index.js'

/*
 * A Dify in memory, as a process that can be killed. It tells its parent of every file before it answers, and is told
 * at its start what it stored in its former lives, as a Dify with a disk would know it.
 */
const { PORT, API_KEY = '', MAX_FILES } = process.env
const fixed = ['app', 'tenant', 'user', 'prime'].map((_, i) => `00000000-0000-4000-8000-00000000000${i}`)
const { file_upload, ...parameters } = defaultParameters()
const dify = createDifyEmulator({
  apiKey: API_KEY,
  // The same for the app, its tenant and its one user in every life.
  uuid: () => fixed.shift() ?? crypto.randomUUID(),
  parameters: { ...parameters, file_upload: { ...file_upload, allowed_file_types: [], allowed_file_extensions: [], number_limits: Number(MAX_FILES) } },
})
const stored = dify.files as Map<string, StoredFile>
const form = new FormData()
form.append('user', 'chaos')
form.append('file', new File(['x'], 'prime.txt', { type: 'text/plain' }))
await dify.fetch(new Request(`${dify.baseUrl}/files/upload`, { method: 'POST', headers: { authorization: `Bearer ${API_KEY}` }, body: form }))
stored.clear()

process.on('message', (message: { restore?: StoredFile[] }) => {
  for (const file of message.restore ?? []) stored.set(file.id, file)
  server.listen(Number(PORT), '127.0.0.1', () => void tell({ ready: true }))
})
process.on('disconnect', () => process.exit())
const server = createServer((request, response) => {
  answer(request, response).catch(() => request.socket.destroy())
})

const told = new Set<string>()
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const hasBody = request.method === 'POST'
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const answered = await dify.fetch(new Request(`http://dify.emulator${request.url}`, {
    method: request.method!,
    headers: request.headers as Record<string, string>,
    signal: gone.signal,
    ...(hasBody && { body: Readable.toWeb(request) as unknown as ReadableStream, duplex: 'half' }),
  }))
  const files = [...stored.values()].filter(({ id }) => !told.has(id))
  for (const { id } of files) told.add(id)
  if (files.length > 0) await tell({ files })
  const body = Buffer.from(await answered.arrayBuffer())
  if (request.url?.endsWith('/chat-messages')) await tell({ message: dify.messages.at(-1) })
  response.writeHead(answered.status, { ...Object.fromEntries(answered.headers), 'content-length': body.length }).end(body)
}

function tell(message: object): Promise<void> {
  return new Promise((resolve) => process.send!(message, () => resolve()))
}
