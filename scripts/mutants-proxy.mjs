// Is the proxy's fuzz test worth anything? Each of these hand-made bugs in the multipart reader and rebuilder must make
// src/server/fuzz.test.ts fail. Prints a table; exits 1 if one survives.
//
//   npm run mutants:proxy                     each bug in turn, on a copy in a temporary folder
//   FUZZ_RUNS=20000 npm run mutants:proxy     with more runs of each property; FUZZ_SEED for another seed than 1

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** [what the bug does, the file in src/server/multipart, what to replace, by what] */
const MUTANTS = [
  ['a delimiter that two chunks share is content', 'multipartReader.ts', '    return start\n  }', '    return window.length\n  }'],
  ['what begins like a delimiter and goes on otherwise is one', 'multipartReader.ts', "return second === LF ? 'part' : 'content'", "return 'part'"],
  ['one dash closes the form', 'multipartReader.ts', "return second === DASH ? 'close' : 'content'", "return 'close'"],
  ['what was held back of a chunk is lost', 'multipartReader.ts', 'if (rest.length === 0) {', 'if (rest.length < 4) {'],
  ['the search stops one byte short of the delimiter', 'findBytes.ts', 'if (i >= last) return', 'if (i >= last - 1) return'],
  ['the search leaps over a delimiter', 'findBytes.ts', 'skip[needle[i]!] = last - i', 'skip[needle[i]!] = last - i + 1'],
  ['a second file is skipped in silence', 'rebuiltUpload.ts', "if (part.filename !== null) throw new Refusal('too_many_files')", ''],
  ['a text field called file is the file', 'rebuiltUpload.ts', 'if (part.filename !== null) return { ...part, filename: part.filename }', "if (part.filename !== null || part.name === 'file') return { ...part, filename: part.filename ?? 'x' }"],
  ['a form without its end is whole', 'rebuiltUpload.ts', 'await onlyFields(reader, this.dropped).catch(unreadable)', 'await onlyFields(reader, this.dropped).catch(() => {})'],
  ['a body longer than it said is whole', 'rebuiltUpload.ts', 'if (epilogue < 0) throw lie()', 'if (epilogue < 0) return'],
  ["the client's own boundary goes upstream", 'rebuiltUpload.ts', '(options.freshBoundary ?? freshBoundary)()', 'options.boundary'],
  ['one byte over the cap passes', 'rebuiltUpload.ts', 'this.fileBytes > limit', 'this.fileBytes > limit + 1'],
  ['Dify gets a byte more than it was promised', 'rebuiltUpload.ts', 'new Uint8Array(close.length + fileEnd)', 'new Uint8Array(close.length + fileEnd + 1)'],
  ['the content of an empty file is a line', 'multipartReader.ts', 'this.#at = end + 4', 'this.#at = end + 2'],
]

const project = fileURLToPath(new URL('..', import.meta.url))
const vitest = join(dirname(fileURLToPath(import.meta.resolve('vitest/package.json'))), 'vitest.mjs')
const temporary = mkdtempSync(join(tmpdir(), 'dify-file-drop-mutants-proxy-'))
const runs = process.env.FUZZ_RUNS ?? '500'
const seed = process.env.FUZZ_SEED ?? '1'
const sources = join(temporary, 'src/server/multipart')

try {
  symlinkSync(join(project, 'node_modules'), join(temporary, 'node_modules'))
  cpSync(join(project, 'package.json'), join(temporary, 'package.json'))
  for (const folder of ['server', 'dify']) cpSync(join(project, 'src', folder), join(temporary, 'src', folder), { recursive: true })
  writeFileSync(join(temporary, 'vitest.config.mjs'), `export default { test: { include: ['src/server/fuzz.test.ts'], bail: 1 } }\n`)
  let wrong = 0
  console.log(`${runs} runs of each property, seed ${seed}\n`)
  for (const [what, file, from, to] of [['(the proxy as it is)', 'grammar.ts', '', ''], ...MUTANTS]) {
    const path = join(sources, file)
    const source = readFileSync(join(project, 'src/server/multipart', file), 'utf8')
    if (!source.includes(from)) throw new Error(`${file} has no "${from}" any more. Bring this mutant up to date: ${what}.`)
    writeFileSync(path, source.replace(from, () => to))
    const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, 'run', '--root', temporary], {
      cwd: temporary, encoding: 'utf8', timeout: 10 * 60_000, env: { ...process.env, FUZZ_RUNS: runs, FUZZ_SEED: seed, NO_COLOR: '1' },
    })
    writeFileSync(path, source)
    const said = stdout + stderr
    if (!/Tests\s+\d/.test(said)) throw new Error(`The fuzz test did not run:\n${said}`)
    const isCaught = status !== 0
    const isRight = isCaught === (from !== '')
    if (!isRight) wrong += 1
    const tries = /failed after (\d+) tests/.exec(said)?.[1]
    const verdict = !isCaught ? 'passes' : tries === undefined ? 'caught by a named case' : `caught after ${tries} bodies`
    console.log(`${isRight ? 'ok ' : 'BAD'}  ${what.padEnd(60)} ${verdict}`)
    if (from === '' && isCaught) console.log(said)
  }
  console.log(wrong === 0 ? `\nAll ${MUTANTS.length} bugs are caught.` : `\n${wrong} wrong.`)
  process.exitCode = wrong === 0 ? 0 : 1
} finally {
  rmSync(temporary, { recursive: true, force: true })
}
