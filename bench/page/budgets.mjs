// What is to be reached, each a figure for every round. A budget is missed when the median and 5 of 7 rounds are over it.
import { median } from './statistics.mjs'

const KB = 1000
const MB = 1_000_000

/** The widget against another of the same round. */
function ratio(scenario, key, other, limit) {
  return {
    scenario, limit, other,
    name: `${LABELS[key]} × ${other}`,
    each: (results) => results[scenario].widget.map((run, round) => run[key] / results[scenario][other][round][key]),
  }
}

function figure(scenario, name, limit, read, { contender = 'widget', unit = '', digits = 0 } = {}) {
  return { scenario, name, limit, unit, digits, each: (results) => results[scenario][contender].map(read) }
}

const LABELS = { wall: 'wall', main: 'main thread', sizes: 'all sizes' }
const longest = (run) => Math.max(0, ...run.tasks)

/** `stable`: the same on any machine and under any load, near enough for CI. */
export const BUDGETS = [
  ...['200', '1000'].flatMap((scenario) => [
    ratio(scenario, 'wall', 'axios', 1.1),
    ratio(scenario, 'wall', 'floor', 1.35),
    ratio(scenario, 'wall', 'uppy', 0.8),
    // Of 200 files it is close to its bound, and so not for CI.
    { ...ratio(scenario, 'main', 'axios', 1.2), stable: scenario === '1000' },
    { ...ratio(scenario, 'main', 'uppy', 0.75), stable: true },
    figure(scenario, 'longest task', 50, longest, { unit: 'ms' }),
  ]),
  figure('folder', 'first rows', 200, (run) => run.rows, { unit: 'ms' }),
  figure('folder', 'all names', 1000, (run) => run.names, { unit: 'ms' }),
  ratio('folder', 'sizes', 'walker', 1.2),
  figure('folder', 'longest task', 50, longest, { unit: 'ms' }),
  { ...figure('folder', 'JS heap', 25, (run) => run.heap / MB, { unit: 'MB', digits: 1 }), stable: true },
  { ...figure('folder', 'DOM nodes', 2000, (run) => run.nodes), stable: true },
  figure('folder-sent', 'first rows', 200, (run) => run.rows, { unit: 'ms' }),
  figure('folder-sent', 'longest task', 50, longest, { unit: 'ms' }),
  ...['wall', 'main'].map((key) => ({
    scenario: '10000', name: `${LABELS[key]} per file, × that of 1 000`, limit: 1.1,
    needs: ['1000'],
    each: (results) => results['10000'].widget.map((run, round) => run[key] / 10 / results['1000'].widget[round][key]),
  })),
  ...['200MB', '2GB'].flatMap((scenario) => [
    ratio(scenario, 'wall', 'floor', 1.03),
    figure(scenario, 'JS heap', 5, (run) => run.heap / MB, { unit: 'MB', digits: 1 }),
  ]),
  { ...figure('burst', 'commits', 1, (run) => run.commits, { contender: 'progress' }), stable: true },
  { ...figure('burst', 'rows rendered for each that changed', 1, (run) => run.rendered / run.changed, { contender: 'progress', digits: 2 }), stable: true },
  figure('burst', 'in all', 5, (run) => run.ms, { contender: 'progress', unit: 'ms', digits: 1 }),
  {
    scenario: 'start', name: 'later than the floor', limit: 17, unit: 'ms', digits: 1,
    each: (results) => results.start.widget.map((run, round) => run.start - results.start.floor[round].start),
  },
  figure('typing', 'p95 of keystrokes', 32, (run) => run.p95, { contender: 'composer', unit: 'ms' }),
  figure('photos', 'longest task', 50, longest, { unit: 'ms' }),
  // In CI `npm run size` guards these, by module.
  figure('load', 'all, gzip', 54, (run) => (run.js + run.css) / KB, { unit: 'KB', digits: 1 }),
  figure('load', 'styles, gzip', 5, (run) => run.css / KB, { unit: 'KB', digits: 1 }),
]

/** @returns each budget that these results can tell, with its figures and whether it holds. */
export function judge(results, budgets = BUDGETS) {
  return budgets.filter(({ scenario, needs = [] }) => [scenario, ...needs].every((it) => results[it] !== undefined)).map((budget) => {
    const rounds = budget.each(results)
    const over = rounds.filter((it) => it > budget.limit).length
    return { ...budget, rounds, over, isMet: median(rounds) <= budget.limit || over < Math.ceil((rounds.length * 5) / 7) }
  })
}
