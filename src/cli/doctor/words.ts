import { LAYERS, megabytes, type Layer } from './layers.js'

/**
 * How bad: `trouble` is broken for somebody, `warning` is for somebody to think about, `note` is what could not be
 * looked at or is good to know.
 */
export type Level = 'fine' | 'note' | 'warning' | 'trouble'

export type Check = 'reach' | 'key' | 'app' | 'limits' | 'upload' | 'user' | 'cors' | 'cookies' | 'stream'

/** A finding in words: what is so, and what to do about it. */
export interface Words {
  says: string
  todo?: string
}

/** A kind of finding, and the words that its facts become. */
interface Kind {
  check: Check
  level: Level
  words: (facts: never) => Words
}

/** Who was asked, as it stands in a sentence. */
export type Target = 'the proxy' | 'Dify'

/** An answer that nobody planned for. */
interface Oddity {
  status: number
  code: string | null
  message: string
}

/** Everything that the doctor can find, in one place: how bad it is, what is wrong and what to do. */
export const WORDS = {
  // Is somebody there
  reached: { check: 'reach', level: 'fine', words: (f: { target: Target; url: string; ms: number }) => ({ says: `${cap(f.target)} answers at ${f.url} (${f.ms} ms).` }) },
  unknown_host: { check: 'reach', level: 'trouble', words: (f: { target: Target; host: string }) => ({
    says: `There is no host "${f.host}".`, todo: `Check the spelling of the address, and whether this machine can resolve it (a name of a container network is known only there).` }) },
  refused: { check: 'reach', level: 'trouble', words: (f: { target: Target; host: string; detail: string }) => ({
    says: `Nothing takes connections at ${f.host}: ${f.detail}.`, todo: `Start ${f.target}, or correct the port. A server that listens on 127.0.0.1 is reached from its own machine (or container) only.` }) },
  timeout: { check: 'reach', level: 'trouble', words: (f: { target: Target; host: string; detail: string }) => ({
    says: `${f.host}: ${f.detail}.`, todo: `A firewall that drops packets looks like this, and so does a server that is overloaded. --timeout gives it more seconds.` }) },
  certificate: { check: 'reach', level: 'trouble', words: (f: { host: string; detail: string }) => ({
    says: `The certificate of ${f.host} is not trusted: ${f.detail}.`, todo: 'Browsers will refuse it too. Renew it, send the whole chain, or, for a certificate authority of your own, run with NODE_EXTRA_CA_CERTS=ca.pem.' }) },
  no_tls: { check: 'reach', level: 'trouble', words: (f: { host: string; detail: string }) => ({
    says: `${f.host} does not speak TLS as asked: ${f.detail}.`, todo: 'Is it http:// there, or another port?' }) },
  broken: { check: 'reach', level: 'trouble', words: (f: { target: Target; host: string; detail: string }) => ({
    says: `The connection to ${f.host} broke: ${f.detail}.`, todo: `Look into the log of ${f.target} and of what stands in front of it.` }) },
  redirects: { check: 'reach', level: 'trouble', words: (f: { target: Target; url: string; status: number; to: string }) => ({
    says: `${f.url} redirects (${f.status}) to ${f.to}. Uploads do not survive redirects.`, todo: `Use the address that it redirects to, if that is the same place. If it is a login page, keep it away from this path.` }) },
  gateway_fails: { check: 'reach', level: 'trouble', words: (f: { target: Target; status: number; server: string | null }) => ({
    says: `${f.server ?? 'A server'} in front of ${f.target} answers ${f.status}: it does not get through.`, todo: `Is ${f.target} running, and does ${f.server ?? 'that server'} send this path to the right host and port (nginx: proxy_pass)?` }) },
  not_the_proxy: { check: 'reach', level: 'trouble', words: (f: { url: string; status: number; body: string }) => ({
    says: `${f.url} answers ${f.status} with ${f.body}: that is not the proxy.`,
    todo: 'Check the address: --proxy is what you pass as proxyUrl, without /files/upload or /parameters. A page here means that the web app answers in place of the proxy: its route is missing (Next.js: app/api/dify/[...path]/route.ts, exporting GET, POST and OPTIONS) or a rewrite takes it away.' }) },
  proxy_version: { check: 'reach', level: 'fine', words: (f: { version: string }) => ({ says: `The proxy is dify-file-drop ${f.version}.` }) },
  plain_proxy: { check: 'reach', level: 'note', words: (_: object) => ({ says: 'The proxy is not dify-file-drop’s own: it relays Dify’s answers. The component works with it; what it guards is its own business.' }) },
  plain_http: { check: 'reach', level: 'warning', words: (f: { target: Target; host: string }) => ({
    says: f.target === 'Dify' ? `The key goes to ${f.host} unencrypted, over http.` : `${f.host} is reached over plain http: files and cookies travel unencrypted.`, todo: 'Use https.' }) },
  dify_version: { check: 'reach', level: 'fine', words: (f: { version: string }) => ({ says: `Dify ${f.version}.` }) },
  dify_version_hidden: { check: 'reach', level: 'note', words: (_: object) => ({
    says: 'The answer has no X-Version, which every Dify sends: something on the way takes it out.', todo: 'Let it pass. It is how an answer of Dify’s is told from a gateway’s.' }) },
  not_dify: { check: 'reach', level: 'trouble', words: (f: { url: string; status: number; body: string; better: string | null }) => ({
    says: `${f.url} answers ${f.status} with ${f.body}: that is not Dify’s API.`,
    todo: f.better === null ? 'The base URL is that of the API, up to and with /v1: https://api.dify.ai/v1, or https://your-dify/v1.' : `Dify’s API is at ${f.better}: use that as the base URL.` }) },

  // Does the key work
  key_works: { check: 'key', level: 'fine', words: (f: { app: string | null; mode: string | null }) => ({
    says: `The key works${f.app === null ? '' : `: app "${f.app}"`}${f.mode === null ? '' : ` (${f.mode})`}.` }) },
  key_refused: { check: 'key', level: 'trouble', words: (f: { holder: 'the proxy' | 'you'; isDataset: boolean }) => ({
    says: f.isDataset ? 'Dify refuses the key: it is one of a knowledge base (dataset-…), not of an app.' : `Dify refuses the key that ${f.holder === 'you' ? 'you gave' : 'the proxy has'}, or there is none.`,
    todo: `Take the key (app-…) from your app’s page "API Access" in Dify${f.holder === 'you' ? '.' : ', set it as the proxy’s apiKey (DIFY_API_KEY) and restart it. Is the proxy’s base URL that of the same Dify?'}` }) },
  app_refused: { check: 'key', level: 'trouble', words: (f: { message: string }) => ({
    says: `Dify refuses access to this app${f.message === '' ? '' : `: ${f.message}`}.`, todo: 'In Dify: is the app still there, its API service enabled, and the workspace not archived? A 403 in HTML is a firewall in front of Dify.' }) },
  app_unavailable: { check: 'key', level: 'trouble', words: (f: { code: string }) => ({ says: `The app cannot be used yet (${f.code}).`, todo: 'Publish it in Dify.' }) },
  dify_not_found: { check: 'key', level: 'trouble', words: (_: object) => ({
    says: 'The proxy does not find Dify’s API at its base URL.', todo: 'Set baseUrl (DIFY_BASE_URL) to the address of the API, up to and with /v1: https://your-dify/v1.' }) },
  dify_redirects: { check: 'key', level: 'trouble', words: (_: object) => ({
    says: 'The proxy’s base URL redirects elsewhere, and it follows no redirects.', todo: 'Set baseUrl (DIFY_BASE_URL) to where it leads: mostly https:// in place of http://.' }) },
  dify_is_another: { check: 'key', level: 'trouble', words: (_: object) => ({
    says: 'What answers the proxy at its base URL is not Dify’s API (a page in HTML, mostly).', todo: 'Set baseUrl (DIFY_BASE_URL) to the address of the API, up to and with /v1. Without /v1 a self-hosted Dify answers with its web app.' }) },
  dify_down: { check: 'key', level: 'trouble', words: (f: { code: string }) => ({
    says: `The proxy does not get through to Dify (${f.code}).`, todo: 'Is Dify running, and can the proxy’s machine reach its base URL (DNS, firewall, certificate)? The proxy’s log has the reason in "detail".' }) },
  not_signed_in: { check: 'key', level: 'trouble', words: (f: { hasHeaders: boolean }) => ({
    says: f.hasHeaders ? 'The proxy’s authorize takes the session that you gave for nobody’s (401).' : 'The proxy’s authorize wants somebody to be signed in (401), which is right, but the rest cannot be looked at.',
    todo: f.hasHeaders ? 'Is it still valid, and does it arrive? A server on the way may drop Cookie or Authorization.' : 'Sign in with a browser, copy its cookie and run again with --header "Cookie: …" (or --header "Authorization: …").' }) },
  proxy_fails: { check: 'key', level: 'trouble', words: (f: { code: string }) => ({
    says: f.code === 'invalid_user' ? 'The proxy’s authorize gives no valid user (500 invalid_user).' : `The proxy itself fails (500 ${f.code}).`,
    todo: f.code === 'invalid_user' ? 'Return { user } with a string of 1 to 255 characters that is not blank.' : 'Its log says why, in "detail": authorize threw, or a body parser before it had read the request.' }) },
  rate_limited: { check: 'key', level: 'trouble', words: (_: object) => ({ says: 'Too many requests (429): the rest was not looked at.', todo: 'Wait a minute and run again.' }) },
  odd_answer: { check: 'key', level: 'trouble', words: (f: Oddity) => ({ says: `GET parameters is answered with ${oddity(f)}.`, todo: 'The log of the proxy, or of Dify, says why.' }) },
  open_to_strangers: { check: 'key', level: 'warning', words: (_: object) => ({
    says: 'The proxy’s authorize lets a stranger in: no cookie and no header was sent, and none was given.', todo: 'Unless this address is private: whoever finds it can fill your Dify workspace. Let authorize return null for who is not signed in, or use anonymousUser({ secret }).' }) },

  // What the app takes
  uploads_off: { check: 'app', level: 'warning', words: (_: object) => ({
    says: 'File upload is switched off in this app: Dify would ignore files of chat messages without a word, so the component offers none.', todo: 'Switch it on in the app’s features in Dify, and publish. Files for input variables work all the same.' }) },
  legacy_images: { check: 'app', level: 'warning', words: (_: object) => ({
    says: 'Only the app’s old image switch is on: uploads succeed, and most apps then ignore them.', todo: 'Switch file upload on in the app’s features in Dify, and publish.' }) },

  // How large
  limits: { check: 'limits', level: 'fine', words: (f: { image: Effective; document: Effective; audio: Effective; video: Effective }) => ({
    says: `Largest files: ${(['image', 'document', 'audio', 'video'] as const).map((category) => `${category} ${effective(f[category])}`).join('; ')}.` }) },
  limits_unknown: { check: 'limits', level: 'warning', words: (_: object) => ({ says: 'Dify does not tell its size limits: nothing is checked before Dify itself refuses.' }) },
  no_gateway_cap: { check: 'limits', level: 'fine', words: (f: { bytes: number; reach: 'all' | 'front' }) => ({
    says: `${f.reach === 'all' ? 'No server on the way' : 'No server that could be looked at'} refuses a request of ${megabytes(f.bytes)}, the most that is needed.` }) },
  gateway_cap: { check: 'limits', level: 'trouble', words: (f: { bytes: number; needed: number; where: Layer; server: string | null }) => ({
    says: `${cap(LAYERS[f.where])}${f.server === null ? '' : ` (${f.server})`} refuses requests over ${megabytes(f.bytes)}, but files up to ${megabytes(f.needed)} are allowed: people wait for uploads that cannot succeed.`,
    todo: capAdvice(f.server, f.where) }) },
  gateway_cap_near: { check: 'limits', level: 'note', words: (f: { bytes: number; needed: number; where: Layer; server: string | null }) => ({
    says: `${cap(LAYERS[f.where])}${f.server === null ? '' : ` (${f.server})`} refuses requests over ${megabytes(f.bytes)}, form included: a file of exactly ${megabytes(f.needed)} is allowed and does not pass.` }) },
  cap_unclear: { check: 'limits', level: 'note', words: (f: { reason: string }) => ({ says: `Whether a server on the way limits the size could not be found out: ${f.reason}.` }) },
  requests_buffered: { check: 'limits', level: 'warning', words: (f: { server: string | null }) => ({
    says: `${f.server ?? 'A server'} in front of the proxy keeps a request until it is whole: a browser’s 100 % is that server’s disk, what stands behind it could not be looked at, and refusals come late.`,
    todo: 'nginx: proxy_request_buffering off; for this path.' }) },
  vercel: { check: 'limits', level: 'warning', words: (_: object) => ({
    says: 'This is Vercel, whose functions take no request over 4.5 MB (as Vercel documents it).', todo: 'Run the proxy elsewhere (npx dify-file-drop proxy, with ALLOW_ORIGINS), or set maxBytes to 4 MB so that people are told before they wait.' }) },
  next: { check: 'limits', level: 'note', words: (_: object) => ({
    says: 'This is Next.js. If it has a proxy.ts (middleware.ts) that matches this path, uploads are cut off after 10 MB.', todo: 'Keep it away: export const config = { matcher: "/((?!api/dify/).*)" }.' }) },

  // A probe of a few bytes
  upload_works: { check: 'upload', level: 'fine', words: (f: { bytes: number; ms: number }) => ({ says: `An upload of ${f.bytes} bytes arrived whole (${f.ms} ms).` }) },
  truncated: { check: 'upload', level: 'trouble', words: (f: { sent: number; stored: number }) => ({
    says: `Of ${f.sent} bytes Dify stored ${f.stored}: something on the way cuts uploads off, or changes them.`, todo: 'Look for what reads bodies on the way: a middleware, a virus scanner, a function platform. Take this path out of it.' }) },
  upload_mangled: { check: 'upload', level: 'trouble', words: (f: { by: 'the proxy' | 'Dify'; code: string }) => ({
    says: `${cap(f.by)} finds no whole file in the upload (${f.code}), although one was sent: something on the way cuts it off or rewrites it.`,
    todo: 'Mount the proxy before any body parser, and keep middleware away from its path: Next’s proxy.ts cuts bodies off after 10 MB.' }) },
  upload_refused: { check: 'upload', level: 'trouble', words: (f: Oddity & { by: string }) => ({ says: `The upload of a probe is answered with ${oddity(f)}, by ${f.by}.`, todo: uploadAdvice(f) }) },
  upload_not_json: { check: 'upload', level: 'trouble', words: (f: { status: number; body: string }) => ({
    says: `The upload of a probe is answered ${f.status} with ${f.body} in place of Dify’s file: that is not where uploads go.`, todo: 'Does POST go elsewhere than GET (a rewrite, a static host)? In Next.js, export POST too.' }) },
  upload_no_answer: { check: 'upload', level: 'trouble', words: (f: { detail: string }) => ({ says: `The upload of a probe gets no answer: ${f.detail}.`, todo: 'GET works and POST does not: look at what stands in front (a firewall rule, a limit of 0).' }) },

  // Whose file it is
  user_matches: { check: 'user', level: 'fine', words: (f: { user: string }) => ({ says: `Dify knows the sender of the file by the name that was sent: ${f.user}.` }) },
  user_lost: { check: 'user', level: 'trouble', words: (f: { sent: string; got: string }) => ({
    says: `Sent as "${f.sent}", the file belongs to "${f.got}" at Dify: messages of "${f.sent}" could not use it ("Invalid upload file").`, todo: 'Something on the way rewrites the form or its user field. Take it out.' }) },
  user_unknown: { check: 'user', level: 'note', words: (f: { reason: string }) => ({ says: `Whose file it is could not be asked: ${f.reason}.` }) },
  proxy_user: { check: 'user', level: 'fine', words: (f: { user: string }) => ({ says: `Through the proxy this session is "${f.user}" at Dify: message calls of your own must send the very same user.` }) },
  other_app: { check: 'user', level: 'warning', words: (_: object) => ({
    says: 'The proxy’s file is not known to the app of your key: the proxy serves another app, or another Dify.', todo: 'Files are good only within the app whose key uploaded them. Use one key.' }) },

  // From a page of another origin
  same_origin: { check: 'cors', level: 'fine', words: (_: object) => ({ says: 'The page and the proxy have one origin: no CORS is needed.' }) },
  cors_works: { check: 'cors', level: 'fine', words: (f: { origin: string }) => ({ says: `Pages of ${f.origin} may upload with their cookies, watch the progress and read the answers.` }) },
  origin_refused: { check: 'cors', level: 'trouble', words: (f: { origin: string; isOwn: boolean }) => ({
    says: f.isOwn ? `The proxy takes its own origin, ${f.origin}, for a foreign one (403 forbidden_origin).` : `The proxy does not allow pages of ${f.origin} (403 forbidden_origin).`,
    todo: f.isOwn ? HOST_LOST : `Add "${f.origin}" to allowOrigins (ALLOW_ORIGINS).` }) },
  own_host_lost: { check: 'cors', level: 'warning', words: (f: { origin: string }) => ({
    says: `For browsers too old to send Sec-Fetch-Site, the proxy takes its own origin, ${f.origin}, for a foreign one: another Host arrives than was asked for.`, todo: HOST_LOST }) },
  preflight_refused: { check: 'cors', level: 'trouble', words: (f: { status: number; server: string | null }) => ({
    says: `The preflight (OPTIONS files/upload) is answered ${f.status}${f.server === null ? '' : ` by ${f.server}`}: browsers then send no upload, since listening to its progress needs one.`,
    todo: 'Let OPTIONS reach the proxy, without login and without redirect. In Next.js, export OPTIONS too.' }) },
  preflight_no_answer: { check: 'cors', level: 'trouble', words: (f: { detail: string }) => ({ says: `The preflight (OPTIONS files/upload) gets no answer: ${f.detail}.`, todo: 'Let OPTIONS reach the proxy.' }) },
  cors_missing: { check: 'cors', level: 'trouble', words: (f: { request: string; origin: string; value: string | null }) => ({
    says: `The answer to ${f.request} ${f.value === null ? 'has no Access-Control-Allow-Origin' : `allows "${f.value}"`}, so browsers keep it from pages of ${f.origin}.`,
    todo: `Add "${f.origin}" to allowOrigins (ALLOW_ORIGINS). If it is there, a server on the way takes the header out or answers itself.` }) },
  cors_wildcard: { check: 'cors', level: 'trouble', words: (f: { request: string }) => ({
    says: `The answer to ${f.request} has Access-Control-Allow-Origin: *, which browsers do not take for requests with cookies.`, todo: 'A server on the way adds it (nginx: add_header). Remove that and leave CORS to the proxy.' }) },
  cors_twice: { check: 'cors', level: 'trouble', words: (f: { request: string; header: string; value: string }) => ({
    says: `The answer to ${f.request} has ${f.header} twice (${f.value}), which browsers refuse.`, todo: 'A server on the way adds its own to the proxy’s (nginx: add_header). Remove that and leave CORS to the proxy.' }) },
  credentials_missing: { check: 'cors', level: 'trouble', words: (f: { request: string }) => ({
    says: `The answer to ${f.request} has no Access-Control-Allow-Credentials: true, so browsers keep it from pages that send cookies.`, todo: 'A server on the way takes it out or answers itself. Leave CORS to the proxy.' }) },
  headers_refused: { check: 'cors', level: 'trouble', words: (f: { names: string[] }) => ({ says: `The preflight does not allow the header ${f.names.join(', ')}.`, todo: 'Leave CORS to the proxy, which allows what a listed origin asks for.' }) },
  method_refused: { check: 'cors', level: 'trouble', words: (f: { allowed: string }) => ({ says: `The preflight of an upload allows ${f.allowed} and not POST.`, todo: 'Leave CORS to the proxy.' }) },
  headers_hidden: { check: 'cors', level: 'note', words: (f: { names: string[] }) => ({
    says: `Pages cannot read ${f.names.join(', ')}: the component then does not know how long to wait, or who refused.`, todo: `Access-Control-Expose-Headers: ${f.names.join(', ')}.` }) },

  // The session of visitors without accounts
  cookie_fine: { check: 'cookies', level: 'fine', words: (f: { name: string; sameSite: string }) => ({ says: `The session cookie ${f.name} (SameSite=${f.sameSite}) comes, and goes back with an upload.` }) },
  cookie_dropped: { check: 'cookies', level: 'trouble', words: (f: { name: string; reason: string }) => ({ says: `Browsers drop the session cookie ${f.name}: ${f.reason}.`, todo: 'Serve the proxy over https. In development only: anonymousUser({ insecure: true }) (ANONYMOUS_INSECURE=1).' }) },
  cookie_changed: { check: 'cookies', level: 'trouble', words: (f: { name: string; reason: string }) => ({ says: `Browsers drop the session cookie ${f.name}: ${f.reason}.`, todo: 'A server on the way rewrites it (nginx: proxy_cookie_path, proxy_cookie_domain, proxy_cookie_flags). Let it pass as it is.' }) },
  cookie_not_sent: { check: 'cookies', level: 'trouble', words: (f: { name: string; sameSite: string; origin: string }) => ({
    says: `The session cookie ${f.name} is SameSite=${f.sameSite}: browsers do not send it from pages of ${f.origin}, which is another site, so every upload is refused (session_required).`,
    todo: 'anonymousUser({ embed: true }) (ANONYMOUS_EMBED=1), or serve the proxy under the page’s own site.' }) },
  cookie_third_party: { check: 'cookies', level: 'note', words: (f: { name: string; origin: string }) => ({
    says: `For pages of ${f.origin}, another site, the cookie ${f.name} is a third party’s and not Partitioned: some browsers block it.` }) },
  set_cookie_lost: { check: 'cookies', level: 'trouble', words: (_: object) => ({
    says: 'GET session is answered without Set-Cookie: visitors get no session, and every upload is refused (session_required).', todo: 'A server on the way takes it out (nginx: proxy_hide_header Set-Cookie, or a cache; a CDN that strips cookies). Let it pass for this path.' }) },
  cookie_lost: { check: 'cookies', level: 'trouble', words: (_: object) => ({
    says: 'The session cookie was sent with the upload, and the proxy did not get it, or not as it gave it (401 session_required).',
    todo: 'A server on the way drops or rewrites Cookie (nginx: proxy_set_header Cookie). If there are several replicas: the same secret (ANONYMOUS_SECRET) on each.' }) },
  own_cookie: { check: 'cookies', level: 'note', words: (f: { origin: string }) => ({
    says: `Pages of ${f.origin} are another site than the proxy. If your session is a cookie, browsers send it from there only with SameSite=None; Secure.` }) },

  // Answers word by word
  stream_flows: { check: 'stream', level: 'fine', words: (f: { events: number; first: number; total: number }) => ({ says: `Answers arrive as they are written: ${f.events} events between ${f.first} and ${f.total} ms.` }) },
  stream_buffered: { check: 'stream', level: 'trouble', words: (f: { events: number; first: number; total: number; server: string | null }) => ({
    says: `${f.events} events came together, from ${f.first} to ${f.total} ms: something on the way collects the answer${f.server === null ? '' : ` (${f.server} stands in front)`}.`,
    todo: 'nginx: proxy_buffering off; for this path, and no proxy_ignore_headers X-Accel-Buffering. CDNs and compressing middleware collect answers too: take text/event-stream out of it.' }) },
  stream_unclear: { check: 'stream', level: 'note', words: (f: { events: number; total: number }) => ({ says: `The answer was too short or too quick to tell whether something collects it (${f.events} events in ${f.total} ms).` }) },
  stream_not_asked: { check: 'stream', level: 'note', words: (_: object) => ({ says: 'Whether answers arrive word by word was not tried: --message sends a real message, which costs what a message costs.' }) },
  message_refused: { check: 'stream', level: 'trouble', words: (f: Oddity) => ({
    says: `A message is answered with ${oddity(f)}.`, todo: 'An app with required inputs refuses a probe that has none; else the log of the proxy, or of Dify, says why.' }) },
  message_no_answer: { check: 'stream', level: 'trouble', words: (f: { detail: string }) => ({ says: `A message gets no answer: ${f.detail}.` }) },
} as const satisfies Record<string, Kind>

