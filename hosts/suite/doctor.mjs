import assert from 'node:assert/strict'
import { runChecks } from './checks.mjs'
import { within } from './client.mjs'
import { COMMAND, startProxy } from './commandLine.mjs'
import { AS_DOCUMENTED, startNginx, withPrograms } from './nginx.mjs'
import { start } from './start.mjs'
import { KEYS, startUpstream } from './upstream.mjs'

const SECRET = 'a-secret-of-more-than-32-characters-0123'
const PAGE = 'https://chat.example.com'
const MIB = 1024 * 1024

/**
 * `npx dify-file-drop doctor` from the packed library, before real proxies with a real nginx in front that is set up
 * wrongly in one way each.
 */
export async function doctor() {
  const missing = await withPrograms({ nginx: 'nginx-light' })
  if (missing !== null) return { missing }
  const upstream = await startUpstream()
  const { emulator } = upstream
  const started = []
  /** Runs it to its end. */
  const told = async (args, variables = {}) => {
    const it = start([...COMMAND, 'doctor', ...args], { env: { DIFY_API_KEY: KEYS[0], ...variables } })
    const exitCode = await within(it.ended, 60_000, 'it ends').finally(() => it.stop())
    assert.ok(!it.output().includes(KEYS[0]), 'the key is told')
    return { exitCode, text: it.output() }
  }
  const findings = async (...args) => {
    const { exitCode, text } = await told([...args, '--json'])
    const report = JSON.parse(text.slice(text.indexOf('{')))
    assert.equal(exitCode, report.ok ? 0 : 1)
    return {
      ...report,
      wrong: report.findings.filter(({ level }) => level === 'trouble' || level === 'warning').map(({ code }) => code),
      factsOf: (code) => report.findings.find((it) => it.code === code)?.facts,
    }
  }

  try {
    const variables = { RATE_PER_ADDRESS: '100000', CONCURRENT_PER_ADDRESS: '100', TRUST_PROXY: '1' }
    const visitors = { ...variables, AUTHORIZE_URL: '', ANONYMOUS_SECRET: SECRET, ANONYMOUS_INSECURE: '1' }
    const narrow = await startNginx(server(`location / { proxy_pass ${new URL(upstream.url).origin}; client_max_body_size 15m; }`))
    started.push(narrow)
    const proxies = await Promise.all([
      startProxy({ ...visitors, ALLOW_ORIGINS: PAGE }, upstream),
      startProxy({ ...variables, AUTHORIZE_URL: upstream.authorizeUrl, ALLOW_ORIGINS: PAGE }, upstream),
      startProxy(visitors, { url: `${narrow.url}/v1` }),
      startProxy({ ...visitors, DIFY_API_KEY: 'app-wrong' }, upstream),
      startProxy({ ...visitors, DIFY_BASE_URL: upstream.url.replace('/v1', '') }, upstream),
    ])
    started.push(...proxies)
    const [open, signedIn, behindNarrow, wrongKey, wrongBase] = proxies
    const location = (path, lines, target = open) => `location /${path}/ { proxy_pass ${new URL(target.base).origin}/; ${lines} }`
    const nginx = await startNginx(server(
      location('documented', AS_DOCUMENTED),
      location('bare', ''),
      location('holding', 'client_max_body_size 0; proxy_set_header Host $http_host;'),
      location('collecting', 'client_max_body_size 0; proxy_request_buffering off; proxy_set_header Host $http_host; proxy_ignore_headers X-Accel-Buffering; proxy_buffers 8 64k; proxy_buffer_size 64k;'),
      location('zipping', 'client_max_body_size 0; proxy_request_buffering off; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host; proxy_ignore_headers X-Accel-Buffering; gzip on; gzip_types text/event-stream; gzip_proxied any;'),
      location('cookieless', `${AS_DOCUMENTED} proxy_set_header Cookie "";`),
      location('sessionless', `${AS_DOCUMENTED} proxy_hide_header Set-Cookie;`),
      location('twice', `${AS_DOCUMENTED} add_header Access-Control-Allow-Origin "${PAGE}" always;`, signedIn),
    ))
    started.push(nginx)
    const at = (path) => `${nginx.url}/${path}/api/dify`

    return await runChecks({
      async 'finds nothing wrong behind nginx as documented, and uploads one probe'() {
        const { exitCode, text } = await told(['--proxy', at('documented')])
        assert.equal(exitCode, 0, text)
        assert.match(text, /^ok +reach +The proxy is dify-file-drop/m)
        assert.match(text, /Dify 1\.16\.0\./)
        assert.match(text, /No trouble found\./)
        assert.match(text, /No server on the way refuses/)
        assert.deepEqual([...emulator.files.values()].map(({ name, size }) => [name, size]), [['dify-file-drop-probe.txt', 53]])
      },

      async 'names nginx’s own limit, and what else its defaults do'() {
        const { wrong, factsOf } = await findings('--proxy', at('bare'))
        assert.deepEqual(wrong, ['own_host_lost', 'gateway_cap'])
        const { bytes, where, server } = factsOf('gateway_cap')
        assert.deepEqual([bytes, where, server.slice(0, 5)], [MIB, 'front', 'nginx'])
      },

      async 'sees that nginx keeps requests until they are whole'() {
        assert.deepEqual((await findings('--proxy', at('holding'))).wrong, ['requests_buffered'])
      },

      async 'finds the limit of a server between proxy and Dify, from both sides'() {
        const { wrong, factsOf } = await findings('--proxy', behindNarrow.base)
        assert.deepEqual(wrong, ['gateway_cap'])
        assert.deepEqual([factsOf('gateway_cap').bytes, factsOf('gateway_cap').where], [15 * MIB, 'behind'])
        const straight = await findings('--base-url', `${narrow.url}/v1`)
        assert.deepEqual([straight.wrong, straight.factsOf('gateway_cap').where, straight.factsOf('gateway_cap').bytes], [['gateway_cap'], 'dify_gateway', 15 * MIB])
      },

      async 'sees events that nginx collects, and that they flow where it does not'() {
        for (const path of ['collecting', 'zipping']) assert.deepEqual((await findings('--proxy', at(path), '--message')).wrong, ['stream_buffered'], path)
        const flowing = await findings('--proxy', at('documented'), '--message')
        assert.deepEqual([flowing.wrong, flowing.factsOf('stream_flows') !== undefined], [[], true])
      },

      async 'sees cookies that nginx drops, either way'() {
        assert.deepEqual((await findings('--proxy', at('cookieless'))).wrong, ['cookie_lost'])
        assert.deepEqual((await findings('--proxy', at('sessionless'))).wrong, ['set_cookie_lost'])
      },

      async 'looks at pages of another origin'() {
        const session = ['--header', 'Cookie: session=alice']
        assert.deepEqual((await findings('--proxy', signedIn.base, '--origin', PAGE, ...session)).wrong, [])
        assert.deepEqual((await findings('--proxy', signedIn.base, '--origin', 'https://other.example.com', ...session)).wrong, ['origin_refused'])
        assert.deepEqual((await findings('--proxy', open.base, '--origin', PAGE)).wrong, ['cookie_not_sent'])
        const twice = await findings('--proxy', at('twice'), '--origin', PAGE, ...session)
        assert.ok(twice.wrong.every((code) => code === 'cors_twice') && twice.wrong.length > 0, twice.wrong.join())
      },

      async 'names what keeps the proxy from Dify, or us from the proxy'() {
        assert.deepEqual((await findings('--proxy', wrongKey.base)).wrong, ['key_refused'])
        assert.deepEqual((await findings('--proxy', wrongBase.base)).wrong, ['dify_not_found'])
        assert.deepEqual((await findings('--proxy', signedIn.base)).wrong, ['not_signed_in'])
        assert.deepEqual((await findings('--proxy', `${nginx.url}/nowhere`)).wrong, ['not_the_proxy'])
        assert.deepEqual((await findings('--base-url', upstream.url.replace('/v1', ''))).wrong, ['not_dify'])
        assert.deepEqual((await findings('--base-url', upstream.url, '--key', 'app-wrong')).wrong, ['key_refused'])
      },

      async 'tells whose a file is'() {
        const { wrong, factsOf } = await findings('--base-url', upstream.url, '--proxy', signedIn.base, '--header', 'Cookie: session=alice')
        assert.deepEqual(wrong, [])
        assert.deepEqual([factsOf('user_matches').user, factsOf('proxy_user').user], ['dify-file-drop-doctor', 'alice'])
      },

      async 'does not begin on what it does not understand: one sentence, exit code 2'() {
        for (const [args, variables] of [[[], {}], [['--proxy', '/api/dify'], {}], [['--base-url', upstream.url], { DIFY_API_KEY: '' }], [['--proxy', open.base, '--fast'], {}]]) {
          const { exitCode, text } = await told(args, variables)
          assert.equal(exitCode, 2, text)
          assert.equal(text.trim().split('\n').length, 1, text)
        }
        assert.match((await told(['--help'])).text, /--base-url[^]*Exit code/)
      },
    }, () => {
      emulator.reset()
      return {}
    })
  } finally {
    await Promise.all(started.map((it) => it.stop()))
    upstream.close()
  }
}

function server(...locations) {
  return `server { listen 127.0.0.1:PORT; location / { return 404; } ${locations.join('\n')} }`.replace(/location \/ \{ return 404; \} (?=location \/ )/, '')
}
