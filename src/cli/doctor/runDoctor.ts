import { doctorArguments } from './doctorArguments.js'
import { examineDify, proxyUserFinding } from './examineDify.js'
import { examineProxy } from './examineProxy.js'
import type { Finding } from './finding.js'
import { createHttp } from './http.js'
import { headline, isFine, jsonReport, lineOf, summary, withoutSecrets } from './report.js'

/** Where a command writes, line by line. */
export interface Streams {
  out(line: string): void
  err(line: string): void
}

/**
 * `dify-file-drop doctor`: looks at a proxy, as browsers meet it, or at Dify itself, and says in plain words what is
 * wrong and what to do. It uploads a few bytes, named as a probe, to each; a message only when told to.
 *
 * @returns the exit code: 0 when no trouble was found, else 1.
 * @throws Misconfigured with exit code 2
 */
export async function runDoctor(args: string[], environment: Readonly<Record<string, string | undefined>>, streams: Streams): Promise<number> {
  const plan = doctorArguments(args, environment)
  const http = createHttp(plan.timeout)
  const findings: Finding[] = []
  const say = (line: string) => {
    if (!plan.json) streams.out(withoutSecrets(line, plan.secrets))
  }
  const tell = (more: readonly Finding[]) => {
    findings.push(...more)
    for (const finding of more) say(lineOf(finding))
  }

  say(headline(plan))
  if (plan.message) streams.err('--message sends a real message to the app: it costs what a message costs, stands in the app’s logs, and does whatever the app does.')
  if (plan.dify !== null) {
    say('\nStraight to Dify')
    await examineDify(plan.dify, http, tell, plan.message)
  }
  if (plan.proxy !== null) {
    say('\nThrough the proxy')
    const { createdBy } = await examineProxy(plan.proxy, http, tell, plan.message)
    if (plan.dify !== null && createdBy !== null) tell([await proxyUserFinding(plan.dify, http, createdBy)])
  }
  say(`\n${summary(findings)}`)
  if (plan.json) streams.out(jsonReport(plan, findings))
  return isFine(findings) ? 0 : 1
}
