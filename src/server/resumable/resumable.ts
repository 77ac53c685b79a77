/// <reference types="node" />
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locker } from '@tus/server'
import { checkedNumber } from '../checkedNumber.js'
import type { ResumableUploads } from '../resumableUploads.js'
import { fileLedger } from './fileLedger.js'
import type { Ledger } from './ledger.js'
import { PieceUploads } from './pieceUploads.js'
import { TusServer, type PieceStore } from './tusServer.js'

/** Where pieces are kept, for how long, and how many. */
export interface ResumableOptions {
  /**
   * Binds each upload to its user: at least 32 characters, the same on every replica and after a restart
   * (`openssl rand -hex 32`). A new one makes unfinished uploads begin anew.
   */
  secret: string
  /**
   * Where pieces and what is known of them are kept, on a disk that survives a restart. Required unless both `store` and
   * `ledger` are given. Nobody but this process (and its replicas) should read it: it holds people's files for a while.
   */
  directory?: string
  /** Where pieces are kept instead, for several replicas: `@tus/s3-store`, say. @default files in `directory` */
  store?: PieceStore
  /** What is known of uploads, for several replicas: `redisLedger(client)`. @default files in `directory` */
  ledger?: Ledger
  /** Keeps two requests from writing to one upload, for several replicas: `redisLocker(client)`. @default this process */
  locker?: Locker
  /** ms from its beginning that an upload, or Dify's answer to it, is kept. @default 86_400_000 (24 hours) */
  maxAge?: number
  /** What one user may have unfinished at once. @default 100 uploads, 2 GiB */
  quota?: { uploads?: number; bytes?: number }
}

/**
 * Lets browsers send a file to the proxy in pieces, by the tus protocol: a connection that is cut, a page that is
 * reloaded or a proxy that is restarted goes on from the last byte. A file that is whole goes to Dify as any upload does.
 * It reaches Dify at least once; Dify's answer is kept and given to its user as often as they ask.
 *
 * Needs Node (or what has its files and streams: Bun, Deno) and the packages `@tus/server` and `@tus/file-store`.
 *
 * ```ts
 * createDifyProxy({ apiKey, authorize, resumable: resumable({ directory: '/var/lib/uploads', secret: process.env.UPLOAD_SECRET! }) })
 * ```
 *
 * @throws TypeError when an option is missing or cannot work.
 */
export function resumable(options: ResumableOptions): ResumableUploads {
  const { secret, directory, quota = {} } = options
  if (typeof secret !== 'string' || secret.length < 32) {
    throw new TypeError(
      'resumable: `secret` must have at least 32 characters. Whoever guesses it can go on with other people’s uploads. Make one with `openssl rand -hex 32` and keep it in the environment.',
    )
  }
  const needsDirectory = options.store === undefined || options.ledger === undefined
  if (needsDirectory && (typeof directory !== 'string' || directory === '')) {
    throw new TypeError('resumable: `directory` is missing, so there is nowhere to keep pieces. Give a folder on a disk that survives a restart, or both `store` and `ledger`.')
  }
  const quotaAdvice = 'which limits nothing. Give what one user may have unfinished at once.'

  return new PieceUploads({
    secret,
    // No Infinity: it has no date to tell the browser, and in a ledger's JSON it is null.
    maxAge: checkedNumber('resumable: maxAge', options.maxAge ?? 24 * 3_600_000, 'so everything would expire at once. Give ms, as 24 * 3_600_000.', { min: 1, max: Number.MAX_SAFE_INTEGER }),
    quota: {
      uploads: checkedNumber('resumable: quota.uploads', quota.uploads ?? 100, quotaAdvice),
      bytes: checkedNumber('resumable: quota.bytes', quota.bytes ?? 2 * 1024 ** 3, quotaAdvice),
    },
    ledger: options.ledger ?? fileLedger(join(directory!, 'ledger')),
    // Opened at the first request: builds load routes where there is no such disk.
    open: async () => TusServer.over(options.store ?? (await storeIn(join(directory!, 'pieces'))), options.locker),
  })
}

async function storeIn(directory: string): Promise<PieceStore> {
  const { FileStore } = await import('@tus/file-store')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  return new FileStore({ directory })
}
