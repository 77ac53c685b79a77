import { expect, it } from 'vitest'
import { createDifyEmulator, createEmulatorFetch } from '../testing/index.js'
import { A_FILE, KEY, post, proxyBefore, refusalIn, uploadOf } from './fixtures/askProxy.js'
import { inChunksOf, formOf } from './fixtures/forms.js'

function rig(options: Partial<Parameters<typeof createDifyEmulator>[0]> = {}) {
  const emulator = createDifyEmulator({ apiKey: KEY, keepBytes: true, ...options })
  const { proxy } = proxyBefore({ fetch: createEmulatorFetch(emulator) }, { baseUrl: emulator.baseUrl, authorize: (request) => ({ user: request.headers.get('x-user') ?? 'ann' }) })
  return { emulator, proxy }
}

it('a file goes up and into a message of the same user', async () => {
  const { emulator, proxy } = rig()
  const content = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251)
  const body = formOf([{ name: 'user', content: 'bob' }, { ...A_FILE, filename: 'dir/été.png', type: '', content }])
  const response = await proxy(uploadOf(body, { chunks: inChunksOf(body, 16_384) }))
  expect(response.status).toBe(201)
  const file = (await response.json()) as { id: string; name: string; size: number; mime_type: string }
  expect(file).toMatchObject({ name: 'été.png', size: 200_000, mime_type: 'image/png' })
  expect(emulator.files.size).toBe(1)

  const message = { inputs: {}, query: 'what is this?', response_mode: 'blocking', user: 'bob', files: [{ type: 'image', transfer_method: 'local_file', upload_file_id: file.id }] }
  expect((await proxy(post('chat-messages', message))).status).toBe(200)
  const other = await proxy(post('chat-messages', message, { 'x-user': 'bob' }))
  expect(await other.clone().json()).toMatchObject({ message: 'Invalid upload file' })
  expect(await refusalIn(other)).toBe('400 invalid_param')
})

it('a streamed answer comes through', async () => {
  const { proxy } = rig()
  const response = await proxy(post('chat-messages', { inputs: {}, query: 'hello', response_mode: 'streaming' }))
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  expect(await response.text()).toContain('"event"')
})

it('a wrong key is the operator’s business', async () => {
  const { proxy } = rig({ apiKey: 'app-another' })
  expect(await refusalIn(await proxy(uploadOf()))).toBe('500 upstream_unauthorized')
})

it('a file over Dify’s own limit is refused with a sentence, first by Dify, then by what was learnt', async () => {
  const { emulator, proxy } = rig()
  const big = [{ ...A_FILE, content: new Uint8Array(15 * 1024 * 1024 + 1) }]
  for (const _ of [1, 2]) {
    const response = await proxy(uploadOf(big))
    expect(await response.clone().json()).toMatchObject({ message: expect.stringMatching(/larger than/) as unknown })
    expect(await refusalIn(response)).toBe('413 file_too_large')
  }
  expect(emulator.files.size).toBe(0)
})
