/** Counts what runs at once. */
export interface Leases {
  /** Takes one of `most` places under a key: how to give it back, or null when all are taken. */
  take(key: string, most: number): Promise<(() => void) | null> | (() => void) | null
}

/** Within this process. Holds a number for each key in use and nothing for the others. */
export function memoryLeases(): Leases {
  const running = new Map<string, number>()
  return {
    take(key, most) {
      const count = running.get(key) ?? 0
      if (count >= most) return null
      running.set(key, count + 1)
      return once(() => {
        const left = (running.get(key) ?? 1) - 1
        if (left > 0) running.set(key, left)
        else running.delete(key)
      })
    },
  }
}

/** Giving back twice must not free another's place. */
export function once(work: () => void): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    work()
  }
}
