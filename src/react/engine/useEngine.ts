'use client'
import { useEffect, useMemo, useState, type RefObject } from 'react'
import { LISTENERS } from '../../core/listeners.js'
import { DEFAULTS } from '../../core/options.js'
import type { HostRules } from '../../core/rules.js'
import type { Send } from '../../core/send.js'
import type { Uploader, UploaderChange, UploaderListeners, UploaderOptions } from '../../core/uploader.js'
import type { Transport } from '../../http/axiosLike.js'
import { createDifyClient, type DifyClientOptions } from '../../http/createDifyClient.js'
import { createUploader } from '../../http/createUploader.js'
import { useAppParameters } from './useAppParameters.js'
import { useLatest } from './useLatest.js'
import { useQueryClientHere } from './useQueryClientHere.js'
import { stepsOf, useSteps, type StepProps } from './useSteps.js'
import { useStrict } from './useStrict.js'

/** What a surface may say to its engine. Written out, one by one, for the tables of the manual are read from here. */
export interface EngineProps extends UploaderListeners, Transport, StepProps {
  /** Base URL of the proxy. Without an `uploader` it is required; with one it is only asked what the app accepts. */
  proxyUrl?: string | undefined
  /**
   * How a file is delivered, instead of in one request by axios: `createResumableSend({ … })` of `dify-file-drop/resumable`.
   * It has a transport of its own, so `axios`, `headers` and `withCredentials` are then for `/parameters` alone.
   */
  sendFile?: Send | undefined
  /** An engine made by the host with `createUploader`: shared, never paused, and it outlives this surface. */
  uploader?: Uploader | undefined
  /** What the page wants on top of the app's own rules; the strictest wins. Sizes in bytes. @default what the app accepts */
  rules?: HostRules | undefined
  /** The input variable these files are for, instead of the chat's attachments: its rules count then. @default the chat's attachments */
  variable?: string | undefined
  /** Uploads at once. Keep it low: a self-hosted Dify handles few requests at a time. @default 3 */
  concurrency?: number | undefined
  /** Files go up as soon as they are added; else when `start()` is called. @default true */
  autoUpload?: boolean | undefined
  /** The app compares a message file's type with its own detection (workflow apps do). @default what the proxy says of the app */
  strict?: boolean | undefined
  /** ms without progress after which an upload is given up and tried again. @default 45000 */
  stallTimeout?: number | undefined
  /** ms to wait for the answer after the last byte. @default 180000 */
  answerTimeout?: number | undefined
}

/**
 * The engine of a surface: the host's, or one of its own, made once and paused when the surface has been away for a
 * second. (StrictMode and `<Activity>` take a surface away just as leaving the page does, only shorter.)
 */
export function useEngine(props: EngineProps): Uploader {
  const latest = useLatest(props)
  const client = useClientOptions(props)
  const queries = useQueryClientHere()
  const parameters = useAppParameters(client, queries)
  const [own] = useState(() => (props.uploader === undefined ? createOwn(props, parameters, () => latest.current) : null))
  const uploader = props.uploader ?? own
  if (uploader === null) {
    throw new Error('The prop "uploader" was taken away, so the files in it would be gone. Keep passing it, or give the component another key.')
  }
  const told = useStrict(props.strict === undefined ? client : null, parameters, props.variable, queries)
  const strict = props.strict ?? told
  const steps = useSteps(props)

  useEffect(() => {
    if (own === null) return
    clearTimeout(pauses.get(own))
    own.resume()
    return () => void pauses.set(own, setTimeout(() => own.pause(), PAUSE_AFTER))
  }, [own])

  // Only what the host wants to hear of is listened to: an upload waits for the first who wants to hear of uploads.
  const heard = LISTENERS.filter((name) => props[name] !== undefined).join(' ')
  useEffect(() => {
    if (heard === '') return
    const now = latest as RefObject<Record<string, ((...news: unknown[]) => void) | undefined>>
    return uploader.listen(Object.fromEntries(heard.split(' ').map((name) => [name, (...news: unknown[]) => now.current[name]?.(...news)])))
  }, [uploader, heard, latest])

  const { rules, variable, concurrency, autoUpload, stallTimeout, answerTimeout } = props
  const isOwn = own !== null
  const rulesKey = JSON.stringify(rules)
  useEffect(() => {
    uploader.configure({
      // Rules are compared by what they say: hosts write them in place.
      rules: rulesKey !== undefined ? (JSON.parse(rulesKey) as UploaderOptions['rules']) : isOwn ? {} : undefined,
      ...(variable !== undefined || isOwn ? { variable } : {}),
      parameters, steps, strict,
      // What is taken away from an engine of the host's stays as the host has made it.
      ...withDefaults({ concurrency, autoUpload, stallTimeout, answerTimeout }, isOwn),
    })
  }, [uploader, isOwn, rulesKey, variable, parameters, steps, concurrency, autoUpload, strict, stallTimeout, answerTimeout])

  return uploader
}

function withDefaults(given: UploaderChange, isOwn: boolean): UploaderChange {
  if (!isOwn) return given
  const { concurrency = DEFAULTS.concurrency, autoUpload = DEFAULTS.autoUpload, stallTimeout = DEFAULTS.stallTimeout, answerTimeout = DEFAULTS.answerTimeout } = given
  return { concurrency, autoUpload, stallTimeout, answerTimeout }
}

/** ms */
const PAUSE_AFTER = 1000
const pauses = new WeakMap<Uploader, ReturnType<typeof setTimeout>>()

/** @param parameters where they are known already (prefetched, hydrated), so that the first paint says what is accepted. */
function createOwn(props: EngineProps, parameters: UploaderOptions['parameters'] | undefined, latest: () => EngineProps): Uploader {
  const { proxyUrl, rules, variable, concurrency, autoUpload, strict, stallTimeout, answerTimeout } = props
  if (proxyUrl === undefined) {
    throw new Error('Files have nowhere to go. Give "proxyUrl", the base URL of your createDifyProxy() route, or an "uploader" made by createUploader().')
  }
  let made: { options: DifyClientOptions; send: Send } | null = null
  return createUploader({
    send: (request) => {
      const { sendFile, proxyUrl: url = proxyUrl, axios, withCredentials } = latest()
      if (sendFile !== undefined) return sendFile(request)
      const { options } = made ?? {}
      if (made === null || options?.proxyUrl !== url || options.axios !== axios || options.withCredentials !== withCredentials) {
        const next = { proxyUrl: url, axios, withCredentials, headers: () => headersOf(latest()) }
        made = { options: next, send: createDifyClient(next).send }
      }
      return made.send(request)
    },
    parameters: parameters ?? 'loading',
    rules, variable, steps: stepsOf(props), concurrency, autoUpload, strict, stallTimeout, answerTimeout,
  })
}

function useClientOptions(props: EngineProps): DifyClientOptions | null {
  const latest = useLatest(props)
  const { proxyUrl, axios, withCredentials } = props
  return useMemo(
    () => (proxyUrl === undefined ? null : { proxyUrl, axios, withCredentials, headers: () => headersOf(latest.current) }),
    [proxyUrl, axios, withCredentials, latest],
  )
}

/** Asked for with each request, so that a token that was renewed is not one behind. */
async function headersOf({ headers }: EngineProps): Promise<Record<string, string>> {
  return (typeof headers === 'function' ? await headers() : headers) ?? {}
}
