import { checkedNumber, LONGEST_TIMER } from '../checkedNumber.js'
import { quietly } from '../quietly.js'
import { once, type Leases } from './leases.js'
import { scriptRunner, type RedisScripts, type RedisStyle } from './redisScripts.js'

export interface RedisLeasesOptions {
  /** @default 'dify-file-drop:' */
  prefix?: string
  /** ms after which the places of a replica that died are free again. Living ones renew theirs. @default 60_000 */
  ttl?: number
  /** How the client takes keys: node-redis an object, ioredis a count. @default told from the client */
  style?: RedisStyle
  /** What becomes of an error while a place is renewed or given back: it then frees itself. @default ignored */
  onError?: (error: unknown) => void
}

/**
 * Across replicas: each running request is a member of a sorted set that expires unless it is renewed. Time is Redis's
 * own, so that the replicas' clocks do not matter.
 *
 * @throws TypeError when `ttl` is no whole number of ms.
 */
export function redisLeases(client: RedisScripts, options: RedisLeasesOptions = {}): Leases {
  const { prefix = 'dify-file-drop:', onError = () => {} } = options
  const ttl = checkedNumber('redisLeases: ttl', options.ttl ?? 60_000, 'so places would not be kept. Give whole ms, as 60_000.', { min: 1, max: LONGEST_TIMER, isWhole: true })
  const report = (error: unknown) => quietly(() => onError(error))
  const run = scriptRunner(client, prefix, options.style)

  return {
    async take(key, most) {
      const id = crypto.randomUUID()
      if (Number(await run(TAKE, key, [id, String(most), String(ttl)])) !== 1) return null
      const renewal = setInterval(() => {
        run(RENEW, key, [id, String(ttl)]).catch(report)
      }, ttl / 3)
      return once(() => {
        clearInterval(renewal)
        run(GIVE_BACK, key, [id]).catch(report)
      })
    },
  }
}

const NOW = "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)"
const TAKE = `${NOW}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[1], now + ARGV[3], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3] * 2)
return 1`
const RENEW = `${NOW}
redis.call('ZADD', KEYS[1], 'XX', now + ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2] * 2)
return 1`
const GIVE_BACK = "return redis.call('ZREM', KEYS[1], ARGV[1])"
