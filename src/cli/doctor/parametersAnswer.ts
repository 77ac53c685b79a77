import type { sizeCaps } from '../../server/sizeCaps.js'
import { found, type Finding } from './finding.js'
import { envelopeOf, kindOfBody, objectIn, senderOf, serverOf, type Answer, type NoAnswer } from './reply.js'
import type { Target } from './words.js'

/** Dify's `/parameters` as the server half reads them. */
export type Parameters = NonNullable<globalThis.Parameters<typeof sizeCaps>[1]>

/** The parameters, or what keeps them from us. */
export type ParametersRead = { parameters: Parameters } | { findings: Finding[] }

/** @param url as it was asked. */
export function silenceFinding({ why, detail }: NoAnswer, target: Target, url: string): Finding {
  const { host } = new URL(url)
  return found(why, { target, host, detail })
}

/** What the proxy's answer to `GET parameters` says of proxy, key and Dify. */
export function readProxyParameters(answer: Answer, url: string, hasHeaders: boolean): ParametersRead {
  const { status } = answer
  const envelope = envelopeOf(answer)
  const parameters = parametersIn(answer)
  if (parameters !== null) return { parameters }
  const one = (finding: Finding): ParametersRead => ({ findings: [finding] })
  if (status >= 300 && status < 400) return one(redirect(answer, 'the proxy', url))
  const sender = senderOf(answer)
  if (sender === null && isGatewayFailure(status)) return one(found('gateway_fails', { target: 'the proxy', status, server: serverOf(answer) }))
  if (status === 429) return one(found('rate_limited', {}))
  if (envelope === null) {
    const isElsewhere = status < 300 || status === 404 || status === 405
    return one(isElsewhere ? found('not_the_proxy', { url, status, body: kindOfBody(answer) }) : found('odd_answer', { status, code: null, message: '' }))
  }
  const { code, message } = envelope
  switch (code) {
    // Dify's own, relayed by a proxy that is not ours, is about the key.
    case 'unauthorized': case 'session_required':
      return one(sender === null && answer.header('x-version') !== null ? found('key_refused', { holder: 'the proxy', isDataset: false }) : found('not_signed_in', { hasHeaders }))
    case 'upstream_unauthorized': return one(found('key_refused', { holder: 'the proxy', isDataset: false }))
    case 'upstream_forbidden': return one(found('app_refused', { message: '' }))
    case 'upstream_not_found': return one(found('dify_not_found', {}))
    case 'upstream_redirect': return one(found('dify_redirects', {}))
    case 'upstream_not_dify': return one(found('dify_is_another', {}))
    case 'upstream_unavailable': case 'gateway_timeout': return one(found('dify_down', { code }))
    case 'invalid_user': case 'internal_server_error': return one(sender === 'proxy' ? found('proxy_fails', { code }) : found('odd_answer', { status, code, message }))
    case 'app_unavailable': case 'agent_not_published': return one(found('app_unavailable', { code }))
    case 'not_found': return one(found('not_the_proxy', { url, status, body: 'JSON' }))
    default: return one(found('odd_answer', { status, code, message }))
  }
}

/** What Dify's own answer to `GET parameters` says of the key and the app. */
export function readDifyParameters(answer: Answer, url: string, key: string): ParametersRead {
  const { status } = answer
  const parameters = parametersIn(answer)
  if (parameters !== null) return { parameters }
  const one = (finding: Finding): ParametersRead => ({ findings: [finding] })
  const { code, message } = envelopeOf(answer) ?? { code: null, message: '' }
  if (status >= 300 && status < 400) return one(redirect(answer, 'Dify', url))
  if (status === 401) return one(found('key_refused', { holder: 'you', isDataset: key.startsWith('dataset-') }))
  if (status === 403) return one(found('app_refused', { message }))
  if (status === 429) return one(found('rate_limited', {}))
  if (code === 'app_unavailable' || code === 'agent_not_published') return one(found('app_unavailable', { code }))
  if (code === null && isGatewayFailure(status)) return one(found('gateway_fails', { target: 'Dify', status, server: serverOf(answer) }))
  if (code === null && (status < 300 || status === 404)) return one(found('not_dify', { url, status, body: kindOfBody(answer), better: null }))
  return one(found('odd_answer', { status, code, message }))
}

/** What is worth knowing of an app before anybody uploads to it. */
export function appFindings({ file_upload: upload }: Parameters): Finding[] {
  if (upload?.enabled === true) return []
  return [upload?.image?.enabled === true ? found('legacy_images', {}) : found('uploads_off', {})]
}

export function redirect(answer: Answer, target: Target, url: string): Finding {
  return found('redirects', { target, url, status: answer.status, to: answer.header('location') ?? 'an address that it does not tell' })
}

/** 502 to 504, and Cloudflare's own. */
export function isGatewayFailure(status: number): boolean {
  return (status >= 502 && status <= 504) || (status >= 520 && status <= 530)
}

function parametersIn(answer: Answer): Parameters | null {
  const json = answer.status >= 200 && answer.status < 300 ? objectIn(answer) : null
  return json !== null && ('system_parameters' in json || 'file_upload' in json || 'user_input_form' in json) ? json : null
}
