import { beforeEach, describe, expect, test } from 'vitest'
import type { AppParameters } from '../dify/parameters.js'
import { defaultParameters } from './defaultParameters.js'
import { createDifyEmulator, type DifyEmulator, type DifyEmulatorOptions } from './difyEmulator.js'

const KEY = 'app-one'
const OTHER_KEY = 'app-two'
type Json = Record<string, unknown>

const withUpload = (over: NonNullable<AppParameters['file_upload']>): AppParameters => ({
  ...defaultParameters(), file_upload: { ...defaultParameters().file_upload, ...over },
})

let emulator: DifyEmulator
const use = (options: Partial<DifyEmulatorOptions> = {}): void => {
  emulator = createDifyEmulator({ apiKey: [{ key: KEY }, { key: OTHER_KEY, app: 'Other' }], keepBytes: true, ...options })
}
beforeEach(() => use())

async function upload(name: string, type: string, { body = 'hi', user = 'ann', key = KEY } = {}): Promise<string> {
  const form = new FormData()
  form.append('user', user)
  form.append('file', new File([body], name, { type }))
  const response = await emulator.fetch(new Request(`${emulator.baseUrl}/files/upload`, { method: 'POST', body: form, headers: { authorization: `Bearer ${key}` } }))
  expect(response.status).toBe(201)
  return String(((await response.json()) as Json)['id'])
}

function post(path: string, json: Json, key = KEY): Promise<Response> {
  return emulator.fetch(
    new Request(`${emulator.baseUrl}${path}`, {
      method: 'POST', body: JSON.stringify(json), headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    }),
  )
}

const get = (path: string, key = KEY): Promise<Response> =>
  emulator.fetch(new Request(`${emulator.baseUrl}${path}`, { headers: { authorization: `Bearer ${key}` } }))

const chat = (files: unknown, over: Json = {}, key = KEY): Promise<Response> =>
  post('/chat-messages', { query: 'look', inputs: {}, user: 'ann', response_mode: 'blocking', files, ...over }, key)

const local = (upload_file_id: unknown, type?: string): Json => ({ transfer_method: 'local_file', upload_file_id, ...(type === undefined ? {} : { type }) })
const link = (url: string, type = 'image'): Json => ({ type, transfer_method: 'remote_url', url })

async function eventsOf(response: Response): Promise<Json[]> {
  const text = await response.text()
  return text.split('\n\n').filter((it) => it.startsWith('data: ')).map((it) => JSON.parse(it.slice(6)) as Json)
}

const SHA_OF_HI = '8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4'

describe('a message', () => {
  test('names each file with its size and hash', async () => {
    const files = [local(await upload('猫.png', 'image/png'), 'image'), local(await upload('b.pdf', 'application/pdf'), 'document')]
    const body = (await (await chat(files)).json()) as Json
    expect(body['answer']).toBe(
      `I received 2 files:\n- 猫.png (image, 2 bytes, sha256 ${SHA_OF_HI})\n- b.pdf (document, 2 bytes, sha256 ${SHA_OF_HI})\nYou wrote: look`,
    )
    expect(emulator.messages[0]).toMatchObject({ user: 'ann', query: 'look', files: [{ name: '猫.png' }, { name: 'b.pdf' }] })
  })

  test('streams the same answer word by word', async () => {
    const response = await chat([local(await upload('a.png', 'image/png'), 'image')], { response_mode: 'streaming', query: 'two  words ' })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const events = await eventsOf(response)
    expect(events.length).toBeGreaterThan(5)
    expect(events.at(-1)?.['event']).toBe('message_end')
    expect(events.slice(0, -1).map((it) => it['answer']).join('')).toBe(emulator.messages[0]?.answer)
    expect(emulator.requests.at(-1)?.outcome).toBe('answered')
  })

  test('a chatflow puts its run around the answer', async () => {
    use({ info: { mode: 'advanced-chat' } })
    const events = await eventsOf(await chat([], { response_mode: 'streaming' }))
    expect(events[0]?.['event']).toBe('workflow_started')
    expect(events.slice(-2).map((it) => it['event'])).toEqual(['message_end', 'workflow_finished'])
  })

  test('stops for its own user only', async () => {
    const response = await chat([], { response_mode: 'streaming', query: 'a '.repeat(50) })
    const reader = response.body!.getReader()
    const first = new TextDecoder().decode((await reader.read()).value)
    const task = String((JSON.parse(first.slice(6)) as Json)['task_id'])
    expect(await (await post(`/chat-messages/${task}/stop`, { user: 'eve' })).json()).toEqual({ result: 'success' })
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('"message"')
    await post(`/chat-messages/${task}/stop`, { user: 'ann' })
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('message_end')
    expect((await reader.read()).done).toBe(true)
  })

  test('a reader who leaves ends the stream', async () => {
    const response = await chat([], { response_mode: 'streaming' })
    await response.body!.cancel()
    expect(emulator.requests.at(-1)?.outcome).toBe('aborted')
  })

  test('continues its own conversation, and no other', async () => {
    const { conversation_id } = (await (await chat([])).json()) as Json
    expect((await chat([], { conversation_id })).status).toBe(200)
    expect((await chat([], { conversation_id, user: 'eve' })).status).toBe(404)
  })
})

