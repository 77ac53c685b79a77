// The figures as a section of BENCHMARKS.md, and as charts.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CONTENDERS } from './contenders.mjs'
import { SCENARIOS } from './scenarios.mjs'
import { median, span } from './statistics.mjs'
import { REST } from './visit.mjs'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const KB = 1000
const MB = 1_000_000

/** @param {object} run all that was measured, as it goes into the JSON file. */
export function section({ measured, machine, command, rounds, versions, results, budgets }) {
  const parts = [
    `Measured ${measured} on ${machine.cpus}, ${machine.memory}, ${machine.system}; ${machine.browser}, Node ${machine.node}; load average before it began: ${machine.load}. By \`${command}\`: ${rounds} interleaved rounds, each a page of its own; median (min–max). Browser, server and bench share these cores. Main thread: time of its tasks on the CPU, from the drop to ${REST} ms after the last upload. Blocking: what tasks took beyond 50 ms each. All figures of all rounds: [bench/results.json](bench/results.json).`,
    `Measured versions: ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}.`,
    '### Budgets',
    'Missed is what is over its bound in the median and in five of seven rounds.',
    table(['what', 'measured', 'budget', ''], budgets.map((it) => [
      `${titleOf(it.scenario)}: ${it.name}`,
      `${span(it.rounds, it.digits ?? 2)}${it.unit ? ` ${it.unit}` : ''}`,
      `≤ ${it.limit}${it.unit ? ` ${it.unit}` : ''}`,
      verdict(it),
    ])),
    ...Object.entries(results).flatMap(([scenario, byContender]) => tableOf(scenario, byContender)),
    ...CHARTS.filter(({ scenario }) => results[scenario] !== undefined).map(({ file, title }) => `![${title}](bench/charts/${file}.svg)`),
  ]
  return `${parts.join('\n\n')}\n`
}

function verdict({ isMet, over, rounds, limit }) {
  if (isMet) return over === 0 ? 'met' : `met (over in ${over} of ${rounds.length})`
  return `**missed** by ${((median(rounds) / limit - 1) * 100).toFixed(0)} %`
}

export function writeSection(text) {
  const file = at('../../BENCHMARKS.md')
  const [open, close] = ['<!-- page -->', '<!-- /page -->']
  let all = existsSync(file) ? readFileSync(file, 'utf8') : '# Benchmarks\n\nEvery figure here comes from the command named beside it.\n'
  if (!all.includes(open)) all = `${all.trimEnd()}\n\n## The page\n\n${open}\n${close}\n`
  writeFileSync(file, all.replace(new RegExp(`${open}[\\s\\S]*${close}`), () => `${open}\n${text}${close}`))
}

export function writeCharts(results) {
  mkdirSync(at('../charts'), { recursive: true })
  for (const { file, title, scenario, read, unit } of CHARTS) {
    if (results[scenario] === undefined) continue
    const bars = Object.entries(results[scenario]).filter(([, runs]) => runs.every((run) => run.isDone !== false))
      .map(([name, runs]) => ({ name: plain(CONTENDERS[name].label), value: median(runs.map(read)), isOurs: name === 'widget' }))
    writeFileSync(at(`../charts/${file}.svg`), chart(title, unit, bars))
  }
}

const CHARTS = [
  { file: 'wall-1000', title: '1 000 files of 10 KB: from the drop to the last upload', scenario: '1000', unit: 'ms', read: (run) => run.wall },
  { file: 'main-1000', title: '1 000 files of 10 KB: time of the main thread', scenario: '1000', unit: 'ms', read: (run) => run.main },
  { file: 'first-load', title: 'First load beyond React, gzip', scenario: 'load', unit: 'KB', read: (run) => (run.js + run.css) / KB },
]

