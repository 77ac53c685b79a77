import { describe, expect, it, vi } from 'vitest'
import { A_FILE, KEY, proxyBefore, refusalIn, uploadOf } from '../fixtures/askProxy.js'
import { difyJson, early, fakeDify, formIn, PARAMETERS, UPLOADED } from '../fixtures/fakeDify.js'
import { BOUNDARY, formOf, inChunksOf, join, latin1 } from '../fixtures/forms.js'

const MIB = 1024 * 1024

describe('an upload', () => {
  it('reaches Dify as the server’s user and one file, and Dify’s answer comes back unchanged with 201', async () => {
    const dify = fakeDify()
    const { proxy, events } = proxyBefore(dify)
    const response = await proxy(uploadOf())
    expect(response.status).toBe(201)
    expect(await response.json()).toEqual(UPLOADED)
    expect(response.headers.get('x-version')).toBe('1.16.0')
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(formIn(dify.uploads[0]!)).toEqual({ user: 'user-1', file: { name: 'file', filename: 'a.txt', type: 'text/plain', content: 'hi' } })
    expect(dify.uploads[0]!.headers.get('authorization')).toBe(`Bearer ${KEY}`)
    await vi.waitFor(() => expect(events).toHaveLength(1))
    expect(events[0]).toMatchObject({ level: 'info', route: 'upload', bytes: 2, status: 201, code: null, upstreamStatus: 201, id: response.headers.get('x-request-id') })
    expect(events[0]!.user).toMatch(/^[0-9a-f]{16}$/)
  })

  it('never carries the client’s boundary, and a different one each time', async () => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify)
    await proxy(uploadOf())
    await proxy(uploadOf())
    const types = dify.uploads.map(({ headers }) => headers.get('content-type'))
    expect(types.join(' ')).not.toContain(BOUNDARY)
    expect(types[0]).not.toBe(types[1])
  })

  it('is the same whichever way its bytes are cut', async () => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify)
    const content = `x\r\n--${BOUNDARY}x\r\n--${BOUNDARY.slice(0, -1)}\r\r\n\n--${BOUNDARY}\n`
    const body = formOf([{ name: 'note', content: 'dropped' }, { ...A_FILE, content }, { name: 'after', content: 'dropped too' }])
    for (let size = 1; size <= 80; size++) {
      const response = await proxy(uploadOf(body, { chunks: inChunksOf(body, size) }))
      expect(response.status).toBe(201)
    }
    for (let at = 1; at < body.length; at++) {
      const response = await proxy(uploadOf(body, { chunks: [body.slice(0, at), body.slice(at)] }))
      expect(response.status).toBe(201)
    }
    for (const upload of dify.uploads) expect(formIn(upload)).toMatchObject({ user: 'user-1', file: { content } })
    expect(dify.uploads).toHaveLength(80 + body.length - 1)
  })

  it('has an exact Content-Length upstream whenever it had one, and is chunked otherwise', async () => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify)
    const forms = [
      [A_FILE],
      [{ name: 'user', content: 'someone else' }, A_FILE, { name: 'x', content: 'y'.repeat(5000) }],
    ].map((parts) => formOf(parts))
    const bodies = [...forms, join('preamble\r\n', forms[0]!, 'epilogue '.repeat(99))]
    for (const body of bodies) {
      expect((await proxy(uploadOf(body))).status).toBe(201)
      // The fake compares the header with what it read.
      expect(dify.uploads.at(-1)!.headers.get('content-length')).toBe(String(dify.uploads.at(-1)!.body.length))
      expect((await proxy(uploadOf(body, { length: false }))).status).toBe(201)
      expect(dify.uploads.at(-1)!.headers.get('content-length')).toBeNull()
    }
    for (const upload of dify.uploads) expect(formIn(upload)).toMatchObject({ user: 'user-1', file: { content: 'hi' } })
  })

  it('of 0 bytes passes', async () => {
    const dify = fakeDify()
    expect((await proxyBefore(dify).proxy(uploadOf([{ ...A_FILE, content: '' }]))).status).toBe(201)
    expect(formIn(dify.uploads[0]!).file.content).toBe('')
  })

  it('has every byte value in it unchanged', async () => {
    const dify = fakeDify()
    const content = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 256)
    await proxyBefore(dify).proxy(uploadOf([{ ...A_FILE, content }], { chunks: inChunksOf(formOf([{ ...A_FILE, content }]), 4099) }))
    expect(formIn(dify.uploads[0]!).file.content).toBe(latin1(content))
  })

  it('can have parts of its answer withheld', async () => {
    const { proxy } = proxyBefore(fakeDify(), { withhold: ['source_url', 'tenant_id'] })
    expect(await (await proxy(uploadOf())).json()).toEqual({ ...UPLOADED, source_url: null, tenant_id: null })
  })

  it.each([
    ['a user in a field', [{ name: 'user', content: 'admin' }, A_FILE]],
    ['a user behind the file', [A_FILE, { name: 'user', content: 'admin' }]],
    ['a user behind a bare LF', [{ ...A_FILE, content: `hi\n--${BOUNDARY}\nContent-Disposition: form-data; name="user"\n\nadmin` }]],
    ['a user behind a bare CR', [{ ...A_FILE, content: `hi\r--${BOUNDARY}\rContent-Disposition: form-data; name="user"\r\radmin` }]],
    ['a user behind a padded boundary', [{ ...A_FILE, content: `hi\r\n--${BOUNDARY}  \r\nContent-Disposition: form-data; name="user"\r\n\r\nadmin` }]],
    ['an end behind a padded boundary', [{ ...A_FILE, content: `hi\r\n--${BOUNDARY} --\r\n` }]],
    ['a user in a field’s content', [{ name: 'x', content: `y\n--${BOUNDARY}\nContent-Disposition: form-data; name="user"\n\nadmin` }, A_FILE]],
    ['a user behind a boundary’s prefix', [{ ...A_FILE, content: `\r\n--${BOUNDARY.slice(0, -1)}\r\n--${BOUNDARY}x\r\n\r\n` }]],
  ])('keeps the server’s user, whatever the client smuggles: %s', async (_, parts) => {
    const dify = fakeDify()
    const body = formOf(parts)
    expect((await proxyBefore(dify).proxy(uploadOf(body, { chunks: inChunksOf(body, 7) }))).status).toBe(201)
    const file = parts.find(({ name }) => name === 'file')!
    expect(formIn(dify.uploads[0]!)).toMatchObject({ user: 'user-1', file: { content: file.content } })
  })

  it.each([
    ['two files of one name', [A_FILE, A_FILE], '400 too_many_files'],
    ['two files of different names', [A_FILE, { ...A_FILE, name: 'other' }], '400 too_many_files'],
    ['a user sent as a file, behind', [A_FILE, { ...A_FILE, name: 'user' }], '400 too_many_files'],
    ['a user sent as a file, in front', [{ ...A_FILE, name: 'user' }, A_FILE], '400 too_many_files'],
    ['a file by another name', [{ ...A_FILE, name: 'upload' }], '400 no_file_uploaded'],
    ['a file without a filename', [{ name: 'file', content: 'hi' }], '400 no_file_uploaded'],
    ['no file', [{ name: 'user', content: 'me' }], '400 no_file_uploaded'],
    ['17 fields', [...Array.from({ length: 17 }, (_, i) => ({ name: `f${i}`, content: '' })), A_FILE], '400 invalid_param'],
    ['17 fields around the file', [...Array.from({ length: 9 }, (_, i) => ({ name: `f${i}`, content: '' })), A_FILE, ...Array.from({ length: 8 }, (_, i) => ({ name: `g${i}`, content: '' }))], '400 invalid_param'],
    ['10 000 parts', Array.from({ length: 10_000 }, () => ({ name: 'x', content: '' })), '400 invalid_param'],
    ['a field over 64 KiB', [{ name: 'x', content: 'y'.repeat(65 * 1024) }, A_FILE], '400 invalid_param'],
    ['a header over 16 KiB', [{ ...A_FILE, headers: `Content-Disposition: form-data; name="file"; filename="a.txt"\r\nX: ${'y'.repeat(17 * 1024)}` }], '400 no_file_uploaded'],
    ['an encoded part', [{ ...A_FILE, headers: 'Content-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Transfer-Encoding: base64' }], '400 no_file_uploaded'],
    ['a part without a disposition', [{ ...A_FILE, headers: 'Content-Type: text/plain' }], '400 no_file_uploaded'],
    ['a part without headers', [{ ...A_FILE, headers: '' }], '400 no_file_uploaded'],
    ['two dispositions', [{ ...A_FILE, headers: 'Content-Disposition: form-data; name="x"\r\nContent-Disposition: form-data; name="file"; filename="a"' }], '400 no_file_uploaded'],
    ['a second name inside its filename', [{ ...A_FILE, filename: '; name="user' }], '400 no_file_uploaded'],
    ['a NUL in a header', [{ ...A_FILE, filename: 'a\0.txt' }], '400 no_file_uploaded'],
  ])('with %s is refused and never completes upstream', async (_, parts, expected) => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify)
    expect(await refusalIn(await proxy(uploadOf(parts)))).toBe(expected)
    expect(await refusalIn(await proxy(uploadOf(parts, { length: false })))).toBe(expected)
    expect(dify.uploads).toEqual([])
  })

  it('with 16 fields passes', async () => {
    const dify = fakeDify()
    const fields = Array.from({ length: 16 }, (_, i) => ({ name: `f${i}`, content: 'x' }))
    expect((await proxyBefore(dify).proxy(uploadOf([...fields, A_FILE]))).status).toBe(201)
  })

  it('that is cut off anywhere is 400 and never completes upstream', async () => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify)
    const body = formOf([A_FILE, { name: 'x', content: 'y' }])
    for (let at = 0; at < body.length - 2; at++) {
      for (const length of [false, true, body.length]) {
        const part = body.slice(0, at)
        expect(await refusalIn(await proxy(uploadOf(part, { length })))).toBe('400 no_file_uploaded')
      }
    }
    expect(dify.uploads).toEqual([])
  })

  it('that is longer than it said never completes upstream', async () => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify)
    const body = formOf([{ ...A_FILE, content: 'x'.repeat(1000) }])
    expect(await refusalIn(await proxy(uploadOf(body, { length: body.length - 500 })))).toBe('400 no_file_uploaded')
    expect(await refusalIn(await proxy(uploadOf(body, { length: body.length - 3 })))).toBe('400 no_file_uploaded')
    expect(dify.uploads).toEqual([])
  })

  it.each(['1, 1', 'x', '-1', '1e3'])('with the Content-Length %j is refused', async (length) => {
    const dify = fakeDify()
    expect(await refusalIn(await proxyBefore(dify).proxy(uploadOf([A_FILE], { length })))).toBe('400 invalid_param')
    expect(dify.uploads).toEqual([])
  })

  it('with Transfer-Encoding beside a Content-Length goes by neither', async () => {
    const dify = fakeDify()
    expect((await proxyBefore(dify).proxy(uploadOf([A_FILE], { length: 5, headers: { 'transfer-encoding': 'chunked' } }))).status).toBe(201)
    expect(dify.uploads[0]!.headers.get('content-length')).toBeNull()
  })

  it.each([
    'application/json', 'multipart/form-data', 'multipart/mixed; boundary=x', 'multipart/form-data; boundary=""',
    `multipart/form-data; boundary=${'x'.repeat(71)}`, 'multipart/form-data; boundary=a; boundary=b', 'multipart/form-data; boundary="a\tb"',
  ])('as %s is refused', async (type) => {
    const dify = fakeDify()
    const response = await proxyBefore(dify).proxy(uploadOf([A_FILE], { headers: { 'content-type': type } }))
    expect(await refusalIn(response)).toBe('400 no_file_uploaded')
    expect(dify.uploads).toEqual([])
  })
})

