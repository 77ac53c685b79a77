import type { DifyFile } from '../dify/difyFile.js'
import { createEngine, type EngineOptions } from './createEngine.js'
import type { Entry } from './entry.js'
import type { Ports } from './ports.js'
import type { SendRequest } from './send.js'
import type { Uploader } from './uploader.js'

/** One call of the engine's `send`, answered by hand. */
export interface SentRequest extends SendRequest {
  succeed: (answer?: Partial<DifyFile>) => void
  fail: (thrown: unknown) => void
}

/** A world under a test's control: its clock stands still, its server answers when told, its network is a switch. */
export interface World {
  uploader: Uploader
  /** All requests so far, in order. */
  requests: SentRequest[]
  /** Requests that were not answered and not aborted. */
  open: () => SentRequest[]
  /** Lets time pass, calling timers in order, and lets promises settle. */
  pass: (ms: number) => Promise<void>
  /** Lets promises settle without time passing. */
  settle: () => Promise<void>
  timers: () => number
  goOffline: () => void
  goOnline: () => void
  reported: unknown[]
  now: () => number
  /** Sets the clock by so many ms, without time passing: timers stay as far away as they were. */
  setClock: (ms: number) => void
  /** The page is hidden, and its timers go off at most once a minute. */
  hide: () => void
}

export function createWorld(options: Partial<EngineOptions> & { random?: () => number } = {}): World {
  const { random = () => 0.5, ...rest } = options
  let now = 1_700_000_000_000
  let set = 0
  let isOnline = true
  let isHidden = false
  let nextId = 0
  const timers = new Map<number, { at: number; callback: () => void }>()
  const listeners = new Set<() => void>()
  const requests: SentRequest[] = []
  const finished = new Set<SentRequest>()
  const reported: unknown[] = []

  const ports: Ports = {
    clock: () => now + set,
    schedule: (callback, ms) => {
      const id = ++nextId
      const at = now + Math.max(0, ms)
      timers.set(id, { at: isHidden ? Math.ceil(at / 60_000) * 60_000 : at, callback })
      return () => void timers.delete(id)
    },
    network: {
      isOnline: () => isOnline,
      subscribe: (listener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    random,
    report: (error) => void reported.push(error),
  }

  const uploader = createEngine(
    {
      send: (request) =>
        new Promise<DifyFile>((resolve, reject) => {
          const sent: SentRequest = {
            ...request,
            succeed: (answer = {}) => {
              finished.add(sent)
              resolve({ id: `dify-${request.name}`, name: request.name, size: request.file.size, extension: request.name.split('.').pop() ?? '', mime_type: request.file.type, ...answer })
            },
            fail: (thrown) => {
              finished.add(sent)
              reject(thrown)
            },
          }
          requests.push(sent)
          request.signal.addEventListener('abort', () => {
            finished.add(sent)
            reject(request.signal.reason as Error)
          })
        }),
      ...rest,
    },
    ports,
  )

  // The engine reads a byte of a file whose connection was lost, which takes the platform a few turns of its event loop.
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve))
  }

  return {
    uploader, requests, reported, settle,
    open: () => requests.filter((it) => !finished.has(it)),
    now: () => now + set,
    setClock: (ms) => void (set += ms),
    hide: () => void (isHidden = true),
    timers: () => timers.size,
    pass: async (ms) => {
      await settle()
      const end = now + ms
      for (;;) {
        const [id, timer] = [...timers].filter(([, it]) => it.at <= end).toSorted((a, b) => a[1].at - b[1].at || a[0] - b[0])[0] ?? []
        if (id === undefined || timer === undefined) break
        timers.delete(id)
        now = Math.max(now, timer.at)
        timer.callback()
        await settle()
      }
      now = end
      await settle()
    },
    goOffline: () => void (isOnline = false),
    goOnline: () => {
      isOnline = true
      for (const listener of Array.from(listeners)) listener()
    },
  }
}

export function fileOf(name: string, size = 3, options: FilePropertyBag = {}): File {
  return new File([new Uint8Array(size)], name, { lastModified: 1_600_000_000_000, ...options })
}

export function statuses(uploader: Uploader): string[] {
  return uploader.entries.map((entry: Entry) => entry.status)
}
