import { DifyRefusal, flaskNotFound, jsonAnswer, stampVersion } from './difyAnswer.js'
import { authorizedApp } from './emulatedApp.js'
import { routeOf, type EmulatorRoute } from './emulatorRoutes.js'
import type { EmulatorState } from './emulatorState.js'
import { gatewayTooLarge } from './gatewayAnswer.js'
import { IncomingBody, type BodySource } from './incomingBody.js'
import { readMessageBody, receiveMessage, stopMessage } from './messageRoutes.js'
import { describeEndUser, followSourceUrl, previewFile } from './readRoutes.js'
import type { LoggedRequest } from './requestLog.js'
import { scriptedAnswer, watchAnswer } from './scriptedAnswer.js'
import { ConnectionCut } from './trouble.js'
import type { Encounter, TroubleQueue } from './troubleQueue.js'
import { receiveUpload } from './uploadRoute.js'
import { pause, unlessAborted } from './waiting.js'

/** A request whose body is pulled, not pushed. */
export interface IncomingRequest {
  method: string
  /** Absolute. */
  url: string
  headers: Headers
  body: BodySource | null
  signal: AbortSignal
}

/**
 * One request from its first byte to its answer: trouble as scripted, the gateway, then Dify. As behind nginx, which
 * buffers, Dify sees a request only once its body is there.
 */
export class Exchange {
  constructor(
    private readonly state: EmulatorState,
    private readonly troubles: TroubleQueue,
    private readonly place: { basePath: string; maxBodyBytes: number },
  ) {}

  async answer(request: IncomingRequest, record: LoggedRequest): Promise<Response> {
    const { state } = this
    const body = new IncomingBody(request.body, record, request.signal, state.clock)
    const finish = (outcome: LoggedRequest['outcome']): void => {
      record.outcome = outcome
    }
    try {
      request.signal.throwIfAborted()
      const { response, cutAfter } = await this.#answer(request, body, record)
      record.status = response.status
      record.answeredAt = state.clock()
      allowOrigin(request, response)
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
      if (cutAfter === null && !isStream) {
        finish('answered')
        return response
      }
      finish('answering')
      return watchAnswer(response, { cutAfter, ended: finish })
    } catch (error) {
      finish(error instanceof ConnectionCut ? 'cut-off' : 'aborted')
      body.cancel(error)
      throw error
    }
  }

  async #answer(
    request: IncomingRequest,
    body: IncomingBody,
    record: LoggedRequest,
  ): Promise<{ response: Response; cutAfter: number | null }> {
    const { state, troubles } = this
    const url = new URL(request.url)
    const route = this.#routeOf(request.method, url.pathname)
    const name = route?.name === 'upload' && troubles.wantsName ? await body.fileName() : null
    const encounter = troubles.meet(route?.name ?? null, name, record)
    const { end, delay, truncate } = encounter
    const scripted = end?.trouble
    const isEarly = scripted !== undefined && 'early' in scripted && scripted.early
    const isAnnouncedTooLarge = Number(request.headers.get('content-length') ?? 0) > this.place.maxBodyBytes
    if (isAnnouncedTooLarge) return { response: gatewayTooLarge(), cutAfter: null }

    const bytes = isEarly ? new Uint8Array() : await body.readAll(encounter, this.place.maxBodyBytes)
    if (bytes === 'too_large') return { response: gatewayTooLarge(), cutAfter: null }
    record.outcome = 'answering'
    if (delay !== undefined) {
      delay.reach(record)
      await pause(delay.trouble.ms, request.signal, delay.released)
    }
    await this.#standStill(encounter, request.signal, record)
    if (end !== undefined && (scripted?.kind === 'status' || scripted?.kind === 'body')) {
      end.reach(record)
      return { response: scriptedAnswer(scripted, state.version), cutAfter: null }
    }
    truncate?.reach(record)
    const response = await this.#dify(request, url, route, bytes, record, truncate?.trouble.bytes ?? Infinity)
    const isCut = end !== undefined && !end.isReleased && scripted?.kind === 'cutOff' && scripted.at === 'answer'
    if (isCut) end.reach(record)
    return { response, cutAfter: isCut ? (scripted.after ?? 0) : null }
  }

  async #standStill({ end }: Encounter, signal: AbortSignal, record: LoggedRequest): Promise<void> {
    if (end === undefined || end.isReleased || end.trouble.kind !== 'stall' || end.trouble.at !== 'answer') return
    end.reach(record)
    await unlessAborted(end.released, signal)
  }

  #routeOf(method: string, path: string): EmulatorRoute | null {
    const { basePath } = this.place
    const isInside = path === basePath || path.startsWith(`${basePath}/`)
    return isInside ? routeOf(method, path.slice(basePath.length)) : null
  }

  async #dify(
    request: IncomingRequest,
    url: URL,
    route: EmulatorRoute | null,
    body: Uint8Array<ArrayBuffer>,
    record: LoggedRequest,
    keepAtMost: number,
  ): Promise<Response> {
    const { state } = this
    try {
      const source = /^\/files\/([^/]+)\/file-preview$/.exec(url.pathname)
      if (source !== null) return stampVersion(await followSourceUrl(state, source[1]!, url.searchParams), state.version)
      if (route === null) return stampVersion(flaskNotFound(), state.version)
      return stampVersion(await this.#routed(request, url, route, body, record, keepAtMost), state.version)
    } catch (error) {
      if (error instanceof DifyRefusal) return stampVersion(error.toAnswer(), state.version)
      throw error
    }
  }

  async #routed(
    request: IncomingRequest,
    url: URL,
    route: EmulatorRoute,
    body: Uint8Array<ArrayBuffer>,
    record: LoggedRequest,
    keepAtMost: number,
  ): Promise<Response> {
    const { state } = this
    const contentType = request.headers.get('content-type')
    if (request.method === 'OPTIONS') return new Response(null, { status: 200 })
    if (!route.isMethodAllowed) {
      throw new DifyRefusal(405, 'method_not_allowed', 'The method is not allowed for the requested URL.')
    }
    if (route.name === 'welcome') {
      return jsonAnswer(200, { welcome: 'Dify OpenAPI', api_version: 'v1', server_version: state.version })
    }
    const app = authorizedApp(state.apps, request.headers.get('authorization'))
    switch (route.name) {
      case 'upload': return receiveUpload(state, app, contentType, body, record, keepAtMost)
      case 'parameters': return jsonAnswer(200, app.parameters)
      case 'info': return jsonAnswer(200, app.info)
      case 'endUser': return describeEndUser(state, app, route.id)
      case 'preview': return previewFile(state, app, route.id, url.searchParams)
      case 'stop': return stopMessage(state, route.id, readMessageBody(contentType, body, record))
      default: return receiveMessage(state, app, route.name, readMessageBody(contentType, body, record), request.signal)
    }
  }
}

/** Dify's service API lets any page call it: what keeps a key secret is you. */
function allowOrigin(request: IncomingRequest, response: Response): void {
  if (!request.headers.has('origin') || !response.headers.has('x-version')) return
  response.headers.set('access-control-allow-origin', '*')
  response.headers.set('access-control-expose-headers', 'X-Version, X-Env')
  if (request.method !== 'OPTIONS') return
  response.headers.set('access-control-allow-methods', 'GET, PUT, POST, DELETE, OPTIONS, PATCH')
  response.headers.set('access-control-allow-headers', 'Content-Type, X-App-Code, Authorization')
}