interface Row {
  does: string
  files: (ids: { png: string; pdf: string; json: string; eves: string; others: string }) => unknown
  /** null: it goes through. */
  message: string | null
  options?: Partial<DifyEmulatorOptions>
  route?: 'chat' | 'workflow'
}

const CUSTOM_ONLY = { parameters: withUpload({ allowed_file_types: ['custom'], allowed_file_extensions: ['.PDF', 'json'] }) }
const DOCUMENTS = { parameters: withUpload({ allowed_file_types: ['document'], allowed_file_extensions: [] }) }
const MIXED = { parameters: withUpload({ allowed_file_types: ['document', 'custom'], allowed_file_extensions: ['.json'] }) }
const ANYTHING = { parameters: withUpload({ allowed_file_types: [], allowed_file_extensions: [] }) }
const NOT_DETECTED = 'Detected file type does not match the specified type. Please verify the file.'
const refused = (name: string): string => `File validation failed for file: ${name}`

const ROWS: readonly Row[] = [
  { does: '§1.2 a file of the same user', files: ({ png }) => [local(png, 'image')], message: null },
  { does: '§1.2 a file of another user', files: ({ eves }) => [local(eves, 'image')], message: 'Invalid upload file' },
  { does: '§1.2 a file of another app', files: ({ others }) => [local(others, 'image')], message: 'Invalid upload file' },
  { does: '§3.3 an id that nobody uploaded', files: () => [local('11111111-2222-3333-4444-555555555555', 'image')], message: 'Invalid upload file' },
  { does: '§3.3 no id', files: ({ png }) => [{ type: 'image', transfer_method: 'local_file', id: png }], message: 'Invalid upload file id' },
  { does: '§3.3 an empty id', files: () => [local('', 'image')], message: 'Invalid upload file id' },
  { does: '§3.3 no UUID', files: () => [local('Request failed with status code 413', 'image')], message: 'Invalid upload file id format' },
  { does: '§3.3 an unknown type', files: ({ pdf }) => [local(pdf, 'pdf')], message: "'pdf' is not a valid FileType" },
  { does: '§3.3 an unknown method', files: ({ pdf }) => [{ ...local(pdf), transfer_method: 'carrier_pigeon' }], message: "'carrier_pigeon' is not a valid FileTransferMethod" },
  { does: '§3.3 an ftp link', files: () => [link('ftp://x.test/a.png')], message: 'Invalid file url' },
  { does: '§3.3 a link that Dify cannot reach', files: () => [link('http://x.test/a.png')], options: { remoteFile: () => null }, message: 'Reached maximum retries (3) for URL http://x.test/a.png' },
  { does: '§5 a link', files: () => [link('https://x.test/a.png')], message: null },
  { does: '§5 entries without a method or an address fall out', files: ({ png }) => [{ upload_file_id: png }, link('')], message: null },
  { does: '§3.3 a kind that the app does not take', files: ({ png }) => [local(png, 'image')], options: DOCUMENTS, message: refused('a.png') },
  { does: '§3.3 a method that the app does not take', files: ({ png }) => [local(png, 'image')], options: { parameters: withUpload({ allowed_file_upload_methods: ['remote_url'] }) }, message: refused('a.png') },
  { does: '§3.3 too many', files: ({ pdf }) => [local(pdf), local(pdf)], options: { parameters: withUpload({ number_limits: 1 }) }, message: 'Number of files exceeds the maximum limit 1' },
  { does: '§3.3 too many images', files: ({ png }) => [local(png), local(png)], options: { parameters: withUpload({ number_limits: 1 }) }, message: 'Number of image files exceeds the maximum limit 1' },
  { does: '§4.2 uploads that are off: ignored, even a stranger’s', files: ({ eves }) => [local(eves)], options: { parameters: withUpload({ enabled: false }) }, message: null },
  { does: '§4.2 only the legacy switch: ignored too', files: ({ eves }) => [local(eves)], options: { parameters: withUpload({ enabled: false, image: { enabled: true } }) }, message: null },
  // §5.1, Dify 1.15 and later
  ...['image', 'document', 'custom', undefined].map((type) => ({
    does: `§5.1 lax, custom only: a listed pdf as ${type}`, files: ({ pdf }: { pdf: string }) => [local(pdf, type)], options: CUSTOM_ONLY, message: null,
  })),
  ...(
    [
      ['pdf', 'document', null], ['pdf', 'custom', null], ['pdf', undefined, null], ['pdf', 'image', NOT_DETECTED],
      ['json', 'custom', null], ['json', undefined, null], ['json', 'document', NOT_DETECTED],
    ] as const
  ).map(([file, type, message]) => ({
    does: `§5.1 strict, custom only: a listed ${file} as ${type}`, route: 'workflow' as const, options: CUSTOM_ONLY, message,
    files: (ids: { pdf: string; json: string }) => [local(ids[file], type)],
  })),
  { does: '§5.1 strict, documents only: json', route: 'workflow', files: ({ json }) => [local(json)], options: DOCUMENTS, message: refused('c.json') },
  { does: '§5.1 lax, documents only: json called a document', files: ({ json }) => [local(json, 'document')], options: DOCUMENTS, message: null },
  { does: '§5.1 strict, documents and .json: json as custom', route: 'workflow', files: ({ json }) => [local(json, 'custom')], options: MIXED, message: null },
  { does: '§5.1 strict, documents and .json: pdf as document', route: 'workflow', files: ({ pdf }) => [local(pdf, 'document')], options: MIXED, message: null },
  { does: '§5.1 documents and .json: pdf as custom', files: ({ pdf }) => [local(pdf, 'custom')], options: MIXED, message: refused('b.pdf') },
  { does: '§5.1 lax, anything: json as document', files: ({ json }) => [local(json, 'document')], options: ANYTHING, message: null },
  { does: '§4.2 anything: json as custom', files: ({ json }) => [local(json, 'custom')], options: ANYTHING, message: refused('c.json') },
]

