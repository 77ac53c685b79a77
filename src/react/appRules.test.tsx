import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { createUploader, DifyFileDrop, type AppParameters, type AxiosLike, type FileDropHandle } from '../index.js'
import { createRef } from 'react'
import { APP, button, createFakeServer, fileInput, fileOf, itemIn, pick, show } from './surface.fixture.js'

/** A proxy that answers each of its paths with a body, or a status for none. */
function proxy(answers: Record<string, unknown>): { axios: AxiosLike; asked: string[] } {
  const asked: string[] = []
  const axios: AxiosLike = {
    request: async (config) => {
      const path = config.url.replace('/api/dify/', '')
      asked.push(path)
      const answer = answers[path] ?? { id: `dify-${asked.length}`, size: 3 }
      const status = typeof answer === 'number' ? answer : path === 'files/upload' ? 201 : 200
      config.transformResponse[0]!(JSON.stringify(typeof answer === 'number' ? { code: 'not_found', message: '', status } : answer), { get: () => null }, status)
      return {}
    },
  }
  return { axios, asked }
}

const ANY: AppParameters = { ...APP, file_upload: { enabled: true, allowed_file_types: [] } }

test('§5.1 a workflow app that takes any type is asked for its mode, and takes no file that it has no name for', async () => {
  const { axios, asked } = proxy({ parameters: ANY, info: { mode: 'workflow' } })
  const handle = createRef<FileDropHandle>()
  show(<DifyFileDrop ref={handle} proxyUrl="/api/dify" axios={axios} />)
  await waitFor(() => expect(handle.current!.uploader.options.strict).toBe(true))
  expect(asked).toEqual(['parameters', 'info'])
  pick([fileOf('data.json'), fileOf('a.pdf')])
  expect((await itemIn('data.json', 'failed')).dataset['errorCode']).toBe('kind_not_allowed')
  await itemIn('a.pdf', 'uploaded')
})

test.each<[what: string, parameters: AppParameters, info: unknown, asked: string[]]>([
  ['a chat', ANY, { mode: 'chat' }, ['parameters', 'info']],
  ['a proxy without info', ANY, 404, ['parameters', 'info']],
  ['an app with types of its own, where it makes no difference', APP, { mode: 'workflow' }, ['parameters']],
])('%s is not strict', async (_, parameters, info, expected) => {
  const { axios, asked } = proxy({ parameters, info })
  const handle = createRef<FileDropHandle>()
  show(<DifyFileDrop ref={handle} proxyUrl="/api/dify" axios={axios} />)
  await waitFor(() => expect(asked).toEqual(expected))
  await waitFor(() => expect(handle.current!.uploader.rules.known).toBe(true))
  expect(handle.current!.uploader.options.strict).toBe(false)
})

test('a host that says so itself is believed, and nobody is asked', async () => {
  const { axios, asked } = proxy({ parameters: ANY, info: { mode: 'workflow' } })
  const handle = createRef<FileDropHandle>()
  show(<DifyFileDrop ref={handle} proxyUrl="/api/dify" axios={axios} strict={false} />)
  await waitFor(() => expect(handle.current!.uploader.rules.known).toBe(true))
  expect(asked).toEqual(['parameters'])
})

test('§4.5 a list is not compared strictly, so its app is not asked; a single file is', async () => {
  const form = (type: string): AppParameters => ({ ...APP, user_input_form: [{ [type]: { type, variable: 'contract', allowed_file_types: [] } }] })
  const list = proxy({ parameters: form('file-list'), info: { mode: 'workflow' } })
  const { unmount } = show(<DifyFileDrop proxyUrl="/api/dify" axios={list.axios} variable="contract" />)
  await waitFor(() => expect(list.asked).toEqual(['parameters']))
  unmount()
  const single = proxy({ parameters: form('file'), info: { mode: 'workflow' } })
  show(<DifyFileDrop proxyUrl="/api/dify" axios={single.axios} variable="contract" />)
  await waitFor(() => expect(single.asked).toEqual(['parameters', 'info']))
})

test('an app that ignores its pictures says so to people, and once to the developer', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const { uploader } = createFakeServer({ parameters: { file_upload: { image: { enabled: true, number_limits: 2 } } } })
  show(<><DifyFileDrop uploader={uploader} /><DifyFileDrop uploader={uploader} /></>)
  expect(uploader.rules.legacyImageOnly).toBe(true)
  for (const hint of screen.getAllByText(/Images up to 10 MB/)) expect(hint.textContent).toContain('Dify ignores')
  expect(warn).toHaveBeenCalledTimes(1)
  expect(warn.mock.calls[0]![0]).toContain('legacy image upload')
})

test('the words say who takes nothing, and what is taken instead', () => {
  const { uploader } = createFakeServer({ parameters: { file_upload: { enabled: false } } })
  show(<DifyFileDrop uploader={uploader} />)
  expect(button('Attach files')).toHaveAccessibleDescription('This app takes no files.')
  uploader.configure({ parameters: { file_upload: { enabled: true, allowed_file_upload_methods: ['remote_url'] } } })
  return waitFor(() => expect(button('Attach files')).toHaveAccessibleDescription('This app takes links only, no files from a device.'))
})

test('words and picker follow the rules of an input variable', () => {
  const { uploader } = createFakeServer({ parameters: { ...APP, file_upload: { enabled: false }, user_input_form: [{ file: { variable: 'contract', allowed_file_types: ['document'], required: true } }] } })
  show(<DifyFileDrop uploader={uploader} variable="contract" />)
  return waitFor(() => {
    expect(button('Attach files')).toHaveAccessibleDescription('Documents up to 15 MB, 1 file at most.')
    expect(fileInput().multiple).toBe(false)
    expect(fileInput().accept).toContain('.pdf')
  })
})

test('what the app refused is not let in while the app is asked anew', async () => {
  const uploader = createUploader({ send: async ({ name, size }) => ({ id: name, size: size! }) })
  const { axios } = proxy({ parameters: APP })
  const { unmount } = show(<DifyFileDrop uploader={uploader} proxyUrl="/api/dify" axios={axios} />)
  await waitFor(() => expect(uploader.rules.known).toBe(true))
  pick([fileOf('a.txt'), fileOf('virus.exe')])
  await itemIn('a.txt', 'uploaded')
  unmount()
  // Elsewhere, with a cache of its own that knows nothing yet.
  const statuses: string[] = []
  uploader.subscribe(() => statuses.push(uploader.entries.map((entry) => entry.status).join()))
  show(<QueryClientProvider client={new QueryClient()}><DifyFileDrop uploader={uploader} proxyUrl="/api/dify" axios={axios} /></QueryClientProvider>)
  await waitFor(() => expect(uploader.options.parameters).not.toBe('loading'))
  await itemIn('virus.exe', 'failed')
  expect(statuses.filter((it) => it !== 'uploaded,failed')).toEqual([])
})

test('the prop `required` leaves the other rules of a given engine as they are', async () => {
  const { uploader } = createFakeServer({ parameters: ANY, rules: { maxFiles: 2, kinds: ['image'] } })
  const { rerender } = show(<DifyFileDrop uploader={uploader} required />)
  await waitFor(() => expect(uploader.rules.required).toBe(true))
  expect(uploader.options.rules).toEqual({ maxFiles: 2, kinds: ['image'], required: true })
  rerender(<DifyFileDrop uploader={uploader} required={false} />)
  await waitFor(() => expect(uploader.rules.required).toBe(false))
  expect(uploader.rules.maxFiles.value).toBe(2)
})
