'use client'
import { useEffect, useState, type RefObject } from 'react'

/**
 * Address of a small picture of an image file, or null while (or where) there is none. It is made when the element comes
 * into sight, large images off the main thread and few at a time, and released when the element goes.
 *
 * @param tag of the element: with another it is another element.
 */
export function useThumbnail(element: RefObject<Element | null>, file: File | null, tag: string): string | null {
  const [url, setUrl] = useState<string | null>(null)

  useEffect(() => {
    const node = element.current
    if (node === null || file === null) return
    const controller = new AbortController()
    const { signal } = controller
    let made: string | null = null
    const observer = new IntersectionObserver((seen) => {
      if (!seen.some((it) => it.isIntersecting)) return
      observer.disconnect()
      void inTurn(() => picture(file, signal), signal).then((blob) => {
        if (signal.aborted || blob === null) return
        made = URL.createObjectURL(blob)
        setUrl(made)
      })
    })
    observer.observe(node)
    return () => {
      observer.disconnect()
      controller.abort()
      if (made !== null) URL.revokeObjectURL(made)
      setUrl(null)
    }
  }, [element, file, tag])

  return url
}

/** Small enough for the browser to decode as it is. Bytes. */
const SMALL = 200 * 1024
/** Device pixels; shown at a third of that or less. */
const SIZE = 144
/** Decoding takes a core for itself, and one is left for the page. A browser that does not say how many it has gets one. */
const atOnce = (): number => (navigator.hardwareConcurrency > 2 ? 2 : 1)

/** The picture to show, or null for what no browser here can decode. */
async function picture(file: File, signal: AbortSignal): Promise<Blob | null> {
  if (signal.aborted) return null
  try {
    // Also tells a broken image from a good one, which `<img>` would only say by an ugly icon.
    const bitmap = await createImageBitmap(file, file.size <= SMALL ? {} : { resizeWidth: SIZE, resizeQuality: 'medium' })
    if (file.size <= SMALL) {
      bitmap.close()
      return file
    }
    return await small(bitmap)
  } catch {
    // Vector images have no bitmap without a size; as an `<img>` they are safe: no script in them runs.
    return file.type === 'image/svg+xml' ? file : null
  }
}

async function small(bitmap: ImageBitmap): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = bitmap.width
  canvas.height = bitmap.height
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', 0.85))
}

let running = 0
const queue: (() => void)[] = []

/** Runs few at a time, and skips those that nobody wants any more when their turn comes. */
async function inTurn(make: () => Promise<Blob | null>, signal: AbortSignal): Promise<Blob | null> {
  if (running >= atOnce()) await new Promise<void>((resolve) => void queue.push(resolve))
  running++
  try {
    return signal.aborted ? null : await make()
  } finally {
    running--
    queue.shift()?.()
  }
}
