import type { DifyPlan } from './doctorArguments.js'
import { messageQuestion, streamFindings } from './eventStream.js'
import { examineLimits } from './examineLimits.js'
import { keyFinding, modeOf, plainHttp, versionFinding, type Tell } from './examineProxy.js'
import { found, type Finding } from './finding.js'
import type { Http } from './http.js'
import { appFindings, isGatewayFailure, readDifyParameters, redirect, silenceFinding } from './parametersAnswer.js'
import { FORM_TYPE, probeForm, uploadedFile, uploadFindings } from './probeUpload.js'
import { kindOfBody, objectIn, serverOf, type Answer } from './reply.js'

/** Looks at Dify itself, with the app's key: from a server, never from a browser. */
export async function examineDify(plan: DifyPlan, http: Http, tell: Tell, message: boolean): Promise<void> {
  const { url, key, user } = plan
  const headers = { authorization: `Bearer ${key}` }
  // Without the key: whoever answers here may be anyone.
  const welcome = await http.ask({ method: 'GET', url: `${url}/` })
  if (welcome.status === null) {
    tell([silenceFinding(welcome, 'Dify', url)])
    return
  }
  const stranger = await strangerFinding(welcome, url, http)
  if (stranger !== null) {
    tell([stranger])
    return
  }
  tell([found('reached', { target: 'Dify', url, ms: welcome.ms }), ...plainHttp(url, 'Dify'), versionFinding(welcome)])

  const read = await http.ask({ method: 'GET', url: `${url}/parameters`, headers })
  if (read.status === null) {
    tell([silenceFinding(read, 'Dify', url)])
    return
  }
  const known = readDifyParameters(read, `${url}/parameters`, key)
  if ('findings' in known) {
    tell(known.findings)
    return
  }
  tell([await keyFinding(http, url, headers), ...appFindings(known.parameters)])
  tell(await examineLimits({ http, target: 'dify', url: `${url}/files/upload`, headers, parameters: known.parameters, answer: read }))

  const upload = await http.ask({ method: 'POST', url: `${url}/files/upload`, headers: { ...headers, 'content-type': FORM_TYPE }, body: probeForm(user) })
  tell(uploadFindings(upload, 'Dify'))
  const file = upload.status === null ? null : uploadedFile(upload)
  if (file !== null) tell([await userFinding(plan, http, file.createdBy)])
  tell(message ? streamFindings(await http.ask(messageQuestion(url, await modeOf(http, url, headers), headers, user))) : [found('stream_not_asked', {})])
}

/** Who the probe's sender through the proxy is to Dify. */
export async function proxyUserFinding({ url, key }: DifyPlan, http: Http, createdBy: string): Promise<Finding> {
  const name = await endUser(url, key, http, createdBy)
  if ('user' in name) return found('proxy_user', { user: name.user })
  return name.isUnknown ? found('other_app', {}) : found('user_unknown', { reason: name.reason })
}

async function userFinding({ url, key, user }: DifyPlan, http: Http, createdBy: string | null): Promise<Finding> {
  if (createdBy === null) return found('user_unknown', { reason: 'the answer has no created_by' })
  const name = await endUser(url, key, http, createdBy)
  if (!('user' in name)) return found('user_unknown', { reason: name.reason })
  return name.user === user ? found('user_matches', { user }) : found('user_lost', { sent: user, got: name.user })
}

/** Dify's end user: `external_user_id` is the `user` string of the requests. */
async function endUser(base: string, key: string, http: Http, id: string): Promise<{ user: string } | { reason: string; isUnknown: boolean }> {
  const reply = await http.ask({ method: 'GET', url: `${base}/end-users/${encodeURIComponent(id)}`, headers: { authorization: `Bearer ${key}` } })
  if (reply.status === null) return { reason: reply.detail, isUnknown: false }
  const json = objectIn(reply) ?? {}
  const name = json['external_user_id'] ?? json['session_id']
  if (reply.status === 200 && typeof name === 'string') return { user: name }
  return { reason: `GET /end-users is answered ${reply.status}; older Difys do not have it`, isUnknown: json['code'] === 'end_user_not_found' }
}

/** Null when it is Dify that answers. */
async function strangerFinding(welcome: Answer, url: string, http: Http): Promise<Finding | null> {
  const { status } = welcome
  if (objectIn(welcome)?.['welcome'] !== undefined || welcome.header('x-version') !== null && status !== 404) return null
  if (status >= 300 && status < 400) return redirect(welcome, 'Dify', `${url}/`)
  if (isGatewayFailure(status)) return found('gateway_fails', { target: 'Dify', status, server: serverOf(welcome) })
  return found('not_dify', { url: `${url}/`, status, body: kindOfBody(welcome), better: await betterBase(url, http) })
}

/** Where Dify's API is, if the address only lacks its last step or has one too many. */
async function betterBase(url: string, http: Http): Promise<string | null> {
  const candidates = new Set([`${url}/v1`, `${new URL(url).origin}/v1`])
  candidates.delete(url)
  for (const candidate of candidates) {
    const reply = await http.ask({ method: 'GET', url: `${candidate}/` })
    if (reply.status === 200 && objectIn(reply)?.['welcome'] !== undefined) return candidate
  }
  return null
}
