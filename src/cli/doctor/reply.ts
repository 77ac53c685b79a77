/** What came back for one request: an answer, or the reason why there is none. */
export type Reply = Answer | NoAnswer

export interface Answer {
  status: number
  /** A header's values, in order; several where it was sent several times. */
  values(name: string): readonly string[]
  /** A header's value or null, several joined by commas. */
  header(name: string): string | null
  /** As text, cut off after 1 MiB. */
  body: string
  /** When each chunk of the body came, in ms since the request began. */
  arrivals: readonly { at: number; text: string }[]
  /** ms until the answer's head was there. */
  ms: number
}

export interface NoAnswer {
  status: null
  why: 'unknown_host' | 'refused' | 'timeout' | 'certificate' | 'no_tls' | 'broken'
  /** The system's words. */
  detail: string
}

/** Dify's error envelope, which the proxy's refusals wear too, or null. */
export function envelopeOf(answer: Answer): { code: string; message: string } | null {
  const json = objectIn(answer)
  const { code, message } = json ?? {}
  return typeof code === 'string' ? { code, message: typeof message === 'string' ? message : '' } : null
}

/** The JSON object that an answer holds, or null for anything else. */
export function objectIn(answer: Answer): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(answer.body)
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** Who wrote an error: our proxy itself, Dify behind it, a gateway between them; null where nothing of ours answered. */
export function senderOf(answer: Answer): 'proxy' | 'dify' | 'gateway' | null {
  const told = answer.header('x-dify-file-drop-from')
  return told === 'proxy' || told === 'dify' || told === 'gateway' ? told : null
}

/** The name by which the server in front calls itself: `nginx/1.22.1`, `Cloudflare`, `Vercel`; null when it does not. */
export function serverOf(answer: Answer): string | null {
  if (answer.header('x-vercel-id') !== null || answer.header('x-vercel-error') !== null) return 'Vercel'
  if (answer.header('cf-ray') !== null) return 'Cloudflare'
  const name = /^[\w./ -]{1,40}/.exec(answer.header('server') ?? '')?.[0].trim() ?? ''
  if (/^cloudflare/i.test(name)) return 'Cloudflare'
  return name === '' ? null : name
}

/** What kind of body that is, in a word. */
export function kindOfBody(answer: Answer): 'HTML' | 'JSON' | 'text' | 'nothing' {
  if (answer.body.trim() === '') return 'nothing'
  if (objectIn(answer) !== null) return 'JSON'
  return /^\s*<(!doctype|html)/i.test(answer.body) ? 'HTML' : 'text'
}
