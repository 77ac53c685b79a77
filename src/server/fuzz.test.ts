import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ByteSource } from './exchange.js'
import { boundaryOf } from './multipart/grammar.js'
import { RebuiltUpload } from './multipart/rebuiltUpload.js'
import { Refusal } from './refusal.js'
import { anyForm, CAP, cut, field, file, mutation } from './fixtures/anyForm.js'
import { proxyBefore, uploadOf } from './fixtures/askProxy.js'
import { fakeDify, formIn } from './fixtures/fakeDify.js'
import { BOUNDARY, formOf, inChunksOf, join, latin1, readStrictly } from './fixtures/forms.js'

/*
 * Whatever bytes come, however they are cut: no crash, no hang, never two files or another user upstream, and a file
 * that arrives is the file that was sent. 1500 runs here; the full run:
 *   npm run fuzz:proxy
 * A failure prints its seed and path; FUZZ_SEED repeats a run. `npm run mutants:proxy` shows what these tests notice.
 */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1500)
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31)
console.info(`fuzz: ${RUNS} runs, FUZZ_SEED=${SEED}`)
const options = { numRuns: RUNS, seed: SEED }
const PATIENCE = 20_000 + RUNS * 20

const length = fc.constantFrom('exact', 'none', 'short', 'long')

function lengthOf(body: Uint8Array, kind: string): number | false {
  if (kind === 'none') return false
  return kind === 'exact' ? body.length : Math.max(0, body.length + (kind === 'short' ? -3 : 3))
}

async function send(body: Uint8Array, size: number, length: number | false, boundary = BOUNDARY) {
  const dify = fakeDify()
  const { proxy } = proxyBefore(dify, { maxBytes: { image: CAP, document: CAP, audio: CAP, video: CAP }, timeouts: { stall: 5000, answer: 5000 } })
  const response = await proxy(uploadOf([], { chunks: inChunksOf(body, size), length, boundary }))
  return { response, dify }
}

it('whatever is sent, Dify gets the server’s user and one file, or nothing whole', async () => {
  await fc.assert(
    fc.asyncProperty(anyForm, fc.array(mutation, { maxLength: 3 }), cut, length, async (form, mutations, size, kind) => {
      const body = mutations.reduce<Uint8Array>((it, mutate) => mutate(it), form)
      const { response, dify } = await send(body, size, lengthOf(body, kind))
      expect([201, 400, 413]).toContain(response.status)
      expect(dify.uploads).toHaveLength(response.status === 201 ? 1 : 0)
      for (const upload of dify.uploads) {
        // Throws unless a strict and a lenient parser agree on one user and one file.
        const { user, file } = formIn(upload)
        expect(user).toBe('user-1')
        expect(boundaryOf(upload.headers.get('content-type'))).not.toBe(BOUNDARY)
        const parts = readStrictly(body, BOUNDARY)!
        const files = parts.filter(({ content }) => content === file.content)
        expect(files.length).toBeGreaterThan(0)
        expect(file.content.length).toBeLessThanOrEqual(CAP)
        // Whole within what was declared, too: a body that is cut off there by the next server is no other upload.
        expect(readStrictly(body.slice(0, lengthOf(body, kind) || body.length), BOUNDARY)).not.toBeNull()
      }
    }),
    options,
  )
}, PATIENCE)

