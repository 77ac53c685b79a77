import { afterEach, describe, expect, test, vi } from 'vitest'
import landscapeUrl from '../../e2e/fixtures/landscape.jpg?url'
import logoUrl from '../../e2e/fixtures/logo.svg?url'
import photoUrl from '../../e2e/fixtures/photo.jpg?url'
import heicUrl from '../../e2e/fixtures/photo.heic?url'
import spinnerUrl from '../../e2e/fixtures/spinner.gif?url'
import chartUrl from '../../e2e/fixtures/chart.png?url'
import filmUrl from '../../e2e/fixtures/clip.mp4?url'
import { createWorld } from '../core/world.fixture.js'
import { mergeRules, type HostRules } from '../core/rules.js'
import { prepareImages, type PrepareImagesOptions } from './index.js'

/** Two pictures in turn, 12 × 12, made by ImageMagick. */
const MOVING_WEBP =
  'UklGRroAAABXRUJQVlA4WAoAAAACAAAACwAACwAAQU5JTQYAAAD/////AABBTk1GRAAAAAAAAAAAAAsAAAsAAMgAAAJWUDggLAAAAJABAJ0BKgwADAAEAGgloAJ0ugADmAD+6zb/oTY9qK//Qk/+Js/4mz4AAAAAQU5NRkIAAAAAAAAAAAALAAALAADIAAAAVlA4ICoAAAB0AQCdASoMAAwAAABoJaACdAFAAAD+8JtD/0JP/+Js//pNnwiowmkjsABSSUZGOAAAAFdFQlBWUDggLAAAAJABAJ0BKgwADAAEAGgloAJ0ugADmAD+6zb/oTY9qK//Qk/+Js/4mz4AAAAA'

const fixture = async (url: string, name: string, type = ''): Promise<File> => new File([await (await fetch(url)).arrayBuffer()], name, { type, lastModified: 1_600_000_000_000 })

async function prepared(file: File, options: PrepareImagesOptions = {}, rules: HostRules = {}): Promise<File | undefined> {
  const result = await prepareImages(options)(file, { signal: new AbortController().signal, entries: [], rules: mergeRules(rules) })
  if (result instanceof File) return result
  expect(result).toBeUndefined()
  return undefined
}

async function sizeOf(file: Blob): Promise<[width: number, height: number]> {
  const { width, height } = await createImageBitmap(file)
  return [width, height]
}

/** What of Exif, XMP and makers' names stands anywhere in the bytes. */
async function tellsOf(file: Blob): Promise<string[]> {
  const text = new TextDecoder('latin1').decode(await file.arrayBuffer())
  return ['Exif\0\0', 'http://ns.adobe.com/xap', 'Canon', 'Apple', 'iPhone', 'eXIf', 'tEXt', 'EXIF'].filter((it) => text.includes(it))
}

/** Red, green and blue at a place from 0 to 1. */
async function colorAt(file: Blob, x: number, y: number): Promise<number[]> {
  const image = await createImageBitmap(file)
  const canvas = new OffscreenCanvas(image.width, image.height)
  const context = canvas.getContext('2d')!
  context.drawImage(image, 0, 0)
  return [...context.getImageData(Math.floor(x * (image.width - 1)), Math.floor(y * (image.height - 1)), 1, 1).data]
}

async function painted(width: number, height: number, type: string, paint: (context: OffscreenCanvasRenderingContext2D) => void = () => undefined): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height)
  paint(canvas.getContext('2d', { alpha: true })!)
  return canvas.convertToBlob({ type, quality: 0.95 })
}

/** What no encoder can make small. */
function noise(context: OffscreenCanvasRenderingContext2D, opaque = true): void {
  const { width, height } = context.canvas
  const image = context.createImageData(width, height)
  for (let at = 0; at < image.data.length; at += 65_536) crypto.getRandomValues(image.data.subarray(at, at + 65_536))
  if (opaque) for (let at = 3; at < image.data.length; at += 4) image.data[at] = 255
  context.putImageData(image, 0, 0)
}

/** A PNG with one chunk more, after its header. */
async function withChunk(png: Blob, type: string, content: string): Promise<Blob> {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, content.length)
  return new Blob([png.slice(0, 33), length, type, content, new Uint8Array(4), png.slice(33)])
}

