import axios from 'axios'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createDifyClient, createUploader, DifyFileDrop, type DraftProp } from '../../src/index.js'
import { createResumableSend } from '../../src/resumable/index.js'
import '../../src/styles.css'

/*
 * The real component with an engine of the host's, whose clock runs `speed` times as fast: delays are the product's, waiting
 * for them is not. What the listeners hear is kept across reloads.
 */
const query = new URLSearchParams(location.search)
const speed = Number(query.get('speed') ?? 1)
const key = query.get('draft')
const draft: DraftProp | undefined = key === null ? undefined : { key, scope: 'chaos' }

const began = Date.now()
let jumped = 0
const clock = (): number => began + performance.now() * speed + jumped
const schedule = (callback: () => void, ms: number): (() => void) => {
  const timer = setTimeout(callback, ms / speed)
  return () => clearTimeout(timer)
}

/** What the transport itself waits for, as fast. */
const fastAxios = axios.create()
fastAxios.interceptors.request.use((config) => ({ ...config, timeout: (config.timeout ?? 0) / speed }))

const told = JSON.parse(sessionStorage.getItem('told') ?? '[]') as { id: unknown; name: string }[]
const inPieces = query.has('pieces')
const uploader = createUploader({
  // All of them, however small: pieces are what is tried here.
  send: inPieces ? createResumableSend({ proxyUrl: '/api/dify', minBytes: 0, axios: fastAxios }) : createDifyClient({ proxyUrl: '/api/dify' }).send,
  parameters: 'loading',
  ports: { clock, schedule },
  onUploaded: (file, entry) => {
    told.push({ id: file.id, name: entry.name })
    sessionStorage.setItem('told', JSON.stringify(told))
  },
})

declare global {
  interface Window {
    chaos: object
  }
}
window.chaos = {
  uploader,
  told,
  jump: (ms: number) => {
    jumped += ms
  },
  /** Sends what is uploaded as one message, past the faults. */
  send: async () => {
    const files = uploader.take()
    const response = await fetch('/api/dify/chat-messages', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: 'What did you receive?', files, inputs: {}, response_mode: 'blocking' }),
    })
    return { status: response.status, body: (await response.text()).slice(0, 300), files }
  },
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <DifyFileDrop proxyUrl="/api/dify" uploader={uploader} draft={draft} />
  </StrictMode>,
)
