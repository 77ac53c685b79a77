import type { Entry } from './entry.js'
import type { Model } from './model.fixture.js'

/** How the host behaves when it is told something. */
export type HostKind = 'listens' | 'removes' | 'takes' | 'clears' | 'adds' | 'throws' | 'restores'

/** A host, for better or worse. Bounded: the engine is not to be blamed for one that never stops. */
export class Host {
  #calls = 0

  constructor(private readonly kind: HostKind, private readonly model: Model) {}

  /** What it does in a callback. @throws Error where it is one that throws */
  react(entry: Entry | undefined): void {
    if (this.kind === 'throws') throw new Error('host')
    if (++this.#calls > 60) return
    this.model.watch(() => this.#misbehave(entry))
  }

  #misbehave(entry: Entry | undefined): void {
    const { model } = this
    switch (this.kind) {
      case 'listens': return
      case 'removes':
        if (entry !== undefined && model.uploader.get(entry.id) !== undefined) model.remove(entry)
        return
      case 'takes': return model.take()
      case 'clears': return model.clear()
      case 'restores':
        model.take()
        return model.restore('all')
      case 'adds':
        if (this.#calls < 8) model.add((token) => model.hands.file(`${token}.txt`, this.#calls % 2))
        return
      case 'throws': return
    }
  }
}
