import type { AppParameters } from '../dify/parameters.js'
import { emulatedApps, type AppInfo, type EmulatedApp, type EmulatedAppOptions } from './emulatedApp.js'
import type { EmulatedMessage } from './emulatedMessage.js'
import { forgetAll, type EmulatorState, type RemoteFile } from './emulatorState.js'
import { EndUsers } from './endUsers.js'
import { Exchange, type IncomingRequest } from './exchange.js'
import { streamSource } from './incomingBody.js'
import { recordOf, type LoggedRequest } from './requestLog.js'
import { remoteFileOf } from './remoteFile.js'
import { signedUrls } from './signedUrl.js'
import type { StoredFile } from './storedFile.js'
import type { ScriptedTrouble, TroubleHandle } from './trouble.js'
import { TroubleQueue } from './troubleQueue.js'

/** What the emulated Dify is made of. */
export interface DifyEmulatorOptions {
  /** The one app's key, or several apps with theirs. A file belongs to the app whose key uploaded it. */
  apiKey: string | readonly EmulatedAppOptions[]
  /** Where the API lives. @default '/v1' */
  basePath?: string
  /** The answer to `GET /parameters`. @default every kind of file, ten a message, 10/100/50/15 MiB */
  parameters?: AppParameters
  /**
   * The answer to `GET /info`. Naming a `mode` closes the message routes of the others; without one all three work,
   * each as an app of its own sort.
   */
  info?: Partial<AppInfo>
  /** The Dify version to be: decides the keys of an upload's answer, and some refusals. @default '1.16.0' */
  version?: string
  /** `seed`: an upload answers as the example on Dify's API page, which no server does. @default 'real' */
  variant?: 'real' | 'seed'
  /** Extensions that are refused, with or without dots. @default [] */
  extensionBlacklist?: readonly string[]
  /** What stands before `/files/…` in a `source_url`. @default '' (a relative link, as on most servers) */
  filesUrl?: string
  /** A server in front of Dify: bodies over `maxBodyBytes` get nginx's HTML 413. @default no limit */
  gateway?: { maxBodyBytes?: number }
  /** Keep the bytes too, not only sizes and hashes: needed to read files back. @default false */
  keepBytes?: boolean
  /** ms between two words of a streamed answer. @default 0 */
  tokenDelay?: number
  /** What Dify learns of a link; null when its server can't be reached. @default told from the link's own name */
  remoteFile?: (url: string) => RemoteFile | null
  /** Trouble from the start: see {@link DifyEmulator.script}. */
  script?: readonly ScriptedTrouble[]
  /** Unix ms. @default Date.now */
  clock?: () => number
  /** @default crypto.randomUUID */
  uuid?: () => string
}

/** A Dify in memory. */
export interface DifyEmulator {
  /**
   * The whole server: hand it a request, get Dify's answer.
   *
   * @throws the request signal's reason when it aborts; `ConnectionCut` (a TypeError) where a script says so.
   */
  fetch(this: void, request: Request): Promise<Response>
  /** The same for a caller who has no streaming `Request` (Firefox and Safari have none). */
  receive(this: void, request: IncomingRequest): Promise<Response>
  /** Plans trouble for requests to come. */
  script(this: void, trouble: ScriptedTrouble): TroubleHandle
  /** What `GET /parameters` answers for a key. @default the first app's */
  parameters(this: void, apiKey?: string): AppParameters
  /** Forgets files, messages, users, requests and scripts, and lets go whatever is held. */
  reset(this: void): void
  /** The first app's key. */
  readonly apiKey: string
  /** An address for requests that never touch a network: `http://dify.emulator/v1`. */
  readonly baseUrl: string
  /** All apps, the first one first. */
  readonly apps: readonly EmulatedApp[]
  /** Uploads by id, in order of arrival. */
  readonly files: ReadonlyMap<string, StoredFile>
  /** What was asked, with the files as Dify received them. */
  readonly messages: readonly EmulatedMessage[]
  /** Every request since the start or the last reset, also those still on their way. */
  readonly requests: readonly LoggedRequest[]
}

/**
 * Makes a faithful Dify under `/v1`, in memory: its checks in their order, its answers to the letter, who owns a file,
 * and any trouble a script asks for. It needs neither Node nor a network, so that tests, stories and demos share it;
 * in a browser it wants https or localhost (`crypto.subtle`).
 */
export function createDifyEmulator(options: DifyEmulatorOptions): DifyEmulator {
  const { basePath = '/v1', gateway = {}, script = [] } = options
  const state = stateOf(options)
  const requests: LoggedRequest[] = []
  const troubles = new TroubleQueue()
  for (const trouble of script) troubles.script(trouble)
  const exchange = new Exchange(state, troubles, { basePath, maxBodyBytes: gateway.maxBodyBytes ?? Infinity })

  const receive = (request: IncomingRequest): Promise<Response> => {
    const { method, url, headers } = request
    const record = recordOf(requests.length + 1, method, new URL(url), headers, state.clock())
    requests.push(record)
    return exchange.answer(request, record)
  }
  return {
    fetch: async (request) => receive(await incomingOf(request)),
    receive,
    script: (trouble) => troubles.script(trouble),
    parameters: (apiKey = state.apps[0]?.key) => {
      const app = state.apps.find((app) => app.key === apiKey)
      if (app === undefined) throw new RangeError('No app of this emulator has that key. Give one of those it was created with.')
      return app.parameters
    },
    reset: () => {
      troubles.clear()
      requests.length = 0
      forgetAll(state)
    },
    apiKey: state.apps[0]?.key ?? '',
    baseUrl: `http://dify.emulator${basePath}`,
    apps: state.apps,
    files: state.files,
    messages: state.messages,
    requests,
  }
}

function stateOf(options: DifyEmulatorOptions): EmulatorState {
  const { clock = Date.now, uuid = () => crypto.randomUUID(), parameters, info } = options
  return {
    apps: emulatedApps(options.apiKey, { parameters, info, uuid }),
    version: options.version ?? '1.16.0',
    variant: options.variant ?? 'real',
    tenantId: uuid(),
    extensionBlacklist: new Set((options.extensionBlacklist ?? []).map((it) => it.replace(/^\.+/, '').toLowerCase())),
    keepBytes: options.keepBytes ?? false,
    tokenDelay: options.tokenDelay ?? 0,
    links: signedUrls(options.filesUrl ?? '', uuid, clock),
    remoteFile: options.remoteFile ?? remoteFileOf,
    clock,
    uuid,
    files: new Map(),
    messages: [],
    tasks: new Map(),
    endUsers: new EndUsers(uuid, clock),
  }
}

async function incomingOf(request: Request): Promise<IncomingRequest> {
  const { method, url, headers, signal } = request
  // Where requests have no readable body it must be taken whole, and then nothing streams.
  const hasNoStream = !('body' in request) || (request.body as unknown) === undefined
  const stream = hasNoStream ? new Response(await request.arrayBuffer()).body : request.body
  return { method, url, headers, signal, body: stream === null ? null : streamSource(stream) }
}
