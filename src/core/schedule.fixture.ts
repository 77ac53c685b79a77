import type { DifyFile } from '../dify/difyFile.js'
import type { ErrorSource } from '../dify/errors.js'
import type { ModelRequest } from './hands.fixture.js'
import { EXPECTED, Model, PARAMETERS, type ModelSetup } from './model.fixture.js'
import { agree } from './reading.fixture.js'
import type { HostRules } from './rules.js'
import { refuse } from './steps.js'
import { failure } from './uploadError.js'
import type { Offered, Settled } from './uploader.js'

export const OFFERS = ['file', 'file', 'file', 'picture', 'empty', 'big', 'program', 'folder', 'link', 'noLink', 'dify', 'lazy', 'lost'] as const
export const OUTCOMES = [
  'ok', 'ok', 'ok', 'short', 'invalid_param', 'unauthorized', 'gateway_too_large', 'file_too_large', 'too_many_requests', 'peace', 'long peace',
  'rate_limit_error', 'unknown', 'upstream_unavailable', 'gateway_timeout', 'network', 'network, kept', 'session_required', 'no_file_uploaded', 'teapot', 'weird 503',
] as const
export const RULES: readonly HostRules[] = [
  {}, { maxFiles: 1 }, { maxFiles: 2 }, { maxFiles: 3 }, { maxFiles: 3, kinds: ['document'] }, { maxBytes: { document: 20 } }, { maxFiles: 0 }, { kinds: ['image'], required: true },
]

/** One thing that happens. `n` chooses among what there is at that moment. */
export type Action =
  | { do: 'add'; what: readonly (typeof OFFERS)[number][] }
  | { do: 'answer'; n: number; outcome: (typeof OUTCOMES)[number] }
  | { do: 'late answer'; n: number; outcome: (typeof OUTCOMES)[number] }
  | { do: 'progress'; n: number; part: number }
  | { do: 'step'; n: number; outcome: 'pass' | 'refuse' | 'refuse for now' | 'convert' | 'note' | 'throw' }
  | { do: 'opened'; n: number; outcome: 'file' | 'empty' | 'fail' }
  | { do: 'remove' | 'retry' | 'start' | 'vanish'; n: number }
  | { do: 'replace'; n: number; by: 'file' | 'big' | 'name' | 'empty' }
  | { do: 'move'; n: number; to: number }
  | { do: 'restore'; how: 'the latest' | 'all' | 'copies' }
  | { do: 'rules'; n: number }
  | { do: 'concurrency'; n: number }
  | { do: 'autoUpload'; on: boolean }
  | { do: 'parameters'; as: 'app' | 'none' }
  | { do: 'pass'; ms: number }
  | { do: 'retry all' | 'start all' | 'take' | 'dismiss' | 'clear' | 'pause' | 'resume' | 'offline' | 'online' | 'listen' | 'unlisten' | 'settle' }

/**
 * Plays a schedule against the engine and its account, comparing after every action; then lets the network answer
 * everything, and sees that all comes to rest.
 */
export async function play(setup: ModelSetup, actions: readonly Action[]): Promise<void> {
  const model = new Model(setup)
  for (const action of actions) {
    await act(model, action)
    await model.around.settle()
    model.check()
  }
  await comeToRest(model)
}

async function act(model: Model, action: Action): Promise<void> {
  const { uploader } = model
  const entry = 'n' in action ? pick(uploader.entries, action.n) : undefined
  switch (action.do) {
    case 'add': return model.addAll(action.what.map((what) => (token: string) => offer(model, what, token)))
    case 'answer': {
      const request = pick(model.hands.open(), action.n)
      if (request === undefined) return
      answer(request, action.outcome, model.hands.requests.indexOf(request))
      await model.around.settle()
      return model.noticeFailure(/^n\d+/.exec(request.name)![0])
    }
    case 'late answer': {
      const request = pick(model.hands.late(), action.n)
      if (request !== undefined) answer(request, action.outcome, model.hands.requests.indexOf(request))
      return
    }
    case 'progress': {
      const request = pick(model.hands.requests, action.n)
      return request?.onProgress(Math.round(request.file.size * action.part))
    }
    case 'step': {
      const step = pick(model.hands.steps, action.n)
      if (step === undefined) return
      model.hands.steps.splice(model.hands.steps.indexOf(step), 1)
      switch (action.outcome) {
        case 'pass': return step.resolve(undefined)
        case 'refuse': return step.resolve(refuse('no'))
        case 'refuse for now': return step.resolve(failure('network', { reason: 'lost', mayBeSizeLimit: false }))
        case 'convert': return step.resolve(model.hands.file(`${step.token}-c.txt`, 2))
        case 'note': return step.resolve({ type: 'host', message: 'x' })
        case 'throw': return step.reject(EXPECTED)
      }
      return
    }
    case 'opened': {
      const opening = pick(model.hands.opens, action.n)
      if (opening === undefined) return
      model.hands.opens.splice(model.hands.opens.indexOf(opening), 1)
      if (action.outcome === 'fail') opening.reject(EXPECTED)
      else opening.resolve(model.hands.file(`${opening.token}.txt`, action.outcome === 'empty' ? 0 : 5))
      return
    }
    case 'remove': return entry && model.remove(entry)
    case 'retry': return entry && model.retry(entry.id)
    case 'start': return entry && uploader.start(entry.id)
    case 'vanish':
      if (entry?.file) model.hands.gone.add(entry.file)
      return
    case 'replace': {
      if (entry === undefined) return
      const token = /^n\d+/.exec(entry.name)![0]
      return uploader.replace(entry.id, action.by === 'name' ? `${token}-r.txt` : model.hands.file(`${token}.txt`, { file: 7, big: 30, empty: 0 }[action.by]))
    }
    case 'move': return entry && uploader.move(entry.id, action.to)
    case 'restore': return model.restore(action.how)
    case 'rules': return uploader.configure({ rules: RULES[action.n % RULES.length]! })
    case 'concurrency': return uploader.configure({ concurrency: action.n })
    case 'autoUpload': return uploader.configure({ autoUpload: action.on })
    case 'parameters': return uploader.configure({ parameters: action.as === 'app' ? PARAMETERS : null })
    case 'pass': return model.around.pass(action.ms)
    case 'retry all': return model.retry()
    case 'start all': return uploader.start()
    case 'take': return model.take()
    case 'dismiss': return model.dismiss()
    case 'clear': return model.clear()
    case 'pause': return uploader.pause()
    case 'resume': return uploader.resume()
    case 'offline': return model.around.goOffline()
    case 'online': return model.around.goOnline()
    case 'listen': return model.listen()
    case 'unlisten': return model.unlisten()
    case 'settle': return
  }
}

