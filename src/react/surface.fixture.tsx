import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach } from 'vitest'
import type { ReactElement } from 'react'
import '../styles.css'
import type { SendRequest } from '../core/send.js'
import type { Uploader } from '../core/uploader.js'
import { failureFromServer } from '../core/uploadError.js'
import type { DifyFile } from '../dify/difyFile.js'
import type { AppParameters } from '../dify/parameters.js'
import { createUploader, type CreateUploaderOptions } from '../http/createUploader.js'

afterEach(cleanup)
// What should come is waited for, on a busy machine too.
configure({ asyncUtilTimeout: 5000 })

/** One upload, answered by hand. */
export interface Delivery extends SendRequest {
  succeed: (answer?: Partial<DifyFile>) => void
  /** `retryAfter`: ms that the server asks to wait. */
  fail: (code: string, status: number, retryAfter?: number) => void
}

/** A server that answers when a test tells it to. */
export interface FakeServer {
  uploader: Uploader
  deliveries: Delivery[]
  /** The upload of the file with this name, once it has begun; `nth` counts its attempts from 1. */
  delivery: (name: string, nth?: number) => Promise<Delivery>
  /** Everything is answered at once from now on. */
  answerAll: () => void
}

export function createFakeServer(options: Partial<CreateUploaderOptions> = {}): FakeServer {
  const deliveries: Delivery[] = []
  let isAnswering = false
  const uploader = createUploader({
    parameters: APP,
    ...options,
    send: (request) =>
      new Promise((resolve, reject) => {
        const delivery: Delivery = {
          ...request,
          succeed: (answer = {}) => resolve(answerTo(request, answer)),
          fail: (code, status, retryAfter) => reject(failureFromServer(code, {}, { status, from: 'dify', retryAfter: retryAfter ?? null }).toError()),
        }
        request.signal.addEventListener('abort', () => reject(request.signal.reason as Error))
        deliveries.push(delivery)
        if (isAnswering) delivery.succeed()
      }),
  })
  return {
    uploader, deliveries,
    delivery: (name, nth = 1) =>
      waitFor(() => {
        const found = deliveries.filter((it) => it.name === name)[nth - 1]
        if (found === undefined) throw new Error(`${name} is not being uploaded (${deliveries.map((it) => it.name).join(', ')})`)
        return found
      }),
    answerAll: () => {
      isAnswering = true
      for (const delivery of deliveries) delivery.succeed()
    },
  }
}

/** A chat app as Dify sets one up: images and documents, three files. */
export const APP: AppParameters = {
  file_upload: { enabled: true, number_limits: 3, allowed_file_types: ['image', 'document'], allowed_file_extensions: [] },
  system_parameters: { image_file_size_limit: 10, file_size_limit: 15, audio_file_size_limit: 50, video_file_size_limit: 100 },
}

export const ANYTHING: AppParameters = { ...APP, file_upload: { enabled: true, allowed_file_types: [] } }

function answerTo({ file, name }: SendRequest, answer: Partial<DifyFile>): DifyFile {
  return { id: `dify-${name}`, name, size: file.size, extension: name.split('.').at(-1) ?? '', mime_type: file.type, created_at: 1_700_000_000, ...answer }
}

export function fileOf(name: string, size = 3, type = ''): File {
  return new File([new Uint8Array(size)], name, { type, lastModified: 1_700_000_000_000 })
}

export function show(element: ReactElement) {
  return render(element)
}

/** The list item with this file's name in it. */
export async function itemOf(name: string): Promise<HTMLElement> {
  return waitFor(() => {
    const item = screen.getAllByRole('listitem').find((it) => it.textContent.includes(name))
    if (item === undefined) throw new Error(`No item for ${name}`)
    return item
  })
}

/** Waits until an item's `data-state` is this. */
export async function itemIn(name: string, state: string): Promise<HTMLElement> {
  return waitFor(async () => {
    const item = await itemOf(name)
    if (item.dataset['state'] !== state) throw new Error(`${name} is ${item.dataset['state']}, not ${state}`)
    return item
  })
}

export const fileInput = (container: ParentNode = document): HTMLInputElement => container.querySelector<HTMLInputElement>('input[type="file"]')!

/** Picks files as a person does in the browser's dialog. */
export function pick(files: readonly File[], input = fileInput()): void {
  input.files = transferOf(files).files
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

export function transferOf(files: readonly File[], text: Record<string, string> = {}): DataTransfer {
  const transfer = new DataTransfer()
  for (const [type, value] of Object.entries(text)) transfer.setData(type, value)
  for (const file of files) transfer.items.add(file)
  return transfer
}

/** Dispatches one drag event; returns it, to see whether it was taken. */
export function drag(type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', target: EventTarget, dataTransfer: DataTransfer): DragEvent {
  const event = new DragEvent(type, { bubbles: true, cancelable: type !== 'dragleave', composed: true, dataTransfer })
  target.dispatchEvent(event)
  return event
}

/** A whole drag and drop onto an element. */
export function dropOn(target: EventTarget, transfer: DataTransfer): DragEvent {
  drag('dragenter', target, transfer)
  drag('dragover', target, transfer)
  return drag('drop', target, transfer)
}

export function pasteInto(target: EventTarget, clipboardData: DataTransfer): ClipboardEvent {
  const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData })
  target.dispatchEvent(event)
  return event
}

export const button = (name: string | RegExp, container: HTMLElement = document.body): HTMLElement => within(container).getByRole('button', { name })

export const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve))

/** The zone around the trigger. */
export const zone = (): HTMLElement => screen.getByRole('group', { name: 'Add files' })
