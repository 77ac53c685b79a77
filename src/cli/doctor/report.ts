import { VERSION } from '../../server/version.js'
import type { DoctorPlan } from './doctorArguments.js'
import { wordsOf, type Finding } from './finding.js'
import type { Level } from './words.js'

const WIDTH = 100
const MARKS: Record<Level, string> = { fine: 'ok', note: 'note', warning: 'warning', trouble: 'TROUBLE' }

/** What is looked at, as the first line. */
export function headline({ proxy, dify }: DoctorPlan): string {
  const targets = [
    ...(dify === null ? [] : [dify.url]),
    ...(proxy === null ? [] : [`${proxy.url}${proxy.origin === null ? '' : `, for pages of ${proxy.origin}`}`]),
  ]
  return `dify-file-drop doctor ${VERSION}: ${targets.join(' and ')}`
}

/** A finding in words, what to do about it below. */
export function lineOf(finding: Finding): string {
  const { says, todo } = wordsOf(finding)
  const label = `${MARKS[finding.level].padEnd(8)} ${finding.check.padEnd(8)} `
  const indent = ' '.repeat(label.length)
  const first = wrapped(says, WIDTH - label.length).join(`\n${indent}`)
  return todo === undefined ? `${label}${first}` : `${label}${first}\n${indent}→ ${wrapped(todo, WIDTH - label.length - 2).join(`\n${indent}  `)}`
}

export function summary(findings: readonly Finding[]): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length
  const [troubles, warnings] = [count('trouble'), count('warning')]
  const thought = warnings === 0 ? '' : `, ${warnings} ${warnings === 1 ? 'thing' : 'things'} to think about`
  return `${troubles === 0 ? 'No trouble found' : troubles === 1 ? '1 trouble found' : `${troubles} troubles found`}${thought}.`
}

/** All of it for programs. */
export function jsonReport(plan: DoctorPlan, findings: readonly Finding[]): string {
  const { proxy, dify } = plan
  return JSON.stringify({
    version: VERSION,
    proxy: proxy?.url ?? null,
    origin: proxy?.origin ?? null,
    baseUrl: dify?.url ?? null,
    ok: isFine(findings),
    findings: findings.map((finding) => ({ ...finding, ...wordsOf(finding) })),
  }, (_, value: unknown) => (typeof value === 'string' ? withoutSecrets(value, plan.secrets) : value), 2)
}

export function isFine(findings: readonly Finding[]): boolean {
  return findings.every(({ level }) => level !== 'trouble')
}

/** Should a server quote the key or the session, the report does not. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text)
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}
