/**
 * What happened to one request, told once when it is over: flat, JSON-safe and without secrets, so that
 * `onEvent: ({ level, ...event }) => logger[level](event)` is all that pino needs. The user appears as a keyed hash only.
 */
export interface ProxyEvent {
  /** `error` needs the operator, `warn` is a refusal, `info` went well. */
  level: 'info' | 'warn' | 'error'
  /** The request id, also in the answer's `x-request-id`. */
  id: string
  /** Unix ms at which the request began; with `ms` and `traceparent` all that a span of OpenTelemetry needs. */
  startedAt: number
  /** The client's place in a trace (W3C Trace Context), which Dify is told too; null when it sent none. */
  traceparent: string | null
  method: string
  /** The route's name (`upload`, `chat` …), or null for a path that is none. */
  route: string | null
  /** 16 hex digits that stand for the user under this API key, or null when nobody was identified. */
  user: string | null
  /** Bytes of the uploaded file that were read. */
  bytes: number
  /** From the request's first line to the answer's last byte. */
  ms: number
  /** HTTP status as answered; 499 when the client left first. */
  status: number
  /** The error's code, or null. */
  code: string | null
  /** Dify's HTTP status, or null when it was not asked or did not answer. */
  upstreamStatus: number | null
  /** Why, in words for the operator: may quote Dify. Null when there is nothing to say. */
  detail: string | null
}

/** Where faults are seen when the host listens to no events: only those that need someone. */
export function reportErrors(event: ProxyEvent): void {
  if (event.level !== 'error') return
  console.error(`dify-file-drop: ${event.method} ${event.route ?? '?'} failed with ${event.code}: ${event.detail ?? 'no detail'} (request ${event.id})`)
}

/** A user as it may stand in a log: keyed, so that nobody finds the name by trying names. */
export async function userHash(user: string, key: string): Promise<string> {
  const encoder = new TextEncoder()
  const hmac = await crypto.subtle.importKey('raw', encoder.encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const digest = new Uint8Array(await crypto.subtle.sign('HMAC', hmac, encoder.encode(user)))
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
