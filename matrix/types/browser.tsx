// What the types of the browser's entries promise, as a strict host meets them. Compiled, never run.
import {
  createDifyClient, createUploader, DifyFileDrop, FileDrop, toInput, toMessageFile, useFileDrop, useSend, UploadError,
  type DifyFile, type DifyFileDropProps, type Entry, type FileDropHandle, type MessageFile, type MessageOverrides, type Send, type Step, type Uploader, type UploadFailure,
} from 'dify-file-drop'
import 'dify-file-drop/styles.css'
import 'dify-file-drop/preview.css'
import { keepDraft } from 'dify-file-drop/draft'
import { ja } from 'dify-file-drop/locales/ja'
import { sniff } from 'dify-file-drop/sniff'
import { createDifyEmulator, createEmulatorSend } from 'dify-file-drop/testing'
import { useRef, type ReactElement, type RefObject } from 'react'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
function holds<Claim extends true>(): Claim | undefined {
  return undefined
}

// The least there is to write, and what cannot be.
export const least = <DifyFileDrop proxyUrl="/api/dify" />
// @ts-expect-error: two layouts
export const sideways = <DifyFileDrop proxyUrl="/api/dify" layout="sideways" />
// @ts-expect-error: a key has no business in a browser
export const leaking = <DifyFileDrop proxyUrl="/api/dify" apiKey="app-secret" />

export const callbacks = (
  <DifyFileDrop
    proxyUrl="/api/dify"
    className="mine"
    aria-label="Files"
    messages={ja}
    onUploaded={(file, entry) => {
      holds<Same<typeof file, DifyFile>>()
      holds<Same<typeof entry.status, 'uploaded'>>()
    }}
    onRejected={(entries) => entries.map((entry) => entry.error.code)}
    onReadinessChange={(readiness) => {
      holds<Same<typeof readiness.status, 'empty' | 'uploading' | 'ready' | 'blocked'>>()
    }}
  />
)

// Under exactOptionalPropertyTypes, what may be left out of a component may be undefined as well.
export function passedOn(props: { layout?: 'zone' | undefined; onUploaded?: DifyFileDropProps['onUploaded']; rules?: DifyFileDropProps['rules'] }): ReactElement {
  return <DifyFileDrop proxyUrl="/api/dify" layout={props.layout} onUploaded={props.onUploaded} rules={props.rules} concurrency={undefined} disabled={undefined} />
}

export function ruled(few: boolean): DifyFileDropProps['rules'] {
  return { maxFiles: few ? 3 : undefined, kinds: few ? ['image'] : undefined, required: undefined }
}

// A union on `status`: each state carries only what is true in it.
export function progressOf(entry: Entry): number | null {
  // @ts-expect-error: only while uploading
  void entry.sent
  if (entry.status === 'uploading') return entry.sent
  if (entry.status === 'failed') return reasonOf(entry.error).length
  if (entry.status === 'uploaded' && entry.result.transfer_method === 'local_file') return entry.result.file.id.length
  return entry.size
}
holds<Same<Entry['status'], 'preparing' | 'queued' | 'uploading' | 'waiting' | 'failed' | 'uploaded'>>()

// A union on `code`: the code tells the facts.
export function reasonOf(error: UploadFailure): string {
  if (error.code === 'file_too_large') return `${error.facts.limit ?? 'unknown'}`
  return error.retryable ? 'again' : error.code
}
export function caught(error: unknown): boolean {
  return error instanceof UploadError && error.retryable
}

// The engine by itself.
const send: Send = createDifyClient({ proxyUrl: '/api/dify', headers: async () => ({ Authorization: 'Bearer x' }) }).send
const step: Step = async (file, { signal, rules }) => (signal.aborted || rules === null ? undefined : file)
export const uploader: Uploader = createUploader({ send, steps: [step, sniff()], rules: { maxFiles: 3, maxBytes: { image: 1024 } } })
// @ts-expect-error: a kind of Dify's
createUploader({ send, rules: { kinds: ['picture'] } })
uploader.add(new File([], 'a.txt'))
uploader.add([new File([], 'a.txt'), { url: 'https://example.com/a.png' }])
export const taken: MessageFile[] = uploader.take()
export const one: MessageFile | null = toInput(taken, 'file')
export const many: MessageFile[] = toInput(taken, 'file-list')
void uploader.settled({ signal: new AbortController().signal }).then((settled) => settled.failed.map((it) => it.error))
void keepDraft(uploader, { key: 'composer', scope: 'ada' }).restored

export function messageOf(file: DifyFile): MessageFile {
  const message = toMessageFile(file, { allowed: ['image'] })
  // @ts-expect-error: a local file has no url
  if (message.transfer_method === 'local_file') void message.url
  return message
}

// Words.
export const words: MessageOverrides = { trigger: 'Add' }
// @ts-expect-error: no such sentence
export const unheard: MessageOverrides = { greeting: 'Hello' }

// Hooks and parts.
export function Headless(): ReactElement {
  const handle = useRef<FileDropHandle>(null) as RefObject<FileDropHandle>
  const { submit } = useSend({ uploader, send: (files) => holds<Same<typeof files, MessageFile[]>>() })
  const { uploader: engine, getRootProps, getInputProps, getTriggerProps } = useFileDrop({ proxyUrl: '/api/dify' })
  return (
    <div {...getRootProps()}>
      <input {...getInputProps()} />
      <button type="button" {...getTriggerProps()} />
      <FileDrop.Root proxyUrl="/api/dify" handle={handle} name="files">
        <FileDrop.Trigger className="mine">Attach</FileDrop.Trigger>
        <FileDrop.List />
        <FileDrop.Status />
      </FileDrop.Root>
      <button type="button" onClick={() => void submit({ withoutFailed: true }).then((outcome) => (outcome.sent ? null : outcome.reason))}>{engine.entries.length}</button>
    </div>
  )
}

// A test's Dify.
const emulator = createDifyEmulator({ apiKey: 'app-test' })
export const emulated: Send = createEmulatorSend(emulator)
emulator.script({ kind: 'status', status: 503, retryAfter: 2 })
// @ts-expect-error: no such trouble
emulator.script({ kind: 'earthquake' })
