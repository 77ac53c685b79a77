import { crossOriginFindings, isLoopback, isRefusedOrigin, pageHeaders, preflightHeaders, siteOf } from './crossOrigin.js'
import type { ProxyPlan } from './doctorArguments.js'
import { messageQuestion, streamFindings } from './eventStream.js'
import { examineLimits } from './examineLimits.js'
import { found, type Finding } from './finding.js'
import type { Http } from './http.js'
import { appFindings, readProxyParameters, silenceFinding } from './parametersAnswer.js'
import { FORM_TYPE, probeForm, uploadedFile, uploadFindings } from './probeUpload.js'
import { objectIn, type Answer, type Reply } from './reply.js'
import { cookieFindings, cookieHeader, cookiesOf, type SetCookie } from './sessionCookie.js'

export type Tell = (findings: readonly Finding[]) => void

/** What another look may want to know of what was seen through the proxy. */
export interface SeenByProxy {
  /** Dify's id of whoever uploaded the probe, or null. */
  createdBy: string | null
}

/** Looks at everything between a browser and Dify, as a browser would meet it. */
export async function examineProxy(plan: ProxyPlan, http: Http, tell: Tell, message: boolean): Promise<SeenByProxy> {
  const { url, headers } = plan
  const nothing = { createdBy: null }
  const address = `${url}/parameters`
  const read = await http.ask({ method: 'GET', url: address, headers })
  if (read.status === null) {
    tell([silenceFinding(read, 'the proxy', url)])
    return nothing
  }
  const known = readProxyParameters(read, address, Object.keys(headers).length > 0)
  if ('findings' in known) {
    tell(known.findings)
    if (plan.origin !== null) tell(await originFindings(plan, http, headers, read))
    return nothing
  }
  const { parameters } = known
  const own = parameters.dify_file_drop ?? null
  tell([found('reached', { target: 'the proxy', url, ms: read.ms }), ...plainHttp(url), own === null ? found('plain_proxy', {}) : found('proxy_version', { version: own.version ?? '?' }), versionFinding(read)])

  const session = own === null ? { cookies: cookiesOf(read), findings: [] } : await examineSession(plan, http, read)
  const cookie = cookieHeader(session.cookies, headers['cookie'])
  const signedIn = { ...headers, ...(cookie === null ? {} : { cookie }) }
  tell([await keyFinding(http, url, signedIn), ...appFindings(parameters), ...session.findings])
  const origins = await originFindings(plan, http, signedIn, read)
  tell(origins)
  tell(await examineLimits({ http, target: 'proxy', url: `${url}/files/upload`, headers: signedIn, parameters, answer: read }))

  const upload = await http.ask({
    method: 'POST', url: `${url}/files/upload`, body: probeForm(null),
    headers: { ...signedIn, ...fromPage(plan), 'content-type': FORM_TYPE },
  })
  // What was told before is not told again.
  const hasNoSession = session.findings.some(({ code }) => code === 'set_cookie_lost')
  const hasNoLeave = origins.some(({ code }) => code === 'origin_refused')
  const isKnown = ({ code, facts }: Finding) => (hasNoSession && code === 'cookie_lost') || (hasNoLeave && facts['code'] === 'forbidden_origin')
  tell(uploadFindings(upload, 'the proxy').filter((finding) => !isKnown(finding)))
  tell(message ? streamFindings(await http.ask(messageQuestion(url, await modeOf(http, url, signedIn), { ...signedIn, ...fromPage(plan) }, null))) : [found('stream_not_asked', {})])
  return { createdBy: upload.status === null ? null : (uploadedFile(upload)?.createdBy ?? null) }
}

export function plainHttp(url: string, target: 'the proxy' | 'Dify' = 'the proxy'): Finding[] {
  const { protocol, hostname, host } = new URL(url)
  return protocol === 'http:' && !isLoopback(hostname) ? [found('plain_http', { target, host })] : []
}

export function versionFinding(answer: Answer): Finding {
  const version = answer.header('x-version')
  return version === null ? found('dify_version_hidden', {}) : found('dify_version', { version })
}

/** Its name in words, if Dify tells it: `GET info` is newer than the key. */
export async function keyFinding(http: Http, base: string, headers: Record<string, string>): Promise<Finding> {
  const { name, mode } = await appOf(http, base, headers)
  return found('key_works', { app: typeof name === 'string' && name !== '' ? name : null, mode: typeof mode === 'string' ? mode : null })
}

export async function modeOf(http: Http, base: string, headers: Record<string, string>): Promise<string | null> {
  const { mode } = await appOf(http, base, headers)
  return typeof mode === 'string' ? mode : null
}

async function appOf(http: Http, base: string, headers: Record<string, string>): Promise<Record<string, unknown>> {
  const reply = await http.ask({ method: 'GET', url: `${base}/info`, headers })
  return reply.status === 200 ? (objectIn(reply) ?? {}) : {}
}

/** The session that our proxy gives to visitors without accounts, if it does. */
async function examineSession(plan: ProxyPlan, http: Http, read: Answer): Promise<{ cookies: SetCookie[]; findings: Finding[] }> {
  const { url, headers, origin } = plan
  const isOurs = ({ name }: SetCookie) => name.includes('dify-file-drop-')
  let cookies = cookiesOf(read)
  if (!cookies.some(isOurs)) {
    const session: Reply = await http.ask({ method: 'GET', url: `${url}/session`, headers })
    if (session.status === 200) cookies = cookiesOf(session)
    else return { cookies, findings: hostSession(plan) }
  }
  const cookie = cookies.find(isOurs)
  return { cookies, findings: cookie === undefined ? [found('set_cookie_lost', {})] : cookieFindings(cookie, url, origin) }
}

/** Sessions of the host's own: nothing of theirs can be seen from here. */
function hostSession({ url, origin, headers }: ProxyPlan): Finding[] {
  const findings = Object.keys(headers).length === 0 ? [found('open_to_strangers', {})] : []
  if (origin !== null && siteOf(origin, url) === 'cross-site' && 'cookie' in headers) findings.push(found('own_cookie', { origin }))
  return findings
}

/** The page's origin, where it was given, or else the proxy's own. */
async function originFindings(plan: ProxyPlan, http: Http, headers: Record<string, string>, read: Answer): Promise<Finding[]> {
  const { url, origin } = plan
  const parameters = `${url}/parameters`
  const own = new URL(url).origin
  if (origin !== null && siteOf(origin, url) !== 'same-origin') {
    const names = Object.keys(plan.headers).filter((name) => name !== 'cookie')
    const preflight = await http.ask({ method: 'OPTIONS', url: `${url}/files/upload`, headers: preflightHeaders(origin, url, names) })
    const withOrigin = await http.ask({ method: 'GET', url: parameters, headers: { ...headers, ...pageHeaders(origin, url) } })
    return crossOriginFindings({ origin, names, preflight, read: withOrigin.status === null ? read : withOrigin })
  }
  // As a browser does that sends no Sec-Fetch-Site: an old one, or any over plain http.
  const asOld = await http.ask({ method: 'GET', url: parameters, headers: { ...headers, origin: own } })
  if (asOld.status !== null && isRefusedOrigin(asOld)) {
    const { protocol, hostname } = new URL(url)
    return [protocol === 'http:' && !isLoopback(hostname) ? found('origin_refused', { origin: own, isOwn: true }) : found('own_host_lost', { origin: own })]
  }
  return origin === null ? [] : [found('same_origin', {})]
}

function fromPage({ origin, url }: ProxyPlan): Record<string, string> {
  return origin === null ? {} : pageHeaders(origin, url)
}