/** The network answers everything, and nobody does anything any more: all must settle, and nothing may keep ticking. */
async function comeToRest(model: Model): Promise<void> {
  const { uploader } = model
  model.around.goOnline()
  uploader.configure({ concurrency: 2, autoUpload: true, parameters: null })
  uploader.resume()
  const outcomes: Settled[] = []
  const settled = uploader.settled().then((it) => outcomes.push(it))
  for (let round = 0; outcomes.length === 0 && round < 200; round++) {
    // What was removed, and does not listen to its signal, never answers; that must not hold up the others.
    for (const step of model.hands.steps.splice(0)) if (!step.signal!.aborted) step.resolve(undefined)
    for (const opening of model.hands.opens.splice(0)) opening.resolve(model.hands.file(`${opening.token}.txt`, 5))
    for (const request of model.hands.open()) answer(request, 'ok', model.hands.requests.indexOf(request))
    await model.around.pass(round < 5 ? 0 : 10_000)
    model.check()
  }
  agree('once the network answers everything, settled() resolves', outcomes.length, 1)
  await settled
  // "Something changed" is told by a timer, and a host may do something then, which is told again.
  for (let turn = 0; turn < 70 && model.around.timers > 0; turn++) await model.around.pass(0)
  model.check()
  if (uploader.tally.preparing + uploader.tally.queued + uploader.tally.uploading + uploader.tally.waiting > 0) return
  agree('no timer is left behind', model.around.timers, 0)
  agree('nobody listens to the network', model.around.networkListeners, 0)
  model.clear()
  for (let turn = 0; turn < 70 && model.around.timers > 0; turn++) await model.around.pass(0)
  model.check()
}

function offer(model: Model, what: (typeof OFFERS)[number], token: string): Offered {
  switch (what) {
    case 'file': return model.hands.file(`${token}.txt`, 10)
    case 'picture': return { file: model.hands.file(`${token}.png`, 12), path: `a/${token}.png` }
    case 'empty': return model.hands.file(`${token}.txt`, 0)
    case 'big': return model.hands.file(`${token}.txt`, 30)
    case 'program': return model.hands.file(`${token}.exe`, 3)
    case 'folder': return { folder: token, problem: 'unreadable' }
    case 'link': return { url: `https://example.com/${token}.png` }
    case 'noLink': return { url: 'ftp://example.com', name: `${token}.png` }
    case 'dify': return { id: `seed-${token}`, name: `${token}.txt`, extension: 'txt' }
    case 'lost': return { lost: `${token}.txt`, size: 3, path: null }
    case 'lazy': return model.hands.lazily(token, `${token}.txt`)
  }
}

function answer(request: ModelRequest, outcome: (typeof OUTCOMES)[number], index: number): void {
  request.answer(() => {
    switch (outcome) {
      case 'ok': return difyFile(request, index)
      case 'short': return { ...difyFile(request, index), size: request.file.size - 1 }
      case 'network': throw new TypeError('Failed to fetch')
      case 'network, kept': throw failure('network', { reason: 'lost', mayBeSizeLimit: false, kept: Math.min(index, request.file.size) }, { from: 'network' }).toError()
      case 'peace': throw fault('too_many_requests', 429, 20_000)
      case 'long peace': throw fault('too_many_requests', 429, 1_200_000)
      case 'too_many_requests': case 'rate_limit_error': throw fault(outcome, 429)
      case 'upstream_unavailable': throw fault(outcome, 503, 3000)
      case 'gateway_timeout': throw fault(outcome, 504)
      case 'weird 503': throw fault('weird', 503)
      case 'teapot': throw fault('teapot', 418)
      case 'unknown': throw fault(outcome, 500)
      case 'unauthorized': case 'session_required': throw fault(outcome, 401)
      case 'gateway_too_large': case 'file_too_large': throw fault(outcome, 413)
      default: throw fault(outcome, 400)
    }
  })
}

function difyFile({ name, file }: ModelRequest, index: number): DifyFile {
  return { id: `d${index}`, name, size: file.size, extension: 'txt', mime_type: 'text/plain' }
}

function fault(code: string, status: number, retryAfter: number | null = null): Error {
  const from: ErrorSource = 'dify'
  return Object.assign(new Error(code), { code, from, status, retryAfter })
}

function pick<Item>(items: readonly Item[], n: number): Item | undefined {
  return items[n % Math.max(1, items.length)]
}
