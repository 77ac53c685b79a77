// A server of the bench as a process of its own. `direct FOLDER`: the built pages, and a stand-in for Dify that reads each upload
// to its end before it answers. `proxied FOLDER PORT`: the pages, and our proxy in front of such a stand-in on that port.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const [, , kind, folder, difyPort] = process.argv
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
/** The limits are out of the way; everything else is as Dify says it. */
const PARAMETERS = {
  file_upload: { enabled: true, allowed_file_types: ['image', 'document', 'audio', 'video', 'custom'], allowed_file_extensions: [], allowed_file_upload_methods: ['local_file', 'remote_url'], number_limits: 1_000_000 },
  system_parameters: { file_size_limit: 4096, image_file_size_limit: 4096, audio_file_size_limit: 4096, video_file_size_limit: 4096, workflow_file_upload_limit: 1_000_000 },
}

/** Bytes kept of the end, in which the closing delimiter and a proxy's filling must fit. */
const TAIL = 4096
/** Bytes a second that each upload is read with. */
let pace = Infinity
let uploads = 0
process.on('message', (told) => { if (told.pace !== undefined) pace = told.pace ?? Infinity })

const proxied = kind === 'proxied' ? await proxy() : null
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://bench')
  const route = /^\/(?:api\/dify|v1)\/(.*)$/.exec(pathname)?.[1]
  if (route === undefined) void page(pathname, response)
  else if (proxied !== null) proxied(request, response)
  else if (route === 'files/upload' && request.method === 'POST') void upload(request, response)
  else if (route === 'parameters') answer(response, 200, PARAMETERS)
  else if (route === 'info') answer(response, 200, { name: 'bench', mode: 'chat' })
  else answer(response, 404, { code: 'not_found', message: 'Not found.', status: 404 })
})
server.requestTimeout = 0
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.send(server.address().port))

async function proxy() {
  const { createDifyProxy, toNodeListener } = await import('../../.cache/bench/server/index.js')
  return toNodeListener(createDifyProxy({ apiKey: 'app-bench', baseUrl: `http://127.0.0.1:${difyPort}/v1`, authorize: () => ({ user: 'bench' }) }))
}

async function page(pathname, response) {
  const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname
  try {
    const body = await readFile(join(folder, path))
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'cache-control': 'no-store' }).end(body)
  } catch {
    response.writeHead(404).end()
  }
}

/** Reads all of it, and no more of it into memory than where the file begins and ends. */
async function upload(request, response) {
  const boundary = /boundary="?([^";]+)/.exec(request.headers['content-type'] ?? '')?.[1]
  const began = performance.now()
  let head = Buffer.alloc(0)
  let tail = Buffer.alloc(0)
  let start = -1
  let total = 0
  let part = ''
  try {
    for await (const chunk of request) {
      total += chunk.length
      if (start < 0) {
        head = Buffer.concat([head, chunk])
        const text = head.toString('latin1')
        const at = text.indexOf('filename=')
        const end = at < 0 ? -1 : text.indexOf('\r\n\r\n', at)
        if (end >= 0) {
          start = end + 4
          part = head.subarray(0, start).toString('utf8')
        }
      }
      tail = chunk.length >= TAIL ? chunk.subarray(-TAIL) : Buffer.concat([tail, chunk]).subarray(-TAIL)
      const early = pace === Infinity ? 0 : (total / pace) * 1000 - (performance.now() - began)
      if (early > 5) await sleep(early)
    }
  } catch {
    response.destroy()
    return
  }
  const close = tail.lastIndexOf(`\r\n--${boundary}--`)
  if (boundary === undefined || start < 0 || close < 0) {
    answer(response, 400, { code: 'no_file_uploaded', message: 'Please upload your file.', status: 400 })
    return
  }
  const name = /filename="([^"]*)"/.exec(part)?.[1] ?? 'file'
  answer(response, 201, {
    id: `c0ffee00-0000-4000-8000-${String(++uploads).padStart(12, '0')}`,
    name,
    size: total - (tail.length - close) - start,
    extension: extname(name).slice(1).toLowerCase(),
    mime_type: /content-type:\s*([^\r\n]+)/i.exec(part.slice(part.indexOf('filename=')))?.[1] ?? '',
    created_by: 'be9c4000-0000-4000-8000-000000000000',
    created_at: Math.floor(Date.now() / 1000),
    preview_url: null,
    source_url: null,
  })
}

function answer(response, status, json) {
  const body = JSON.stringify(json)
  response.writeHead(status, { 'content-type': 'application/json', 'x-version': '1.16.0', 'content-length': Buffer.byteLength(body) }).end(body)
}
