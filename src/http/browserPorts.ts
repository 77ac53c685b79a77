import type { Ports } from '../core/ports.js'

/** The world as a browser offers it. Works without one too (server rendering), where nothing is ever sent. */
export const browserPorts: Ports = {
  clock: () => Date.now(),
  schedule: (callback, ms) => {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
  network: {
    isOnline: () => typeof navigator === 'undefined' || navigator.onLine,
    subscribe: (listener) => {
      if (typeof window === 'undefined') return () => undefined
      // `pageshow`: a page frozen in the back/forward cache hears no `online`. `resume`: the same for a frozen tab.
      const events = [[window, 'online'], [window, 'pageshow'], [document, 'resume']] as const
      for (const [target, name] of events) target.addEventListener(name, listener)
      return () => {
        for (const [target, name] of events) target.removeEventListener(name, listener)
      }
    },
  },
  random: () => Math.random(),
  report: (error) => {
    if (typeof reportError === 'function') reportError(error)
    else console.error(error)
  },
}