describe('the file’s name and type', () => {
  it.each([
    ['C:\\dir\\a.txt', 'a.txt'],
    ['../../etc/a.txt', 'a.txt'],
    ['a:b*c?.txt', 'a_b_c_.txt'],
    ['a%22b%0D%0Ac.txt', 'a_b__c.txt'],
    ['a\\"b.txt', 'a_b.txt'],
    ['x; filename=y.txt', 'x; filename=y.txt'],
    ['\u202etxt.exe', '_txt.exe'],
    ['cafe\u0301.txt', 'café.txt'],
    ['日本語 😀.txt', '日本語 😀.txt'],
    ['', 'file.txt'],
  ])('%j becomes %j', async (filename, expected) => {
    const dify = fakeDify()
    const response = await proxyBefore(dify).proxy(uploadOf([{ ...A_FILE, filename }]))
    expect(response.status).toBe(201)
    expect(Buffer.from(formIn(dify.uploads[0]!).file.filename!, 'latin1').toString()).toBe(expected)
  })

  it.each([
    [`filename*=UTF-8''na%C3%AFve.txt`, 'naïve.txt'],
    [`filename="plain.txt"; filename*=UTF-8''other.txt`, 'plain.txt'],
    [`filename*=UTF-8''%ff.txt`, '_.txt'],
    [`filename*=latin1''x.txt`, 'file'],
    ['filename=bare.txt', 'bare.txt'],
  ])('%s is read', async (parameter, expected) => {
    const dify = fakeDify()
    const headers = `Content-Disposition: form-data; name="file"; ${parameter}`
    expect((await proxyBefore(dify).proxy(uploadOf([{ ...A_FILE, headers }]))).status).toBe(201)
    expect(Buffer.from(formIn(dify.uploads[0]!).file.filename!, 'latin1').toString()).toBe(expected)
  })

  it('bytes that are not UTF-8 become underscores', async () => {
    const dify = fakeDify()
    const body = join(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a`, Uint8Array.of(0xff, 0xfe), `b.txt"\r\n\r\nhi\r\n--${BOUNDARY}--`)
    expect((await proxyBefore(dify).proxy(uploadOf(body))).status).toBe(201)
    expect(formIn(dify.uploads[0]!).file.filename).toBe('a__b.txt')
  })

  it.each([
    ['a.png', undefined, 'image/png'],
    ['a.md', 'application/octet-stream', 'text/markdown'],
    ['a.txt', 'TEXT/PLAIN; charset=utf-8', 'text/plain'],
    ['a.bin', '', 'application/octet-stream'],
    ['a.csv', 'application/vnd.ms-excel', 'text/csv'],
  ])('%s sent as %j travels as %s', async (filename, type, expected) => {
    const dify = fakeDify()
    await proxyBefore(dify).proxy(uploadOf([{ name: 'file', filename, content: 'x', ...(type === undefined ? {} : { type }) }]))
    expect(formIn(dify.uploads[0]!).file.type).toBe(expected)
  })
})

describe('the size of a file', () => {
  const caps = { maxBytes: { image: 100, document: 100_000, audio: 100_000, video: 200_000 } }
  const image = (size: number) => [{ name: 'file', filename: 'a.png', type: 'image/png', content: new Uint8Array(size) }]

  it('may be exactly the cap of its category', async () => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify, caps)
    expect((await proxy(uploadOf(image(100)))).status).toBe(201)
    expect((await proxy(uploadOf(image(100), { length: false }))).status).toBe(201)
  })

  it('one byte over it is refused, counted while it streams, and never completes upstream', async () => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify, caps)
    for (const length of [true, false]) {
      const response = await proxy(uploadOf(image(101), { length }))
      expect(await response.clone().json()).toMatchObject({ message: 'The file is larger than the limit of 100 bytes for images.' })
      expect(await refusalIn(response)).toBe('413 file_too_large')
    }
    expect(dify.uploads).toEqual([])
  })

  it('is refused before a byte is read when the Content-Length exceeds every cap', async () => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify, caps)
    let isRead = false
    async function* chunks() {
      isRead = true
      yield new Uint8Array(1)
      await new Promise(() => {})
    }
    const response = await proxy(uploadOf([], { chunks: chunks(), length: 200_000 + 64 * 1024 + 1 }))
    expect(await refusalIn(response)).toBe('413 file_too_large')
    expect(dify.seen.filter(({ path }) => path.endsWith('upload'))).toEqual([])
    void isRead
  })

  it('is refused after the part’s headers when the Content-Length leaves no doubt', async () => {
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify, caps)
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n`
    async function* chunks() {
      yield join(head)
      await new Promise(() => {})
    }
    expect(await refusalIn(await proxy(uploadOf([], { chunks: chunks(), length: 150_000 })))).toBe('413 file_too_large')
    expect(dify.seen.filter(({ path }) => path.endsWith('upload'))).toEqual([])
  })

  it('is judged by Dify’s own limits once they are learnt, and the stricter cap wins', async () => {
    const dify = fakeDify({ parameters: () => difyJson({ ...PARAMETERS, system_parameters: { ...PARAMETERS.system_parameters, image_file_size_limit: 1 } }) })
    const { proxy } = proxyBefore(dify, { maxBytes: { image: 5 * MIB } })
    expect((await proxy(uploadOf(image(2 * MIB)))).status).toBe(201)
    await vi.waitFor(() => expect(dify.seen.some(({ path }) => path === '/v1/parameters')).toBe(true))
    await vi.waitFor(async () => expect((await proxy(uploadOf(image(MIB + 1)))).status).toBe(413))
    expect((await proxy(uploadOf(image(MIB)))).status).toBe(201)
    expect(dify.seen.filter(({ path }) => path === '/v1/parameters')).toHaveLength(1)
  })

  it('that Dify refuses with an empty message gets a sentence', async () => {
    const dify = fakeDify({ 'files/upload': () => difyJson({ code: 'file_too_large', message: '', status: 413 }, 413) })
    const { proxy } = proxyBefore(dify, { maxBytes: { document: MIB } })
    const response = await proxy(uploadOf())
    expect(response.headers.get('x-dify-file-drop-from')).toBe('dify')
    expect(await response.json()).toEqual({ code: 'file_too_large', message: 'The file is larger than the limit of 1 MB for documents and other files.', status: 413 })
  })
})

describe('while an upload is on its way', () => {
  /** A client that sends the head and then waits for `more`. */
  function slowly() {
    let resolve!: (chunk: Uint8Array | null) => void
    const more = new Promise<Uint8Array | null>((yes) => {
      resolve = yes
    })
    async function* chunks() {
      yield join(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nfirst`)
      const chunk = await more
      if (chunk !== null) yield chunk
    }
    return { chunks: chunks(), send: resolve }
  }

  it('its head and first bytes go to Dify before the rest has come', async () => {
    let first!: (chunk: string) => void
    const came = new Promise<string>((resolve) => {
      first = resolve
    })
    const client = slowly()
    const fetch = async (_: unknown, init?: RequestInit) => {
      if (init?.method !== 'POST') return difyJson(PARAMETERS)
      const reader = (init.body as ReadableStream<Uint8Array>).getReader()
      let text = ''
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return difyJson(UPLOADED, 201)
        text += latin1(value)
        if (text.includes('first')) first(text)
      }
    }
    const { proxy } = proxyBefore({ fetch })
    const answer = proxy(uploadOf([], { chunks: client.chunks, length: false }))
    expect(await came).toContain('name="user"\r\n\r\nuser-1\r\n')
    client.send(join(`\r\n--${BOUNDARY}--`))
    expect((await answer).status).toBe(201)
  })

  it('the client leaving aborts the request to Dify at once', async () => {
    const client = slowly()
    const dify = fakeDify({ 'files/upload': early(() => new Promise(() => {})) })
    const { proxy, events } = proxyBefore(dify)
    const leaving = new AbortController()
    const answer = proxy(uploadOf([], { chunks: client.chunks, length: false, signal: leaving.signal }))
    await vi.waitFor(() => expect(dify.seen.some(({ path }) => path.endsWith('upload'))).toBe(true))
    leaving.abort()
    await answer
    expect(dify.seen.find(({ path }) => path.endsWith('upload'))!.signal.aborted).toBe(true)
    await vi.waitFor(() => expect(events[0]).toMatchObject({ status: 499, code: 'client_gone', level: 'warn' }))
  })

  it('an early refusal of Dify’s is answered at once, the request to Dify ends, and the rest is read and dropped', async () => {
    let dropped = 0
    async function* chunks() {
      yield join(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n`)
      for (; dropped < 50; dropped++) yield new Uint8Array(1000)
    }
    const dify = fakeDify({ 'files/upload': early(() => new Response('<html>413</html>', { status: 413, headers: { 'content-type': 'text/html' } })) })
    const { proxy } = proxyBefore(dify)
    const response = await proxy(uploadOf([], { chunks: chunks(), length: false }))
    expect(response.headers.get('x-dify-file-drop-from')).toBe('gateway')
    expect(await refusalIn(response)).toBe('413 gateway_too_large')
    expect(dify.seen.find(({ path }) => path.endsWith('upload'))!.signal.aborted).toBe(true)
    await vi.waitFor(() => expect(dropped).toBe(50))
  })

  it('what is read and dropped is bounded', async () => {
    let sent = 0
    async function* chunks() {
      for (;;) {
        sent += 1000
        yield new Uint8Array(1000)
      }
    }
    const { proxy } = proxyBefore(fakeDify(), { authorize: () => null, drain: { bytes: 10_000 } })
    expect(await refusalIn(await proxy(uploadOf([], { chunks: chunks(), length: false })))).toBe('401 unauthorized')
    await vi.waitFor(() => expect(sent).toBe(11_000))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(sent).toBe(11_000)
  })

  it('success before the file was whole is no success', async () => {
    const client = slowly()
    const dify = fakeDify({ 'files/upload': early(() => difyJson(UPLOADED, 201)) })
    const { proxy } = proxyBefore(dify, { timeouts: { stall: 30 } })
    const response = await proxy(uploadOf([], { chunks: client.chunks, length: false }))
    expect(response.status).toBeGreaterThanOrEqual(400)
  })

  it('a client that stops sending gets 408, and nothing completes upstream', async () => {
    const client = slowly()
    const dify = fakeDify()
    const { proxy } = proxyBefore(dify, { timeouts: { stall: 30 }, drain: { ms: 10 } })
    expect(await refusalIn(await proxy(uploadOf([], { chunks: client.chunks, length: false })))).toBe('408 gateway_timeout')
    expect(dify.uploads).toEqual([])
  })

  it.each([
    ['takes no bytes', early(() => new Promise<Response>(() => {})), 'connect'],
    ['reads everything and never answers', () => new Promise<Response>(() => {}), 'answer'],
    ['answers without end', () => new Response(new ReadableStream({ start() {} }), { status: 201 }), 'idle'],
    ['takes longer than all of it may', () => new Promise<Response>(() => {}), 'total'],
  ] as const)('a Dify that %s is 504', async (_, answer, timeout) => {
    const dify = fakeDify({ 'files/upload': answer })
    const { proxy } = proxyBefore(dify, { timeouts: { [timeout]: 30 } })
    expect(await refusalIn(await proxy(uploadOf()))).toBe('504 gateway_timeout')
    expect(dify.seen.find(({ path }) => path.endsWith('upload'))!.signal.aborted).toBe(true)
  })
})

describe('what Dify or something before it answers', () => {
  const html = (status: number, headers: Record<string, string> = {}) => () => new Response('<html>nginx</html>', { status, headers: { 'content-type': 'text/html', ...headers } })
  const envelope = (status: number, code: string, message = 'secret internal text') => () => difyJson({ code, message, status }, status)

  it.each([
    ['Dify’s 401', envelope(401, 'unauthorized', 'Access token is invalid'), '500 upstream_unauthorized'],
    ['a gateway’s 401', html(401), '500 upstream_unauthorized'],
    ['Dify’s 403', envelope(403, 'forbidden'), '500 upstream_forbidden'],
    ['a gateway’s 403', html(403), '500 upstream_forbidden'],
    ['404', html(404), '500 upstream_not_found'],
    ['405', envelope(405, 'method_not_allowed'), '500 upstream_not_found'],
    ['a redirect', html(302, { location: 'https://elsewhere.example/' }), '500 upstream_redirect'],
    ['200 HTML', html(200), '500 upstream_not_dify'],
    ['201 without an id', () => difyJson({ name: 'x' }, 201), '500 upstream_not_dify'],
    ['an envelope with status 200', () => difyJson({ code: 'file_too_large', message: '', status: 413 }, 200), '500 upstream_not_dify'],
    ['a gateway’s 400', html(400), '500 upstream_not_dify'],
    ['a gateway’s 413', html(413), '413 gateway_too_large'],
    ['Dify’s 413', envelope(413, 'file_too_large'), '413 file_too_large'],
    ['Dify’s other 413', envelope(413, 'request_entity_too_large'), '413 request_entity_too_large'],
    ['415', envelope(415, 'unsupported_file_type'), '415 unsupported_file_type'],
    ['400', envelope(400, 'invalid_param'), '400 invalid_param'],
    ['400 too many', envelope(400, 'invalid_param', 'Too many requests. Please try again later.'), '429 too_many_requests'],
    ['a quota', envelope(429, 'rate_limit_error'), '429 rate_limit_error'],
    ['a gateway’s 429', html(429), '429 too_many_requests'],
    ['408', html(408), '408 gateway_timeout'],
    ['504', html(504), '504 gateway_timeout'],
    ['524', html(524), '504 gateway_timeout'],
    ['502', html(502), '502 upstream_unavailable'],
    ['503', html(503), '503 upstream_unavailable'],
    ['522', html(522), '502 upstream_unavailable'],
    ['Dify’s 500', envelope(500, 'unknown', 'Internal Server Error'), '500 unknown'],
    ['a later code', envelope(400, 'app_unavailable'), '400 app_unavailable'],
    ['a later 5xx code', envelope(507, 'out_of_space'), '507 out_of_space'],
    ['refused', () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }) })), '502 upstream_unavailable'],
    ['a timeout of the transport’s', () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'UND_ERR_CONNECT_TIMEOUT' }) })), '504 gateway_timeout'],
  ])('%s', async (_, answer, expected) => {
    const { proxy, events } = proxyBefore(fakeDify({ 'files/upload': answer }))
    const response = await proxy(uploadOf())
    const text = await response.clone().text()
    expect(text).not.toMatch(/secret|nginx|html/)
    expect(response.headers.get('location')).toBeNull()
    expect(response.headers.get('x-dify-file-drop-from')).toMatch(/^(dify|gateway)$/)
    expect(await refusalIn(response)).toBe(expected)
    await vi.waitFor(() => expect(events[0]!.detail).not.toBeNull())
  })

  it('Retry-After passes', async () => {
    const { proxy } = proxyBefore(fakeDify({ 'files/upload': html(429, { 'retry-after': '7' }) }))
    expect((await proxy(uploadOf())).headers.get('retry-after')).toBe('7')
  })

  it('a message that is known to be harmless passes, any other goes to the log', async () => {
    const known = proxyBefore(fakeDify({ 'files/upload': envelope(400, 'invalid_param', "File extension '.exe' is not allowed for security reasons") }))
    expect(await (await known.proxy(uploadOf())).json()).toMatchObject({ message: "File extension '.exe' is not allowed for security reasons" })
    const other = proxyBefore(fakeDify({ 'files/upload': envelope(400, 'invalid_param', `s3://bucket ${KEY}`) }))
    expect(await (await other.proxy(uploadOf())).json()).toMatchObject({ message: 'The request is not valid.' })
    await vi.waitFor(() => expect(other.events[0]!.detail).toBe('400 invalid_param: s3://bucket [key]'))
  })
})