const COLUMNS = {
  uploads: [
    ['wall, ms', (runs) => span(runs.map((run) => run.wall))],
    ['× floor', (runs, all) => against(runs, all.floor, 'wall')],
    ['main thread, ms', (runs) => span(runs.map((run) => run.main))],
    ['× floor', (runs, all) => against(runs, all.floor, 'main')],
    ['script, ms', (runs) => span(runs.map((run) => run.script))],
    ['layout and style, ms', (runs) => span(runs.map((run) => run.layout))],
    ['blocking, ms', (runs) => span(runs.map((run) => run.blocking))],
    ['longest task, ms', (runs) => span(runs.map((run) => Math.max(0, ...run.tasks)))],
    ['heap, MB', (runs) => span(runs.map((run) => run.heap / MB), 1)],
    ['DOM nodes', (runs) => span(runs.map((run) => run.nodes))],
    ['React commits', (runs) => span(runs.map((run) => run.commits))],
  ],
  folder: [
    ['first rows, ms', (runs) => spanOf(runs.map((run) => run.rows))],
    ['all names, ms', (runs) => spanOf(runs.map((run) => run.names))],
    ['all sizes, ms', (runs) => spanOf(runs.map((run) => run.sizes))],
    ['main thread, ms', (runs) => span(runs.map((run) => run.main))],
    ['longest task, ms', (runs) => span(runs.map((run) => Math.max(0, ...run.tasks)))],
    ['heap, MB', (runs) => span(runs.map((run) => run.heap / MB), 1)],
    ['DOM nodes', (runs) => span(runs.map((run) => run.nodes))],
  ],
  burst: [
    ['in all, ms', (runs) => span(runs.map((run) => run.ms), 1)],
    ['commits', (runs) => span(runs.map((run) => run.commits))],
    ['rows that changed', (runs) => span(runs.map((run) => run.changed))],
    ['rows rendered', (runs) => span(runs.map((run) => run.rendered))],
  ],
  start: [['from the drop to the request, ms', (runs) => span(runs.map((run) => run.start), 1)]],
  typing: [
    ['p95, ms', (runs) => span(runs.map((run) => run.p95))],
    ['slowest, ms', (runs) => span(runs.map((run) => run.slowest))],
    ['main thread, ms', (runs) => span(runs.map((run) => run.main))],
  ],
  photos: [
    ['longest task, ms', (runs) => span(runs.map((run) => Math.max(0, ...run.tasks)))],
    ['blocking, ms', (runs) => span(runs.map((run) => run.blocking))],
    ['main thread, ms', (runs) => span(runs.map((run) => run.main))],
  ],
  load: [
    ['scripts, KB', (runs) => span(runs.map((run) => run.js / KB), 1)],
    ['styles, KB', (runs) => span(runs.map((run) => run.css / KB), 1)],
  ],
}
COLUMNS['folder-sent'] = COLUMNS.folder
COLUMNS['200MB'] = COLUMNS['2GB'] = COLUMNS.uploads.toSpliced(2, 0,
  ['of it until the request, ms', (runs) => span(runs.map((run) => run.start), 1)],
  ['the request, ms', (runs) => span(runs.map((run) => run.request))],
  ['after the answer, ms', (runs) => span(runs.map((run) => run.after), 1)],
  ['CPU of page and GPU processes, ms', (runs) => span(runs.map((run) => run.shown))],
  ['CPU of the network process, ms', (runs) => span(runs.map((run) => run.sent))],
)

function tableOf(scenario, byContender) {
  const columns = COLUMNS[scenario] ?? COLUMNS.uploads
  const notes = []
  const rows = Object.entries(byContender).map(([name, runs]) => {
    const { label } = CONTENDERS[name]
    const cut = runs.find((run) => run.isDone === false)
    if (cut === undefined) {
      return [runs.length < byContender[Object.keys(byContender)[0]].length ? `${label} (one round)` : label, ...columns.map(([, read]) => read(runs, byContender))]
    }
    notes.push(`${plain(label)}: after a minute ${cut.uploads} were uploaded, with ${cut.main.toFixed(0)} ms of the main thread; that was its one round.${name === 'filepond' ? ' It is told to upload at once (its default), four in parallel, to `server="/api/dify/files/upload"`. A part of it is its display delay: it shows every file for a moment even when it is uploaded already.' : ''}`)
    return [label, ...columns.map(() => '–')]
  })
  return [`### ${capital(titleOf(scenario))}`, table(['', ...columns.map(([head]) => head)], rows), ...notes]
}

function titleOf(scenario) {
  return scenario === 'load' ? 'first load, all but React up to the first uploaded file' : SCENARIOS[scenario].title
}

function against(runs, others, key) {
  if (others === undefined || runs.length !== others.length) return '–'
  return median(runs.map((run, round) => run[key] / others[round][key])).toFixed(2)
}

function spanOf(list) {
  return list.includes(null) ? '–' : span(list)
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function plain(markdown) {
  return markdown.replaceAll(/[*`]/g, '')
}

function chart(title, unit, bars) {
  const [left, width, row] = [300, 360, 28]
  const most = Math.max(...bars.map(({ value }) => value))
  const height = 56 + bars.length * row
  const body = bars.map(({ name, value, isOurs }, i) => {
    const y = 48 + i * row
    const long = Math.max(1, (value / most) * width)
    return `  <text x="${left - 10}" y="${y + 14}" text-anchor="end"${isOurs ? ' font-weight="bold"' : ''}>${name}</text>
  <rect class="${isOurs ? 'ours' : 'theirs'}" x="${left}" y="${y}" width="${long.toFixed(1)}" height="19" rx="3" />
  <text x="${(left + long + 8).toFixed(1)}" y="${y + 14}">${value.toFixed(value < 100 ? 1 : 0)} ${unit}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 780 ${height}" role="img" aria-label="${title}" font-family="system-ui, sans-serif" font-size="13">
  <style>text { fill: #1f2328 } .ours { fill: #1f6feb } .theirs { fill: #8c959f } @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .ours { fill: #4493f8 } .theirs { fill: #6e7681 } }</style>
  <text x="10" y="24" font-size="15" font-weight="bold">${title}</text>
${body.join('\n')}
</svg>
`
}
