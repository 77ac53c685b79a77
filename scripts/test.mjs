// npm test: every lane in order, whether or not one before it failed, with its time; then a table; then "N passed, N failed".
// npm test -- --lane unit,e2e runs those alone. A lane that passes is one line; of one that fails, all its output is shown.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import './check-node.mjs'

const RESULTS = 'test-results'
const LANE_TIMEOUT = 5 * 60_000

/** Lanes of one group run at the same time. `count` reads what ran; without it, a lane counts as one. */
const GROUPS = [
  [
    { name: 'typecheck', steps: [['tsc', '-p', 'tsconfig.json']] },
    { name: 'lint', steps: [['oxlint', '--type-aware', '--deny-warnings']] },
    vitest('unit'),
  ],
  [{ ...vitest('browser'), needsBrowser: true }],
  [{ ...vitest('stories'), needsBrowser: true }],
  [{ name: 'build', steps: [['vite', 'build', '--logLevel=warn'], ['tsc', '-p', 'tsconfig.build.json']] }],
  [{ name: 'size', report: `${RESULTS}/size.json`, needsBrowser: true, steps: [['node', 'scripts/size.mjs']], count: ({ passed, failed }) => ({ passed, failed }) }],
  [playwright('e2e')],
  [storyPages('a11y')],
  [storyPages('visual')],
]

const { values: options } = parseArgs({ options: { lane: { type: 'string', multiple: true } } })
const names = GROUPS.flat().map((lane) => lane.name)
const wanted = options.lane?.flatMap((value) => value.split(',')) ?? names
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`There is no lane "${unknown.join('", "')}". The lanes are: ${names.join(', ')}.`)
  process.exit(1)
}
const groups = GROUPS.map((group) => group.filter((lane) => wanted.includes(lane.name))).filter((group) => group.length > 0)

mkdirSync(RESULTS, { recursive: true })
const results = []
if (groups.flat().some((lane) => lane.needsBrowser)) {
  const browser = await runLane({ name: 'a browser', steps: [['node', 'scripts/ensure-browser.mjs']], count: () => ({ passed: 0, failed: 0, isCheck: false }) })
  if (!browser.ok) results.push(browser)
}
for (const group of groups) results.push(...(await Promise.all(group.map(runLane))))

const sum = (key) => results.reduce((total, result) => total + result[key], 0)
console.log(`\n${results.map(row).join('\n')}\n${'all'.padEnd(12)}${seconds(performance.now())}\n`)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = results.every((result) => result.ok) ? 0 : 1

/** One project of vitest.config.ts. */
function vitest(name) {
  const report = `${RESULTS}/${name}.json`
  return {
    name,
    report,
    steps: [['vitest', 'run', '--project', name, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]],
    count: ({ numPassedTests, numFailedTests }) => ({ passed: numPassedTests, failed: numFailedTests }),
  }
}

/**
 * The flows of e2e/, against the demo that playwright.config.ts starts, in Chromium; `npm run test:browsers` has the others.
 * The project “timed” runs after “chromium”, and brings it along.
 */
function playwright(name) {
  const report = `${RESULTS}/${name}.json`
  return {
    name,
    report,
    needsBrowser: true,
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    steps: [['playwright', 'test', '--project', 'timed', '--pass-with-no-tests', '--reporter=line,json']],
    count: ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }),
  }
}

/** The built Storybook: axe on every story in every mode, and pictures of some. */
function storyPages(name) {
  const { steps: _, ...lane } = playwright(name)
  return {
    ...lane,
    // A hundred pages, each looked at in every mode.
    timeout: 2 * LANE_TIMEOUT,
    steps: [
      ['node', 'scripts/ensure-fonts.mjs'],
      ['node', 'scripts/build-storybook.mjs'],
      ['playwright', 'test', '-c', 'playwright.stories.config.ts', '--project', name, '--reporter=line,json'],
    ],
  }
}

async function runLane(lane) {
  const start = performance.now()
  if (lane.report) rmSync(lane.report, { force: true })
  let output = ''
  let ok = true
  for (const step of lane.steps) {
    if (!ok) break
    const ended = await run(step, lane)
    output += ended.output
    ok = ended.ok
  }
  const { passed, failed, ...note } = counted(lane, ok)
  const result = { name: lane.name, ok, passed, failed: !ok && failed === 0 ? 1 : failed, time: performance.now() - start, ...note }
  if (!ok) console.log(`\n----- ${lane.name} failed; all of its output -----\n${output}\n----- end of ${lane.name} -----\n`)
  console.log(row(result))
  return result
}

function counted(lane, ok) {
  if (lane.report) {
    try {
      const { passed, failed } = lane.count(JSON.parse(readFileSync(lane.report, 'utf8')))
      return { passed, failed, ranNothing: passed + failed === 0 }
    } catch {
      return { passed: 0, failed: 0, ranNothing: true }
    }
  }
  return lane.count?.() ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
}

/** Runs a program of node_modules/.bin, in a process group of its own so that a lane that hangs is ended with all it started. */
function run([program, ...args], { env = {}, timeout = LANE_TIMEOUT }) {
  return new Promise((resolve) => {
    const isPosix = process.platform !== 'win32'
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: isPosix, shell: !isPosix, env: { ...process.env, ...env } })
    const end = (signal) => {
      if (child.pid === undefined) return
      try {
        process.kill(isPosix ? -child.pid : child.pid, signal)
      } catch {
        // It has ended already.
      }
    }
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))

    const timer = setTimeout(() => {
      output += `\nStopped: it had not ended after ${timeout / 60_000} minutes.\n`
      end('SIGKILL')
    }, timeout)
    const interrupted = (signal) => {
      end(signal)
      process.exit(1)
    }
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted)

    const finish = (ok) => {
      clearTimeout(timer)
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
      resolve({ ok, output })
    }
    child.on('error', (error) => {
      output += `${program}: ${error.message}\n`
      finish(false)
    })
    child.on('close', (code) => finish(code === 0))
  })
}

function row({ name, ok, passed, failed, time, ranNothing }) {
  const said = !ok ? `${passed} passed, ${failed} FAILED` : ranNothing ? 'ran no test' : passed > 0 ? `${passed} passed` : 'ok'
  return `${name.padEnd(12)}${seconds(time)}  ${said}`
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`.padStart(8)
}
