// What the long tasks of the main thread are made of, from a trace of Chromium: by the wall, on the CPU, and how much of it is
// asking for the types of files, or scripts of the page. What is long by the wall and short on the CPU has waited, for the system or for a core.
import { median } from './statistics.mjs'
import { record } from './visit.mjs'

const ROUNDS = 5
/** ms */
const LONG = 50
const SCRIPT = new Set(['v8.callFunction', 'FunctionCall', 'EvaluateScript', 'v8.evaluateModule', 'RunMicrotasks'])
/** Asking the browser's process what type a file is of: the main thread waits for the answer. */
const TYPES = new Set(['MimeRegistry::GetMimeTypeFromExtension'])
const RENDERING = new Set(['WebFrameWidgetImpl::UpdateLifecycle', 'LocalFrameView::UpdateStyleAndLayout'])

export async function longTasks(world, scenarios) {
  for (const [, scenario] of scenarios) {
    console.log(`\n${scenario.title}, ${ROUNDS} rounds: tasks over ${LONG} ms in each, and the longest (medians)\n`)
    console.log(`| | tasks over ${LONG} ms | longest, ms | of that on the CPU | asking for types of files | scripts, by the wall | style, layout and paint |\n| --- | --- | --- | --- | --- | --- | --- |`)
    for (const contender of scenario.contenders.filter((it) => ['floor', 'axios', 'widget'].includes(it))) {
      const rounds = []
      for (let round = 0; round < ROUNDS; round++) rounds.push(tasksOf(await trace(world, scenario, contender)))
      const of = (key) => median(rounds.map(({ longest }) => longest[key])).toFixed(0)
      console.log(`| ${contender} | ${rounds.map(({ long }) => long).join(', ')} | ${of('wall')} | ${of('cpu')} | ${of('types')} | ${of('script')} | ${of('rendering')} |`)
    }
  }
}

/** @returns the events of one run. */
async function trace(world, scenario, contender) {
  const { recorded } = await record(() => scenario.run(world, contender), {
    start: ({ page }) => world.browser.startTracing(page, { categories: ['devtools.timeline', 'toplevel', 'blink', 'v8', 'mojom'] }),
    stop: () => world.browser.stopTracing(),
  })
  return JSON.parse(recorded.toString()).traceEvents
}

/** How many tasks of the main thread are long, and what the longest is made of. ms */
function tasksOf(events) {
  const mains = new Set(events.filter((it) => it.ph === 'M' && it.name === 'thread_name' && it.args.name === 'CrRendererMain').map(threadOf))
  const spans = events.filter((it) => it.ph === 'X' && mains.has(threadOf(it)))
  const tasks = spans.filter((it) => it.name === 'ThreadControllerImpl::RunTask')
  const longest = tasks.reduce((a, b) => (b.dur > a.dur ? b : a))
  const inside = spans.filter((it) => it !== longest && threadOf(it) === threadOf(longest) && it.ts >= longest.ts && it.ts + it.dur <= longest.ts + longest.dur)
  return {
    long: tasks.filter((it) => it.dur / 1000 > LONG).length,
    longest: { wall: longest.dur / 1000, cpu: (longest.tdur ?? 0) / 1000, types: outermost(inside, TYPES), script: outermost(inside, SCRIPT), rendering: outermost(inside, RENDERING) },
  }
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