/** A limit and the layer that sets it; nulls where nobody tells. */
export interface Effective {
  bytes: number | null
  by: Layer | null
}

function effective({ bytes, by }: Effective): string {
  return bytes === null || by === null ? 'unknown' : `${megabytes(bytes)} (${LAYERS[by]})`
}

function cap(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function oddity({ status, code, message }: Oddity): string {
  return code === null ? `${status} and no error of Dify’s` : `${status} ${code}${message === '' ? '' : ` ("${message}")`}`
}

function capAdvice(server: string | null, where: Layer): string {
  const name = server?.toLowerCase() ?? ''
  if (name.startsWith('nginx')) return 'nginx: client_max_body_size 0; for this path (its default is 1 MB). In Dify’s own docker compose: NGINX_CLIENT_MAX_BODY_SIZE.'
  if (name === 'vercel') return 'Vercel’s limit of 4.5 MB is fixed: run the proxy elsewhere (npx dify-file-drop proxy, with ALLOW_ORIGINS), or set maxBytes (MAX_…_MB) below it.'
  if (name === 'cloudflare') return 'Cloudflare’s limit depends on the plan (100 MB on Free and Pro): set maxBytes (MAX_…_MB) below it, or serve uploads under a name that does not pass Cloudflare.'
  if (where === 'dify') return 'Dify itself, or a fork’s MAX_CONTENT_LENGTH, says so.'
  return 'Raise it there (nginx: client_max_body_size; Bun: maxRequestBodySize), or set maxBytes (MAX_…_MB) below it, so that people are told before they wait.'
}

function uploadAdvice({ code, status }: { code: string | null; status: number }): string {
  if (status === 413) return 'A limit below a hundred bytes: look for client_max_body_size, or a size limit of 0 in Dify.'
  if (code === 'unknown' || code === 'internal_server_error') return 'Dify could not store it: is its storage (disk, S3) full or misconfigured? A proxy that says internal_server_error itself has the reason in its log.'
  if (code === 'invalid_param') return 'Dify’s own words are in the proxy’s log. A storage that is set up wrongly says this too, and so does a block on .txt files.'
  if (code === 'method_not_allowed' || status === 404 || status === 405) return 'POST does not arrive where GET does. In Next.js, export POST too; on a static host, rewrite both.'
  if (status === 403) return 'A firewall in front may take uploads for an attack. Let this path pass.'
  return 'The log of the proxy, or of Dify, says why.'
}

const HOST_LOST = 'nginx: proxy_set_header Host $http_host; or set publicOrigin (PUBLIC_ORIGIN), or trustProxy (TRUST_PROXY) with X-Forwarded-Host.'
