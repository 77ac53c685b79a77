import fc from 'fast-check'
import { expect, it } from 'vitest'
import { boundaryOf } from './multipart/grammar.js'
import { proxyBefore, uploadOf } from './fixtures/askProxy.js'
import { fakeDify, formIn } from './fixtures/fakeDify.js'
import { BOUNDARY, formOf, inChunksOf, join, latin1, readStrictly, type SentPart } from './fixtures/forms.js'

/*
 * Whatever bytes come, however they are cut: no crash, no hang, never two files or another user upstream, and a file
 * that arrives is the file that was sent. 1500 runs here; the full run:
 *   FUZZ_RUNS=100000 npx vitest run --project unit src/server/fuzz.test.ts
 * A failure prints its seed and path; FUZZ_SEED repeats a run.
 */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1500)
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31)
console.info(`fuzz: ${RUNS} runs, FUZZ_SEED=${SEED}`)
const options = { numRuns: RUNS, seed: SEED }
/** Bytes: small enough that many files are over it. */
const CAP = 200
const PATIENCE = 20_000 + RUNS * 20

/** What parsers stumble over. */
const TROUBLE = [
  '\r', '\n', '\r\n', '\r\n\r\n', '-', '--', `--${BOUNDARY}`, `--${BOUNDARY}--`, `\r\n--${BOUNDARY}`, `\r\n--${BOUNDARY}\r\n`, `\r\n--${BOUNDARY}--`,
  `\n--${BOUNDARY}\n`, `\r--${BOUNDARY}\r`, `\r\n--${BOUNDARY} \r\n`, `\r\n--${BOUNDARY}\t--`, `\r\n--${BOUNDARY}-`, `\r\n--${BOUNDARY}\r`, `\r\n--${BOUNDARY.slice(0, -1)}`, BOUNDARY,
  '\0', '"', ';', '\\', '%22', '%0D%0A', 'é', '😀', '\ufeff',
  'Content-Disposition: form-data; name="user"', 'Content-Disposition: form-data; name="file"; filename="b.txt"', 'Content-Type: text/html',
  'Content-Transfer-Encoding: base64', "; filename*=UTF-8''x", '; name="user"', 'user', 'file', 'filename="', 'x'.repeat(300),
]
const trouble = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...TROUBLE) }, fc.string({ maxLength: 8 })), { maxLength: 8 }).map((pieces) => pieces.join(''))
const content = fc.oneof(trouble, fc.uint8Array({ maxLength: 400 }))

/** Content that is content by the grammar: it holds no delimiter of its own. */
const plainContent = content.filter((it) => !new RegExp(`(^|\r\n)--${BOUNDARY}(\r\n|--|$)`).test(text(it)) && !text(it).endsWith('\r'))
const field: fc.Arbitrary<SentPart> = fc.record({ name: fc.constantFrom('user', 'x', 'note', ''), content: plainContent })
const file: fc.Arbitrary<SentPart> = fc.record({
  name: fc.constant('file'),
  filename: fc.constantFrom('a.txt', 'b.png', 'C:\\x\\y.pdf', '日本.md', '', 'a;b="c.txt'.replaceAll('"', '%22'), '.env', 'x'.repeat(300)),
  type: fc.constantFrom('text/plain', '', 'application/octet-stream', 'TEXT/X; a=b'),
  content: plainContent,
})

/** Any number of parts of any sort. */
const anyForm = fc
  .array(fc.oneof(field, file, fc.record({ name: trouble, filename: trouble, content }), fc.record({ name: fc.constant('x'), headers: trouble, content })), { maxLength: 5 })
  .map((parts) => formOf(parts))

type Mutation = (body: Uint8Array) => Uint8Array
const at = (body: Uint8Array, share: number) => Math.floor(share * (body.length + 1))
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(share, fc.nat(12)).map(([where, count]): Mutation => (body) => join(body.slice(0, at(body, where)), body.slice(at(body, where) + count))),
  fc.tuple(share, fc.constantFrom(...TROUBLE)).map(([where, piece]): Mutation => (body) => join(body.slice(0, at(body, where)), piece, body.slice(at(body, where)))),
  fc.tuple(share, fc.nat(255)).map(([where, byte]): Mutation => (body) => body.map((old, i) => (i === at(body, where) ? byte : old))),
  share.map((where): Mutation => (body) => body.slice(0, at(body, where))),
  fc.tuple(share, share).map(([from, to]): Mutation => (body) => join(body, body.slice(at(body, Math.min(from, to)), at(body, Math.max(from, to))))),
)
const cut = fc.oneof({ weight: 2, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 5000 }))
const length = fc.constantFrom('exact', 'none', 'short', 'long')

function text(it: string | Uint8Array): string {
  return typeof it === 'string' ? it : latin1(it)
}

function lengthOf(body: Uint8Array, kind: string): number | false {
  if (kind === 'none') return false
  return kind === 'exact' ? body.length : Math.max(0, body.length + (kind === 'short' ? -3 : 3))
}

async function send(body: Uint8Array, size: number, length: number | false) {
  const dify = fakeDify()
  const { proxy } = proxyBefore(dify, { maxBytes: { image: CAP, document: CAP, audio: CAP, video: CAP }, timeouts: { stall: 5000, answer: 5000 } })
  const response = await proxy(uploadOf([], { chunks: inChunksOf(body, size), length }))
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
