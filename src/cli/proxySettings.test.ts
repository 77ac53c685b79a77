import { describe, expect, it } from 'vitest'
import { Environment } from './environment.js'
import { HELP } from './help.js'
import { Misconfigured } from './misconfigured.js'
import { proxySettings } from './proxySettings.js'

const SECRET = 'a-secret-of-more-than-32-characters-0123'
const NEEDED = { DIFY_API_KEY: 'app-key', ANONYMOUS_SECRET: SECRET }
const settingsOf = (variables: Record<string, string>) => proxySettings(new Environment(variables))

describe('the settings of the ready server', () => {
  it('have defaults for all but the key and who may', () => {
    expect(settingsOf(NEEDED)).toMatchObject({
      port: 8080, host: '127.0.0.1', headersTimeout: 10_000, idleTimeout: 65_000, uploadTimeout: 3_600_000, shutdownTimeout: 30_000, log: 'json',
      limits: { redisUrl: null, perMinute: { user: null, address: null }, atOnce: { user: 6, address: 30 } },
      proxy: { apiKey: 'app-key', allowOrigins: [], trustProxy: 0, maxBytes: {}, health: true },
    })
  })

  it('come from the environment', () => {
    const { proxy, ...server } = settingsOf({
      ...NEEDED, DIFY_BASE_URL: 'https://dify.example/v1', PORT: '0', HOST: '0.0.0.0', ALLOW_ORIGINS: 'https://a.example, https://b.example,', TRUST_PROXY: '2',
      MAX_DOCUMENT_MB: '0.5', MAX_VIDEO_MB: '20', STALL_TIMEOUT_SECONDS: '1.5', LOG: 'off', RATE_PER_USER: '7', REDIS_URL: 'redis://redis',
    })
    expect(server).toMatchObject({ port: 0, host: '0.0.0.0', log: 'off', limits: { redisUrl: 'redis://redis', perMinute: { user: 7, address: null } } })
    expect(proxy).toMatchObject({
      baseUrl: 'https://dify.example/v1', allowOrigins: ['https://a.example', 'https://b.example'], trustProxy: 2,
      maxBytes: { document: 524_288, video: 20_971_520 }, timeouts: { stall: 1500, total: 3_600_000 },
    })
  })

  it.each([
    [{ DIFY_API_KEY: '' }, 'DIFY_API_KEY is not set'],
    [{ ANONYMOUS_SECRET: ' ' }, 'neither AUTHORIZE_URL nor ANONYMOUS_SECRET is set'],
    [{ ANONYMOUS_SECRET: 'short' }, 'at least 32 characters'],
    [{ ANONYMOUS_EMBED: '1', ANONYMOUS_INSECURE: '1' }, '`embed` needs https'],
    [{ AUTHORIZE_URL: 'https://a.example/who' }, 'both set'],
    [{ AUTHORIZE_URL: 'ftp://a.example' }, 'AUTHORIZE_URL is no http(s) URL'],
    [{ PORT: '70000' }, 'PORT is "70000", which is no number from 0 to 65535'],
    [{ RATE_PER_USER: '0' }, 'RATE_PER_USER is "0", which is no number from 1 up'],
    [{ MAX_AUDIO_MB: 'ten' }, 'MAX_AUDIO_MB is "ten"'],
    [{ ANONYMOUS_INSECURE: 'maybe' }, 'ANONYMOUS_INSECURE is "maybe"'],
    [{ LOG: 'text' }, 'LOG is "text". It can be json or off.'],
  ])('%o is told in a sentence', (variables, sentence) => {
    const settings = () => settingsOf({ ...NEEDED, ...variables })
    expect(settings).toThrow(Misconfigured)
    expect(settings).toThrow(sentence)
  })

  it('never quote a secret', () => {
    const secret = 'not-long-enough'
    expect(() => settingsOf({ ...NEEDED, ANONYMOUS_SECRET: secret })).toThrow(/^(?!.*not-long-enough)/s)
    expect(() => settingsOf({ ...NEEDED, DIFY_API_KEY: secret, PORT: 'x' })).toThrow(/^(?!.*not-long-enough)/s)
  })

  it('are all in the help', () => {
    const asked = new Set<string>()
    const variables = new Proxy<Record<string, string>>({}, { get: (_, name) => {
      asked.add(String(name))
      return (NEEDED as Record<string, string>)[String(name)]
    } })
    settingsOf(variables)
    expect(asked.size).toBeGreaterThan(20)
    expect([...asked].filter((name) => !new RegExp(`\\b${name}\\b`).test(HELP))).toEqual([])
  })
})
