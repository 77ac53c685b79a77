import { describe, expect, test } from 'vitest'
import { createDifyEmulator, type DifyEmulatorOptions } from './difyEmulator.js'

const KEY = 'app-secret'
const MIB = 1024 * 1024

interface Part {
  /** After `form-data`. */
  disposition: string
  type?: string
  body?: string | Uint8Array
}

const filePart = (filename: string, over: Partial<Part> = {}): Part => ({
  disposition: `; name="file"; filename="${filename}"`, type: 'text/plain', body: 'hi', ...over,
})
const userPart = (user: string): Part => ({ disposition: '; name="user"', body: user })

function bytesOf(parts: readonly Part[], { eol = '\r\n', padding = '', isClosed = true } = {}): Uint8Array<ArrayBuffer> {
  const pieces = parts.flatMap(({ disposition, type, body = '' }) => {
    const head = [`--b0${padding}`, `Content-Disposition: form-data${disposition}`, ...(type === undefined ? [] : [`Content-Type: ${type}`]), '', '']
    return [head.join(eol), body, eol]
  })
  const all = [...pieces, isClosed ? `--b0--${eol}` : ''].map((it) => (typeof it === 'string' ? new TextEncoder().encode(it) : it))
  const bytes = new Uint8Array(all.reduce((sum, it) => sum + it.length, 0))
  let at = 0
  for (const piece of all) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

function requestOf(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request('http://dify.test/v1/files/upload', {
    method: 'POST', body, headers: { authorization: `Bearer ${KEY}`, 'content-type': 'multipart/form-data; boundary=b0', ...headers },
  })
}

async function upload(parts: readonly Part[], options: Partial<DifyEmulatorOptions> = {}, form: Parameters<typeof bytesOf>[1] = {}) {
  const emulator = createDifyEmulator({ apiKey: KEY, ...options })
  const response = await emulator.fetch(requestOf(bytesOf(parts, form)))
  const body = (await response.json()) as Record<string, unknown>
  return { emulator, response, body, file: [...emulator.files.values()][0], user: emulator.requests[0]?.user }
}

interface Row {
  does: string
  parts: readonly Part[]
  status: number
  code?: string
  message?: string
  stored?: Record<string, unknown>
  user?: string
  options?: Partial<DifyEmulatorOptions>
  form?: Parameters<typeof bytesOf>[1]
}

const NO_FILE = { status: 400, code: 'no_file_uploaded', message: 'Please upload your file.' }
const BAD_NAME = { status: 400, code: 'invalid_param', message: 'Filename contains invalid characters' }
const NO_TYPE = { status: 415, code: 'unsupported_file_type', message: 'File type not allowed.' }
const TOO_LARGE = { status: 413, code: 'file_too_large', message: '' }
const TWO = { status: 400, code: 'too_many_files', message: 'Only one file is allowed.' }

const ROWS: readonly Row[] = [
  // §1.2
  { does: '§1.2 a missing user is DEFAULT-USER', parts: [filePart('a.txt')], status: 201, user: 'DEFAULT-USER' },
  { does: '§1.2 an empty user is DEFAULT-USER', parts: [userPart(''), filePart('a.txt')], status: 201, user: 'DEFAULT-USER' },
  { does: '§1.2 blanks are a user of their own', parts: [userPart('  '), filePart('a.txt')], status: 201, user: '  ' },
  { does: '§1.2 the first of two users wins', parts: [userPart('eve'), filePart('a.txt'), userPart('ann')], status: 201, user: 'eve' },
  { does: '§1.2 the user may come after the file', parts: [filePart('a.txt'), userPart('ann')], status: 201, user: 'ann' },
  {
    does: '§1.2 a user sent as a file is a second file, and nobody', status: 400, code: 'too_many_files', user: 'DEFAULT-USER',
    parts: [filePart('a.txt'), { disposition: '; name="user"; filename="blob"', type: 'text/plain', body: 'ann' }],
  },
  { does: '§1.2 a user over 255 characters breaks the database', parts: [userPart('u'.repeat(256)), filePart('a.txt')], status: 500, code: 'unknown' },
  // §1.3
  { does: '§1.3 a form without a file', parts: [userPart('ann')], ...NO_FILE, user: 'ann' },
  { does: '§1.3 before 1.8.0 a missing file is a key error', parts: [userPart('ann')], status: 400, code: 'bad_request_key_error', options: { version: '1.7.2' } },
  { does: '§1.3 a file sent as a string is none', parts: [{ disposition: '; name="file"', body: 'hi' }], ...NO_FILE },
  {
    does: '§1.3 a long string is more than the server keeps', parts: [{ disposition: '; name="file"', body: 'x'.repeat(500_001) }],
    status: 413, code: 'request_entity_too_large', message: 'The data value transmitted exceeds the capacity limit.',
  },
  { does: '§1.3 a body without its closing delimiter loses even its user', parts: [userPart('ann'), filePart('a.txt')], form: { isClosed: false }, ...NO_FILE, user: 'DEFAULT-USER' },
  { does: '§1.3 two files of different names', parts: [filePart('a.txt'), { ...filePart('b.txt'), disposition: '; name="other"; filename="b.txt"' }], ...TWO },
  { does: '§1.3 two files both named file: the second is dropped', parts: [filePart('a.txt'), filePart('b.txt', { body: 'second' })], status: 201, stored: { name: 'a.txt', size: 2 } },
  { does: '§1.3 a part without a type', parts: [{ disposition: '; name="file"; filename="a.txt"', body: 'hi' }], ...NO_TYPE },
  { does: '§1.3 the type is checked before the name', parts: [{ disposition: '; name="file"; filename=""', body: 'hi' }], ...NO_TYPE },
  { does: '§1.3 the parameters of a type are stripped', parts: [filePart('a.txt', { type: 'Text/Plain; charset=utf-8' })], status: 201, stored: { mime_type: 'text/plain' } },
  { does: '§1.3 an empty name', parts: [filePart('')], status: 400, code: 'filename_not_exists_error', message: 'The specified filename does not exist.' },
  { does: '§1.3 a relative path', parts: [filePart('dir/a.webp')], ...BAD_NAME },
  { does: '§1.3 a Windows path', parts: [filePart(String.raw`C:\\x\\b.txt`)], ...BAD_NAME },
  { does: '§1.3 a colon since 1.13.1', parts: [filePart('a:b.txt')], status: 201, stored: { name: 'a:b.txt' } },
  { does: '§1.3 a colon on 1.13.0', parts: [filePart('a:b.txt')], options: { version: '1.13.0' }, ...BAD_NAME },
  { does: '§1.3 a name over 200 is cut at its first dot', parts: [filePart(`my.report.${'n'.repeat(230)}.pdf`)], status: 201, stored: { name: 'my.pdf', extension: 'pdf' } },
  { does: '§1.3 a name of 200 emoji is not too long', parts: [filePart(`${'😀'.repeat(196)}.txt`)], status: 201, stored: { name: `${'😀'.repeat(196)}.txt` } },
  { does: '§1.3 a name of 201 emoji is', parts: [filePart(`${'😀'.repeat(201)}.txt`)], status: 201, stored: { name: `${'😀'.repeat(200)}.txt` } },
  { does: '§1.3 a long name without an extension ends with a dot', parts: [filePart('n'.repeat(201))], status: 201, stored: { name: `${'n'.repeat(200)}.`, extension: '' } },
  ...['README', '.env', 'foo.'].map((name) => ({ does: `§1.3 ${name} has no extension`, parts: [filePart(name)], status: 201, stored: { name, extension: '' } })),
  { does: '§1.3 a very long extension breaks the store', parts: [filePart(`a.${'x'.repeat(300)}`)], status: 500, code: 'unknown', message: 'Internal Server Error' },
  {
    does: '§1.3 a blacklisted extension', parts: [filePart('setup.EXE')], options: { extensionBlacklist: ['.exe'] },
    status: 400, code: 'invalid_param', message: "File extension '.exe' is not allowed for security reasons",
  },
  { does: '§1.3 zero bytes', parts: [filePart('a.txt', { body: '' })], status: 201, stored: { size: 0, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' } },
  { does: '§1.3 %22 is a quote, %0D%0A stays', parts: [filePart('a%22b%0D%0A.txt')], status: 201, stored: { name: 'a"b%0D%0A.txt' } },
  { does: '§1.3 Chinese, Arabic and emoji', parts: [filePart('报告-تقرير-📎.txt')], status: 201, stored: { name: '报告-تقرير-📎.txt' } },
  { does: "§1.3 filename*=UTF-8''", parts: [{ ...filePart(''), disposition: "; name=\"file\"; filename*=UTF-8''%E4%B8%AD.txt" }], status: 201, stored: { name: '中.txt' } },
  { does: '§1.3 any other extension', parts: [filePart('a.weird')], status: 201, stored: { extension: 'weird' } },
  // decisions 8
  { does: 'decisions 8: LF alone ends lines', parts: [userPart('ann'), filePart('a.txt')], form: { eol: '\n' }, status: 201, user: 'ann' },
  { does: 'decisions 8: CR alone ends lines', parts: [userPart('ann'), filePart('a.txt')], form: { eol: '\r' }, status: 201, user: 'ann' },
  { does: 'decisions 8: delimiters may be padded', parts: [userPart('ann'), filePart('a.txt')], form: { padding: ' \t' }, status: 201, user: 'ann' },
  {
    does: 'decisions 8: a smuggled user before ours is a user', user: 'eve', status: 201,
    parts: [{ disposition: '; name="x"', body: 'y\n--b0 \nContent-Disposition: form-data; name=user\n\neve' }, userPart('ann'), filePart('a.txt')],
  },
  // §1.4, inclusive, by the extension alone
  ...(
    [
      ['a.png', 10, 'application/octet-stream'], ['a.svg', 10, 'text/plain'], ['a.mp3', 50, 'audio/mpeg'], ['a.bin', 15, 'image/png'],
      ['a.heic', 15, 'image/heic'], ['a.avi', 15, 'video/x-msvideo'], ['README', 15, 'text/plain'], ['A.MP4', 100, 'video/mp4'],
    ] as const
  ).flatMap(([name, mib, type]) => [
    { does: `§1.4 ${name} of exactly ${mib} MiB`, parts: [filePart(name, { type, body: new Uint8Array(mib * MIB) })], status: 201, stored: { size: mib * MIB } },
    { does: `§1.4 ${name} of ${mib} MiB and a byte`, parts: [filePart(name, { type, body: new Uint8Array(mib * MIB + 1) })], ...TOO_LARGE },
  ]),
  { does: '§1.4 a limit of 0 takes only empty files', parts: [filePart('a.txt')], options: { parameters: { system_parameters: { file_size_limit: 0 } } }, ...TOO_LARGE },
  { does: '§2.2 the seed has words for 413', parts: [filePart('a.txt')], options: { variant: 'seed', parameters: { system_parameters: { file_size_limit: 0 } } }, status: 413, code: 'file_too_large', message: 'File size exceeded.' },
]

/** What a row leaves out is not looked at. A refusal stores nothing. */
function expectedOf({ status, code, message, stored, user }: Row): Record<string, unknown> {
  const refusal = { code, status, ...(message === undefined ? {} : { message }) }
  return {
    status,
    ...(code === undefined ? { file: stored ?? {} } : { answer: refusal, file: undefined }),
    ...(user === undefined ? {} : { user }),
  }
}

describe('an upload, as the contract tells it', () => {
  test.each(ROWS)('$does → $status $code', async (row) => {
    const { response, body, file, user } = await upload(row.parts, row.options, row.form)
    expect(response.headers.get('x-version')).toBe(row.options?.version ?? '1.16.0')
    expect(response.headers.get('x-env')).not.toBeNull()
    expect({ status: response.status, answer: body, file, user }).toMatchObject(expectedOf(row))
  })

  test('§1.3 a file name that is not valid UTF-8 loses the whole form', async () => {
    const emulator = createDifyEmulator({ apiKey: KEY })
    const body = bytesOf([userPart('ann'), filePart('a?.txt')])
    body[new TextDecoder().decode(body).indexOf('a?.txt') + 1] = 0xff
    const response = await emulator.fetch(requestOf(body))
    expect(await response.json()).toEqual(NO_FILE)
    expect(emulator.requests[0]?.user).toBe('DEFAULT-USER')
  })

  test('decisions 8: what follows the closing delimiter is ignored, whatever it is', async () => {
    const emulator = createDifyEmulator({ apiKey: KEY })
    const form = bytesOf([userPart('ann'), filePart('a.txt')])
    const body = new Blob([form, bytesOf([userPart('eve'), { ...filePart('b.txt'), disposition: '; name="b"; filename="b"' }])])
    const response = await emulator.fetch(requestOf(body))
    expect(response.status).toBe(201)
    expect([...emulator.files.values()]).toMatchObject([{ user: 'ann', name: 'a.txt', size: 2 }])
  })

  test.each([
    ['JSON', 'application/json'],
    ['no boundary', 'multipart/form-data'],
    ['another boundary', 'multipart/form-data; boundary=other'],
  ])('§1.3 a body that is no such form (%s) → 400 no_file_uploaded', async (_, contentType) => {
    const emulator = createDifyEmulator({ apiKey: KEY })
    const response = await emulator.fetch(requestOf(bytesOf([userPart('ann'), filePart('a.txt')]), { 'content-type': contentType }))
    expect(await response.json()).toEqual(NO_FILE)
    expect(emulator.requests[0]?.user).toBe('DEFAULT-USER')
  })

  test.each([
    [null, "Authorization header must be provided and start with 'Bearer'"],
    ['Bearer', "Authorization header must be provided and start with 'Bearer'"],
    [`Basic ${KEY}`, "Authorization scheme must be 'Bearer'"],
    ['Bearer dataset-key', 'Access token is invalid'],
  ])('§3.1 authorization %j → 401', async (authorization, message) => {
    const emulator = createDifyEmulator({ apiKey: KEY })
    const request = requestOf(bytesOf([filePart('a.txt')]))
    if (authorization === null) request.headers.delete('authorization')
    else request.headers.set('authorization', authorization)
    const response = await emulator.fetch(request)
    expect(await response.json()).toEqual({ code: 'unauthorized', status: 401, message })
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="api"')
  })

  test('§1.1 the scheme may be in any case, with several blanks', async () => {
    const emulator = createDifyEmulator({ apiKey: KEY })
    const response = await emulator.fetch(requestOf(bytesOf([filePart('a.txt')]), { authorization: `bEARER   ${KEY}` }))
    expect(response.status).toBe(201)
  })

  test('§3.1 an app whose API is off → 403', async () => {
    const { body } = await upload([filePart('a.txt')], { apiKey: [{ key: KEY, condition: 'api-disabled' }] })
    expect(body).toEqual({ code: 'forbidden', status: 403, message: "The app's API service has been disabled." })
  })

  test('a browser form arrives byte for byte', async () => {
    const emulator = createDifyEmulator({ apiKey: KEY, keepBytes: true })
    const bytes = crypto.getRandomValues(new Uint8Array(60_000))
    const form = new FormData()
    form.append('user', 'ann')
    form.append('file', new File([bytes], '猫 "quoted" 🐈.png', { type: 'image/png' }))
    const response = await emulator.fetch(new Request(`${emulator.baseUrl}/files/upload`, { method: 'POST', body: form, headers: { authorization: `Bearer ${KEY}` } }))
    expect(response.status).toBe(201)
    expect([...emulator.files.values()][0]).toMatchObject({ name: '猫 "quoted" 🐈.png', mime_type: 'image/png', user: 'ann', size: 60_000, bytes })
  })
})

describe('the answer to an upload', () => {
  const REAL = [
    'id', 'reference', 'name', 'size', 'extension', 'mime_type', 'created_by', 'created_at', 'preview_url', 'source_url',
    'original_url', 'user_id', 'tenant_id', 'conversation_id', 'file_key',
  ]
  const without = (...keys: string[]) => REAL.filter((key) => !keys.includes(key))
  const OLD = ['original_url', 'user_id', 'tenant_id', 'conversation_id', 'file_key', 'reference']

  test.each([
    ['1.16.0', REAL],
    ['1.14.1', without('reference')],
    ['1.11.2', without(...OLD)],
    ['1.9.0', without(...OLD, 'source_url')],
    ['1.2.0', without(...OLD, 'source_url', 'preview_url')],
  ])('§2.2 has the keys of %s', async (version, keys) => {
    const { body } = await upload([filePart('a.txt')], { version })
    expect(Object.keys(body).toSorted()).toEqual(keys.toSorted())
  })

  test('§2.1 has the real values', async () => {
    const { body } = await upload([userPart('ann'), filePart('A.TXT')], { clock: () => 1_795_448_532_987 })
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
    expect(body).toEqual({
      id: expect.stringMatching(uuid), reference: null, name: 'A.TXT', size: 2, extension: 'txt', mime_type: 'text/plain',
      created_by: expect.stringMatching(uuid), created_at: 1_795_448_532, preview_url: null,
      source_url: expect.stringMatching(/^\/files\/[0-9a-f-]{36}\/file-preview\?timestamp=1795448532&nonce=[0-9a-f]{32}&sign=[\w-]+%3D$/),
      original_url: null, user_id: null, tenant_id: expect.stringMatching(uuid), conversation_id: null, file_key: null,
    })
  })

  test('§2.2 as the seed has it, when asked', async () => {
    const { body } = await upload([filePart('product-photo.png')], { variant: 'seed' })
    expect(Object.keys(body)).toHaveLength(14)
    expect(body).toMatchObject({ source_url: null, user_id: body['created_by'], file_key: 'uploads/product-photo.png' })
  })

  test('§2.3 source_url gives the bytes to anyone for five minutes, and to nobody else', async () => {
    let now = 1_800_000_000_000
    const { emulator, body } = await upload([filePart('a.txt')], { keepBytes: true, filesUrl: 'http://files.test', clock: () => now })
    const url = String(body['source_url'])
    const answer = await emulator.fetch(new Request(url))
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(await answer.text()).toBe('hi')
    expect((await emulator.fetch(new Request(url.replace('nonce=', 'nonce=0')))).status).toBe(404)
    now += 301_000
    expect((await emulator.fetch(new Request(url))).status).toBe(404)
  })
})
