'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { UploadedEntry } from '../core/entry.js'
import type { Readiness } from '../core/readiness.js'
import type { Uploader } from '../core/uploader.js'
import type { MessageFile } from '../dify/messageFile.js'
import { useLatest } from './engine/useLatest.js'
import { useReadiness } from './engine/useReadiness.js'
import { useUploader } from './engine/useUploader.js'
import type { MessageOverrides } from './messages/messages.js'
import { useWording } from './messages/useWording.js'

/** What `useSend` is told. */
export interface UseSendOptions {
  /** @default that of the surface around */
  uploader?: Uploader | undefined
  /**
   * Sends the message; the text is yours. When it throws or rejects, the files are put back. `files` may be empty.
   */
  send: (files: MessageFile[], context: SendContext) => unknown
  /** For `explanation`. */
  messages?: MessageOverrides | undefined
  locale?: string | undefined
}

/** What `send` gets beside the files. */
export interface SendContext {
  /** The entries that `files` were made of, in the same order: with local bytes, for showing what was sent. */
  entries: readonly UploadedEntry[]
}

/** Why a message waits or was not sent. `send_failed`: `send` threw, and `error` has what. */
export type SendReason = NonNullable<Readiness['reason']> | 'send_failed'

/** How a `submit` ended: sent, or why not. */
export type SendOutcome = { sent: true } | { sent: false; reason: SendReason | 'cancelled'; error?: unknown }

/** What `useSend` answers: the verb, and where a message stands. */
export interface UseSend {
  /**
   * Waits until nothing moves, takes the files and sends them. A file that failed stops it, unless `withoutFailed`. Never
   * rejects; while one runs, further calls get the same answer.
   */
  submit: (options?: { withoutFailed?: boolean }) => Promise<SendOutcome>
  /** Stops waiting for uploads. What is being sent already goes on. */
  cancel: () => void
  /** `held`: waits for uploads. */
  status: 'idle' | 'held' | 'sending'
  /** Why it waits, or would not send; null where nothing is in the way. */
  reason: SendReason | null
  /** The reason, or "Sending…", in words. Null where there is nothing to say. */
  explanation: string | null
  error: unknown
}

/**
 * Sends a message together with its files: never without those on their way, never with the ones that failed, and with
 * everything back in place when sending fails. Files that are added meanwhile stay for the next message.
 */
export function useSend({ uploader, send, messages: overrides, locale }: UseSendOptions): UseSend {
  const engine = useUploader(uploader)
  const readiness = useReadiness(engine)
  const { messages } = useWording(overrides, locale)
  const latestSend = useLatest(send)
  const [status, setStatus] = useState<UseSend['status']>('idle')
  const [failure, setFailure] = useState<{ error: unknown } | null>(null)
  const [asked, setAsked] = useState(false)
  const running = useRef<Promise<SendOutcome> | null>(null)
  const waiting = useRef<AbortController | null>(null)

  useEffect(() => () => waiting.current?.abort(), [])

  const submit = useCallback((options: { withoutFailed?: boolean } = {}): Promise<SendOutcome> => {
    if (running.current !== null) return running.current
    const hold = new AbortController()
    waiting.current = hold
    setFailure(null)
    setAsked(true)
    const delivered = deliver(engine, (files, context) => latestSend.current(files, context), {
      withoutFailed: options.withoutFailed === true, signal: hold.signal, onStatus: setStatus,
    })
    running.current = delivered.then((outcome) => {
      running.current = null
      waiting.current = null
      setStatus('idle')
      if (outcome.sent) setAsked(false)
      else if (outcome.reason === 'send_failed') setFailure({ error: outcome.error })
      return outcome
    })
    return running.current
  }, [engine, latestSend])

  const cancel = useCallback(() => waiting.current?.abort(), [])
  // "Attach a file first" is no reproach to make before anybody tried to send.
  const blocking = readiness.reason === 'required' && !asked ? null : readiness.reason
  const reason = status === 'sending' ? null : (failure === null ? blocking : 'send_failed')
  const explanation = status === 'sending' ? messages.send.sending : reason === null ? null : reason === 'send_failed' ? messages.send.sendFailed : messages.send[reason]
  return { submit, cancel, status, reason, explanation, error: failure?.error ?? null }
}

interface Delivery {
  withoutFailed: boolean
  /** Ends the waiting. */
  signal: AbortSignal
  onStatus: (status: UseSend['status']) => void
}

async function deliver(engine: Uploader, send: UseSendOptions['send'], { withoutFailed, signal, onStatus }: Delivery): Promise<SendOutcome> {
  if (engine.readiness.status === 'uploading') {
    onStatus('held')
    try {
      await engine.settled({ signal })
    } catch {
      return { sent: false, reason: 'cancelled' }
    }
  }
  const { status, reason } = engine.readiness
  if (status === 'blocked' && !(reason === 'failed' && withoutFailed)) return { sent: false, reason }
  const entries = engine.entries.filter((entry): entry is UploadedEntry => entry.status === 'uploaded')
  const files = engine.take()
  onStatus('sending')
  try {
    await send(files, { entries })
    return { sent: true }
  } catch (error) {
    engine.restore(files)
    return { sent: false, reason: 'send_failed', error }
  }
}
