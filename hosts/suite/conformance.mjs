import { BEHAVIOURS } from './behaviours.mjs'
import { indent } from './checks.mjs'
import { clientOf } from './client.mjs'
import { cannotDo } from './exceptions.mjs'
import { answers, freePort, start } from './start.mjs'
import { KEYS, startUpstream } from './upstream.mjs'

const PATH = '/api/dify'

/**
 * Starts a host, asks it for every behaviour, stops it.
 *
 * @returns one line for each behaviour that is not as it should be, and counts.
 */
export async function conformance(it, runtime) {
  const upstream = await startUpstream()
  const port = await freePort()
  const env = {
    PORT: String(port), DIFY_BASE_URL: upstream.url, DIFY_API_KEY: KEYS[0], DIFY_API_KEY_2: KEYS[1],
    ...(typeof it.env === 'function' ? it.env(upstream) : it.env),
  }
  const server = start(it.command(runtime, env), { env })
  const base = `http://127.0.0.1:${port}${PATH}`
  const host = { path: PATH, tooLate: '../../too-late/files/upload', output: server.output }
  const outcome = { passed: 0, excepted: 0, failures: [] }
  try {
    await server.ready(() => answers(`${base}/health`))
    const client = clientOf(base)
    // As any page does first; from here on the proxy knows Dify's limits.
    await client.get('parameters')
    await client.get('parameters', { 'x-app': 'second' })
    for (const [name, behaviour] of Object.entries(BEHAVIOURS)) {
      const reason = cannotDo(it.name, name)
      if (reason === 'not asked') continue
      upstream.emulator.reset()
      let failure = null
      try {
        await behaviour({ client, emulator: upstream.emulator, host })
      } catch (error) {
        failure = error
      }
      if (failure === null && reason === null) outcome.passed += 1
      else if (failure !== null && reason !== null) outcome.excepted += 1
      else if (failure === null) outcome.failures.push(`${name}\n    works here now: take it out of exceptions.mjs`)
      else outcome.failures.push(`${name}\n    ${indent(String(failure?.message ?? failure))}`)
    }
  } catch (error) {
    outcome.failures.push(`it did not start\n    ${indent(String(error.message))}`)
  } finally {
    await server.stop()
    upstream.close()
  }
  if (outcome.failures.length > 0) outcome.output = server.output().split('\n').filter((line) => !/"level":"(info|warn)"/.test(line)).join('\n').trim()
  return outcome
}
