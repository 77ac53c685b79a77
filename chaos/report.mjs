import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { RATE, SPEED } from './scenario.mjs'

/** Writes RELIABILITY.md: what was tried, what came of it. Nothing in it that was not measured in this run. */
export function report(results, { seed, count, browser }) {
  const runs = results.filter(({ tried }) => tried)
  const memory = results.find(({ tried }) => !tried)
  const kinds = [...new Set(runs.flatMap(({ tried }) => [...tried.keys()]))]
  const times = (kind) => runs.map(({ tried }) => tried.get(kind) ?? 0)
  const sum = (list) => list.reduce((total, it) => total + it, 0)
  const facts = Object.keys(runs[0]?.facts ?? {})
  const lines = [
    '# Reliability',
    '',
    '<!-- Written by `npm run chaos`. Do not edit: run it again. -->',
    '',
    `Made on ${new Date().toISOString().slice(0, 10)} by \`npm run chaos -- --seed ${seed}\` on Node ${process.versions.node} and Chromium ${browser}, ${cpus().length} cores. Every figure below is of that run; another seed gives other faults.`,
    '',
    `${count} files are offered through the real component in a real browser. Between browser and proxy, and between proxy and a Dify in memory (both processes of their own), stands a layer that breaks ${RATE * 100} % of the uploads (a burst of 5xx goes on for up to three more). In pieces an upload is several requests from the browser and one from the proxy to Dify, and of each the same share is broken. The engine's clock runs ${SPEED} times as fast, so that the product's own delays are kept and nobody waits for them. Then a message is sent, and what Dify received is compared byte for byte (SHA-256).`,
    '',
    '## What came of the files',
    '',
    `| | ${runs.map(({ title }) => title).join(' | ')} |`,
    `|---|${'---:|'.repeat(runs.length)}`,
    ...facts.map((fact) => `| ${fact} | ${runs.map((run) => run.facts[fact]).join(' | ')} |`),
    '',
    'An orphan is a file that Dify stored and whose answer never reached the browser: it was sent again, and no message refers to the first copy. The kinds of fault with "answer" in their name make them by design; nobody but Dify can delete them.',
    '',
    'A file that is not uploaded by itself has failed with a reason and a Retry button. With the clock 20 times as fast, a process that is away for one second is away for 20.',
    '',
    '## Faults tried',
    '',
    `| fault | ${runs.map(({ title }) => title).join(' | ')} | together |`,
    `|---|${'---:|'.repeat(runs.length + 1)}`,
    ...kinds.map((kind) => `| ${kind} | ${times(kind).join(' | ')} | ${sum(times(kind))} |`),
    `| **all** | ${runs.map(({ tried }) => sum([...tried.values()])).join(' | ')} | **${sum(runs.map(({ tried }) => sum([...tried.values()])))}** |`,
    '',
    '## Memory',
    '',
    `${memory.facts['uploaded and cleared']}, a third of them pictures, with a draft kept; after each round the page is cleared and garbage collected (CDP).`,
    '',
    ...memory.checks.map(({ name, detail }) => `- ${name}: ${detail}`),
    '',
    '## What was checked',
    '',
    ...results.flatMap(({ title, checks }) => [`**${title}**`, '', ...checks.map(({ name, ok, detail }) => `- ${ok ? 'yes' : '**NO**'}: ${name}${detail === undefined ? '' : ` (${detail})`}`), '']),
  ]
  writeFileSync(fileURLToPath(new URL('../RELIABILITY.md', import.meta.url)), lines.join('\n').trimEnd() + '\n')
}
