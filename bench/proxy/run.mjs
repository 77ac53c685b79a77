// npm run bench:proxy: the proxy beside nginx, a bare pipe and a buffering handler, in one run, in interleaved rounds.
// Writes a table into BENCHMARKS.md (between its markers) and prints it. `-- --rounds 7` for more rounds.
import { execFileSync, fork, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync, existsSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })
const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const MB = 1_000_000

await build({
  configFile: false, logLevel: 'warn',
  build: { ssr: true, target: 'node20', outDir: at('../../.cache/bench/server'), emptyOutDir: true, rolldownOptions: { input: at('../../src/server/index.ts') } },
})

const children = []
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')))
const start = (file, ...args) =>
  new Promise((resolve) => {
    const child = fork(at(file), args)
    children.push(child)
    child.once('message', (port) => resolve({ port, pid: child.pid, child }))
  })

const upstream = await start('./upstream.mjs')
const startNginx = async () => {
  if (!['/usr/sbin/nginx', '/usr/bin/nginx'].some(existsSync)) return null
  const folder = mkdtempSync(join(tmpdir(), 'bench-nginx-'))
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  mkdirSync(join(folder, 'logs'))
  writeFileSync(join(folder, 'nginx.conf'), `
    daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log; events { worker_connections 1024; }
    http { access_log off; client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
      server { listen 127.0.0.1:${port}; client_max_body_size 0;
        location / { proxy_pass http://127.0.0.1:${upstream.port}/v1/; proxy_request_buffering off; proxy_http_version 1.1; proxy_set_header Authorization "Bearer app-bench"; } } }`)
  const child = spawn('nginx', ['-e', 'stderr', '-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' })
  children.push(child)
  for (let tries = 0; tries < 100; tries++) {
    const open = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true) })
      socket.on('error', () => resolve(false))
    })
    if (open) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const worker = execFileSync('pgrep', ['-P', String(child.pid)]).toString().trim().split('\n')[0]
  return { port, pid: Number(worker), child }
}

const contenders = {
  nginx: await startNginx(),
  proxy: await start('./contender.mjs', 'proxy', upstream.port),
  pipe: await start('./contender.mjs', 'pipe', upstream.port),
  formdata: await start('./contender.mjs', 'formdata', upstream.port),
}
const names = Object.keys(contenders).filter((name) => contenders[name] !== null)

const BOUNDARY = '----bench0123456789abcdef'
const HEAD = Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="film.mp4"\r\nContent-Type: video/mp4\r\n\r\n`)
const TAIL = Buffer.from(`\r\n--${BOUNDARY}--\r\n`)
const CHUNK = Buffer.alloc(65_536, 0x61)
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** Uploads `size` bytes; resolves with Dify's answer and the times. */
function upload({ port }, size) {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const outgoing = request({
      port, host: '127.0.0.1', method: 'POST', path: '/files/upload', agent,
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, 'content-length': HEAD.length + size + TAIL.length },
    }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (text) => (body += text)).on('end', () => {
        if (answer.statusCode !== 201) reject(new Error(`${answer.statusCode} ${body}`))
        else resolve({ ms: performance.now() - startedAt, headAt, ...JSON.parse(body) })
      })
    })
    outgoing.on('error', reject)
    outgoing.write(HEAD)
    const headAt = performance.timeOrigin + performance.now()
    let left = size
    const pump = () => {
      while (left > 0) {
        const chunk = left >= CHUNK.length ? CHUNK : CHUNK.subarray(0, left)
        left -= chunk.length
        if (!outgoing.write(chunk) && left > 0) return void outgoing.once('drain', pump)
      }
      outgoing.end(TAIL)
    }
    pump()
  })
}

const peak = ({ pid }) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
const forgetPeak = ({ pid }) => { try { writeFileSync(`/proc/${pid}/clear_refs`, '5') } catch { /* not ours to reset: the peak is since its start */ } }
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]
const span = (list, digits = 0) => `${median(list).toFixed(digits)} (${Math.min(...list).toFixed(digits)}–${Math.max(...list).toFixed(digits)})`

for (const name of names) await upload(contenders[name], 5 * MB)

const rate = Object.fromEntries(names.map((name) => [name, []]))
const memory = Object.fromEntries(names.map((name) => [name, []]))
for (let round = 0; round < Number(options.rounds); round++) {
  for (const name of round % 2 ? names.toReversed() : names) {
    forgetPeak(contenders[name])
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: 4 }, () => upload(contenders[name], 100 * MB)))
    rate[name].push((400 * MB) / MB / ((performance.now() - startedAt) / 1000))
    memory[name].push(peak(contenders[name]))
  }
}

const { proxy } = contenders
async function peakOf(work) {
  forgetPeak(proxy)
  await work()
  return peak(proxy)
}
const small = await peakOf(() => upload(proxy, 10 * MB))
const large = await peakOf(() => upload(proxy, 1000 * MB))
const one = await peakOf(() => upload(proxy, 100 * MB))
const sixteen = await peakOf(() => Promise.all(Array.from({ length: 16 }, () => upload(proxy, 50 * MB))))

const firstByte = []
for (let i = 0; i < 50; i++) {
  const answer = await upload(proxy, 1 * MB)
  firstByte.push(answer.firstAt - answer.headAt)
}
const beside = []
const busy = { now: true }
const large4 = Promise.all(Array.from({ length: 4 }, () => upload(proxy, 100 * MB))).then(() => (busy.now = false))
while (busy.now) beside.push((await upload(proxy, 10_000)).ms)
await large4
beside.sort((a, b) => a - b)

const floor = rate.nginx ? median(rate.nginx) : null
const rows = names.map((name) => `| ${LABELS()[name]} | ${span(rate[name])} | ${floor ? (median(rate[name]) / floor).toFixed(2) : '–'} | ${span(memory[name])} |`)
const section = `Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} × ${cpus()[0].model.trim()}, Node ${process.version}, by \`npm run bench:proxy\`: client, contender and upstream share the machine; ${options.rounds} interleaved rounds; median (min–max).

| 4 × 100 MB at once | MB/s | × nginx | peak RSS, MB |
|---|---|---|---|
${rows.join('\n')}

| the proxy | measured | target |
|---|---|---|
| peak RSS, one 1 GB file against one 10 MB file | ${large.toFixed(1)} against ${small.toFixed(1)} MB | at most 8 MB more |
| RSS for each upload more (1 → 16 at once) | ${((sixteen - one) / 15).toFixed(2)} MB | at most 2 MB |
| first byte upstream after the part's headers, median (max) of 50 | ${median(firstByte).toFixed(1)} (${Math.max(...firstByte).toFixed(1)}) ms | 5 ms |
| a 10 KB upload during 4 × 100 MB, p50 / p99 of ${beside.length} | ${median(beside).toFixed(1)} / ${beside[Math.floor(beside.length * 0.99)].toFixed(1)} ms | p99 at most 50 ms |
`
console.log(section)
const file = at('../../BENCHMARKS.md')
const [open, close] = ['<!-- proxy -->', '<!-- /proxy -->']
const before = existsSync(file) ? readFileSync(file, 'utf8') : `# Benchmarks\n\nEvery figure here was written by the command beside it.\n\n## The proxy\n\n${open}\n${close}\n`
writeFileSync(file, before.replace(new RegExp(`${open}[\\s\\S]*${close}`), () => `${open}\n${section}${close}`))
process.exit(0)

function LABELS() {
  return { nginx: 'nginx, request buffering off', proxy: '**this proxy** on `node:http`', pipe: 'a bare `node:http` pipe (no rebuild, no checks)', formdata: '`await request.formData()`, posted again' }
}
