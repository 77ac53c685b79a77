/// <reference types="node" />
import { parseArgs } from 'node:util'
import { Misconfigured } from '../misconfigured.js'

/** What the doctor is to look at. */
export interface DoctorPlan {
  proxy: ProxyPlan | null
  dify: DifyPlan | null
  /** Send a real message too. */
  message: boolean
  json: boolean
  /** ms for one request. */
  timeout: number
  /** Never to be printed. */
  secrets: readonly string[]
}

export interface ProxyPlan {
  /** What the component gets as `proxyUrl`, absolute, without a slash at the end. */
  url: string
  /** The page's origin, where it is not the proxy's own. */
  origin: string | null
  /** Sent with every request, by lower-case name: the session of somebody who is signed in. */
  headers: Record<string, string>
}

export interface DifyPlan {
  /** Up to and with `/v1`, without a slash at the end. */
  url: string
  key: string
  /** The `user` of the probe. */
  user: string
}

/** @throws Misconfigured with exit code 2 */
export function doctorArguments(args: string[], environment: Readonly<Record<string, string | undefined>>): DoctorPlan {
  const { proxy, origin, header = [], 'base-url': baseUrl, key, user, message = false, json = false, timeout = '15' } = parsed(args)
  if (proxy === undefined && baseUrl === undefined) throw misused('give --proxy URL (what the component gets as proxyUrl, with https://…), or --base-url URL for Dify itself, or both')
  if (proxy === undefined && (origin !== undefined || header.length > 0)) throw misused('--origin and --header are for --proxy: browsers never talk to Dify itself')
  if (baseUrl === undefined && (key !== undefined || user !== undefined)) throw misused('--key and --user are for --base-url: the proxy has its own')
  const seconds = Number(timeout)
  if (!(seconds >= 0.1 && seconds <= 600)) throw misused(`--timeout is "${timeout}", which is no number of seconds from 0.1 to 600`)
  const headers = headersOf(header)
  const apiKey = (key ?? environment['DIFY_API_KEY'] ?? '').trim()
  return {
    proxy: proxy === undefined ? null : { url: address('--proxy', proxy), origin: origin === undefined ? null : originOf(origin), headers },
    dify: baseUrl === undefined ? null : { url: address('--base-url', baseUrl), key: checkedKey(apiKey), user: user ?? 'dify-file-drop-doctor' },
    message, json, timeout: seconds * 1000,
    secrets: [apiKey, ...Object.values(headers)].filter((secret) => secret.length >= 4),
  }
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        proxy: { type: 'string' }, origin: { type: 'string' }, header: { type: 'string', multiple: true }, 'base-url': { type: 'string' },
        key: { type: 'string' }, user: { type: 'string' }, message: { type: 'boolean' }, json: { type: 'boolean' }, timeout: { type: 'string' },
      },
    }).values
  } catch (error) {
    throw misused((error as Error).message.replace(/\.$/, ''))
  }
}

function address(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol)) throw misused(`${option} "${text}" is no absolute http(s) URL`)
  if (url.username !== '' || url.password !== '') throw misused(`${option} must hold no password: use --header "Authorization: …"`)
  if (url.search !== '' || url.hash !== '') throw misused(`${option} must have no query or fragment: paths are put behind it`)
  return url.href.replace(/\/+$/, '')
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, '').toLowerCase()) {
    throw misused(`--origin "${text}" is no origin: scheme, host and port and nothing else, as https://chat.example.com`)
  }
  return url.origin
}

function headersOf(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const match = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([\t\u0020-\u007e\u0080-\u00ff]+)$/.exec(line)
    // Not quoted: it may hold a session.
    if (match === null) throw misused('a --header is not of the form "Name: value"')
    headers[match[1]!.toLowerCase()] = match[2]!
  }
  return headers
}

/** Never quotes the key. */
function checkedKey(key: string): string {
  if (key === '') throw misused('--base-url needs the key of the Dify app: set DIFY_API_KEY, or give --key (which others on this machine can see)')
  if (!/^[\u0021-\u007e]+$/.test(key)) throw misused('the key holds blanks or characters that no header can carry: copy it again')
  return key
}

function misused(sentence: string): Misconfigured {
  return new Misconfigured(`${sentence}. Try: dify-file-drop doctor --help`, 2)
}
