// What the long tasks of the main thread are made of, from a trace of Chromium: by the wall, on the CPU, and how much of it is
// scripts of the page. What is long by the wall and short on the CPU has waited, for the system or for a core.
import { median } from './statistics.mjs'
import { Visit } from './visit.mjs'

const ROUNDS = 5
/** ms */
const LONG = 50
const SCRIPT = new Set(['v8.callFunction', 'FunctionCall', 'EvaluateScript', 'v8.evaluateModule', 'RunMicrotasks'])
const RENDERING = new Set(['WebFrameWidgetImpl::UpdateLifecycle', 'LocalFrameView::UpdateStyleAndLayout'])

export async function longTasks(world, scenarios) {
  for (const [name, scenario] of scenarios) {
    console.log(`\n${scenario.title}, ${ROUNDS} rounds: tasks over ${LONG} ms in each, and the longest (medians)\n`)
    console.log('| | tasks over 50 ms | longest, ms | of that on the CPU | scripts, by the wall | style, layout and paint |\n| --- | --- | --- | --- | --- | --- |')
    for (const contender of scenario.contenders.filter((it) => ['floor', 'axios', 'widget'].includes(it))) {
      const rounds = []
      for (let round = 0; round < ROUNDS; round++) rounds.push(await trace(world, scenario, contender))
      const longest = rounds.map(([first]) => first)
      const of = (key) => median(longest.map((it) => it[key])).toFixed(0)
      console.log(`| ${contender} | ${rounds.map((tasks) => tasks.filter((it) => it.wall > LONG).length).join(', ')} | ${of('wall')} | ${of('cpu')} | ${of('script')} | ${of('rendering')} |`)
    }
    console.log(`(${name})`)
  }
}

/** One run. @returns its tasks, the longest first. */
async function trace(world, scenario, contender) {
  const { begin, costs } = Visit.prototype
  let recorded = null
  Visit.prototype.begin = async function (...args) {
    const started = await begin.apply(this, args)
    await world.browser.startTracing(this.page, { categories: ['devtools.timeline', 'toplevel', 'blink', 'v8'] })
    return started
  }
  // Before what measures: to collect the garbage by force is a long task of its own.
  Visit.prototype.costs = async function (...args) {
    recorded = await world.browser.stopTracing()
    return costs.apply(this, args)
  }
  try {
    await scenario.run(world, contender)
  } finally {
    Object.assign(Visit.prototype, { begin, costs })
  }
  return tasksOf(JSON.parse(recorded.toString()).traceEvents)
}

function tasksOf(events) {
  const mains = new Set(events.filter((it) => it.ph === 'M' && it.name === 'thread_name' && it.args.name === 'CrRendererMain').map(threadOf))
  const spans = events.filter((it) => it.ph === 'X' && mains.has(threadOf(it)))
  return spans
    .filter((it) => it.name === 'ThreadControllerImpl::RunTask')
    .toSorted((a, b) => b.dur - a.dur)
    .slice(0, 30)
    .map((task) => {
      const inside = spans.filter((it) => it !== task && threadOf(it) === threadOf(task) && it.ts >= task.ts && it.ts + it.dur <= task.ts + task.dur)
      return { wall: task.dur / 1000, cpu: (task.tdur ?? 0) / 1000, script: outermost(inside, SCRIPT), rendering: outermost(inside, RENDERING) }
    })
}

/** ms of the spans of those names, without those that are in another of them. */
function outermost(spans, names) {
  let sum = 0
  let end = 0
  for (const it of spans.filter(({ name }) => names.has(name)).toSorted((a, b) => a.ts - b.ts || b.dur - a.dur)) {
    if (it.ts < end) continue
    sum += it.dur
    end = it.ts + it.dur
  }
  return sum / 1000
}

function threadOf({ pid, tid }) {
  return `${pid}:${tid}`
}
