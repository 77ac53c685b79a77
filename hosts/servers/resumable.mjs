import { createServer } from 'node:http'
import { createDifyProxy, toNodeListener } from 'dify-file-drop/server'
import { redisLedger, redisLocker, resumable } from 'dify-file-drop/server/resumable'
import { S3Store } from '@tus/s3-store'
import { Redis } from 'ioredis'

// One of several replicas that take files in pieces: the pieces in S3, what is known of them in Redis.
const { DIFY_API_KEY, DIFY_BASE_URL, PORT, REDIS_URL, S3_URL, MAX_AGE, SWEEP_EVERY } = process.env
const redis = new Redis(REDIS_URL)
const uploads = resumable({
  secret: 'the same on every replica, and after a restart',
  store: new S3Store({
    s3ClientConfig: { bucket: 'uploads', region: 'eu-central-1', endpoint: S3_URL, forcePathStyle: true, credentials: { accessKeyId: 'replica', secretAccessKey: 'secret' } },
  }),
  ledger: redisLedger(redis),
  locker: redisLocker(redis, { ttl: 2000 }),
  ...(MAX_AGE && { maxAge: Number(MAX_AGE) }),
})
if (SWEEP_EVERY) setInterval(() => uploads.sweep(), Number(SWEEP_EVERY))

const proxy = createDifyProxy({
  apiKey: DIFY_API_KEY,
  baseUrl: DIFY_BASE_URL,
  authorize: (request) => {
    const user = /(?:^|; )session=([\w-]+)/.exec(request.headers.get('cookie') ?? '')?.[1]
    return user && { user }
  },
  resumable: uploads,
  health: true,
  onEvent: (event) => console.log(JSON.stringify(event)),
})
createServer({ requestTimeout: 3_600_000 }, toNodeListener(proxy)).listen(Number(PORT), '127.0.0.1')
