// Are the engine's property tests worth anything? Each of these hand-made bugs must make them fail.
//
//   npm run mutants                    each bug in turn, on a copy in a temporary folder
//   npm run mutants -- retry steps     those alone whose names have one of these words
//   MODEL_RUNS=50000 npm run mutants   with more schedules for each. Ends with "N passed, N failed"

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** [what the bug does, the file in src/core, what to replace, by what] */
const MUTANTS = [
  ['a late answer of an ended attempt counts', 'delivery.ts', 'if (this.#running.get(id) !== run) return\n    this.#running.delete(id)', 'this.#running.delete(id)'],
  ['a removed file goes on using the network', 'delivery.ts', 'run?.controller.abort()', 'void run'],
  ['one upload too many runs at once', 'delivery.ts', 'this.#running.size < pace.limit', 'this.#running.size <= pace.limit'],
  ['files over the count are dropped when slots free', 'overflow.ts', 'held.splice(0, fitting)', 'held.splice(0, fitting).slice(0, 1)'],
  ['a file over the count comes in, and stays outside too', 'door.ts', 'if (next.rest === null) store.delete(next.id)', 'if (next.rest === null) void 0'],
  ['the tally forgets who came back from offline', 'store.ts', "if (entry.until === 'online') tally.offline", "if (by === 1 && entry.until === 'online') tally.offline"],
  ['a pause forgets what was being sent', 'delivery.ts', 'this.#queue.putBack(running.map(([id]) => id))', 'void 0'],
  ['who waits during a pause waits for ever', 'delivery.ts', "if (entry.status === 'waiting') this.#arm", "if (entry.status === 'failed') this.#arm"],
  ['take() takes what is not uploaded', 'createEngine.ts', "if (entry.status === 'uploaded') leave", "if (entry.status === 'uploaded' || entry.status === 'waiting') leave"],
  ['an upload that nobody heard of is never told', 'listeners.ts', 'this.#unheard.set(entry.id, entry)', 'void entry'],
  ['an upload is told twice', 'listeners.ts', 'for (const entry of unheard.values())', 'for (const entry of [...unheard.values(), ...unheard.values()])'],
  ['the probe for the connection never ends', 'connectionWatch.ts', 'this.#cancelProbe?.()\n    this.#cancelProbe = null', 'void 0'],
  ['a retry takes a slot that others have', 'createEngine.ts', "if (entry.status === 'failed' && !door.hasRoom(entry.kind)) change", 'if (false) change'],
  ['a step of a removed file holds its place', 'run.ts', 'if (this.#leave !== null) queueMicrotask(this.#leave)', ''],
  ['the server is not left in peace', 'pace.ts', 'this.#resumeAt = Math.max(this.resumeAt(now), now + wait)', 'void wait'],
]

const words = process.argv.slice(2)
const chosen = MUTANTS.filter(([what]) => words.length === 0 || words.some((word) => what.includes(word)))

const project = fileURLToPath(new URL('..', import.meta.url))
const vitest = join(dirname(fileURLToPath(import.meta.resolve('vitest/package.json'))), 'vitest.mjs')
const temporary = mkdtempSync(join(tmpdir(), 'dify-file-drop-mutants-'))
const runs = process.env.MODEL_RUNS ?? '20000'

try {
  symlinkSync(join(project, 'node_modules'), join(temporary, 'node_modules'))
  writeFileSync(join(temporary, 'vitest.config.mjs'), `export default { test: { include: ['src/core/model.test.ts'] } }\n`)
  let escaped = 0
  for (const [what, file, from, to] of [['(the engine as it is)', 'store.ts', '', ''], ...chosen]) {
    for (const folder of ['core', 'dify']) cpSync(join(project, 'src', folder), join(temporary, 'src', folder), { recursive: true })
    const path = join(temporary, 'src/core', file)
    const source = readFileSync(path, 'utf8')
    if (!source.includes(from)) throw new Error(`${file} has no "${from}" any more. Bring this mutant up to date: ${what}.`)
    writeFileSync(path, source.replace(from, () => to))
    const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, 'run', '--root', temporary], { cwd: temporary, env: { ...process.env, MODEL_RUNS: runs, NO_COLOR: '1' }, encoding: 'utf8' })
    const isCaught = status !== 0
    const isRight = isCaught === (from !== '')
    if (!isRight) escaped++
    const said = stdout + stderr
    const tries = /failed after (\d+) tests/.exec(said)?.[1]
    const why = /Not true: (.*)/.exec(said)?.[1] ?? ''
    console.log(`${isRight ? 'ok  ' : 'BAD '} ${what}: ${isCaught ? `caught${tries === undefined ? '' : ` after ${tries} schedules`}. ${why}` : `passes ${runs} schedules`}`)
  }
  console.log(`${chosen.length + 1 - escaped} passed, ${escaped} failed`)
  process.exitCode = escaped === 0 ? 0 : 1
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
