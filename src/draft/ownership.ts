import type { DraftName, DraftStore } from './draftStore.js'

/** Holds a draft for this tab until `release` is called. */
export interface Ownership {
  release: () => Promise<void>
}

/**
 * One tab owns a draft. By a Web Lock, which the browser takes back when a tab dies; where there are none (plain http),
 * by a record that has to be renewed.
 *
 * @param patience ms to wait for a page that is on its way out: a reload may overlap itself.
 * @returns null when another tab has it.
 */
export async function own(store: DraftStore, draft: DraftName, patience: number): Promise<Ownership | null> {
  return navigator.locks === undefined ? ownByRecord(store, draft) : ownByLock(draft, patience)
}

function ownByLock({ scope, key }: DraftName, patience: number): Promise<Ownership | null> {
  return new Promise((resolve, reject) => {
    const hold = (): Promise<void> => new Promise((free) => {
      resolve({
        release: async () => {
          free()
          await held.catch(() => undefined)
        },
      })
    })
    const name = `dify-file-drop:${JSON.stringify([scope, key])}`
    const held: Promise<void> = navigator.locks.request(name, { signal: AbortSignal.timeout(patience) }, hold)
    held.catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'TimeoutError') resolve(null)
      else reject(error)
    })
  })
}

async function ownByRecord(store: DraftStore, draft: DraftName): Promise<Ownership | null> {
  const owner = Math.random().toString(36).slice(2)
  if (!(await store.claim(draft, owner, Date.now(), STALE))) return null
  const renew = (): void => void store.claim(draft, owner, Date.now(), STALE).catch(() => undefined)
  const timer = setInterval(renew, STALE / 3)
  const release = async (): Promise<void> => {
    clearInterval(timer)
    removeEventListener('pagehide', leave)
    await store.disclaim(draft, owner).catch(() => undefined)
  }
  const leave = (): void => void release()
  addEventListener('pagehide', leave)
  return { release }
}

/** ms without a word after which a tab counts as dead. Timers of hidden tabs run once a minute. */
const STALE = 150_000
