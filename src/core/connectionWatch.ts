import type { Ports } from './ports.js'
import { RETRY } from './retryPolicy.js'

/** Watches for the connection while anybody waits for it. The browser's word is a hint, so now and then one tries all the same. */
export class ConnectionWatch {
  #probes = 0
  #cancelProbe: (() => void) | null = null
  #unsubscribe: (() => void) | null = null

  constructor(
    private readonly ports: Ports,
    private readonly back: () => void,
    private readonly probe: () => void,
  ) {}

  /** Harmless while it watches already. */
  begin(): void {
    this.#unsubscribe ??= this.ports.network.subscribe(this.back)
    this.#cancelProbe ??= this.ports.schedule(() => {
      this.#cancelProbe = null
      this.#probes++
      this.probe()
    }, Math.min(RETRY.cap, 5000 * 2 ** Math.min(this.#probes, 3)))
  }

  end(): void {
    this.#cancelProbe?.()
    this.#cancelProbe = null
    this.#unsubscribe?.()
    this.#unsubscribe = null
  }

  /** Something arrived. */
  isThere(): void {
    this.#probes = 0
  }
}