describe('the files of a message, as the contract tells it', () => {
  test.each(ROWS)('$does → $message', async ({ files, message, options = {}, route = 'chat' }) => {
    use({ ...options, apiKey: [{ key: KEY }, { key: OTHER_KEY }] })
    const ids = {
      png: await upload('a.png', 'image/png'),
      pdf: await upload('b.pdf', 'application/pdf'),
      json: await upload('c.json', 'application/json'),
      eves: await upload('eve.png', 'image/png', { user: 'eve' }),
      others: await upload('other.png', 'image/png', { key: OTHER_KEY }),
    }
    const response = route === 'chat' ? await chat(files(ids)) : await post('/workflows/run', { inputs: {}, user: 'ann', files: files(ids) })
    const refusal = response.status === 200 ? null : ((await response.json()) as unknown)
    expect(refusal).toEqual(message === null ? null : { code: 'invalid_param', status: 400, message })
  })

  test.each(['/chat-messages', '/completion-messages', '/workflows/run'])('§3.3 %s without a user → Arg user must be provided.', async (path) => {
    const response = await post(path, { query: 'q', inputs: {} })
    expect(await response.json()).toEqual({ code: 'invalid_param', status: 400, message: 'Arg user must be provided.' })
  })

  test('§3.3 a streamed chatflow says it in its stream, since 1.15', async () => {
    use({ info: { mode: 'advanced-chat' } })
    const response = await chat([local('x')], { response_mode: 'streaming' })
    expect(response.status).toBe(200)
    expect(await eventsOf(response)).toEqual([
      { event: 'error', message_id: expect.any(String), status: 400, code: 'invalid_param', message: 'Invalid upload file id format' },
    ])
  })

  test('§3.3 on 1.14 it only pings', async () => {
    use({ info: { mode: 'advanced-chat' }, version: '1.14.2' })
    const response = await chat([local('x')], { response_mode: 'streaming' })
    const reader = response.body!.getReader()
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('event: ping\n\n')
    await reader.cancel()
  })
})

