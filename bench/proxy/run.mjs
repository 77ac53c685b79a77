// npm run bench:proxy: the proxy beside nginx, a bare pipe and a buffering handler, in one run, in interleaved rounds.
// Writes a table into BENCHMARKS.md (between its markers) and prints it. `-- --rounds 25` for more rounds, `-- --dry` to
// leave BENCHMARKS.md alone.
import { execFileSync, fork, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '15' }, dry: { type: 'boolean', default: false } } })
const rounds = Number(options.rounds)
const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const MB = 1_000_000
setTimeout(() => { throw new Error('not done after 20 minutes') }, 1_200_000)
/** Timings of a small upload beside the large ones, for each contender. */
const SAMPLES = 600
/** What else kept the machine busy when this began. */
const [otherLoad] = loadavg()

await build({
  configFile: false, logLevel: 'warn',
  build: { ssr: true, target: 'node20', outDir: at('../../.cache/bench/server'), emptyOutDir: true, rolldownOptions: { input: at('../../src/server/index.ts') } },
})

const folder = mkdtempSync(join(tmpdir(), 'bench-proxy-'))
const children = []
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const upstream = await start('./upstream.mjs')
const contenders = {
  nginx: await startNginx(),
  proxy: await start('./contender.mjs', 'proxy', upstream.port),
  request: await start('./contender.mjs', 'request', upstream.port),
  pipe: await start('./contender.mjs', 'pipe', upstream.port),
  formdata: await start('./contender.mjs', 'formdata', upstream.port),
}
const LABELS = { nginx: 'nginx, request buffering off', proxy: '**this proxy** on `node:http`', request: 'this proxy as a function of `Request` (Hono, Next.js)', pipe: 'a bare `node:http` pipe (no rebuild, no checks)', formdata: '`await request.formData()`, posted again' }
const names = Object.keys(contenders).filter((name) => contenders[name] !== null)
const { proxy } = contenders
const loader = await startClient()
const prober = await startClient()

// Everybody warm: the same number of bytes, and the code compiled.
for (const name of names) for (let i = 0; i < 3; i++) await uploads(loader, contenders[name], 100 * MB, 4)

// 1. Speed and memory of four large ones at once.
const rate = byName()
const memory = byName()
const work = byName()
for (let round = 0; round < rounds; round++) {
  // One that takes five times as long, and is not near, needs fewer.
  for (const name of inTurn(names.filter((name) => name !== 'formdata' || round < 3), round)) {
    forgetPeak(contenders[name])
    const [cpu, startedAt] = [cpuTime(contenders[name]), performance.now()]
    await uploads(loader, contenders[name], 100 * MB, 4)
    rate[name].push(400 / ((performance.now() - startedAt) / 1000))
    work[name].push((cpuTime(contenders[name]) - cpu) / 0.4)
    memory[name].push(peak(contenders[name]))
  }
}

// 2. The proxy's memory: by the size of files, and by how many there are at once. Each pair moves the same bytes.
const shapes = {
  small: async () => { for (let i = 0; i < 100; i++) await uploads(loader, proxy, 10 * MB, 1) },
  large: () => uploads(loader, proxy, 1000 * MB, 1),
  alone: async () => { for (let i = 0; i < 16; i++) await uploads(loader, proxy, 60 * MB, 1) },
  sixteen: () => uploads(loader, proxy, 60 * MB, 16),
}
const peaks = Object.fromEntries(Object.keys(shapes).map((shape) => [shape, []]))
for (let round = 0; round < Math.min(rounds, 7); round++) {
  for (const shape of inTurn(Object.keys(shapes), round)) {
    forgetPeak(proxy)
    await shapes[shape]()
    peaks[shape].push(peak(proxy))
  }
}

// 3. How soon Dify hears of a file.
const firstByte = []
for (let i = 0; i < SAMPLES; i++) {
  const [{ firstAt, headAt }] = await uploads(prober, proxy, 1 * MB, 1)
  firstByte.push(firstAt - headAt)
}

// 4. A small upload beside four large ones that never end.
const compared = names.filter((name) => name !== 'formdata' && name !== 'request')
const beside = byName()
for (let round = 0; round < 12; round++) {
  for (const name of inTurn(compared, round)) {
    const load = told(loader, { work: 'load', port: contenders[name].port, size: 100 * MB, count: 4 })
    await new Promise((resolve) => setTimeout(resolve, 200))
    for (let i = 0; i < SAMPLES / 12; i++) beside[name].push((await uploads(prober, contenders[name], 10_000, 1))[0].ms)
    loader.send({ work: 'stop' })
    await load
  }
}

