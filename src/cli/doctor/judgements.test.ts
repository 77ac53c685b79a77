import { describe, expect, it } from 'vitest'
import { pageHeaders, siteOf } from './crossOrigin.js'
import { found, wordsOf, type FindingCode } from './finding.js'
import type { Answer } from './reply.js'
import { cookieFindings, cookiesOf } from './sessionCookie.js'
import { searchCap } from './sizeLimits.js'
import { streamFindings } from './eventStream.js'
import { WORDS } from './words.js'

const MIB = 1024 * 1024

describe('what a browser would make of it', () => {
  it.each([
    ['https://a.example.com', 'https://a.example.com/x', 'same-origin'],
    ['https://a.example.com', 'https://b.example.com/x', 'same-site'],
    ['https://a.example.com', 'https://example.com:8443/', 'same-site'],
    ['http://a.example.com', 'https://a.example.com/', 'cross-site'],
    ['https://a.example.com', 'https://example.org/', 'cross-site'],
    ['https://a.co.uk', 'https://b.co.uk/', 'cross-site'],
    ['https://x.a.co.uk', 'https://y.a.co.uk/', 'same-site'],
    ['http://localhost:3000', 'http://localhost:8080/', 'same-site'],
    ['http://10.0.0.1', 'http://10.0.0.2/', 'cross-site'],
  ])('%s to %s is %s', (page, url, site) => {
    expect(siteOf(page, url)).toBe(site)
  })

  it('Sec-Fetch-Site is told to https and loopback only', () => {
    expect(pageHeaders('https://a.test', 'http://b.test/')).toEqual({ origin: 'https://a.test' })
    expect(pageHeaders('https://a.test', 'https://b.test/')).toMatchObject({ 'sec-fetch-site': 'cross-site' })
    expect(pageHeaders('https://a.test', 'http://127.0.0.1:1/')).toMatchObject({ 'sec-fetch-site': 'cross-site' })
  })
})

describe('a session cookie', () => {
  const judged = (line: string, url: string, page: string | null = null) => {
    const [cookie] = cookiesOf(answer({ 'set-cookie': [line] }))
    return cookieFindings(cookie!, url, page).map(({ code }) => code)
  }
  const HOST = '__Host-dify-file-drop-session=1; Path=/; HttpOnly; Secure'

  it.each([
    [`${HOST}; SameSite=Lax`, 'https://a.test/api', null, 'cookie_fine'],
    [`${HOST}; SameSite=Lax`, 'https://a.test/api', 'https://chat.a.test', 'cookie_fine'],
    [`${HOST}; SameSite=Lax`, 'https://a.test/api', 'https://b.test', 'cookie_not_sent'],
    [HOST, 'https://a.test/api', 'https://b.test', 'cookie_not_sent'],
    [`${HOST}; SameSite=None; Partitioned`, 'https://a.test/api', 'https://b.test', 'cookie_fine'],
    [`${HOST}; SameSite=None`, 'https://a.test/api', 'https://b.test', 'cookie_third_party'],
    [`${HOST}; SameSite=Lax`, 'http://a.test/api', null, 'cookie_dropped'],
    ['__Host-dify-file-drop-session=1; Path=/api; Secure', 'https://a.test/api', null, 'cookie_changed'],
    ['__Host-dify-file-drop-session=1; Path=/; Secure; Domain=a.test', 'https://a.test/api', null, 'cookie_changed'],
    ['dify-file-drop-session=1; SameSite=None', 'https://a.test/api', null, 'cookie_changed'],
  ])('%s from %s for %s is %s', (line, url, page, code) => {
    expect(judged(line, url, page)).toEqual([code])
  })
})

describe('the edge of what a server takes', () => {
  it.each([MIB, 1_000_000, 4_500_000, 10 * MIB, 15 * MIB, 50_000_000, 65_536, 100 * MIB, 99 * MIB, 3_333_333])('%i bytes, in at most 30 questions, a dozen of them taken', async (edge) => {
    let asked = 0
    let taken = 0
    const cap = await searchCap(async (bytes) => {
      asked += 1
      if (bytes <= edge) taken += 1
      return bytes > edge ? { is: 'refused', where: 'front', server: null } : { is: 'taken' }
    }, 100 * MIB + 1024)
    expect(cap.is === 'cap' && Math.abs(cap.bytes - edge) < 16 * 1024).toBe(true)
    expect(asked).toBeLessThanOrEqual(30)
    expect(taken).toBeLessThanOrEqual(12)
  })

  it('a server that stops saying is told as such', async () => {
    let asked = 0
    const cap = await searchCap(async () => (asked++ === 0 ? { is: 'refused', where: 'front', server: null } : { is: 'unclear', reason: '429' }), MIB)
    expect(cap).toEqual({ is: 'unclear', reason: '429' })
  })
})

describe('the pace of an answer', () => {
  const paced = (times: number[], events = times.length) => {
    const each = Math.ceil(events / times.length)
    const arrivals = times.map((at) => ({ at, text: 'data: {"event":"message"}\n\n'.repeat(each) }))
    return streamFindings(answer({ 'content-type': ['text/event-stream'] }, arrivals)).map(({ code }) => code)
  }
  it('many small steps flow', () => expect(paced([300, 350, 400, 460, 520, 580])).toEqual(['stream_flows']))
  it('silence and then everything is collected', () => expect(paced([2900, 2901, 2902], 60)).toEqual(['stream_buffered']))
  it('a few large lumps are collected', () => expect(paced([900, 1800, 2700, 3600], 60)).toEqual(['stream_buffered']))
  it('a quick answer tells nothing', () => expect(paced([200], 30)).toEqual(['stream_unclear']))
  it('an answer that is no stream is refused', () => expect(streamFindings(answer({ 'content-type': ['text/html'] }, [{ at: 1, text: '<html>' }])).map(({ code }) => code)).toEqual(['message_refused']))
})

it.each(Object.keys(WORDS) as FindingCode[])('%s is told in a sentence, with what to do where somebody should', (code) => {
  const facts = new Proxy({ names: ['x'], server: null }, { get: (target, name) => (name in target ? target[name as keyof typeof target] : name === 'where' ? 'front' : '1') })
  const finding = found(code, facts as never)
  const { says, todo } = wordsOf(finding)
  expect(says).toMatch(/^[A-Z0-9-].*\.$/s)
  const needsAdvice = finding.level === 'trouble' || finding.level === 'warning'
  const isClearByItself = code === 'limits_unknown' || code === 'message_no_answer'
  expect(todo !== undefined || !needsAdvice || isClearByItself).toBe(true)
})

function answer(headers: Record<string, string[]>, arrivals: Answer['arrivals'] = []): Answer {
  return {
    status: 200, ms: 1, arrivals, body: arrivals.map(({ text }) => text).join(''),
    values: (name) => headers[name] ?? [], header: (name) => headers[name]?.join(', ') ?? null,
  }
}
