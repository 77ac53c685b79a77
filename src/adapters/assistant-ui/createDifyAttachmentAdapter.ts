import type { Entry, FailedEntry } from '../../core/entry.js'
import type { UploadFailure } from '../../core/uploadError.js'
import type { Uploader } from '../../core/uploader.js'
import type { MessageFile } from '../../dify/messageFile.js'
import { createDifyClient, type DifyClientOptions } from '../../http/createDifyClient.js'
import { createUploader, type CreateUploaderOptions } from '../../http/createUploader.js'
import type { KitAttachment, KitCompleteAttachment, KitPendingAttachment, KitPendingStatus } from './kitAttachment.js'

interface CommonOptions {
  /**
   * What assistant-ui's picker offers and takes: MIME types and extensions. It refuses the rest by itself, without our
   * words. @default '*': the rules of the Dify app decide
   */
  accept?: string
  /** Words for a failure, for people. @default its code, as in "Upload failed: file_too_large" */
  describe?: (error: UploadFailure, entry: FailedEntry) => string
}

/** With `proxyUrl` the adapter makes its own engine, which asks the app for its rules; `uploader` is yours. */
export type DifyAttachmentAdapterOptions = CommonOptions &
  (({ uploader?: undefined } & DifyClientOptions & Omit<CreateUploaderOptions, 'send' | 'parameters' | 'initial'>) | { uploader: Uploader })

/** Fits the `AttachmentAdapter` of `@assistant-ui/react`. */
export interface DifyAttachmentAdapter {
  accept: string
  /** Uploads at once. Each value is a new state of the attachment; the last is ready to be sent, or failed. */
  add: (state: { file: File }) => AsyncGenerator<KitPendingAttachment, void>
  /** Stops the upload. */
  remove: (attachment: KitAttachment) => Promise<void>
  /** Waits for an upload that is still on its way. @throws UploadError with the failure's `code` */
  send: (attachment: KitAttachment & { file: File }) => Promise<KitCompleteAttachment>
  /** The engine: its `rules`, `listen` (`onUploadFailed`, `onRejected`) and `retry`. */
  readonly uploader: Uploader
}

/**
 * An `AttachmentAdapter` for assistant-ui that uploads to Dify through your proxy: real progress, automatic retries, the
 * app's own rules, and a send that waits for what is on its way.
 *
 * ```ts
 * const attachments = createDifyAttachmentAdapter({ proxyUrl: '/api/dify' })
 * const runtime = useLocalRuntime(model, { adapters: { attachments } })
 * ```
 */
export function createDifyAttachmentAdapter(options: DifyAttachmentAdapterOptions): DifyAttachmentAdapter {
  const { accept = '*', describe = (error) => `Upload failed: ${error.serverCode}` } = options
  const { uploader, prepare } = engineOf(options)
  /** What was handed to a message. A message that could not be sent asks for it again. */
  const sent = new Map<string, KitCompleteAttachment>()
  /** Why an attachment has no entry any more. */
  const failures = new Map<string, UploadFailure>()

  async function* add({ file }: { file: File }): AsyncGenerator<KitPendingAttachment, void> {
    prepare()
    const [first] = uploader.add(file)
    if (first === undefined) return
    let shown: Entry | undefined
    let isOver = false
    try {
      for await (const entry of statesOf(uploader, first.id)) {
        shown = entry
        isOver = entry.status === 'uploaded' || entry.status === 'failed'
        if (entry.status === 'failed') giveUp(entry)
        yield pendingOf(entry, file, statusOf(entry, describe))
        if (isOver) return
      }
    } finally {
      // Whoever listened has gone (the composer was cleared): nobody will send this file.
      if (!isOver && shown !== undefined) uploader.remove(shown.id)
    }
  }

  /** assistant-ui has no way to retry one: the person removes it and adds it again, so it must not hold a place here. */
  function giveUp(entry: FailedEntry): void {
    failures.set(entry.id, entry.error)
    uploader.remove(entry.id)
  }

  return {
    accept,
    uploader,
    add,
    async remove({ id }) {
      uploader.remove(id)
      failures.delete(id)
      sent.delete(id)
    },
    async send({ id, file }) {
      const before = sent.get(id)
      if (before !== undefined) return before
      const known = failures.get(id)
      if (known !== undefined) throw known.toError()
      for await (const entry of statesOf(uploader, id)) {
        if (entry.status === 'failed') throw entry.error.toError()
        if (entry.status !== 'uploaded') continue
        const complete = completeOf(entry, file, takeOne(uploader, id))
        sent.set(id, complete)
        return complete
      }
      throw failures.get(id)?.toError() ?? new Error('The attachment was removed before it was sent.')
    },
  }
}