describe('a photo', () => {
  test('of 12 megapixels with its place in it becomes a small upright one without', async () => {
    const original = await fixture(landscapeUrl, 'landscape.jpg', 'image/jpeg')
    expect(await tellsOf(original)).toEqual(['Exif\0\0', 'Canon'])
    expect(await sizeOf(original)).toEqual([3000, 4000])

    const file = (await prepared(original, { maxPixels: 1_000_000 }))!
    expect(await tellsOf(file)).toEqual([])
    expect(await sizeOf(file)).toEqual([866, 1154])
    expect(file).toMatchObject({ name: 'landscape.jpg', type: 'image/jpeg', lastModified: 1_600_000_000_000 })
    // It lies on its side: navy, at the top of its pixels, is on the right when it stands.
    const [left, right] = [await colorAt(file, 0, 0.5), await colorAt(file, 1, 0.5)]
    expect(left[0]).toBeGreaterThan(200)
    expect(right[2]).toBeGreaterThan(100)
    expect(right[0]).toBeLessThan(50)
  })

  test('that is small enough loses its metadata all the same, and keeps its pixels', async () => {
    const file = (await prepared(await fixture(photoUrl, 'photo.jpg', 'image/jpeg')))!
    expect(await tellsOf(file)).toEqual([])
    expect(await sizeOf(file)).toEqual([300, 400])
  })

  test('keeps its metadata where that is wanted and nothing else has to change', async () => {
    expect(await prepared(await fixture(photoUrl, 'photo.jpg', 'image/jpeg'), { stripMetadata: false })).toBeUndefined()
  })

  test('over the app\'s limit for images is brought under it', async () => {
    const original = new File([await painted(900, 700, 'image/jpeg', noise)], 'noise.jpg', { type: 'image/jpeg' })
    expect(original.size).toBeGreaterThan(300_000)
    const file = (await prepared(original, {}, { maxBytes: { image: 150_000 } }))!
    expect(file.size).toBeLessThanOrEqual(150_000)
    expect(file.type).toBe('image/jpeg')
  })

  test('over the app\'s limit is uploaded instead of refused, with its original on offer', async () => {
    const original = new File([await painted(900, 700, 'image/jpeg', noise)], 'noise.jpg', { type: 'image/jpeg' })
    const { uploader } = createWorld({ steps: [prepareImages()], rules: { maxBytes: { image: 150_000 } }, concurrency: 0 })
    const [entry] = uploader.add(original)
    expect(entry!.status).toBe('preparing')
    await expect.poll(() => uploader.get(entry!.id)!.status, { timeout: 10_000 }).toBe('queued')
    const { size, notes } = uploader.get(entry!.id)!
    expect(size).toBeLessThanOrEqual(150_000)
    expect(notes).toEqual([{ type: 'converted', from: original.size, to: size, original }])
  })

  test('that needs nothing goes on as it is', async () => {
    const plain = new File([await painted(200, 100, 'image/jpeg')], 'plain.jpg', { type: 'image/jpeg' })
    expect(await prepared(plain)).toBeUndefined()
  })

  test('that is broken goes on as it is', async () => {
    const broken = (await fixture(photoUrl, 'photo.jpg')).slice(0, 400)
    expect(await prepared(new File([broken, 'x'.repeat(500)], 'broken.jpg'))).toBeUndefined()
    expect(await prepared(new File([new Uint8Array([0xff, 0xd8, 0xff])], 'three.jpg'))).toBeUndefined()
    expect(await prepared(new File([], 'none.jpg'))).toBeUndefined()
  })

  test('whose preparing is called off is left alone', async () => {
    const controller = new AbortController()
    const step = prepareImages({ maxPixels: 1000 })
    const result = step(await fixture(landscapeUrl, 'landscape.jpg'), { signal: controller.signal, entries: [], rules: mergeRules() })
    controller.abort()
    expect(await result).toBeUndefined()
  })
})

describe('without a worker', () => {
  afterEach(() => void vi.unstubAllGlobals())

  test('a photo is prepared on the page', async () => {
    vi.stubGlobal('Worker', undefined)
    const file = (await prepared(await fixture(photoUrl, 'photo.jpg', 'image/jpeg'), { maxPixels: 30_000 }))!
    expect(await tellsOf(file)).toEqual([])
    expect(await sizeOf(file)).toEqual([150, 200])
  })

  test('a HEIC goes on as it is', async () => {
    vi.stubGlobal('Worker', undefined)
    const broken = (await fixture(heicUrl, 'a.heic')).slice(0, 900)
    expect(await prepared(new File([broken], 'a.heic'))).toBeUndefined()
  })

  test('because a policy forbids it, the same', async () => {
    vi.resetModules()
    const { prepareImages } = await import('./index.js')
    vi.stubGlobal('Worker', class extends EventTarget {
      postMessage = (): void => queueMicrotask(() => this.dispatchEvent(new Event('error')))
      terminate = (): void => undefined
    })
    const file = await prepareImages()(await fixture(photoUrl, 'photo.jpg'), { signal: new AbortController().signal, entries: [], rules: mergeRules() })
    expect(await tellsOf(file as File)).toEqual([])
  })
})