it('every well-formed upload arrives, byte for byte, unless it is too large or not alone', async () => {
  const fields = fc.array(field, { maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(fields, file, fields, fc.option(file, { freq: 4 }), cut, fc.boolean(), async (before, one, after, second, size, hasLength) => {
      const body = formOf([...before, one, ...after, ...(second === null ? [] : [second])])
      const { response, dify } = await send(body, size, hasLength && body.length)
      const sent = join(one.content)
      expect(response.status).toBe(sent.length > CAP ? 413 : second === null ? 201 : 400)
      expect(dify.uploads).toHaveLength(response.status === 201 ? 1 : 0)
      for (const upload of dify.uploads) expect(formIn(upload)).toMatchObject({ user: 'user-1', file: { content: latin1(sent) } })
    }),
    options,
  )
}, PATIENCE)

describe('the known hard cases', () => {
  const end = `\r\n--${BOUNDARY}--\r\n`
  const open = (headers: string, content = 'hi') => `--${BOUNDARY}\r\n${headers}\r\n\r\n${content}`
  const FILE = 'Content-Disposition: form-data; name="file"; filename="a.txt"'
  const NEAR_MISSES = Array.from(`\r\n--${BOUNDARY}`, (_, i, all = `\r\n--${BOUNDARY}`) => `${all.slice(0, i)}_${all.slice(i + 1)}`).join('')
  const cases: [what: string, body: string | Uint8Array, outcome: number | string][] = [
    ['the boundary in the content, in every disguise', open(FILE, `--${BOUNDARY}\n\n--${BOUNDARY}--\n\r--${BOUNDARY}\r\r\n--${BOUNDARY} \r\n\r\n--${BOUNDARY}x`) + end, `--${BOUNDARY}\n\n--${BOUNDARY}--\n\r--${BOUNDARY}\r\r\n--${BOUNDARY} \r\n\r\n--${BOUNDARY}x`],
    ['a user smuggled behind a bare LF', open(FILE, `hi\n--${BOUNDARY}\nContent-Disposition: form-data; name="user"\n\nroot`) + end, `hi\n--${BOUNDARY}\nContent-Disposition: form-data; name="user"\n\nroot`],
    ['prefixes of the delimiter one after another', open(FILE, `\r\n--${BOUNDARY.slice(0, -1)}\r\n-\r\n\r\r\n--`) + end, `\r\n--${BOUNDARY.slice(0, -1)}\r\n-\r\n\r\r\n--`],
    ['delimiters with one byte wrong, each byte once', open(FILE, NEAR_MISSES) + end, NEAR_MISSES],
    ['lines that end in LF alone', (open(FILE) + end).replaceAll('\r\n', '\n'), 400],
    ['no final CRLF', (open(FILE) + end).slice(0, -2), 'hi'],
    ['one dash too few at the end', (open(FILE) + end).slice(0, -3), 400],
    ['filename* beside filename', open(`${FILE}; filename*=UTF-8''b.txt`) + end, 'hi'],
    ['filename* alone', open(`Content-Disposition: form-data; name="file"; filename*=UTF-8''b.txt`) + end, 'hi'],
    ['a user with a filename*', open(FILE) + '\r\n' + open(`Content-Disposition: form-data; name="user"; filename*=UTF-8''b.txt`) + end, 400],
    ['quotes and semicolons in a name', open(String.raw`Content-Disposition: form-data; name="file"; filename="a\"; name=\"user\";.txt"`) + end, 'hi'],
    ['a name given twice', open('Content-Disposition: form-data; name="file"; name="user"; filename="a.txt"') + end, 400],
    ['two Content-Dispositions', open(`${FILE}\r\nContent-Disposition: form-data; name="user"`) + end, 400],
    ['a header folded over two lines', open(`Content-Disposition: form-data;\r\n name="file"; filename="a.txt"`) + end, 400],
    ['the end of the form as the beginning of a header', open(`${FILE}\r\n--${BOUNDARY}--X: y`) + end, 400],
    ['NUL in the content', open(FILE, 'a\0b') + end, 'a\0b'],
    ['NUL in a header', open(FILE.replace('a.txt', 'a\0.txt')) + end, 400],
    ['a charset that is none of ours', open(`${FILE}\r\nContent-Type: text/plain; charset=utf-16`) + end, 'hi'],
    ['bytes that are not UTF-8 in a name', join(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="`, Uint8Array.of(0xff, 0xfe, 0xc3), '.txt"\r\n\r\nhi', end), 'hi'],
    ['Content-Transfer-Encoding: base64', open(`${FILE}\r\nContent-Transfer-Encoding: base64`) + end, 400],
    ['Content-Transfer-Encoding: binary', open(`${FILE}\r\nContent-Transfer-Encoding: binary`) + end, 'hi'],
    ['10 000 fields before the file', `${open('Content-Disposition: form-data; name="x"', '')}\r\n`.repeat(10_000) + open(FILE) + end, 400],
    ['10 000 fields behind it', `${open(FILE)}\r\n` + Array.from({ length: 10_000 }, () => open('Content-Disposition: form-data; name="x"', '')).join('\r\n') + end, 400],
    ['10 000 files', Array.from({ length: 10_000 }, () => open(FILE)).join('\r\n') + end, 400],
    ['10 000 header lines', open(FILE + '\r\nX: y'.repeat(10_000)) + end, 400],
    ['one header line of a megabyte', open(`${FILE}\r\nX: ${'y'.repeat(1_000_000)}`) + end, 400],
    ['headers that never end', `--${BOUNDARY}\r\n${'X: y\r\n'.repeat(200_000)}`, 400],
    ['a preamble of a megabyte', 'x'.repeat(1_000_000) + `\r\n${open(FILE)}${end}`, 400],
    ['a boundary of 70 characters that are all the same', formOf([{ name: 'file', filename: 'a.txt', content: '-'.repeat(190) }], '-'.repeat(70)), '-'.repeat(190)],
  ]

  it.each(cases)('%s', async (_, body, outcome) => {
    const bytes = join(body)
    const boundary = latin1(bytes.slice(0, 70)) === '-'.repeat(70) ? '-'.repeat(70) : BOUNDARY
    // A long one says nothing of its length, else it is refused unread.
    const length = bytes.length < 60_000 && bytes.length
    // However it is cut: each byte alone (where that is not a million chunks), in odd pieces, and whole.
    for (const size of [1, 3, 7, 64, 1009, bytes.length].filter((size) => bytes.length / size < 20_000)) {
      const { response, dify } = await send(bytes, size, length, boundary)
      expect(response.status).toBe(typeof outcome === 'number' ? outcome : 201)
      expect(dify.uploads).toHaveLength(typeof outcome === 'number' ? 0 : 1)
      for (const upload of dify.uploads) expect(formIn(upload)).toMatchObject({ user: 'user-1', file: { name: 'file', content: outcome } })
    }
  }, PATIENCE)
})

describe('memory stays bounded', () => {
  /** Reads a body of many chunks as the proxy does; says how far it read and how much the reader ever held back. */
  async function rebuild(chunks: Iterable<Uint8Array>) {
    const iterator = chunks[Symbol.iterator]()
    let read = 0
    let sent = 0
    let held = 0
    const source: ByteSource = {
      read: () => {
        const { done, value } = iterator.next()
        if (done === true) return Promise.resolve(null)
        held = Math.max(held, read - sent)
        read += value.length
        return Promise.resolve(value)
      },
      cancel: () => Promise.resolve(),
      isOurs: false,
    }
    const refused = (error: unknown) => ({ code: error instanceof Refusal ? error.code : String(error), read, held })
    try {
      const { body } = await RebuiltUpload.start({
        source, boundary: BOUNDARY, length: null, user: 'user-1', maxBytesOf: () => null, tooLarge: () => new Refusal('file_too_large'),
      })
      for await (const chunk of body) sent += chunk.length
      return { code: null, read, held }
    } catch (error) {
      return refused(error)
    }
  }

  function* forever(first: string, piece: string | Uint8Array, count: number): Generator<Uint8Array> {
    yield join(first)
    const chunk = join(piece)
    for (let i = 0; i < count; i++) yield chunk
  }
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n`
  const field = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="x"\r\n\r\n`
  const KIB = 1024

  it.each([
    ['headers without end', `--${BOUNDARY}\r\n`, 'X: y\r\n'.repeat(100), 'no_file_uploaded', 20 * KIB],
    ['one header byte at a time', `--${BOUNDARY}\r\nX: `, 'y', 'no_file_uploaded', 20 * KIB],
    ['a preamble without end', '', 'y'.repeat(1000), 'invalid_param', 68 * KIB],
    ['a field without end', field, 'y'.repeat(1000), 'invalid_param', 68 * KIB],
    ['fields without end', field, `\r\n${field}`, 'invalid_param', 4 * KIB],
    ['a field behind the file without end', `${head}hi\r\n${field}`, 'y'.repeat(1000), 'invalid_param', 68 * KIB],
  ])('%s: read no further than the bound', async (_, first, piece, code, most) => {
    const told = await rebuild(forever(first, piece, 200_000))
    expect(told.code).toBe(code)
    expect(told.read).toBeLessThanOrEqual(most)
  }, PATIENCE)

  it.each([
    ['noise', 'abc\r\n--x'.repeat(800)],
    ['beginnings of a delimiter', `\r\n--${BOUNDARY.slice(0, -1)}`],
    ['delimiters that are none', `\r\n--${BOUNDARY}x`],
    ['CR', '\r'],
  ])('a file of %s without end: no more is held than what might become a delimiter', async (_, piece) => {
    const { held } = await rebuild(forever(head, piece, 50_000))
    expect(held).toBeLessThanOrEqual(head.length + BOUNDARY.length + 10)
  }, PATIENCE)
})
