// npm run bench: the widget beside the bare browser and its peers, in Chromium, in interleaved rounds. Writes its section of
// BENCHMARKS.md, bench/results.json and bench/charts. Options, after `--`:
//   --check        compare with the budgets, and fail where one is missed
//   --only 200,load    some of the scenarios
//   --rounds 7     rounds of each
//   --quick        three rounds, without what takes minutes
//   --dry          write nothing
//   --ci           what is stable on any machine, in a few minutes, checked; writes nothing
//   --profile 1000     a CPU profile of the widget in one scenario, summed up by function, instead
//   --trace 200,photos what the long tasks are made of, for floor and widget, instead
import { execFileSync, fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from '../../scripts/find-browser.mjs'
import { BUDGETS, judge } from './budgets.mjs'
import { ALL_PAGES, buildPages, install, PAGES, versions } from './build.mjs'
import { firstLoad } from './firstLoad.mjs'
import { longTasks } from './longTasks.mjs'
import { profile } from './profile.mjs'
import { section, writeCharts, writeSection } from './report.mjs'
import { SCENARIOS } from './scenarios.mjs'
import { span } from './statistics.mjs'

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean', default: false }, only: { type: 'string' }, rounds: { type: 'string' }, quick: { type: 'boolean', default: false },
    dry: { type: 'boolean', default: false }, ci: { type: 'boolean', default: false }, profile: { type: 'string' }, trace: { type: 'string' },
  },
})
/** Pages of ours. */
const OURS = ['widget', 'composer', 'progress']
const rounds = Number(options.rounds ?? (options.quick || options.ci ? 3 : 7))
const budgets = options.ci ? BUDGETS.filter((it) => it.stable) : BUDGETS
const isLookedInto = options.profile !== undefined || options.trace !== undefined
const wanted = (options.profile ?? options.trace)?.split(',') ?? options.only?.split(',') ?? (options.ci ? [...new Set(budgets.map((it) => it.scenario))] : null)
const scenarios = Object.entries(SCENARIOS)
  .filter(([name, { heavy }]) => (wanted === null ? !(options.quick && heavy) : wanted.includes(name)))
  .map(([name, scenario]) => [name, { ...scenario, ...whoTakesPart(name, scenario) }])
const isLoadWanted = !isLookedInto && (wanted === null || wanted.includes('load'))
const began = performance.now()
const machine = {
  cpus: `${cpus().length} × ${cpus()[0].model.trim()}`, memory: `${(totalmem() / 2 ** 30).toFixed(0)} GB`, system: `${type()} ${release()}`,
  node: process.version, browser: '', load: loadavg()[0].toFixed(1),
}

execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/ensure-browser.mjs', import.meta.url))], { stdio: ['ignore', 'ignore', 'inherit'] })
install()
const pages = new Set(scenarios.flatMap(([, it]) => [...it.contenders, ...it.once]).concat(isLoadWanted ? peers() : []))
await buildPages({ names: ALL_PAGES.filter((name) => pages.has(name)), readable: options.profile !== undefined })
progress('The pages are built.')

const children = []
const sink = await start('direct', PAGES)
const proxied = await start('proxied', PAGES, String(sink.port))
const browser = await chromium.launch(chromiumLaunchOptions())
machine.browser = `Chromium ${browser.version()}`
const world = { browser, direct: sink.url, proxied: proxied.url, setPace: (pace) => sink.child.send({ pace }) }
const results = {}
// Who has waited long enough gets what is whole.
process.once('SIGTERM', () => {
  if (!isLookedInto) report()
  process.exit()
})
let broken = 0
try {
  if (options.trace !== undefined) await longTasks(world, scenarios)
  else if (options.profile !== undefined) await profile(world, scenarios)
  else {
    // Once before it counts: the files are made, the servers and the browser warm.
    await SCENARIOS.start.run(world, 'widget' in results || pages.has('widget') ? 'widget' : [...pages][0])
    if (isLoadWanted) {
      results.load = {}
      for (const name of peers()) results.load[name] = [await firstLoad(world, name)]
      progress('first load')
    }
    for (const [name, scenario] of scenarios) await measure(name, scenario)
  }
} finally {
  await browser.close()
  for (const child of children) child.kill()
}
if (!isLookedInto) report()
process.exitCode = process.exitCode || (broken > 0 ? 1 : 0)

