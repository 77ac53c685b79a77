import { expect, test } from 'vitest'
import type { AppParameters } from '../dify/parameters.js'
import { createDifyEmulator, type AppMode } from '../testing/index.js'
import { createWorld } from './world.fixture.js'

const app = (allowed_file_types: string[], more: object = {}): AppParameters => ({ file_upload: { enabled: true, number_limits: 3, allowed_file_types, allowed_file_upload_methods: ['remote_url'], ...more } })

/** Sends what the engine makes of a link, to a Dify that finds a picture there, whatever the address says. */
async function follow(parameters: AppParameters, mode: AppMode, url: string): Promise<unknown> {
  const { uploader } = createWorld({ parameters, strict: mode === 'workflow' })
  const [entry] = uploader.add({ url })
  if (entry!.status === 'failed') return entry!.error.code
  const dify = createDifyEmulator({ apiKey: 'app-key', parameters, info: { mode }, remoteFile: () => ({ name: 'found', mime_type: 'image/png', size: 9 }) })
  const response = await dify.fetch(new Request(`${dify.baseUrl}/${mode === 'workflow' ? 'workflows/run' : 'chat-messages'}`, {
    method: 'POST',
    headers: { authorization: 'Bearer app-key', 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'me', query: 'Look', inputs: {}, response_mode: 'blocking', files: uploader.take() }),
  }))
  return response.status === 200 ? dify.messages[0]!.files.map((it) => it.type) : await response.json()
}

const MODES: readonly AppMode[] = ['chat', 'advanced-chat', 'workflow']

test.each(MODES)('a link whose address tells no type is Dify\'s to look at (%s)', async (mode) => {
  expect(await follow(app(['image']), mode, 'https://files.example/download?id=7')).toEqual(['image'])
})

test('a link that ends in what the app does not take is refused at once, and one that merely might be is not', async () => {
  expect(await follow(app(['image']), 'chat', 'https://files.example/film.mp4')).toBe('kind_not_allowed')
  expect(await follow(app(['image']), 'chat', 'https://files.example/show.php')).toEqual(['image'])
  expect(await follow(app(['document'], { enabled: false }), 'chat', 'https://files.example/a.pdf')).toBe('uploads_disabled')
  expect(await follow(app(['document'], { allowed_file_upload_methods: ['local_file'] }), 'chat', 'https://files.example/a.pdf')).toBe('uploads_disabled')
})

test.each(['ftp://files.example/a.pdf', 'javascript:alert(1)', 'data:,x', 'a.pdf', ''])('%j is no link', (url) => {
  const { uploader } = createWorld()
  expect(uploader.add({ url })[0]).toMatchObject({ status: 'failed', error: { code: 'file_name_invalid', facts: { reason: 'not_a_link' } } })
})
