import type { DifyFile } from '../dify/difyFile.js'
import { tokenOf } from './reading.fixture.js'
import type { SendRequest } from './send.js'
import type { Step, StepResult } from './steps.js'
import type { Offered } from './uploader.js'

export type StepKind = 'at once' | 'later' | 'refuses' | 'converts' | 'watches'

/** One request that the engine made, answered by hand, perhaps long after it was aborted. */
export interface ModelRequest extends SendRequest {
  isAnswered: boolean
  answer: (outcome: () => DifyFile) => void
}

/** Something that the engine waits for: a step, or a file being opened. */
export interface Pending<Value> {
  token: string
  file: File | null
  signal: AbortSignal | null
  resolve: (value: Value) => void
  reject: (reason: unknown) => void
}

/** What an engine waits for: requests, steps and files being opened, each answered by hand, in whatever order. */
export class Hands {
  readonly requests: ModelRequest[] = []
  readonly steps: Pending<StepResult>[] = []
  readonly opens: Pending<File>[] = []
  /** Files whose bytes vanished. */
  readonly gone = new Set<File>()

  /** @param isDeaf the transport does not care about its signal. */
  constructor(private readonly isDeaf: boolean) {}

  /** Requests that run. */
  open(): ModelRequest[] {
    return this.requests.filter((it) => !it.isAnswered && !it.signal.aborted)
  }

  /** Requests that were aborted and may still be answered. */
  late(): ModelRequest[] {
    return this.requests.filter((it) => !it.isAnswered && it.signal.aborted)
  }

  file(name: string, size: number): File {
    return new ModelFile(name, size, this.gone)
  }

  /** A file whose bytes are only known once they are asked for. */
  lazily(token: string, name: string): Offered {
    return {
      name, path: `folder/${name}`,
      open: () => new Promise<File>((resolve, reject) => this.opens.push({ token, file: null, signal: null, resolve, reject })),
    }
  }

  send(request: SendRequest): Promise<DifyFile> {
    return new Promise((resolve, reject) => {
      const sent: ModelRequest = {
        ...request,
        isAnswered: false,
        answer: (outcome) => {
          sent.isAnswered = true
          try {
            resolve(outcome())
          } catch (error) {
            reject(error)
          }
        },
      }
      this.requests.push(sent)
      if (!this.isDeaf) request.signal.addEventListener('abort', () => reject(request.signal.reason as Error))
    })
  }

  /** @param began is told of each run, by its token. */
  step(kind: StepKind, began: (token: string) => void): Step {
    return Object.assign<Step, { beside?: boolean }>((file, { signal }) => {
      const token = tokenOf(file)
      began(token)
      switch (kind) {
        case 'at once': return undefined
        case 'refuses': return Number(token.slice(1)) % 3 === 0 ? REFUSAL : undefined
        case 'converts': return Number(token.slice(1)) % 2 === 0 ? this.file(file.name, Math.max(1, file.size - 1)) : undefined
        case 'later': case 'watches': return new Promise((resolve, reject) => this.steps.push({ token, file, signal, resolve, reject }))
      }
    }, kind === 'watches' ? { beside: true } : {})
  }
}

const REFUSAL = { type: 'host', message: 'noted' } as const

/** Reads as one byte without the platform's help, so that a turn of the event loop is enough for it. */
class ModelFile extends File {
  constructor(name: string, size: number, private readonly gone: ReadonlySet<File>) {
    super([new Uint8Array(size)], name, { lastModified: 1_600_000_000_000 })
  }

  override slice(): Blob {
    const isGone = this.gone.has(this)
    return { arrayBuffer: async () => { if (isGone) throw new DOMException('gone', 'NotFoundError') } } as unknown as Blob
  }
}
