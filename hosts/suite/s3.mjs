import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'

const MIB = 1024 * 1024

/**
 * As much of S3 as a store of pieces needs, in memory, for the AWS SDK to speak to: objects, and uploads in parts with their rules (no part
 * but the last under 5 MiB, ETags that have to fit, `NoSuchUpload` once they are put together or aborted). What was cut off is not stored.
 */
export async function startS3() {
  const objects = new Map()
  const uploads = new Map()
  /** Work before what is asked for next, by the operation's name. */
  const holds = new Map()
  const asked = []
  const giving = new Set()

  const operations = {
    async PutObject({ key, body, headers }) {
      objects.set(key, { body, etag: md5(body), meta: metaIn(headers) })
      return { headers: { etag: `"${md5(body)}"` } }
    },
    async GetObject({ key }) {
      const object = objects.get(key) ?? missing('NoSuchKey')
      return { headers: headersOf(object), body: object.body }
    },
    async HeadObject({ key }) {
      return { headers: headersOf(objects.get(key) ?? missing('NoSuchKey')) }
    },
    async DeleteObject({ key }) {
      objects.delete(key)
      return { status: 204 }
    },
    async DeleteObjects({ body }) {
      const keys = all(body, 'Key')
      for (const key of keys) objects.delete(key)
      return xml(`<DeleteResult>${keys.map((key) => `<Deleted><Key>${key}</Key></Deleted>`).join('')}</DeleteResult>`)
    },
    async CreateMultipartUpload({ key, headers }) {
      const id = randomUUID()
      uploads.set(id, { key, meta: metaIn(headers), parts: new Map() })
      return xml(`<InitiateMultipartUploadResult><Bucket>uploads</Bucket><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`)
    },
    async UploadPart({ key, query, body }) {
      uploadOf(key, query).parts.set(Number(query.get('partNumber')), { body, etag: md5(body) })
      return { headers: { etag: `"${md5(body)}"` } }
    },
    async ListParts({ key, query }) {
      const after = Number(query.get('part-number-marker') ?? 0)
      const parts = [...uploadOf(key, query).parts].sort(([a], [b]) => a - b).filter(([number]) => number > after)
      // Real ones give a thousand at a time.
      const page = parts.slice(0, PAGE)
      const isMore = parts.length > page.length
      return xml(`<ListPartsResult><IsTruncated>${isMore}</IsTruncated>${isMore ? `<NextPartNumberMarker>${page.at(-1)[0]}</NextPartNumberMarker>` : ''}${page
        .map(([number, part]) => `<Part><PartNumber>${number}</PartNumber><ETag>&quot;${part.etag}&quot;</ETag><Size>${part.body.length}</Size></Part>`)
        .join('')}</ListPartsResult>`)
    },
    async CompleteMultipartUpload({ key, query, body }) {
      const upload = uploadOf(key, query)
      const numbers = all(body, 'PartNumber').map(Number)
      const etags = all(body, 'ETag').map((it) => it.replaceAll(/"|&quot;/g, ''))
      const parts = numbers.map((number) => upload.parts.get(number) ?? missing('InvalidPart', 400))
      if (parts.some((part, n) => part.etag !== etags[n])) missing('InvalidPart', 400)
      if (numbers.some((number, n) => n > 0 && number <= numbers[n - 1])) missing('InvalidPartOrder', 400)
      if (parts.length === 0) missing('MalformedXML', 400)
      if (parts.slice(0, -1).some((part) => part.body.length < 5 * MIB)) missing('EntityTooSmall', 400)
      const whole = Buffer.concat(parts.map((part) => part.body))
      objects.set(key, { body: whole, etag: `${md5(whole)}-${parts.length}`, meta: upload.meta })
      uploads.delete(query.get('uploadId'))
      return xml(`<CompleteMultipartUploadResult><Bucket>uploads</Bucket><Key>${key}</Key><ETag>&quot;x&quot;</ETag></CompleteMultipartUploadResult>`)
    },
    async AbortMultipartUpload({ key, query }) {
      uploadOf(key, query)
      uploads.delete(query.get('uploadId'))
      return { status: 204 }
    },
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      if (response.destroyed) return
      response.writeHead(error.status ?? 500, { 'content-type': 'application/xml' }).end(`<Error><Code>${error.s3 ?? 'InternalError'}</Code><Message>${error.message}</Message></Error>`)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** The operations that were asked for, in order. */
    asked,
    /** Answers that have not been read to their end. */
    giving: () => giving.size,
    keys: () => [...objects.keys()],
    /** Uploads in parts that are neither whole nor aborted. */
    open: () => uploads.size,
    /** Bytes that wait in parts and in pieces shorter than a part. */
    waiting: () => [...[...uploads.values()].flatMap(({ parts }) => [...parts.values()]), ...[...objects].filter(([key]) => key.endsWith('.part')).map(([, it]) => it)].reduce((sum, { body }) => sum + body.length, 0),
    /** Calls `work` before each such operation until the function returned is called; what it throws is the answer. */
    before(operation, work) {
      holds.set(operation, work)
      return () => holds.delete(operation)
    },
    reset() {
      for (const it of [objects, uploads, holds]) it.clear()
      asked.length = 0
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }

  function uploadOf(key, query) {
    const upload = uploads.get(query.get('uploadId'))
    return upload?.key === key ? upload : missing('NoSuchUpload')
  }

  async function answer(request, response) {
    const { pathname, searchParams: query } = new URL(request.url, 'http://s3.invalid')
    const [, bucket, key = ''] = /^\/([^/]+)\/?(.*)$/.exec(pathname)
    const operation = operationOf(request.method, key, query)
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    asked.push(operation)
    if (bucket !== 'uploads') missing('NoSuchBucket')
    if (!/^AWS4-HMAC-SHA256 Credential=replica\//.test(request.headers.authorization ?? '')) missing('AccessDenied', 403)
    await holds.get(operation)?.()
    const whole = Buffer.concat(chunks)
    const body = request.headers['content-encoding']?.includes('aws-chunked') ? unchunked(whole, Number(request.headers['x-amz-decoded-content-length'])) : whole
    const told = await operations[operation]({ key: decodeURIComponent(key), query, body, headers: request.headers })
    giving.add(response)
    response.once('close', () => giving.delete(response))
    response.writeHead(told.status ?? 200, told.headers).end(request.method === 'HEAD' ? undefined : told.body)
  }
}

export class S3Fault extends Error {
  constructor(s3, status = 404) {
    super(s3)
    Object.assign(this, { s3, status })
  }
}

const PAGE = 2

function operationOf(method, key, query) {
  if (key === '') return method === 'POST' && query.has('delete') ? 'DeleteObjects' : missing('NotImplemented', 501)
  if (query.has('uploads')) return 'CreateMultipartUpload'
  if (query.has('uploadId')) return { PUT: 'UploadPart', GET: 'ListParts', POST: 'CompleteMultipartUpload', DELETE: 'AbortMultipartUpload' }[method]
  return { PUT: 'PutObject', GET: 'GetObject', HEAD: 'HeadObject', DELETE: 'DeleteObject' }[method] ?? missing('NotImplemented', 501)
}

function missing(code, status) {
  throw new S3Fault(code, status)
}

/** `size in hex ; signature CRLF bytes CRLF …`, as the SDK sends what it streams. */
function unchunked(framed, length) {
  const chunks = []
  for (let at = 0; ;) {
    const end = framed.indexOf('\r\n', at)
    const size = Number.parseInt(framed.subarray(at, end).toString('latin1'), 16)
    if (!(size > 0)) break
    chunks.push(framed.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
  const body = Buffer.concat(chunks)
  if (body.length !== length) missing('IncompleteBody', 400)
  return body
}

function all(body, tag) {
  return [...body.toString().matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, text]) => text)
}

function xml(text) {
  return { headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?>\n${text}` }
}

function metaIn(headers) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-')))
}

function headersOf({ body, etag, meta }) {
  return { ...meta, etag: `"${etag}"`, 'content-length': String(body.length), 'last-modified': new Date().toUTCString() }
}

function md5(bytes) {
  return createHash('md5').update(bytes).digest('hex')
}
