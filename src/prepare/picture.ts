import { openInWorker } from './pictureWorker.js'
import { openOnPage } from './picturePage.js'
import type { ImageFormat } from './imageFormat.js'

/** A decoded picture, upright, that can be written at any size. Whoever gets one closes it. */
export interface Picture {
  width: number
  height: number
  /** Null where the browser cannot. A type it cannot write (Safari: WebP) comes out as PNG and says so. */
  encode(width: number, height: number, type: string, quality: number): Promise<Blob | null>
  close(): void
}

/** Opens a picture; null where nobody can read it, or once `signal` aborted. */
export async function openPicture(file: File, format: ImageFormat, signal: AbortSignal): Promise<Picture | null> {
  const picture = await open(file)
  if (picture !== null || format !== 'heic' || signal.aborted) return picture
  const image = await decodeHeic(file, signal)
  return image === null ? null : open(image)
}

async function open(source: Blob | ImageBitmap): Promise<Picture | null> {
  const opened = await openInWorker(source)
  return opened === 'no-worker' ? openOnPage(source) : opened
}

/**
 * libheif turns the picture as it says itself, in a worker of its own. Its `csp` build needs no `unsafe-eval`. Where the
 * optional peer is not installed, a HEIC is one more picture that nobody can read.
 */
async function decodeHeic(file: File, signal: AbortSignal): Promise<ImageBitmap | null> {
  const decoding = import('heic-to/csp').then(({ heicTo }) => heicTo({ blob: file, type: 'bitmap' })).catch(() => null)
  const aborted = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }))
  // That worker cannot be stopped, but nobody need wait for it, and a picture that comes late is let go.
  const image = await Promise.race([decoding, aborted])
  if (image === null) void decoding.then((late) => late?.close())
  return image
}
