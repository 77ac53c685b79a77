import type { Picture } from './picture.js'

export interface EncodeOptions {
  type: 'image/jpeg' | 'image/png' | 'image/webp'
  isOpaque: boolean
  maxPixels: number
  maxBytes: number
  /** 0 to 1. */
  quality: number
  signal: AbortSignal
}

/**
 * Encodes a picture within a budget of pixels and bytes: first at full quality, then (a PNG) as a format that can be
 * smaller, then at less quality, then with fewer pixels.
 *
 * @returns the first that fits, else the smallest it tried; null once `signal` aborted, or where the browser cannot.
 */
export async function encodeWithin(picture: Picture, options: EncodeOptions): Promise<Blob | null> {
  const { isOpaque, maxPixels, maxBytes, signal } = options
  let { type, quality } = options
  let scale = Math.min(1, Math.sqrt(maxPixels / (picture.width * picture.height)))
  let smallest: Blob | null = null
  for (let attempt = 0; attempt < MOST_ATTEMPTS && !signal.aborted; attempt++) {
    const [width, height] = [picture.width, picture.height].map((it) => Math.max(1, Math.floor(it * scale)))
    const encoded = await picture.encode(width!, height!, type, quality)
    if (encoded === null) return smallest
    if (smallest === null || encoded.size < smallest.size) smallest = encoded
    if (encoded.size <= maxBytes) return encoded
    if (encoded.type === 'image/png' && isOpaque) type = 'image/jpeg'
    else if (encoded.type === 'image/png' && type === 'image/png') type = 'image/webp'
    else if (encoded.type !== 'image/png' && quality > LOWEST_QUALITY) quality = Math.max(LOWEST_QUALITY, quality - 0.15)
    else scale *= Math.max(0.25, Math.min(0.9, Math.sqrt(maxBytes / encoded.size) * 0.95))
  }
  return signal.aborted ? null : smallest
}

const MOST_ATTEMPTS = 10
/** Below it text in a picture falls apart sooner than by fewer pixels. */
const LOWEST_QUALITY = 0.55
