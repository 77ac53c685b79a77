import type { Picture } from './picture.js'

/** A {@link Picture} on the page's own thread, for where there is no worker: an old browser, or a CSP without `blob:`. */
export async function openOnPage(source: Blob | ImageBitmap): Promise<Picture | null> {
  try {
    const image = source instanceof Blob ? await createImageBitmap(source, { imageOrientation: 'from-image' }) : source
    return {
      width: image.width,
      height: image.height,
      encode: (width, height, type, quality) => encode(image, width, height, type, quality).catch(() => null),
      close: () => image.close(),
    }
  } catch {
    return null
  }
}

async function encode(image: ImageBitmap, width: number, height: number, type: string, quality: number): Promise<Blob | null> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d')
  if (context === null) return null
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, 0, 0, width, height)
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality))
}
