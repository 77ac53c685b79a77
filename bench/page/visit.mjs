// One visit: a page of its own in the browser, what happens in it, and what that cost.
import { CONTENDERS } from './contenders.mjs'
import { instrument } from './instrument.js'

/** ms that a page gets to come to rest after the last upload: rendering that was put off is part of the cost. */
export const REST = 300
/** ms that files are held above the page before they are let go. */
const HOVER = 300

/** Opens a contender's page, ready for a drop, and runs `body` in it. */
export async function visit(browser, url, contender, body) {
  const context = await browser.newContext({ viewport: { width: 900, height: 900 } })
  try {
    const page = await context.newPage()
    page.on('pageerror', (error) => console.error(`  ${contender}: ${error.message}`))
    await page.addInitScript(instrument)
    await page.goto(url, { waitUntil: 'networkidle' })
    const session = await context.newCDPSession(page)
    // Time of the thread, not of the wall: what else the machine does is not the page's.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await session.send('HeapProfiler.enable')
    return await body(new Visit(page, session, CONTENDERS[contender], await browser.newBrowserCDPSession()))
  } finally {
    await context.close()
  }
}

/**
 * One run of a scenario, recorded from its beginning until before it is measured: to collect the garbage by force is not of it.
 *
 * @param {{ start: (visit: Visit) => Promise<void>, stop: (visit: Visit) => Promise<unknown> }} recorder
 * @returns what the run cost, and what was recorded; null of a scenario that does not say when it begins.
 */
export async function record(run, { start, stop }) {
  const { begin, costs } = Visit.prototype
  let recorded = null
  Visit.prototype.begin = async function (...args) {
    const started = await begin.apply(this, args)
    await start(this)
    return started
  }
  Visit.prototype.costs = async function (...args) {
    recorded = await stop(this)
    return costs.apply(this, args)
  }
  try {
    return { costs: await run(), recorded }
  } finally {
    Object.assign(Visit.prototype, { begin, costs })
  }
}

export class Visit {
  constructor(page, session, contender, processes) {
    Object.assign(this, { page, session, contender, processes })
  }

  /** Drops files or folders, by their paths, as a person would. */
  async drop(files) {
    const target = this.page.locator(this.contender.target).first()
    const { x, y, width, height } = await target.boundingBox()
    const at = { x: x + width / 2, y: y + Math.min(height / 2, 60), data: { items: [], files, dragOperationsMask: 1 } }
    for (const type of ['dragEnter', 'dragOver']) await this.session.send('Input.dispatchDragEvent', { type, ...at })
    // Nobody lets go at once: what a page shows to say where is there by then.
    await this.page.waitForTimeout(HOVER)
    this.cpuAtDrop = await this.cpu()
    await this.session.send('Input.dispatchDragEvent', { type: 'drop', ...at })
  }

  /** Drops and waits until all is uploaded. @returns the costs, from the drop on. */
  async uploads(files, { expected = files.length, bound = 120_000, before = '' } = {}) {
    const start = await this.begin(expected)
    if (before !== '') await this.page.evaluate(before)
    await this.drop(files)
    const isDone = await Promise.race([
      this.page.evaluate(() => window.bench.done.then(() => true)),
      // Not to be waited for once all is done.
      new Promise((resolve) => setTimeout(resolve, bound, false).unref()),
    ])
    return { ...await this.costs(start), isDone }
  }

  async begin(expected) {
    await this.collect()
    await this.page.evaluate((count) => window.bench.reset(count), expected)
    return this.metrics()
  }

  async costs(start) {
    await this.page.waitForTimeout(REST)
    const end = await this.metrics()
    const told = await this.page.evaluate(() => {
      const { droppedAt, doneAt, uploads, commits, walked } = window.bench
      const [first] = performance.getEntriesByType('resource').filter((it) => it.name.endsWith('/files/upload'))
      return { wall: doneAt - droppedAt, uploads, commits, walked, droppedAt, tasks: window.bench.tasks(), start: first === undefined ? null : first.startTime - droppedAt, request: first?.duration ?? null, after: first === undefined ? null : doneAt - first.responseEnd }
    })
    const cpu = await this.cpu()
    const { heap, nodes } = await this.memory()
    return {
      ...told,
      shown: cpu.shown - this.cpuAtDrop.shown,
      sent: cpu.sent - this.cpuAtDrop.sent,
      // Who is not done has no wall time; in a budget that is a miss.
      wall: told.wall < 0 ? Infinity : told.wall,
      main: end.TaskDuration - start.TaskDuration,
      script: end.ScriptDuration - start.ScriptDuration,
      layout: end.LayoutDuration + end.RecalcStyleDuration - start.LayoutDuration - start.RecalcStyleDuration,
      blocking: told.tasks.reduce((sum, it) => sum + it - 50, 0),
      heap, nodes,
    }
  }

  /** What the browser's processes took of the CPU so far, ms: those that run and show pages, and the one that sends. */
  async cpu() {
    const { processInfo } = await this.processes.send('SystemInfo.getProcessInfo')
    const sum = (isMeant) => processInfo.filter(({ type }) => isMeant(type)).reduce((total, { cpuTime }) => total + cpuTime * 1000, 0)
    return { shown: sum((type) => type === 'renderer' || type === 'GPU'), sent: sum((type) => type.startsWith('network')) }
  }

  /** After a forced collection: bytes of the JS heap, and DOM nodes that still live. */
  async memory() {
    await this.collect()
    const { usedSize } = await this.session.send('Runtime.getHeapUsage')
    const { nodes } = await this.session.send('Memory.getDOMCounters')
    return { heap: usedSize, nodes }
  }

  async collect() {
    await this.session.send('HeapProfiler.collectGarbage')
  }

  /** Durations in ms. */
  async metrics() {
    const { metrics } = await this.session.send('Performance.getMetrics')
    return Object.fromEntries(metrics.map(({ name, value }) => [name, name.endsWith('Duration') ? value * 1000 : value]))
  }
}
