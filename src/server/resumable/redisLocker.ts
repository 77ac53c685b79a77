import type { Locker } from '@tus/server'
import { checkedNumber, LONGEST_TIMER } from '../checkedNumber.js'
import { scriptRunner, type RedisScripts, type RedisStyle } from '../limit/redisScripts.js'

/** How locks are kept in Redis. */
export interface RedisLockerOptions {
  /** @default 'dify-file-drop:' */
  prefix?: string
  /** How the client takes keys: node-redis an object, ioredis a count. @default told from the client */
  style?: RedisStyle
  /** ms after which the locks of a replica that died are free. Living ones renew theirs. @default 10_000 */
  ttl?: number
}

/**
 * Locks for several replicas. A request that wants what another one has says so, and that one, asked a few times a
 * second, lets go: a connection that is dead without knowing must not keep its user's next one waiting.
 *
 * @throws TypeError when `ttl` is no whole number of ms.
 */
export function redisLocker(client: RedisScripts, options: RedisLockerOptions = {}): Locker {
  const { prefix = 'dify-file-drop:' } = options
  const ttl = checkedNumber('redisLocker: ttl', options.ttl ?? 10_000, 'so locks would not be kept. Give whole ms, as 10_000.', { min: 1, max: LONGEST_TIMER, isWhole: true })
  const run = scriptRunner(client, prefix, options.style)

  return {
    newLock(id) {
      const key = `lock:${id}`
      const token = crypto.randomUUID()
      let renewal: ReturnType<typeof setInterval> | undefined
      return {
        async lock(signal, requestRelease) {
          for (const end = Date.now() + PATIENCE; ; await pause(POLL, signal)) {
            if (signal.aborted || Date.now() > end) throw new Error(`redisLocker: ${signal.aborted ? 'nobody wants the lock any more' : 'the lock was not let go in time'}`)
            if (Number(await run(TAKE, key, [token, String(ttl)])) === 1) break
          }
          let isAsked = false
          const renew = async (): Promise<void> => {
            const isWanted = Number(await run(RENEW, key, [token, String(ttl)])) === 1
            if (!isWanted || isAsked) return
            isAsked = true
            await requestRelease()
          }
          renewal = setInterval(() => {
            // Redis that is away for a moment is asked again the next.
            renew().catch(() => {})
          }, POLL)
        },
        async unlock() {
          clearInterval(renewal)
          await run(GIVE_BACK, key, [token])
        },
      }
    },
  }
}

/** ms */
const POLL = 200
const PATIENCE = 30_000

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', over)
      resolve()
    }
    const timer = setTimeout(over, ms)
    signal.addEventListener('abort', over)
  })
}

/** Takes the lock, or says that it is wanted. */
const TAKE = `local holder = redis.call('HGET', KEYS[1], 'holder')
if holder and holder ~= ARGV[1] then redis.call('HSET', KEYS[1], 'wanted', '1') return 0 end
redis.call('HSET', KEYS[1], 'holder', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`
/** Keeps the lock; 1 when somebody wants it. */
const RENEW = `if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then return 1 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return tonumber(redis.call('HGET', KEYS[1], 'wanted') or '0')`
const GIVE_BACK = `if redis.call('HGET', KEYS[1], 'holder') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`
