// A stand-in for Dify that reads uploads as fast as it can and answers like Dify. Tells when a request's file began to arrive.
import { createServer } from 'node:http'

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json', 'x-version': '1.16.0' }).end(
      JSON.stringify({ file_upload: { enabled: true }, system_parameters: { file_size_limit: 4096, image_file_size_limit: 4096, audio_file_size_limit: 4096, video_file_size_limit: 4096 } }),
    )
    return
  }
  let bytes = 0
  let firstAt = 0
  let turn = 0
  request.on('data', (chunk) => {
    if (bytes === 0) firstAt = performance.timeOrigin + performance.now()
    bytes += chunk.length
    // Each upload gets its share of a turn, so that a small one's time is not this process's.
    turn += chunk.length
    if (turn < 256 * 1024) return
    turn = 0
    request.pause()
    setImmediate(() => request.resume())
  })
  request.on('end', () => {
    const body = JSON.stringify({ id: 'c0ffee00-0000-4000-8000-000000000000', name: 'x', extension: 'mp4', mime_type: 'video/mp4', bytes, firstAt, hasLength: 'content-length' in request.headers })
    response.writeHead(201, { 'content-type': 'application/json', 'x-version': '1.16.0', 'content-length': Buffer.byteLength(body) }).end(body)
  })
  request.on('error', () => response.destroy())
})
server.requestTimeout = 0
server.listen(0, '127.0.0.1', () => process.send(server.address().port))
