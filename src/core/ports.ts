/** What the engine asks of the world around it. Browser defaults live outside this folder. */
export interface Ports {
  /** Unix ms. */
  clock: () => number
  /** Calls back once after `ms`; returns what cancels it. */
  schedule: (callback: () => void, ms: number) => () => void
  network: Network
  /** 0 ≤ n < 1, for jitter. */
  random: () => number
  /** Where errors thrown by the host's own callbacks go: they must not stop an upload. */
  report: (error: unknown) => void
}

/** A hint, not the truth: a proxy on the same machine works offline, and a browser can be wrong. */
export interface Network {
  isOnline: () => boolean
  /** Calls back whenever it may be worth trying again: back online, woken up, shown again. */
  subscribe: (listener: () => void) => () => void
}
