import type { DifyFile } from '../dify/difyFile.js'
import { createEngine } from './createEngine.js'
import type { Entry } from './entry.js'
import type { EngineOptions } from './options.js'
import type { SendRequest } from './send.js'
import { Surroundings } from './surroundings.fixture.js'
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
  // The engine reads a byte of a file whose connection was lost, which takes the platform a few turns of its event loop.
  const around = new Surroundings(4, random)
  const requests: SentRequest[] = []
  const finished = new Set<SentRequest>()

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
    around.ports,
  )

  return {
    uploader, requests,
    reported: around.reported,
    open: () => requests.filter((it) => !finished.has(it)),
    settle: () => around.settle(),
    pass: (ms) => around.pass(ms),
    now: () => around.now,
    setClock: (ms) => around.setClock(ms),
    hide: () => around.hide(),
    timers: () => around.timers,
    goOffline: () => around.goOffline(),
    goOnline: () => around.goOnline(),
  }
}

export function fileOf(name: string, size = 3, options: FilePropertyBag = {}): File {
  return new File([new Uint8Array(size)], name, { lastModified: 1_600_000_000_000, ...options })
}

export function statuses(uploader: Uploader): string[] {
  return uploader.entries.map((entry: Entry) => entry.status)
}