describe('a HEIC', () => {
  test('becomes a JPEG without metadata, upright', async () => {
    const original = await fixture(heicUrl, 'IMG_0001.HEIC')
    expect(await tellsOf(original)).toContain('iPhone')
    const file = (await prepared(original))!
    expect(file).toMatchObject({ name: 'IMG_0001.jpg', type: 'image/jpeg' })
    expect(await sizeOf(file)).toEqual([300, 400])
    expect(await tellsOf(file)).toEqual([])
    const photo = await fixture(photoUrl, 'photo.jpg')
    const [mine, theirs] = [await colorAt(file, 0.2, 0.3), await colorAt(photo, 0.2, 0.3)]
    for (const [i, channel] of mine.entries()) expect(Math.abs(channel - theirs[i]!)).toBeLessThan(40)
  }, 30_000)

  test('that is called .jpg already keeps its name', async () => {
    expect(await prepared(await fixture(heicUrl, 'IMG_0001.jpg', 'image/jpeg'))).toMatchObject({ name: 'IMG_0001.jpg', type: 'image/jpeg' })
  }, 30_000)

  test('stays one where that is wanted', async () => {
    expect(await prepared(await fixture(heicUrl, 'a.heic'), { heic: 'keep' })).toBeUndefined()
  })

  test('that is broken goes on as it is', async () => {
    const head = (await fixture(heicUrl, 'a.heic')).slice(0, 700)
    expect(await prepared(new File([head], 'a.heic'))).toBeUndefined()
  }, 30_000)
})

describe('a PNG', () => {
  test('stays one, with its transparency, when it is scaled down', async () => {
    const png = await painted(400, 400, 'image/png', (context) => context.fillRect(0, 0, 200, 400))
    const file = (await prepared(new File([png], 'half.png', { type: 'image/png' }), { maxPixels: 10_000 }))!
    expect(file).toMatchObject({ name: 'half.png', type: 'image/png' })
    expect(await sizeOf(file)).toEqual([100, 100])
    expect((await colorAt(file, 0, 0.5))[3]).toBe(255)
    expect((await colorAt(file, 1, 0.5))[3]).toBe(0)
  })

  test('that is transparent and too large becomes a WebP', async () => {
    const png = await painted(300, 300, 'image/png', (context) => noise(context, false))
    const file = (await prepared(new File([png], 'a.png', { type: 'image/png' }), { maxBytes: 200_000 }))!
    expect(file).toMatchObject({ name: 'a.webp', type: 'image/webp' })
    expect(file.size).toBeLessThanOrEqual(200_000)
  })

  test('loses its words', async () => {
    const png = await withChunk(await painted(50, 50, 'image/png'), 'tEXt', 'Author\0Canon')
    expect(await tellsOf(png)).toEqual(['Canon', 'tEXt'])
    expect(await tellsOf((await prepared(new File([png], 'a.png')))!)).toEqual([])
  })
})

test('a WebP stays one', async () => {
  const webp = await painted(400, 400, 'image/webp', noise)
  expect(await prepared(new File([webp], 'a.webp'), { maxPixels: 10_000 })).toMatchObject({ name: 'a.webp', type: 'image/webp' })
})

test('no picture gets larger', async () => {
  // At quality 1, a picture that was saved at 0.95 would.
  const small = await painted(100, 100, 'image/jpeg', noise)
  expect(await prepared(new File([small], 'a.jpg'), { maxPixels: 9_990, quality: 1 })).toBeUndefined()
})

describe('what is not for us is not touched', () => {
  test.each([
    ['a GIF that moves', () => fixture(spinnerUrl, 'spinner.gif')],
    ['a WebP that moves', async () => new File([await (await fetch(`data:;base64,${MOVING_WEBP}`)).blob()], 'a.webp')],
    ['a PNG that moves', async () => new File([await withChunk(await painted(90, 90, 'image/png'), 'acTL', '\0\0\0\u0002\0\0\0\0')], 'a.png')],
    ['an SVG', () => fixture(logoUrl, 'logo.svg', 'image/svg+xml')],
    ['a film', () => fixture(filmUrl, 'clip.mp4')],
    ['a text called .jpg', async () => new File(['not a picture'], 'a.jpg', { type: 'image/jpeg' })],
  ])('%s', async (_, make) => {
    expect(await prepared(await make(), { maxPixels: 10, maxBytes: 1 })).toBeUndefined()
  })

  test('a chart that fits', async () => {
    expect(await prepared(await fixture(chartUrl, 'chart.png'))).toBeUndefined()
  })
})

test('12 megapixels do not hold the page', async () => {
  const original = await fixture(landscapeUrl, 'landscape.jpg')
  const tasks: number[] = []
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((it) => it.duration)))
  observer.observe({ type: 'longtask' })
  await prepared(original)
  await new Promise((resolve) => setTimeout(resolve, 100))
  observer.disconnect()
  // What it would take this machine, busy as it is, to do no more than encode it here; to decode it comes on top.
  const bitmap = await createImageBitmap(original)
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: bitmap.width, height: bitmap.height })
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0)
  const began = performance.now()
  canvas.toDataURL('image/jpeg')
  expect(Math.max(0, ...tasks)).toBeLessThan(Math.max(200, performance.now() - began))
})