describe('files in inputs', () => {
  const form = [
    { file: { variable: 'contract', required: true, allowed_file_types: ['document'] } },
    { 'file-list': { variable: 'pics', required: false, max_length: 1, allowed_file_types: ['image'] } },
  ]
  const run = async (inputs: Json): Promise<Json> => (await (await post('/workflows/run', { inputs, user: 'ann' })).json()) as Json

  beforeEach(() => use({ parameters: { ...withUpload({ enabled: false }), user_input_form: form } }))

  test('§5 a file variable takes one object, a list an array', async () => {
    const contract = local(await upload('b.pdf', 'application/pdf'), 'document')
    const pic = local(await upload('a.png', 'image/png'), 'image')
    const body = await run({ contract, pics: [pic] })
    expect(body['data']).toMatchObject({
      status: 'succeeded',
      outputs: { text: expect.stringContaining(`- contract: b.pdf (document, 2 bytes, sha256 ${SHA_OF_HI})\n- pics: a.png (image`) },
    })
    expect(await run({ contract: [contract] })).toMatchObject({ message: 'contract in input form must be a file' })
    expect(await run({ contract, pics: pic })).toMatchObject({ message: 'pics in input form must be a list of files' })
    expect(await run({ contract, pics: [pic, pic] })).toMatchObject({ message: 'pics in input form must be less than 1 files' })
    expect(await run({ pics: [] })).toMatchObject({ message: 'contract is required in input form' })
    expect(await run({ contract: { ...contract, type: 'image' } })).toMatchObject({ message: NOT_DETECTED })
    expect(await run({ contract: pic })).toMatchObject({ message: refused('a.png') })
  })
})

describe('the neighbouring endpoints', () => {
  test('§6 a file can be read once a message of its app refers to it, by any user', async () => {
    const id = await upload('a.png', 'image/png', { body: 'pixels' })
    const missing = await get(`/files/${id}/preview`)
    expect(await missing.json()).toEqual({ code: 'file_not_found', status: 404, message: 'File not found in message context' })
    await chat([local(id, 'image')])
    const preview = await get(`/files/${id}/preview?user=eve`)
    expect(preview.headers.get('content-type')).toBe('image/png')
    expect(await preview.text()).toBe('pixels')
    expect((await get(`/files/${id}/preview?as_attachment=true`)).headers.get('content-disposition')).toContain('attachment')
    expect(await (await get(`/files/${id}/preview`, OTHER_KEY)).json()).toMatchObject({ status: 403, code: 'file_access_denied' })
    expect((await get('/files/not-a-uuid/preview')).headers.get('content-type')).toContain('text/html')
  })

  test('§6 created_by leads to the user string, within the app', async () => {
    const id = await upload('a.png', 'image/png')
    const end = emulator.files.get(id)!.created_by
    expect(await (await get(`/end-users/${end}`)).json()).toMatchObject({ external_user_id: 'ann', is_anonymous: false, created_at: expect.any(String) })
    expect(await (await get(`/end-users/${end}`, OTHER_KEY)).json()).toMatchObject({ code: 'end_user_not_found' })
  })

  test('§4 parameters and info', async () => {
    expect(await (await get('/parameters')).json()).toEqual(emulator.parameters(KEY))
    expect(await (await get('/info', OTHER_KEY)).json()).toMatchObject({ name: 'Other', mode: 'chat' })
  })

  test('the welcome needs no key, and names the version', async () => {
    const response = await emulator.fetch(new Request(`${emulator.baseUrl}/`))
    expect(await response.json()).toEqual({ welcome: 'Dify OpenAPI', api_version: 'v1', server_version: '1.16.0' })
  })

  test('§3.1 an unknown path is Flask’s page, a wrong method an envelope', async () => {
    const missing = await emulator.fetch(new Request('http://dify.emulator/files/upload'))
    expect(missing.status).toBe(404)
    expect(await missing.text()).toContain('<h1>Not Found</h1>')
    expect(await (await get('/files/upload')).json()).toMatchObject({ status: 405, code: 'method_not_allowed' })
  })

  test('§3.3 a named mode closes the routes of the others', async () => {
    use({ info: { mode: 'completion' } })
    expect(await (await chat([])).json()).toMatchObject({ code: 'not_chat_app' })
    expect((await post('/completion-messages', { inputs: {}, user: 'ann' })).status).toBe(200)
  })
})
