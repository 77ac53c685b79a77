import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach } from 'vitest'

/** What the Dify in memory saw. */
interface Seen {
  messages: { query: string; files: { upload_file_id?: string }[]; user: string }[]
  files: { id: string; name: string; size: number; user: string; sha256: string }[]
  requests: { route: string; method: string; status: number | null; outcome?: string }[]
}

export const dify = {
  seen: async (): Promise<Seen> => (await fetch('/__dify/seen')).json(),
  script: async (trouble: object): Promise<void> => void (await fetch('/__dify/script', { method: 'POST', body: JSON.stringify(trouble) })),
  reset: async (): Promise<void> => void (await fetch('/__dify/reset', { method: 'POST' })),
}

let unmount: (() => void) | null = null

/** Puts something on the page until the test ends. */
export function show(what: ReactNode): HTMLElement {
  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container)
  root.render(what)
  unmount = () => {
    root.unmount()
    container.remove()
  }
  return container
}

beforeEach(() => dify.reset())
afterEach(() => {
  unmount?.()
  unmount = null
})

export function fileOf(name: string, size = 20, type = 'text/plain'): File {
  return new File([new Uint8Array(size).fill(97)], name, { type })
}
