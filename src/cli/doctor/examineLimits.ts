import { sizeCaps } from '../../server/sizeCaps.js'
import { found, type Finding } from './finding.js'
import type { Http } from './http.js'
import type { Parameters } from './parametersAnswer.js'
import { formStart, FORM_TYPE } from './probeUpload.js'
import { senderOf, serverOf, type Answer } from './reply.js'
import { capFindings, CATEGORIES, effectiveLimits, FORM, largestAllowed, searchCap, verdictOn } from './sizeLimits.js'

export interface LimitsQuestion {
  http: Http
  target: 'proxy' | 'dify'
  /** Where uploads go. */
  url: string
  /** Of a request that may upload. */
  headers: Record<string, string>
  parameters: Parameters
  /** The answer that the parameters came with. */
  answer: Answer
}

/** How large a file may be, and which layer says so, found out without sending one. */
export async function examineLimits(question: LimitsQuestion): Promise<Finding[]> {
  const { http, target, url, headers, parameters, answer } = question
  const dify = sizeCaps({}, parameters)
  const own = parameters.dify_file_drop ?? null
  const operator = own?.max_bytes ?? {}
  const largest = largestAllowed(dify, operator)
  // Dify's own server reads nothing before the whole body is there, and must not be left with half a form.
  const head = target === 'proxy' ? { head: formStart(largest.category) } : {}
  const patience = Math.min(3000, 500 + 3 * answer.ms)
  const declare = (length: number) => http.declare({ url, headers: { ...headers, 'content-type': FORM_TYPE }, length, patience, ...head })

  const gateway = await searchCap(async (length) => verdictOn(await declare(length), target), largest.bytes + FORM)
  const findings: Finding[] = []
  const isKnown = CATEGORIES.every((category) => dify[category] !== null)
  let reach: 'all' | 'front' = target === 'dify' ? 'all' : 'front'
  if (target === 'proxy' && gateway.is === 'none' && own !== null && isKnown) {
    // Our proxy refuses this by its declared length alone, if it hears of it.
    const reply = await declare(largest.bytes + 256 * 1024)
    if (reply === 'taken') findings.push(found('requests_buffered', { server: serverOf(answer) }))
    else if (reply.status !== null && senderOf(reply) === 'proxy') reach = 'all'
  }
  if (CATEGORIES.every((category) => dify[category] === null)) findings.push(found('limits_unknown', {}))
  return [found('limits', effectiveLimits(dify, operator, gateway)), ...capFindings(gateway, largest.bytes, reach), ...findings, ...platformFindings(answer, gateway.is === 'cap')]
}

/** What platforms do that no declared length shows. */
function platformFindings(answer: Answer, hasCap: boolean): Finding[] {
  if (serverOf(answer) === 'Vercel') return hasCap ? [] : [found('vercel', {})]
  const isNext = /next\.js/i.test(answer.header('x-powered-by') ?? '') || /next-router-state-tree/i.test(answer.header('vary') ?? '')
  return isNext ? [found('next', {})] : []
}
