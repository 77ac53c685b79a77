import { dehydrate, hydrate, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { DifyFileDrop, infoQuery, parametersQuery } from '../index.js'
import { createDifyProxy } from '../server/index.js'
import { createDifyEmulator } from '../testing/index.js'

const proxyUrl = '/api/dify'

function createProxy() {
  const emulator = createDifyEmulator({
    apiKey: 'app-key',
    info: { mode: 'workflow' },
    parameters: { file_upload: { enabled: true, allowed_file_types: ['document'], number_limits: 2 }, system_parameters: { file_size_limit: 7 } },
  })
  return createDifyProxy({
    apiKey: emulator.apiKey, baseUrl: 'http://dify.invalid/v1', fetch: (input, init) => emulator.fetch(new Request(input, init)),
    authorize: () => ({ user: 'me' }), maxBytes: { document: 3 * 1024 * 1024 },
  })
}

const hintOf = (html: string): string | undefined => /<p[^>]*data-dfd-part="hint"[^>]*>([^<]*)/.exec(html)?.[1]

function paint(client: QueryClient): string {
  return renderToString(createElement(QueryClientProvider, { client }, createElement(DifyFileDrop, { proxyUrl })))
}

test('what the app accepts, prefetched on the server, is in the first paint there and in the browser', async () => {
  const proxy = createProxy()
  const onServer = new QueryClient()
  await onServer.prefetchQuery({ ...parametersQuery({ proxyUrl }), queryFn: () => proxy.parameters(new Request('https://chat.example/')) })
  const accepted = 'Documents up to 3 MB, 2 files at most.'
  expect(hintOf(paint(onServer))).toBe(accepted)

  const inBrowser = new QueryClient()
  hydrate(inBrowser, JSON.parse(JSON.stringify(dehydrate(onServer))))
  const html = paint(inBrowser)
  expect(hintOf(html)).toBe(accepted)
  // The native picker follows.
  expect(html).toMatch(/accept="\.txt,[^"]*\.pdf/)
  expect(html).not.toContain('image/*')
})

test('without it the first paint tells Dify\'s usual limits, and nothing is asked for while rendering', () => {
  expect(hintOf(paint(new QueryClient()))).toContain('Images up to 10 MB')
})

test('the queries can be seeded by hand', () => {
  const client = new QueryClient()
  client.setQueryData(parametersQuery({ proxyUrl }).queryKey, { file_upload: { enabled: false } })
  client.setQueryData(infoQuery({ proxyUrl }).queryKey, { mode: 'workflow' })
  expect(hintOf(paint(client))).toBe('This app takes no files.')
})