async function measure(name, scenario) {
  const everyone = [...scenario.contenders, ...scenario.once]
  const all = Object.fromEntries(everyone.map((contender) => [contender, []]))
  for (let round = 0; round < rounds; round++) {
    const turn = round % 2 === 0 ? everyone : everyone.toReversed()
    for (const contender of turn) if (round === 0 || scenario.contenders.includes(contender)) all[contender].push(await attempt(scenario, contender))
  }
  results[name] = all
  progress(`${name}: ${Object.entries(all).filter(([, runs]) => Number.isFinite(runs[0].wall)).map(([contender, runs]) => `${contender} ${span(runs.map((run) => run.wall))} ms wall, ${span(runs.map((run) => run.main))} main`).join('; ')}`)
}

/** A visit that breaks (the machine stalled, the browser lost a page) is made once more; then it is an error. */
async function attempt(scenario, contender) {
  try {
    return await scenario.run(world, contender)
  } catch (error) {
    broken++
    console.error(`  ${contender} broke: ${error.message.split('\n')[0]}`)
    return scenario.run(world, contender)
  }
}

/** In a quick run nobody who takes a minute for one round; in CI only ours, and who is compared with. */
function whoTakesPart(name, { contenders, once = [] }) {
  if (!options.ci) return { contenders, once: options.quick ? [] : once }
  const compared = budgets.filter((it) => it.scenario === name).map((it) => it.other)
  return { contenders: contenders.filter((it) => OURS.includes(it) || compared.includes(it)), once: [] }
}

function peers() {
  return ['axios', 'widget', 'uppy', 'antdx', 'uploady', 'filepond']
}

function report() {
  const judged = judge(results, budgets)
  const command = ['npm run bench', ...process.argv.slice(2).length > 0 ? ['--', ...process.argv.slice(2)] : []].join(' ')
  const run = { measured: new Date().toISOString().slice(0, 10), machine, command, rounds, versions: versions(), results, budgets: judged }
  console.log(`\n${section(run)}`)
  if (!options.dry && !options.ci) {
    writeSection(section(run))
    writeCharts(results)
    const figures = { ...run, budgets: judged.map(({ scenario, name, limit, unit, rounds: each, isMet }) => ({ scenario, name, limit, unit, rounds: each, isMet })) }
    writeFileSync(fileURLToPath(new URL('../results.json', import.meta.url)), `${JSON.stringify(figures, compact, 1)}\n`)
  }
  if (options.check || options.ci) {
    const missed = judged.filter((it) => !it.isMet)
    for (const it of missed) console.log(`missed: ${it.scenario}, ${it.name}: ${span(it.rounds, it.digits ?? 2)}, at most ${it.limit} ${it.unit ?? ''}`)
    console.log(`${judged.length - missed.length} passed, ${missed.length} failed`)
    if (missed.length > 0) process.exitCode = 1
  }
}

/** For JSON: long lists of tasks as how many there were and the longest; figures no finer than they are. */
function compact(key, value) {
  if (key === 'tasks') return { over50: value.length, longest: Math.max(0, ...value) }
  if (key === 'walked' || key === 'droppedAt') return undefined
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value
}

function start(...args) {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL('./server.mjs', import.meta.url)), args)
    children.push(child)
    child.once('message', (told) => resolve({ child, port: Number(told), url: `http://127.0.0.1:${Number(told)}` }))
  })
}

function progress(text) {
  console.log(`${`${((performance.now() - began) / 1000).toFixed(0)} s`.padStart(6)}  ${text}`)
}
