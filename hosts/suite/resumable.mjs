import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { runChecks } from './checks.mjs'
import { anyBytes, clientOf, sha256, until } from './client.mjs'
import { isOpen, withPrograms } from './nginx.mjs'
import { answers, freePort, start } from './start.mjs'
import { S3Fault, startS3 } from './s3.mjs'
import { KEYS, startUpstream } from './upstream.mjs'

const TUS = { 'tus-resumable': '1.0.0' }
const MIB = 1024 * 1024

/**
 * Files in pieces over several proxies: the pieces in S3 by `@tus/s3-store`, the rest in a real Redis.
 *
 * @returns an outcome, or why it cannot be tried here
 */
export async function resumable() {
  const missing = await withPrograms({ 'redis-server': 'redis-server' })
  if (missing !== null) return { missing }
  const upstream = await startUpstream()
  const { emulator } = upstream
  const s3 = await startS3()
  const redisPort = await freePort()
  const redis = start(['redis-server', '--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { cwd: tmpdir() })
  const running = new Set([redis])

  const replica = async (variables = {}) => {
    const port = await freePort()
    const env = { DIFY_API_KEY: KEYS[0], DIFY_BASE_URL: upstream.url, PORT: String(port), REDIS_URL: `redis://127.0.0.1:${redisPort}`, S3_URL: s3.url, ...variables }
    const server = start([process.execPath, 'servers/resumable.mjs'], { env })
    running.add(server)
    const base = `http://127.0.0.1:${port}/api/dify`
    await server.ready(() => answers(`${base}/health`))
    return {
      ...tusOf(clientOf(base)),
      output: server.output,
      events: () => server.output().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)),
      /** As a crash does: it gets to say nothing. */
      async kill() {
        process.kill(server.pid, 'SIGKILL')
        await server.ended
      },
      async stop() {
        running.delete(server)
        await server.stop()
      },
    }
  }
  /** Nothing of anybody is left. */
  const isEmpty = () => s3.keys().length === 0 && s3.open() === 0
  const stored = () => [...emulator.files.values()].map((it) => it.sha256)

  try {
    await redis.ready(() => isOpen(redisPort))
    const [a, b] = await Promise.all([replica(), replica()])

    return await runChecks({
      async 'a file in one piece reaches Dify byte for byte, and nothing of it stays in the bucket'() {
        const bytes = anyBytes(20 * MIB + 3)
        const at = await a.begin(bytes.length)
        assert.equal(await a.piece(at, 0, bytes), 204)
        const { status, file } = await a.result(at)
        assert.deepEqual([status, file.size], [201, bytes.length])
        assert.deepEqual(stored(), [sha256(bytes)])
        await until(isEmpty, 'the bucket is empty')
        assert.equal(await b.offset(at), bytes.length)
        assert.equal((await b.result(at)).file.id, file.id, 'the answer is kept')
      },

      async 'a small file, and one of nothing'() {
        for (const bytes of [Buffer.from('hello'), Buffer.alloc(0)]) {
          const at = await a.begin(bytes.length)
          if (bytes.length > 0) assert.equal(await a.piece(at, 0, bytes), 204)
          assert.equal((await a.result(at)).status, 201)
          assert.equal(stored().at(-1), sha256(bytes))
        }
        await until(isEmpty, 'the bucket is empty')
      },

      async 'a connection that is cut goes on from the last byte that the proxy got, wherever that is'() {
        const bytes = anyBytes(20 * MIB)
        const at = await a.begin(bytes.length)
        let from = 0
        for (const to of [1, 3 * MIB, 8 * MIB, 8 * MIB + 1, 17 * MIB + 7]) {
          const cuts = () => a.events().filter(({ status }) => status === 499)
          const before = cuts().length
          await a.cutPiece(at, from, bytes.subarray(from), to - from)
          await until(() => cuts().length > before, 'the proxy saw it leave')
          const got = from + cuts().at(-1).bytes
          assert.ok(got <= to)
          from = await a.offset(at)
          assert.equal(from, got)
        }
        assert.ok(from > 8 * MIB, `${from} bytes came`)
        assert.equal(await a.piece(at, from, bytes.subarray(from)), 204)
        assert.equal((await a.result(at)).status, 201)
        assert.deepEqual(stored(), [sha256(bytes)])
        await until(isEmpty, 'the bucket is empty')
      },

      async 'replicas take pieces by turns, and hand the file over once'() {
        const bytes = anyBytes(18 * MIB)
        const at = await a.begin(bytes.length)
        for (const [n, to] of [2 * MIB, 9 * MIB, 10 * MIB, 18 * MIB].entries()) {
          const [here, there] = n % 2 === 0 ? [a, b] : [b, a]
          const from = await here.offset(at)
          assert.equal(await here.piece(at, from, bytes.subarray(from, to)), 204)
          assert.equal(await there.offset(at), to)
        }
        const told = await Promise.all([a, b, a, b].map((it) => it.result(at)))
        assert.deepEqual(told.map(({ status }) => status), [201, 201, 201, 201])
        assert.equal(new Set(told.map(({ file }) => file.id)).size, 1)
        assert.deepEqual(stored(), [sha256(bytes)])
        await until(isEmpty, 'the bucket is empty')
      },

      async 'a new connection gets what a dead one holds at the other replica'() {
        const bytes = anyBytes(12 * MIB)
        const at = await a.begin(bytes.length)
        const dead = a.openPiece(at, 0, bytes.length)
        await dead.write(bytes.subarray(0, 9 * MIB))
        await until(() => s3.waiting() === 8 * MIB, 'a part is there', 10_000)
        const from = await b.offset(at)
        assert.equal(from, 9 * MIB)
        assert.equal(await b.piece(at, from, bytes.subarray(from)), 204)
        assert.equal((await b.result(at)).status, 201)
        assert.deepEqual(stored(), [sha256(bytes)])
        dead.leave()
      },

      async 'a proxy that is killed in the middle of a piece loses no more than a part of it'() {
        const bytes = anyBytes(20 * MIB)
        let proxy = await replica()
        const at = await proxy.begin(bytes.length)
        for (const [until_, kept] of [[9 * MIB, 8 * MIB], [19 * MIB, 16 * MIB]]) {
          const from = await proxy.offset(at)
          const sending = proxy.openPiece(at, from, bytes.length - from)
          await sending.write(bytes.subarray(from, until_))
          await until(() => s3.waiting() === kept, `${kept} bytes are there`, 10_000)
          await proxy.kill()
          sending.leave()
          proxy = await replica()
          assert.equal(await proxy.offset(at), kept)
        }
        const from = await proxy.offset(at)
        assert.equal(await proxy.piece(at, from, bytes.subarray(from)), 204)
        assert.equal((await proxy.result(at)).status, 201)
        assert.deepEqual(stored(), [sha256(bytes)])
        await until(isEmpty, 'the bucket is empty')
        await proxy.stop()
      },

      async 'one that is killed when all bytes are there and not yet one object: another puts them together'() {
        const bytes = anyBytes(9 * MIB)
        const proxy = await replica()
        const at = await proxy.begin(bytes.length)
        let isReached = false
        const release = s3.before('CompleteMultipartUpload', () => {
          isReached = true
          return new Promise(() => {})
        })
        const sending = proxy.openPiece(at, 0, bytes.length)
        sending.end(bytes)
        await until(() => isReached, 'all parts are there', 10_000)
        await proxy.kill()
        release()
        assert.equal(await b.offset(at), bytes.length)
        assert.equal((await b.result(at)).status, 201)
        assert.deepEqual(stored(), [sha256(bytes)])
        await until(isEmpty, 'the bucket is empty')
      },

      async 'one that is killed while Dify takes the file: another hands it over again, and says so'() {
        const bytes = anyBytes(6 * MIB)
        const held = emulator.script({ kind: 'stall', at: 'answer' })
        const proxy = await replica()
        const at = await proxy.begin(bytes.length)
        assert.equal(await proxy.piece(at, 0, bytes), 204)
        await held.reached
        await proxy.kill()
        // Until the dead one's lock is free.
        await until(async () => (await b.result(at)).status === 201, 'it is handed over', 10_000)
        assert.match(b.output(), /may hold an orphan/)
        assert.equal(stored().at(-1), sha256(bytes))
        await until(isEmpty, 'the bucket is empty')
      },

      async 'a bucket that is away while a piece comes: said, and gone on with once it is back'() {
        const bytes = anyBytes(12 * MIB)
        const at = await a.begin(bytes.length)
        const release = s3.before('UploadPart', () => { throw new S3Fault('SlowDown', 503) })
        assert.equal(await a.piece(at, 0, bytes), 500)
        release()
        const from = await a.offset(at)
        assert.equal(await a.piece(at, from, bytes.subarray(from)), 204)
        assert.equal((await a.result(at)).status, 201)
        assert.deepEqual(stored(), [sha256(bytes)])
      },

      async 'a bucket that is away when the file is handed over: it is kept, and handed over by whoever asks again'() {
        const bytes = anyBytes(6 * MIB)
        const release = s3.before('GetObject', () => { throw new S3Fault('InternalError', 500) })
        const at = await a.begin(bytes.length)
        release()
        const again = s3.before('CompleteMultipartUpload', () => { throw new S3Fault('InternalError', 500) })
        assert.equal(await a.piece(at, 0, bytes), 500)
        again()
        assert.equal((await b.result(at)).status, 201)
        assert.deepEqual(stored(), [sha256(bytes)])
        await until(isEmpty, 'the bucket is empty')
      },

      async 'what Dify refuses for now is kept, what it refuses for good is not'() {
        const bytes = anyBytes(6 * MIB)
        const at = await a.begin(bytes.length)
        emulator.script({ kind: 'status', status: 503, code: 'upstream_unavailable' })
        assert.equal(await a.piece(at, 0, bytes), 204)
        await until(async () => (await b.result(at)).status === 201, 'asked again, it is taken', 10_000)
        emulator.script({ kind: 'status', status: 415, code: 'unsupported_file_type' })
        const bad = await a.begin(bytes.length)
        assert.equal(await a.piece(bad, 0, bytes), 204)
        assert.equal((await a.result(bad)).status, 415)
        // Before it has read the file, which is then not fetched to its end.
        emulator.script({ kind: 'status', status: 413, code: 'file_too_large', early: true })
        const large = await a.begin(20 * MIB)
        assert.equal(await a.piece(large, 0, anyBytes(20 * MIB)), 204)
        assert.equal((await a.result(large)).status, 413)
        await until(() => s3.giving() === 0, 'nobody reads the bucket any more')
        await until(isEmpty, 'the bucket is empty')
        assert.equal(await b.offset(bad), null)
      },

      async 'what was refused may be begun anew, and no replica takes it for the old one'() {
        const bytes = anyBytes(6 * MIB)
        emulator.script({ kind: 'status', status: 415, code: 'unsupported_file_type' })
        const at = await a.begin(bytes.length, 'the same')
        assert.equal(await b.piece(at, 0, bytes.subarray(0, MIB)), 204)
        assert.equal(await a.piece(at, MIB, bytes.subarray(MIB)), 204)
        assert.equal(await b.offset(at), bytes.length)
        assert.equal((await a.result(at)).status, 415)
        assert.equal(await a.begin(bytes.length, 'the same'), at)
        assert.equal(await b.offset(at), 0)
        assert.equal(await b.piece(at, 0, bytes), 204)
        assert.equal((await b.result(at)).status, 201)
        assert.deepEqual(stored(), [sha256(bytes)])
        await until(isEmpty, 'the bucket is empty')
      },

      async 'nobody but its user reaches an upload, at any replica, and a made-up id is none'() {
        const bytes = anyBytes(1000)
        const at = await a.begin(bytes.length)
        const bob = { cookie: 'session=bob' }
        for (const it of [a, b]) {
          assert.equal(await it.offset(at, bob), null)
          assert.equal(await it.piece(at, 0, bytes, bob), 404)
          assert.equal((await it.result(at, bob)).status, 404)
          assert.equal(await it.offset(`files/resumable/${'f'.repeat(64)}`), null)
          assert.equal(await it.offset(at), 0)
        }
        assert.equal(await b.piece(at, 0, bytes), 204)
        assert.equal((await b.result(at)).status, 201)
        assert.equal((await b.result(at, bob)).status, 404)
      },

      async 'what expired is swept from the bucket: parts, pieces shorter than a part, and all'() {
        const proxy = await replica({ MAX_AGE: '5000', SWEEP_EVERY: '200' })
        const bytes = anyBytes(9 * MIB)
        const at = await proxy.begin(20 * MIB)
        assert.equal(await proxy.piece(at, 0, bytes), 204)
        assert.equal(await proxy.begin(5).then((it) => proxy.offset(it)), 0)
        assert.ok(s3.keys().some((key) => key.endsWith('.part')), 'a piece shorter than a part waits')
        assert.equal(s3.open(), 2)
        await until(isEmpty, 'the bucket is empty', 15_000)
        assert.equal(await b.offset(at), null)
        await proxy.stop()
      },
    }, () => {
      emulator.reset()
      s3.reset()
      return {}
    })
  } finally {
    await Promise.all([...running].map((it) => it.stop()))
    upstream.close()
    s3.close()
  }
}

