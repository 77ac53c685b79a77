import { describe, expect, it, vi } from 'vitest'
import { get, proxyBefore, refusalIn } from '../fixtures/askProxy.js'
import { difyJson, fakeDify } from '../fixtures/fakeDify.js'

const PATH = 'files/3ccd270f-781e-46af-b0b5-de67f3f684b4/preview'

function file(type: string, headers: Record<string, string> = {}) {
  return () => new Response('bytes', { headers: { 'content-type': type, 'x-version': '1.16.0', 'cache-control': 'public, max-age=3600', 'accept-ranges': 'bytes', ...headers } })
}

describe('GET files/:id/preview', () => {
  it('does not exist unless somebody says who may read', async () => {
    const dify = fakeDify({ [PATH]: file('image/png') })
    expect(await refusalIn(await proxyBefore(dify).proxy(get(PATH)))).toBe('404 not_found')
    expect(dify.seen).toEqual([])
  })

  it('asks mayRead for each file, and a no looks as if there were none', async () => {
    const dify = fakeDify({ [PATH]: file('image/png') })
    const mayRead = vi.fn<() => boolean>(() => false)
    const { proxy } = proxyBefore(dify, { preview: { mayRead } })
    expect(await refusalIn(await proxy(get(PATH)))).toBe('404 not_found')
    expect(mayRead).toHaveBeenCalledWith({ user: 'user-1', id: '3ccd270f-781e-46af-b0b5-de67f3f684b4', request: expect.any(Request) as unknown })
    expect(await refusalIn(await proxyBefore(dify, { preview: { mayRead: () => 'yes' as unknown as boolean } }).proxy(get(PATH)))).toBe('404 not_found')
    expect(await refusalIn(await proxyBefore(dify, { preview: { mayRead: () => Promise.reject(new Error('db')) } }).proxy(get(PATH)))).toBe('500 internal_server_error')
    expect(dify.seen).toEqual([])
  })

  it.each([
    ['image/png', 'inline'], ['image/jpeg', 'inline'], ['image/gif', 'inline'], ['image/webp', 'inline'], ['video/mp4', 'inline'], ['video/webm', 'inline'],
    ['audio/mpeg', 'inline'], ['audio/mp4', 'inline'], ['audio/wav', 'inline'], ['IMAGE/PNG; x=y', 'inline'],
    ['image/svg+xml', 'attachment'], ['text/html', 'attachment'], ['application/pdf', 'attachment'], ['application/xhtml+xml', 'attachment'], ['', 'attachment'], ['image/png, text/html', 'attachment'],
  ])('shows %j %s', async (type, disposition) => {
    const { proxy } = proxyBefore(fakeDify({ [PATH]: file(type) }), { preview: { mayRead: () => true } })
    const response = await proxy(get(PATH))
    expect(await response.text()).toBe('bytes')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-disposition': disposition, 'content-security-policy': "sandbox; default-src 'none'", 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store',
    })
    expect(response.headers.get('content-type')).toBe(disposition === 'inline' ? type.split(';')[0]!.toLowerCase() : 'application/octet-stream')
    expect(response.headers.get('accept-ranges')).toBeNull()
  })

  it('downloads under the file’s name, passing nothing else of the query', async () => {
    const dify = fakeDify({ [PATH]: file('image/png', { 'content-disposition': "attachment; filename*=UTF-8''na%C3%AFve%2F..%2F%22x%22.png" }) })
    const { proxy } = proxyBefore(dify, { preview: { mayRead: () => true } })
    const response = await proxy(get(`${PATH}?as_attachment=true&user=evil`))
    expect(dify.seen[0]!.path).toBe(`/v1/${PATH}?as_attachment=true`)
    expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''_x_.png")
  })

  it.each([
    ['not in a message yet', () => difyJson({ code: 'file_not_found', message: 'File not found in message context', status: 404 }, 404), '404 not_found'],
    ['of another app', () => difyJson({ code: 'file_access_denied', message: 'x', status: 403 }, 403), '404 not_found'],
    ['behind a wrong key', () => difyJson({ code: 'unauthorized', message: 'x', status: 401 }, 401), '500 upstream_unauthorized'],
    ['behind a wrong URL', () => new Response('<html>', { status: 404 }), '500 upstream_not_found'],
    ['elsewhere', () => new Response('', { status: 302, headers: { location: '/login' } }), '500 upstream_redirect'],
  ])('a file %s', async (_, answer, expected) => {
    const { proxy } = proxyBefore(fakeDify({ [PATH]: answer }), { preview: { mayRead: () => true } })
    expect(await refusalIn(await proxy(get(PATH)))).toBe(expected)
  })
})
