// Where the widget's time goes: a CPU profile of one run, as a table of functions and as a file for the browser's own tools.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CACHE } from './build.mjs'
import { record, REST } from './visit.mjs'

export async function profile(world, scenarios) {
  for (const [name, scenario] of scenarios) {
    const contender = scenario.contenders.find((it) => ['widget', 'composer', 'progress'].includes(it))
    const { costs, recorded } = await record(() => scenario.run(world, contender), {
      start: async ({ session }) => {
        await session.send('Profiler.enable')
        await session.send('Profiler.setSamplingInterval', { interval: 200 })
        await session.send('Profiler.start')
      },
      stop: async ({ page, session }) => {
        await page.waitForTimeout(REST)
        return (await session.send('Profiler.stop')).profile
      },
    })
    if (recorded === null) continue
    const file = join(CACHE, `${name}.cpuprofile`)
    writeFileSync(file, JSON.stringify(recorded))
    console.log(`\n${scenario.title}: main thread ${costs.main.toFixed(0)} ms, tasks over 50 ms: ${costs.tasks.join(', ') || 'none'}; ${file}`)
    for (const [title, list] of Object.entries(sums(recorded))) {
      console.log(`  ${title}`)
      for (const [label, ms] of list) console.log(`${ms.toFixed(1).padStart(9)} ms  ${label}`)
    }
  }
}

function sums({ nodes, samples, timeDeltas }) {
  const own = new Map(nodes.map((node) => [node.id, 0]))
  samples.forEach((id, i) => own.set(id, own.get(id) + timeDeltas[i] / 1000))
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const [self, total] = [new Map(), new Map()]
  const labelOf = ({ callFrame: { functionName, url, lineNumber } }) => `${functionName || '(anonymous)'} ${url.split('/').at(-1)}:${lineNumber + 1}`
  const add = (map, label, ms) => map.set(label, (map.get(label) ?? 0) + ms)
  const walk = (node, above) => {
    const label = labelOf(node)
    const isNew = !above.has(label)
    let sum = own.get(node.id)
    add(self, label, sum)
    if (isNew) above.add(label)
    for (const child of node.children ?? []) sum += walk(byId.get(child), above)
    if (isNew) {
      above.delete(label)
      add(total, label, sum)
    }
    return sum
  }
  walk(nodes[0], new Set())
  const top = (map, count) => [...map].filter(([label]) => !label.startsWith('(idle)') && !label.startsWith('(root)')).toSorted((a, b) => b[1] - a[1]).slice(0, count)
  return { 'by itself': top(self, 25), 'with what it calls': top(total, 60) }
}