/** A person's browser, as tus has it. */
function tusOf(client) {
  const pieceHeaders = (from, length, headers) => ({ ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from), 'content-length': String(length), ...headers })
  const openPiece = (at, from, length, headers) => client.open('PATCH', at, { headers: pieceHeaders(from, length, headers) })
  return {
    openPiece,
    /** @param key the browser's own name for it: of one key there is one upload */
    async begin(size, key) {
      const base64 = (text) => Buffer.from(text).toString('base64')
      const metadata = `filename ${base64('clip.mp4')}${key === undefined ? '' : `,key ${base64(key)}`}`
      const headers = { ...TUS, 'upload-length': String(size), 'upload-metadata': metadata }
      const answer = await client.send('POST', 'files/resumable', { headers })
      assert.equal(answer.status, 201, await answer.text)
      return `files/${answer.headers.location}`
    },
    /** Bytes that are there, or null where there is no such upload. */
    async offset(at, headers = {}) {
      const answer = await client.send('HEAD', at, { headers: { ...TUS, ...headers } })
      return answer.status === 200 ? Number(answer.headers['upload-offset']) : null
    },
    async piece(at, from, bytes, headers = {}) {
      const sent = openPiece(at, from, bytes.length, headers)
      sent.end(bytes)
      const answer = await sent.answer
      await answer.text
      return answer.status
    },
    /** Says that it sends `bytes`, and is cut off after `most` of them. */
    async cutPiece(at, from, bytes, most) {
      const sent = openPiece(at, from, bytes.length)
      await sent.write(bytes.subarray(0, most))
      sent.leave()
    },
    /** Asks until Dify's answer is there. */
    result: (at, headers = {}) => until(async () => {
      const answer = await client.get(`${at}/result`, headers)
      return answer.status !== 202 && { status: answer.status, file: await answer.json }
    }, 'an answer', 10_000),
  }
}
