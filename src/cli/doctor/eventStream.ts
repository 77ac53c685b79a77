import { found, type Finding } from './finding.js'
import type { Question } from './http.js'
import { envelopeOf, serverOf, type Answer, type Reply } from './reply.js'

/** Long enough an answer that it takes a model a while. */
const QUERY = 'This is a probe of dify-file-drop doctor. Count from 1 to 60 in digits, each on a line of its own, and write nothing else.'

/** ms: a workflow may think for long before it says a word. */
const PATIENCE = 120_000

/**
 * A real message in streaming mode, for an app of this mode.
 *
 * @param user null where the proxy says who it is.
 */
export function messageQuestion(base: string, mode: string | null, headers: Record<string, string>, user: string | null): Question {
  const body = { inputs: mode === 'completion' ? { query: QUERY } : {}, query: QUERY, response_mode: 'streaming', ...(user === null ? {} : { user }) }
  const path = mode === 'completion' ? 'completion-messages' : mode === 'workflow' ? 'workflows/run' : 'chat-messages'
  return {
    method: 'POST',
    url: `${base}/${path}`,
    // Compressed where a server wants to, as for browsers: that is one way of collecting.
    headers: { ...headers, 'content-type': 'application/json', 'accept-encoding': 'gzip' },
    body: JSON.stringify(body),
    timeout: PATIENCE,
  }
}

/** Whether the events came as they were written. */
export function streamFindings(reply: Reply): Finding[] {
  if (reply.status === null) return [found('message_no_answer', { detail: reply.detail })]
  const error = reply.body.split('\n').map(errorEventIn).find((event) => event !== null)
  const envelope = envelopeOf(reply) ?? error ?? null
  const isStream = /^text\/event-stream\b/i.test(reply.header('content-type') ?? '')
  if (envelope !== null || !isStream) return [found('message_refused', { status: reply.status, code: envelope?.code ?? null, message: envelope?.message ?? '' })]
  return [pace(reply)]
}

/** Chunks that come within so many ms of each other came together. */
const TOGETHER = 25

/** A collected answer waits in silence and then comes at once; one that flows comes in many small steps. */
function pace(answer: Answer): Finding {
  const events = answer.body.split('\n').filter((line) => line.startsWith('data:')).length
  const times = answer.arrivals.map(({ at }) => at)
  const first = Math.round(times[0] ?? 0)
  const total = Math.round(times.at(-1) ?? 0)
  const bursts = times.filter((at, i) => i === 0 || at - times[i - 1]! > TOGETHER).length
  const facts = { events, first, total }
  if (bursts >= 4 && bursts > events / 10) return found('stream_flows', facts)
  if (events >= 8 && total >= 700) return found('stream_buffered', { ...facts, server: serverOf(answer) })
  return found('stream_unclear', facts)
}

/** Chatflows answer 200 and tell the error in an event. */
function errorEventIn(line: string): { code: string; message: string } | null {
  if (!line.startsWith('data:') || !line.includes('error')) return null
  try {
    const { event, code, message } = JSON.parse(line.slice(5)) as Record<string, unknown>
    return event === 'error' ? { code: typeof code === 'string' ? code : 'error', message: typeof message === 'string' ? message : '' } : null
  } catch {
    return null
  }
}
