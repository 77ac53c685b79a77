// A client as a process of its own, so that whoever times small uploads is not the one who makes the load. Told over IPC:
//   { work: 'upload', port, size, count }  uploads `count` files at once → [{ ms, headAt, firstAt }]
//   { work: 'load', port, size, count }    keeps `count` uploads going until { work: 'stop' } → []
// It speaks HTTP by hand over a kept-alive socket: the less it costs, the more of the machine is left to what is measured.
import { randomFillSync } from 'node:crypto'
import { connect } from 'node:net'

/** As Chromium makes them: the longer it is, the less a search for it costs. */
const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW1'
const HEAD = Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="film.mp4"\r\nContent-Type: video/mp4\r\n\r\n`)
const TAIL = Buffer.from(`\r\n--${BOUNDARY}--\r\n`)
/** Noise, as films and pictures are: a search for the boundary stumbles over every CR in it. */
const CONTENT = randomFillSync(Buffer.alloc(1024 * 1024))

/** Connections that wait for their next request, by port. */
const idle = new Map()
let load = new AbortController()

process.on('message', async ({ work, port, size, count }) => {
  if (work === 'stop') {
    load.abort()
    return
  }
  load = new AbortController()
  const { signal } = load
  try {
    const each = async () => {
      if (work === 'upload') return upload(port, size)
      while (!signal.aborted) await upload(port, size)
    }
    process.send({ done: await Promise.all(Array.from({ length: count }, each)) })
  } catch (error) {
    process.send({ failed: String(error) })
  }
})
process.send('ready')

async function upload(port, size) {
  const startedAt = performance.now()
  const waiting = idle.get(port) ?? []
  idle.set(port, waiting)
  let socket = waiting.pop()
  // The server ends idle connections.
  while (socket !== undefined && (socket.destroyed || socket.readableEnded)) socket = waiting.pop()
  socket ??= await connected(port)
  return new Promise((resolve, reject) => {
    let answer = ''
    let left = size
    const onClose = () => reject(new Error(`the connection closed after ${size - left} of ${size} bytes: ${answer.slice(0, 200)}`))
    const onData = (chunk) => {
      answer += chunk.toString('latin1')
      const end = answer.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = /^content-length: *(\d+)/im.exec(answer.slice(0, end))?.[1]
      const isChunked = /^transfer-encoding: *chunked/im.test(answer.slice(0, end))
      if (isChunked ? !answer.endsWith('\r\n0\r\n\r\n') : answer.length < end + 4 + Number(length)) return
      socket.off('data', onData).off('close', onClose).off('drain', pump)
      if (!answer.startsWith('HTTP/1.1 201')) return reject(new Error(answer.slice(0, 500)))
      const told = JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1))
      if (/^connection: *close/im.test(answer.slice(0, end))) socket.destroy()
      else waiting.push(socket)
      resolve({ ms: performance.now() - startedAt, headAt, firstAt: told.firstAt })
    }
    const pump = () => {
      while (left > 0) {
        const chunk = left >= CONTENT.length ? CONTENT : CONTENT.subarray(0, left)
        left -= chunk.length
        if (!socket.write(chunk) && left > 0) return
      }
      if (left === 0) socket.write(TAIL)
      left = -1
    }
    socket.on('data', onData).on('close', onClose).on('drain', pump)
    socket.write(
      `POST /files/upload HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: multipart/form-data; boundary=${BOUNDARY}\r\nContent-Length: ${HEAD.length + size + TAIL.length}\r\n\r\n`,
    )
    socket.write(HEAD)
    const headAt = performance.timeOrigin + performance.now()
    pump()
  })
}

function connected(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.on('error', reject)
  })
}
