import { keepDraft } from '../draft/keepDraft.js'
import { createUploader } from '../http/createUploader.js'
import { createResumableSend } from './createResumableSend.js'

/* A page of its own, in a frame of a test, that can be reloaded: an engine that sends in pieces, and its draft. */
const proxyUrl = location.pathname.replace(/\/page$/, '')
const uploader = createUploader({ send: createResumableSend({ proxyUrl }) })
const draft = keepDraft(uploader, { key: 'composer', scope: proxyUrl })

export interface ResumablePage {
  uploader: typeof uploader
  draft: typeof draft
  /** Adds a file of the page's own making. */
  add: (name: string, size: number) => void
}

const page: ResumablePage = {
  uploader,
  draft,
  add: (name, size) => {
    const bytes = new Uint8Array(size)
    for (let i = 0; i < size; i++) bytes[i] = i * 13 + (i >> 8)
    uploader.add(new File([bytes], name, { lastModified: 1_600_000_000_000 }))
  },
}
Object.assign(window, { page })
