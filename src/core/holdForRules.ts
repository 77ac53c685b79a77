import type { Ports } from './ports.js'

/** Files that come while the app's rules are on their way wait for them, but not for long, and only once. */
export function holdForRules(ports: Ports, hold: (isHeld: boolean) => void): { begin: () => void; end: () => void } {
  let cancel: (() => void) | null = null
  let isOver = false
  const end = (): void => {
    isOver = true
    cancel?.()
    cancel = null
    hold(false)
  }
  const begin = (): void => {
    if (isOver || cancel !== null) return
    cancel = ports.schedule(end, LONGEST_HOLD)
    hold(true)
  }
  return { begin, end }
}

/** ms that files wait for the app's rules when they come before them. */
const LONGEST_HOLD = 1500
