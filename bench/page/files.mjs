// Files on disk to drop, made once.
import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { CACHE } from './build.mjs'

const FOLDER = join(CACHE, 'files')
const KB = 1000
export const MB = 1_000_000

/** `count` files of 10 KB. */
export function smallFiles(count) {
  const folder = join(FOLDER, 'small')
  return made(folder, count, (i) => {
    const path = join(folder, `note-${String(i).padStart(5, '0')}.txt`)
    writeFileSync(path, randomBytes(10 * KB))
  }).slice(0, count)
}

/** One file of so many MB, without taking that room on disk. */
export function largeFile(megabytes) {
  const path = join(FOLDER, `film-${megabytes}.mp4`)
  if (existsSync(path)) return path
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(path, '')
  truncateSync(path, megabytes * MB)
  return path
}

/** 10 000 files in three levels of folders: 10 × 10 × 100. */
export function tree() {
  const root = join(FOLDER, 'tree')
  if (existsSync(join(root, 'part-9/chapter-9/page-099.txt'))) return root
  const body = randomBytes(10 * KB)
  for (let a = 0; a < 10; a++) {
    for (let b = 0; b < 10; b++) {
      const folder = join(root, `part-${a}`, `chapter-${b}`)
      mkdirSync(folder, { recursive: true })
      for (let i = 0; i < 100; i++) writeFileSync(join(folder, `page-${String(i).padStart(3, '0')}.txt`), body)
    }
  }
  return root
}

/** 100 photos of 12 megapixels, drawn by the browser that is measured. */
export async function photos(browser) {
  const folder = join(FOLDER, 'photos')
  const count = 100
  if (existsSync(folder) && readdirSync(folder).length === count) return readdirSync(folder).map((name) => join(folder, name))
  mkdirSync(folder, { recursive: true })
  const page = await browser.newPage()
  for (let kind = 0; kind < 5; kind++) {
    const base64 = await page.evaluate(drawPhoto, kind)
    for (let i = kind; i < count; i += 5) writeFileSync(join(folder, `photo-${String(i).padStart(3, '0')}.jpg`), Buffer.from(base64, 'base64'))
  }
  await page.close()
  return readdirSync(folder).map((name) => join(folder, name))
}

/** In the page: a picture with gradients, shapes and grain, so that it weighs what a photo weighs. */
async function drawPhoto(kind) {
  const canvas = new OffscreenCanvas(4000, 3000)
  const context = canvas.getContext('2d')
  const sky = context.createLinearGradient(0, 0, 4000, 3000)
  for (let i = 0; i <= 6; i++) sky.addColorStop(i / 6, `hsl(${(kind * 70 + i * 25) % 360} 60% ${30 + i * 8}%)`)
  context.fillStyle = sky
  context.fillRect(0, 0, 4000, 3000)
  const grain = new OffscreenCanvas(500, 500)
  const noise = grain.getContext('2d')
  const image = noise.createImageData(500, 500)
  let seed = kind + 1
  for (let i = 0; i < image.data.length; i += 4) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    image.data.set([seed % 256, (seed >> 8) % 256, (seed >> 16) % 256, 40], i)
  }
  noise.putImageData(image, 0, 0)
  for (let y = 0; y < 3000; y += 500) for (let x = 0; x < 4000; x += 500) context.drawImage(grain, x, y)
  for (let i = 0; i < 300; i++) {
    context.fillStyle = `hsl(${(i * 37 + kind * 50) % 360} 50% 50% / 60%)`
    context.beginPath()
    context.arc((i * 733) % 4000, (i * 421) % 3000, 20 + ((i * 13) % 140), 0, 7)
    context.fill()
  }
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })).arrayBuffer())
  let binary = ''
  for (let i = 0; i < bytes.length; i += 32_768) binary += String.fromCharCode(...bytes.subarray(i, i + 32_768))
  return btoa(binary)
}

function made(folder, count, make) {
  mkdirSync(folder, { recursive: true })
  for (let i = readdirSync(folder).length; i < count; i++) make(i)
  return readdirSync(folder).toSorted().map((name) => join(folder, name))
}
