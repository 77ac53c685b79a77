import type { Uploader } from '../../src/index.js'
import { MIB } from '../../src/dify/parameters.js'
import { emulated, fileOf, pictureOf, type EmulatedOptions } from './emulated.js'

/** Files that stand still in every state that a file can be in, so that a story looks the same each time. */
export async function everyState(options: EmulatedOptions = {}): Promise<Uploader> {
  const { uploader } = emulated({
    concurrency: 8,
    app: { file_upload: { enabled: true, allowed_file_types: ['image', 'document', 'audio'], number_limits: 20 }, system_parameters: { file_size_limit: 15, image_file_size_limit: 10, audio_file_size_limit: 50 } },
    script: [
      { kind: 'stall', at: 'body', after: 420_000, name: 'lecture', times: Infinity },
      { kind: 'stall', at: 'answer', name: 'contract', times: Infinity },
      { kind: 'status', status: 503, retryAfter: 300, name: 'figures', times: Infinity },
      { kind: 'status', status: 401, code: 'unauthorized', name: 'private', times: Infinity },
    ],
    ...options,
  })
  uploader.add([
    await pictureOf('sunrise.png'),
    fileOf('lecture.mp3', 900_000),
    fileOf('contract.pdf', 60_000),
    fileOf('figures.csv', 4000),
    fileOf('private notes.md', 3000),
    fileOf('handbook.docx', 18 * MIB),
    fileOf('minutes.pdf', 240_000),
  ])
  return uploader
}

/** Files that are all attached. */
export async function attached(names: readonly string[] = ['minutes.pdf', 'people.csv'], options: EmulatedOptions = {}): Promise<Uploader> {
  const { uploader } = emulated({ app: { file_upload: { enabled: true, allowed_file_types: [] } }, ...options })
  uploader.add([await pictureOf('sunrise.png'), ...names.map((name) => fileOf(name, 48_000))])
  await uploader.settled()
  return uploader
}

/** Half-way through: one attached, two on their way. */
export async function midUpload(): Promise<Uploader> {
  const { uploader } = emulated({
    script: [
      { kind: 'stall', at: 'body', after: 300_000, name: 'report', times: Infinity },
      { kind: 'stall', at: 'body', after: 90_000, name: 'survey', times: Infinity },
    ],
  })
  uploader.add([await pictureOf('sunrise.png'), fileOf('quarterly report.pdf', 420_000), fileOf('survey.xlsx', 400_000)])
  return uploader
}

export function states(canvas: ParentNode): (string | null)[] {
  return [...canvas.querySelectorAll('[data-dfd-part="item"]')].map((it) => it.getAttribute('data-state'))
}

/** Shows the overlay as a drag of these files would. */
export function dragOver(target: Element, files: readonly File[]): void {
  const transfer = new DataTransfer()
  for (const file of files) transfer.items.add(file)
  target.dispatchEvent(new DragEvent('dragenter', { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer }))
}
