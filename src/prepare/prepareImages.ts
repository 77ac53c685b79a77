import type { Step } from '../core/steps.js'
import { extensionOf, fitName } from '../dify/fileName.js'
import { encodeWithin } from './encodeWithin.js'
import { hasMetadata, isAnimated, isOpaque, readFormat, type ImageFormat } from './imageFormat.js'
import { openPicture } from './picture.js'

/** How large a picture may be, and what it becomes. */
export interface PrepareImagesOptions {
  /** Pixels (width × height) above which a picture is scaled down. @default 4_194_304 (2048 × 2048) */
  maxPixels?: number | undefined
  /** Bytes above which a picture is made smaller; `app`: the app's own limit for images. @default 'app' */
  maxBytes?: 'app' | number | undefined
  /** Of JPEG and WebP, from 0 to 1. It falls where `maxBytes` asks for it. @default 0.85 */
  quality?: number | undefined
  /** Take out where and with what a picture was taken (EXIF, GPS, XMP, comments). It stays upright. @default true */
  stripMetadata?: boolean | undefined
  /** HEIC and HEIF, which Dify does not take for images, become JPEG, or stay as they are. @default 'convert' */
  heic?: 'convert' | 'keep' | undefined
}

/**
 * A step that makes pictures fit: small enough for the app and no larger than a model looks at, without metadata, HEIC as
 * JPEG. The entry then carries a note `converted` with the original, to show "12.4 MB → 1.3 MB" and to offer it back.
 *
 * JPEG, WebP and PNG keep their type; only where a PNG is still too large does it become a WebP (or a JPEG if it has no
 * transparency). Left untouched: anything animated, GIF, SVG, other formats, what needs nothing, and what cannot be read:
 * a broken picture is not this step's to refuse. No picture gets larger, but for lost metadata or HEIC.
 *
 * The work is done in a worker made of a blob, as is that of `heic-to`: a strict CSP needs `worker-src blob:` (and nothing
 * else: no eval, no network). Without it pictures are prepared on the page's own thread, and HEIC stays HEIC.
 *
 * @example
 * createUploader({ send, steps: [prepareImages({ maxPixels: 1568 * 1568 })] })
 */
export function prepareImages({
  maxPixels = 2048 * 2048,
  maxBytes = 'app',
  quality = 0.85,
  stripMetadata = true,
  heic = 'convert',
}: PrepareImagesOptions = {}): Step {
  return async (file, { signal, rules, asItIs }) => {
    if (asItIs) return undefined
    const bytes = await bytesOfImage(file)
    if (bytes === null || signal.aborted) return undefined
    const format = readFormat(bytes)
    if (format === null || isAnimated(format, bytes) || (format === 'heic' && heic === 'keep')) return undefined

    const limit = maxBytes === 'app' ? rules.maxBytes.image.value : maxBytes
    const mustChange = format === 'heic' || (stripMetadata && hasMetadata(format, bytes))
    const picture = await openPicture(file, format, signal)
    if (picture === null) return undefined
    try {
      const isFit = file.size <= limit && picture.width * picture.height <= maxPixels
      if (signal.aborted || (isFit && !mustChange)) return undefined
      const encoded = await encodeWithin(picture, {
        type: format === 'heic' ? 'image/jpeg' : MIME[format],
        isOpaque: isOpaque(format, bytes),
        maxPixels, maxBytes: limit, quality, signal,
      })
      if (encoded === null || signal.aborted || (encoded.size >= file.size && !mustChange)) return undefined
      return new File([encoded], nameOf(file.name, format, encoded.type), { type: encoded.type, lastModified: file.lastModified })
    } finally {
      picture.close()
    }
  }
}

const MIME = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const

const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
}

/** A new type gets its extension; the same one keeps its name, whatever that claims. */
function nameOf(name: string, format: ImageFormat, type: string): string {
  const extensions = EXTENSIONS[type]
  if (extensions === undefined || (format !== 'heic' && MIME[format] === type)) return name
  const extension = extensionOf(name)
  if (extensions.includes(extension)) return name
  return fitName(`${extension === '' ? name : name.slice(0, -(extension.length + 1))}.${extensions[0]}`)
}

/** The whole file, once its first bytes look like a picture of ours: a film is never read. */
async function bytesOfImage(file: File): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const head = new Uint8Array(await file.slice(0, 64).arrayBuffer())
    return readFormat(head) === null ? null : new Uint8Array(await file.arrayBuffer())
  } catch {
    return null
  }
}
