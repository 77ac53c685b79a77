/** The formats that are worked on. The bytes decide, not the name. */
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'heic'

/** @param bytes the first 64 at least. Null for anything else: GIF, SVG, AVIF, TIFF, BMP, no picture at all. */
export function readFormat(bytes: Uint8Array<ArrayBuffer>): ImageFormat | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg'
  if (textAt(bytes, 1, 3) === 'PNG' && bytes[0] === 0x89) return 'png'
  if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP') return 'webp'
  return textAt(bytes, 4, 4) === 'ftyp' && isStillHeic(bytes) ? 'heic' : null
}

/** A PNG or WebP that moves. GIF is not among our formats in the first place. */
export function isAnimated(format: ImageFormat, bytes: Uint8Array<ArrayBuffer>): boolean {
  if (format === 'webp') return hasWebpFlag(bytes, 0x02)
  return format === 'png' && pngChunks(bytes).some(({ type }) => type === 'acTL')
}

/** Whether it carries more than the picture: EXIF (place, camera, owner), XMP, IPTC, comments. */
export function hasMetadata(format: ImageFormat, bytes: Uint8Array<ArrayBuffer>): boolean {
  if (format === 'webp') return hasWebpFlag(bytes, 0x08 | 0x04)
  if (format === 'png') return pngChunks(bytes).some(({ type }) => /^(eXIf|iTXt|tEXt|zTXt)$/.test(type))
  return format === 'heic' || jpegMarkers(bytes).some((marker) => marker === 0xe1 || marker === 0xed || marker === 0xfe)
}

/** False where it may be transparent. */
export function isOpaque(format: ImageFormat, bytes: Uint8Array<ArrayBuffer>): boolean {
  if (format === 'png') {
    const colorType = bytes[25] ?? 6
    return colorType !== 4 && colorType !== 6 && !pngChunks(bytes).some(({ type }) => type === 'tRNS')
  }
  return format !== 'webp'
}

/** Brands: https://nokiatech.github.io/heif/technical.html. `mif1` says HEIF and not which codec; AVIF uses it as well. */
function isStillHeic(bytes: Uint8Array<ArrayBuffer>): boolean {
  const end = Math.min(viewOf(bytes).getUint32(0), bytes.length)
  const brands = [textAt(bytes, 8, 4)]
  for (let at = 16; at + 4 <= end; at += 4) brands.push(textAt(bytes, at, 4))
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return false
  return /^(heic|heix|heim|heis|mif1)$/.test(brands[0]!)
}

/** VP8X is the first chunk of a WebP that has anything beside its picture. */
function hasWebpFlag(bytes: Uint8Array<ArrayBuffer>, flag: number): boolean {
  return textAt(bytes, 12, 4) === 'VP8X' && ((bytes[20] ?? 0) & flag) !== 0
}

function pngChunks(bytes: Uint8Array<ArrayBuffer>): { type: string }[] {
  const view = viewOf(bytes)
  const chunks: { type: string }[] = []
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) chunks.push({ type: textAt(bytes, at + 4, 4) })
  return chunks
}

/** Markers up to the picture itself; no metadata comes after it. */
function jpegMarkers(bytes: Uint8Array<ArrayBuffer>): number[] {
  const view = viewOf(bytes)
  const markers: number[] = []
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1]!
    // Fill bytes before a marker.
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === 0xda || marker === 0xd9) break
    markers.push(marker)
    at += 2 + Math.max(2, view.getUint16(at + 2))
  }
  return markers
}

function textAt(bytes: Uint8Array<ArrayBuffer>, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
