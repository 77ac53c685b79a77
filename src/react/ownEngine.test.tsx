import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { screen, waitFor } from '@testing-library/react'
import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test, vi } from 'vitest'
import { DifyFileDrop, parametersQuery, type AxiosLike, type Send } from '../index.js'
import { APP, createFakeServer, fileOf, itemIn, itemOf, pick, show } from './surface.fixture.js'

/** An axios instance whose server is this function. */
function axiosOf(answer: (url: string, signal: AbortSignal | undefined) => Promise<{ status: number; body: unknown }>): AxiosLike {
  return {
    request: async (config) => {
      const { status, body } = await answer(config.url, config.signal)
      config.transformResponse[0]!(JSON.stringify(body), { get: () => null }, status)
      return {}
    },
  }
}

afterEach(() => vi.useRealTimers())

test('with a proxyUrl alone it asks what the app accepts, says it, and uploads there', async () => {
  const asked: string[] = []
  const axios = axiosOf(async (url) => {
    asked.push(url)
    return url.endsWith('/parameters') ? { status: 200, body: APP } : { status: 201, body: { id: 'from-proxy', size: 3 } }
  })
  const onUploaded = vi.fn()
  show(<StrictMode><DifyFileDrop proxyUrl="/api/dify" axios={axios} onUploaded={onUploaded} /></StrictMode>)
  await screen.findByText('Images up to 10 MB, documents up to 15 MB, 3 files at most.')
  pick([fileOf('a.txt')])
  await itemIn('a.txt', 'uploaded')
  expect(asked).toEqual(['/api/dify/parameters', '/api/dify/files/upload'])
  expect(onUploaded).toHaveBeenCalledTimes(1)
  expect(onUploaded.mock.calls[0]![0]).toMatchObject({ id: 'from-proxy' })
})

test('with `sendFile` files go as the host says, and only the rules are asked for by axios', async () => {
  const asked: string[] = []
  const axios = axiosOf(async (url) => {
    asked.push(url)
    return { status: 200, body: APP }
  })
  const sent: string[] = []
  const sendFile: Send = async ({ file, name, onProgress }) => {
    sent.push(name)
    onProgress(file.size)
    return { id: 'in-pieces', name, size: file.size }
  }
  const onUploaded = vi.fn()
  show(<StrictMode><DifyFileDrop proxyUrl="/api/dify" axios={axios} sendFile={sendFile} onUploaded={onUploaded} /></StrictMode>)
  pick([fileOf('a.txt')])
  const item = await itemIn('a.txt', 'uploaded')
  expect(item.closest('[sendfile]')).toBeNull()
  expect(sent).toEqual(['a.txt'])
  expect(asked).toEqual(['/api/dify/parameters'])
  expect(onUploaded.mock.calls).toMatchObject([[{ id: 'in-pieces' }, {}]])
})

test('files that come before the app’s rules wait for them and are then judged by them', async () => {
  let tell: () => void = () => undefined
  const axios = axiosOf(async (url) => {
    if (url.endsWith('/parameters')) await new Promise<void>((resolve) => { tell = resolve })
    return url.endsWith('/parameters') ? { status: 200, body: APP } : { status: 201, body: { id: 'x', size: 3 } }
  })
  show(<DifyFileDrop proxyUrl="/api/dify" axios={axios} />)
  pick([fileOf('song.mp3'), fileOf('a.txt')])
  await itemIn('song.mp3', 'queued')
  tell()
  const refused = await itemIn('song.mp3', 'failed')
  await waitFor(() => expect(refused).toHaveAccessibleDescription(/does not take \.mp3/))
  await itemIn('a.txt', 'uploaded')
})

test('an app whose rules can’t be had takes files all the same, without noise', async () => {
  const axios = axiosOf(async (url) => (url.endsWith('/parameters') ? { status: 404, body: { code: 'not_found', message: '', status: 404 } } : { status: 201, body: { id: 'x', size: 3 } }))
  const error = vi.spyOn(console, 'error')
  show(<DifyFileDrop proxyUrl="/api/dify" axios={axios} />)
  pick([fileOf('anything.xyz')])
  await waitFor(() => itemIn('anything.xyz', 'uploaded'), { timeout: 4000 })
  expect(error).not.toHaveBeenCalled()
  expect(screen.queryByRole('alert')?.textContent).toBe('')
})

test('the host’s QueryClient is used, and seeded rules need no request', async () => {
  const client = new QueryClient()
  client.setQueryData(parametersQuery({ proxyUrl: '/api/dify' }).queryKey, APP)
  const axios = axiosOf(async () => ({ status: 500, body: {} }))
  show(<QueryClientProvider client={client}><DifyFileDrop proxyUrl="/api/dify" axios={axios} /></QueryClientProvider>)
  expect(await screen.findByText(/documents up to 15 MB, 3 files at most/)).toBeVisible()
})

test('its own engine is paused a second after it is gone, a host’s never', async () => {
  let aborted = 0
  const axios = axiosOf((url, signal) => {
    if (url.endsWith('/parameters')) return Promise.resolve({ status: 200, body: APP })
    return new Promise((_, reject) => signal?.addEventListener('abort', () => {
      aborted++
      reject(new Error('aborted'))
    }))
  })
  const fake = createFakeServer()
  const { unmount } = show(<><DifyFileDrop proxyUrl="/api/dify" axios={axios} /><div data-testid="host"><DifyFileDrop uploader={fake.uploader} /></div></>)
  pick([fileOf('own.txt')], document.querySelectorAll<HTMLInputElement>('input[type="file"]')[0])
  await itemIn('own.txt', 'uploading')
  pick([fileOf('hosts.txt')], screen.getByTestId('host').querySelector<HTMLInputElement>('input[type="file"]')!)
  const { signal } = await fake.delivery('hosts.txt')
  unmount()
  expect(aborted).toBe(0)
  await waitFor(() => expect(aborted).toBe(1), { timeout: 2000 })
  expect(signal.aborted).toBe(false)
})

test('it renders on a server and hydrates without a warning', async () => {
  const error = vi.spyOn(console, 'error')
  const { uploader } = createFakeServer({ initial: [{ id: 'sent', name: 'sent before.pdf', size: 2048 }] })
  const tree = <><DifyFileDrop uploader={uploader} /><DifyFileDrop uploader={uploader} layout="composer" dropTarget="page"><textarea aria-label="Message" /></DifyFileDrop></>
  const html = renderToString(tree)
  expect(html).toContain('sent before.pdf')
  // A strict Content-Security-Policy blocks style attributes in HTML.
  expect(html).not.toContain('style=')
  const container = document.body.appendChild(document.createElement('div'))
  container.innerHTML = html
  const root = hydrateRoot(container, tree)
  pick([fileOf('a.txt')])
  await waitFor(() => itemOf('a.txt'))
  expect(error).not.toHaveBeenCalled()
  root.unmount()
  container.remove()
})

test('an option that is taken away is what it was by default', async () => {
  const axios = axiosOf(async (url) => (url.endsWith('/parameters') ? { status: 200, body: APP } : { status: 201, body: { id: 'there', size: 3 } }))
  const { rerender } = show(<DifyFileDrop proxyUrl="/api/dify" axios={axios} autoUpload={false} />)
  pick([fileOf('a.txt')])
  await itemIn('a.txt', 'queued')
  rerender(<DifyFileDrop proxyUrl="/api/dify" axios={axios} />)
  expect(await itemIn('a.txt', 'uploaded')).toBeTruthy()
})