const floor = rate.nginx.length > 0 ? median(rate.nginx) : null
const ratio = (name) => (floor === null ? '–' : median(rate[name].map((each, round) => each / rate.nginx[round])).toFixed(2))
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
const section = `Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} × ${cpus()[0].model.trim()}, Node ${process.version}, by \`npm run bench:proxy\`. Clients, contender and upstream share these cores (load average before it began: ${otherLoad.toFixed(1)}). ${rounds} interleaved rounds (3 of the last); median (min–max); × nginx is the median of the rounds' ratios.

${table(
  ['4 × 100 MB at once', 'MB/s', '× nginx', 'CPU, ms per GB', 'peak RSS, MB'],
  names.map((name) => [LABELS[name], span(rate[name]), ratio(name), span(work[name]), span(memory[name])]),
)}

${table(
  ['10 KB beside 4 × 100 MB', `p50 of ${SAMPLES}, ms`, 'p99, ms', 'max, ms'],
  compared.map((name) => [LABELS[name], ...[0.5, 0.99, 1].map((share) => quantile(beside[name], share).toFixed(1))]),
)}

${table(
  ['the proxy', 'measured', 'target'],
  [
    ['speed of 4 × 100 MB at once', `${ratio('proxy')} × nginx`, 'at least 0.9'],
    ['peak RSS, 4 × 100 MB at once', `${span(memory.proxy)} MB`, 'at most 128 MB'],
    ['peak RSS, one file of 1 GB against 100 of 10 MB', `${span(peaks.large)} against ${span(peaks.small)} MB`, 'at most 8 MB more'],
    ['RSS for each upload more (1 → 16 at once)', `${((median(peaks.sixteen) - median(peaks.alone)) / 15).toFixed(2)} MB (${span(peaks.sixteen)} against ${span(peaks.alone)} MB)`, 'at most 2 MB'],
    ["first byte upstream after the part's headers", `p50 ${median(firstByte).toFixed(1)}, p99 ${quantile(firstByte, 0.99).toFixed(1)}, max ${quantile(firstByte, 1).toFixed(1)} ms of ${SAMPLES}`, '5 ms'],
    ['a 10 KB upload during 4 × 100 MB', `p99 ${quantile(beside.proxy, 0.99).toFixed(1)} ms`, 'at most 50 ms'],
  ],
)}
`
console.log(section)
if (!options.dry) {
  const file = at('../../BENCHMARKS.md')
  const [open, close] = ['<!-- proxy -->', '<!-- /proxy -->']
  const before = existsSync(file) ? readFileSync(file, 'utf8') : `# Benchmarks\n\nEvery figure here was written by the command beside it.\n\n## The proxy\n\n${open}\n${close}\n`
  writeFileSync(file, before.replace(new RegExp(`${open}[\\s\\S]*${close}`), () => `${open}\n${section}${close}`))
}
process.exit(0)

function start(file, ...args) {
  return new Promise((resolve) => {
    const child = fork(at(file), args)
    children.push(child)
    child.once('message', (port) => resolve({ port, pid: child.pid }))
  })
}

function startClient() {
  return new Promise((resolve) => {
    const child = fork(at('./client.mjs'))
    children.push(child)
    child.once('message', () => resolve(child))
  })
}

/** As its manual advises for uploads: nothing buffered on disk, connections to the upstream kept alive. */
async function startNginx() {
  if (!['/usr/sbin/nginx', '/usr/bin/nginx'].some(existsSync)) return null
  const port = await freePort()
  mkdirSync(join(folder, 'logs'))
  writeFileSync(join(folder, 'nginx.conf'), `
    daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log; events { worker_connections 1024; }
    http { access_log off; client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
      upstream dify { server 127.0.0.1:${upstream.port}; keepalive 16; }
      server { listen 127.0.0.1:${port}; client_max_body_size 0;
        location / { proxy_pass http://dify/v1/; proxy_request_buffering off; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Authorization "Bearer app-bench"; } } }`)
  const child = spawn('nginx', ['-e', 'stderr', '-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' })
  children.push(child)
  for (let tries = 0; tries < 100; tries++) {
    const isOpen = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true) })
      socket.on('error', () => resolve(false))
    })
    if (isOpen) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const worker = execFileSync('pgrep', ['-P', String(child.pid)]).toString().trim().split('\n')[0]
  return { port, pid: Number(worker) }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

function told(client, message) {
  return new Promise((resolve, reject) => {
    client.once('message', ({ done, failed }) => (failed === undefined ? resolve(done) : reject(new Error(failed))))
    client.send(message)
  })
}

function uploads(client, { port }, size, count) {
  return told(client, { work: 'upload', port, size, count })
}

function byName() {
  return Object.fromEntries(names.map((name) => [name, []]))
}

function inTurn(list, round) {
  return round % 2 ? list.toReversed() : list
}

function peak({ pid }) {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024 / MB
}

function forgetPeak({ pid }) {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
  } catch {
    // Not ours to reset (nginx's worker may be another user's): the peak is since its start.
  }
}

/** User and system time so far, in ms. */
function cpuTime({ pid }) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

function median(list) {
  return quantile(list, 0.5)
}

function quantile(list, share) {
  const sorted = list.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

function span(list, digits = 0) {
  return `${median(list).toFixed(digits)} (${Math.min(...list).toFixed(digits)}–${Math.max(...list).toFixed(digits)})`
}
