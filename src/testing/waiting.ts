/** Waits for `work`, but no longer than until `signal` aborts: then rejects with its reason. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: () => void = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Waits `ms`, or until `early` resolves, or rejects when `signal` aborts. */
export async function pause(ms: number, signal: AbortSignal, early?: Promise<void>): Promise<void> {
  if (ms <= 0) return
  let timer: ReturnType<typeof setTimeout> | undefined
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  try {
    await unlessAborted(early === undefined ? time : Promise.race([time, early]), signal)
  } finally {
    clearTimeout(timer)
  }
}
