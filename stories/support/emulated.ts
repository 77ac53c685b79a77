import { createUploader, type AppParameters, type CreateUploaderOptions, type Uploader } from '../../src/index.js'
import { createDifyEmulator, createEmulatorSend, type DifyEmulator, type ScriptedTrouble } from '../../src/testing/index.js'

export interface EmulatedOptions extends Partial<CreateUploaderOptions> {
  /** What goes wrong, in order. */
  script?: readonly ScriptedTrouble[]
  /** What the app says it accepts. */
  app?: AppParameters
}

/** An engine that speaks to a Dify in memory: no network, and trouble on demand. */
export function emulated({ script = [], app, ...options }: EmulatedOptions = {}): { uploader: Uploader; dify: DifyEmulator } {
  const dify = createDifyEmulator({ apiKey: 'app-story', script, ...(app && { parameters: app }) })
  const uploader = createUploader({ send: createEmulatorSend(dify, { chunkBytes: 8192 }), parameters: dify.parameters(), ...options })
  return { uploader, dify }
}

/** A file with something in it. Same name and size, same file: stories look the same each time. */
export function fileOf(name: string, bytes = 2000, type = ''): File {
  return new File([new Uint8Array(bytes).fill(65)], name, { type, lastModified: Date.UTC(2026, 0, 15) })
}

/** A picture drawn on the spot. */
export async function pictureOf(name: string, [from, to]: readonly [string, string] = ['#7c9cff', '#f7a6d8'], size = 320): Promise<File> {
  const canvas = new OffscreenCanvas(size, size)
  const context = canvas.getContext('2d')!
  const gradient = context.createLinearGradient(0, 0, size, size)
  gradient.addColorStop(0, from)
  gradient.addColorStop(1, to)
  context.fillStyle = gradient
  context.fillRect(0, 0, size, size)
  context.fillStyle = 'rgb(255 255 255 / 0.85)'
  context.beginPath()
  context.arc(size * 0.68, size * 0.3, size * 0.12, 0, Math.PI * 2)
  context.fill()
  return new File([await canvas.convertToBlob({ type: 'image/png' })], name, { type: 'image/png', lastModified: Date.UTC(2026, 0, 15) })
}
