import { describe, expect, it } from 'vitest'
import { Misconfigured } from '../misconfigured.js'
import { doctorArguments } from './doctorArguments.js'

describe('what the doctor is told', () => {
  it.each([
    [[], /--proxy URL.*or --base-url URL/],
    [['--origin', 'https://a.test'], /--proxy URL/],
    [['--proxy', '/api/dify'], /no absolute http\(s\) URL/],
    [['--proxy', 'https://user:word@a.test/'], /no password/],
    [['--proxy', 'https://a.test/?x=1'], /no query/],
    [['--proxy', 'https://a.test', '--origin', 'a.test'], /--origin "a\.test" is no origin/],
    [['--proxy', 'https://a.test', '--origin', 'https://b.test/chat'], /is no origin/],
    [['--proxy', 'https://a.test', '--header', 'Cookie sid=1'], /form "Name: value"/],
    [['--proxy', 'https://a.test', '--key', 'app-1'], /--key and --user are for --base-url/],
    [['--proxy', 'https://a.test', '--timeout', 'long'], /no number of seconds/],
    [['--proxy', 'https://a.test', '--fast'], /--fast/],
    [['--proxy', 'https://a.test', 'more'], /more/],
    [['--base-url', 'https://a.test/v1'], /DIFY_API_KEY/],
    [['--base-url', 'https://a.test/v1', '--key', 'two words'], /blanks/],
    [['--base-url', 'https://a.test/v1', '--key', 'k', '--origin', 'https://a.test'], /browsers never talk to Dify/],
  ])('%j is not understood: one sentence, exit code 2, no secret', (args, sentence) => {
    const thrown = (() => {
      try {
        doctorArguments(args, {})
      } catch (error) {
        return error as Misconfigured
      }
      return null
    })()
    expect(thrown).toBeInstanceOf(Misconfigured)
    expect(thrown!.exitCode).toBe(2)
    expect(thrown!.message).toMatch(sentence)
    expect(thrown!.message).not.toMatch(/sid=1|two words|user:word/)
  })

  it('the key comes from the environment, or from --key', () => {
    expect(doctorArguments(['--base-url', 'https://a.test/v1/'], { DIFY_API_KEY: 'app-env\n' }).dify).toEqual({ url: 'https://a.test/v1', key: 'app-env', user: 'dify-file-drop-doctor' })
    expect(doctorArguments(['--base-url', 'https://a.test/v1', '--key', 'app-arg'], { DIFY_API_KEY: 'app-env' }).dify!.key).toBe('app-arg')
  })

  it('headers are sent as given, and kept out of what is written', () => {
    const plan = doctorArguments(['--proxy', 'https://a.test/api/dify', '--header', 'Cookie: sid=1234', '--header', 'X-A:b: c'], {})
    expect(plan.proxy!.headers).toEqual({ cookie: 'sid=1234', 'x-a': 'b: c' })
    expect(plan.secrets).toContain('sid=1234')
  })
})
