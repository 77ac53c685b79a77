import { scriptRunner, type RedisScripts, type RedisStyle } from '../limit/redisScripts.js'
import type { Ledger, LedgerEntry } from './ledger.js'

/** How a ledger is kept in Redis. */
export interface RedisLedgerOptions {
  /** @default 'dify-file-drop:' */
  prefix?: string
  /** How the client takes keys: node-redis an object, ioredis a count. @default told from the client */
  style?: RedisStyle
}

/**
 * A ledger for several replicas: for each owner a hash of what is open and one of what is answered, which expire by
 * themselves, and a list of all by expiry, so that whoever sweeps knows whose bytes to delete.
 */
export function redisLedger(client: RedisScripts, options: RedisLedgerOptions = {}): Ledger {
  const run = scriptRunner(client, options.prefix ?? 'dify-file-drop:', options.style)
  const open = (owner: string) => `uploads:${owner}`
  const answered = (owner: string) => `answers:${owner}`
  const forget = async (owner: string, id: string) => {
    for (const key of [open(owner), answered(owner)]) await run(FORGET, key, [id])
  }
  return {
    async get(owner, id) {
      const look = async (key: string) => parse(await run(GET, key, [id]))
      // Once more where it is answered: it may have gone from one to the other meanwhile.
      return (await look(answered(owner))) ?? (await look(open(owner))) ?? look(answered(owner))
    },
    async put(owner, id, entry) {
      // Found by a sweep before it is there, rather than never.
      await run(LIST, ALL, [String(entry.expiresAt), `${owner} ${id}`])
      await run(PUT, entry.answer === null ? open(owner) : answered(owner), [id, JSON.stringify(entry), String(entry.expiresAt)])
      if (entry.answer !== null) await run(FORGET, open(owner), [id])
    },
    async remove(owner, id) {
      await forget(owner, id)
      await run(UNLIST, ALL, [`${owner} ${id}`])
    },
    async open(owner) {
      const entries = (await run(VALUES, open(owner), [])) as string[]
      return entries.map(parse).filter((entry) => entry !== null)
    },
    async sweep(now, remove) {
      const swept: string[] = []
      for (let kept = 0; ; ) {
        const expired = (await run(EXPIRED, ALL, [String(now), String(kept)])) as string[]
        for (const each of expired) {
          const [owner = '', id = ''] = each.split(' ')
          if (!(await remove(id))) {
            kept += 1
            continue
          }
          await forget(owner, id)
          // Two replicas may have swept the same; it counts for one.
          if (Number(await run(UNLIST, ALL, [each])) === 1) swept.push(id)
        }
        if (expired.length < BATCH) return swept
      }
    },
  }
}

function parse(text: unknown): LedgerEntry | null {
  return typeof text === 'string' ? (JSON.parse(text) as LedgerEntry) : null
}

const ALL = 'uploads'
const BATCH = 500
const GET = "return redis.call('HGET', KEYS[1], ARGV[1])"
/** The hash lives an hour longer than the last of what is in it. */
const PUT = `redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
local now = redis.call('TIME')
local ms = tonumber(ARGV[3]) - now[1] * 1000 + 3600000
if ms > redis.call('PTTL', KEYS[1]) then redis.call('PEXPIRE', KEYS[1], string.format('%.0f', ms)) end
return 1`
const FORGET = "return redis.call('HDEL', KEYS[1], ARGV[1])"
const VALUES = "return redis.call('HVALS', KEYS[1])"
const LIST = "return redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])"
const UNLIST = "return redis.call('ZREM', KEYS[1], ARGV[1])"
/** They stay on the list until they are gone; those that are to be kept are passed over. */
const EXPIRED = `return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', ARGV[2], ${BATCH})`