/** The host's engine, or one of our own that asks for the app's rules when the first file comes. */
function engineOf(options: DifyAttachmentAdapterOptions): { uploader: Uploader; prepare: () => void } {
  if (options.uploader !== undefined) return { uploader: options.uploader, prepare: () => undefined }
  const { accept: _, describe: __, uploader: ___, proxyUrl, axios, headers, withCredentials, ...rest } = options
  const client = createDifyClient({ proxyUrl, axios, headers, withCredentials })
  const uploader = createUploader({ ...rest, send: client.send })
  let isAsked = false
  return {
    uploader,
    prepare() {
      if (isAsked) return
      isAsked = true
      uploader.configure({ parameters: 'loading' })
      client.parameters().then(
        (parameters) => uploader.configure({ parameters }),
        () => {
          // The server judges, and the next file asks again.
          isAsked = false
          uploader.configure({ parameters: null })
        },
      )
    },
  }
}

/** Every state of an entry from now on, the newest where several come at once; ends when the entry is gone. */
async function* statesOf(uploader: Uploader, id: string): AsyncGenerator<Entry, void> {
  let wake: () => void = () => undefined
  const unsubscribe = uploader.subscribeEntry(id, () => wake())
  try {
    let last: Entry | undefined
    for (;;) {
      const changed = new Promise<void>((resolve) => (wake = resolve))
      const entry = uploader.get(id)
      if (entry === undefined) return
      if (entry !== last) yield (last = entry)
      if (uploader.get(id) === last) await changed
    }
  } finally {
    unsubscribe()
  }
}

/** What `take()` would say about one entry. What else is uploaded stays where it is. */
function takeOne(uploader: Uploader, id: string): MessageFile {
  const index = uploader.entries.filter((entry) => entry.status === 'uploaded').findIndex((entry) => entry.id === id)
  const files = uploader.take()
  const [file] = files.splice(index, 1)
  uploader.restore(files)
  return file!
}

function pendingOf(entry: Entry, file: File, status: KitPendingStatus): KitPendingAttachment {
  return { ...describeEntry(entry, file), file, status }
}

function completeOf(entry: Entry, file: File, message: MessageFile): KitCompleteAttachment {
  const described = describeEntry(entry, file)
  const id = message.transfer_method === 'local_file' ? message.upload_file_id : message.url
  return {
    ...described,
    file,
    status: { type: 'complete' },
    content: [
      {
        type: 'file', filename: described.name, data: id, sourceType: 'id',
        mimeType: described.contentType ?? 'application/octet-stream',
        providerMetadata: { dify: { ...message } },
      },
    ],
  }
}

function describeEntry({ id, name, kind }: Entry, file: File): Pick<KitPendingAttachment, 'id' | 'type' | 'name' | 'contentType'> {
  const type = kind === 'image' || kind === 'document' ? kind : 'file'
  return { id, type, name, ...(file.type !== '' && { contentType: file.type }) }
}

function statusOf(entry: Entry, describe: NonNullable<CommonOptions['describe']>): KitPendingStatus {
  if (entry.status === 'uploaded') return { type: 'requires-action', reason: 'composer-send' }
  if (entry.status === 'failed') return { type: 'incomplete', reason: 'error', message: describe(entry.error, entry) }
  // All bytes sent is not done: Dify's id is.
  const percent = entry.status === 'uploading' && entry.size ? Math.min(99, Math.floor((entry.sent / entry.size) * 100)) : 0
  return { type: 'running', reason: 'uploading', progress: percent }
}
