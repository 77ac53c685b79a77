// Rounds of files and clear, again and again: what is left over would grow.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { deflateSync, crc32 } from 'node:zlib'
import { seeded } from './seeded.mjs'
import { startWorld } from './world.mjs'
import { until } from './scenario.mjs'

/** Rounds after which everything that is made once has been made. */
const WARM_UP = 3
/** What may be left: of the heap a share and a floor (caches of the engine and of V8), of all that is counted, nothing to speak of. */
const TOLERANCE = { heapShare: 0.1, heapFloor: 1_500_000, nodes: 20, listeners: 5 }
/** ms */
const REST = 10_000
/** More DOM nodes than the page has without a row. */
const ROWLESS = 100

/** `rounds` times `perRound` files (every third a picture, so that thumbnails are made), uploaded with a draft kept, and cleared. */
export async function memory({ browser, folder, rounds, perRound }) {
  const files = makeFiles(join(folder, 'memory'), perRound)
  const world = await startWorld({ rate: 0, random: seeded(1), maxFiles: perRound })
  const context = await browser.newContext()
  const page = await context.newPage()
  const checks = []
  try {
    await page.addInitScript(() => {
      const urls = new Set()
      window.objectUrls = urls
      const { createObjectURL, revokeObjectURL } = URL
      window.objectUrlsMade = 0
      URL.createObjectURL = (blob) => {
        const url = createObjectURL.call(URL, blob)
        window.objectUrlsMade++
        urls.add(url)
        return url
      }
      URL.revokeObjectURL = (url) => {
        urls.delete(url)
        revokeObjectURL.call(URL, url)
      }
    })
    await page.goto(`${world.url}?speed=20&draft=composer`)
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable')
    const seen = []
    for (let round = 1; round <= rounds; round++) {
      await page.locator('[data-dfd-part="input"]').setInputFiles(files)
      await until(async () => (await page.evaluate(() => window.chaos.uploader.ids.length)) === perRound, 20_000, 'the files to be in the list')
      await page.evaluate(() => window.chaos.uploader.settled().then(() => undefined))
      const uploaded = await page.evaluate(() => window.chaos.uploader.tally.uploaded)
      if (uploaded !== perRound) throw new Error(`Round ${round}: ${uploaded} of ${perRound} uploaded without any fault.`)
      await page.evaluate(() => {
        window.chaos.uploader.clear()
        window.chaos.told.length = 0
        sessionStorage.clear()
      })
      await until(async () => (await page.evaluate(storedRecords)) === 0, 10_000, 'the draft to be empty').catch(() => {})
      seen.push(await measureAtRest(page, session, seen[0]))
    }
    const first = seen[Math.min(WARM_UP, seen.length) - 1]
    const last = seen.at(-1)
    const check = (name, key, most) => checks.push({ name, ok: last[key] - first[key] <= most, detail: `${seen.map((it) => it[key])[0]} after round 1, ${first[key]} after ${WARM_UP}, ${last[key]} after ${rounds}` })
    check('the JS heap is back where it was (bytes)', 'heap', Math.max(TOLERANCE.heapFloor, first.heap * TOLERANCE.heapShare))
    check('DOM nodes are', 'nodes', TOLERANCE.nodes)
    check('event listeners are', 'listeners', TOLERANCE.listeners)
    check('object URLs are', 'objectUrls', 0)
    check('IndexedDB is empty', 'stored', 0)
    checks.push({ name: 'and there was something to give back', ok: last.objectUrlsMade > 0, detail: `${last.objectUrlsMade} object URLs were made` })
    return { title: 'Memory', checks, facts: { 'uploaded and cleared': `${rounds} rounds of ${perRound} files`, heap: seen.map(({ heap }) => (heap / 1e6).toFixed(1)).join(' ') + ' MB' } }
  } finally {
    await context.close()
    await world.stop()
  }
}

/**
 * What Chromium holds for a while (the rows of the last frame, a picture that it decodes) it lets go by itself, seen after up to
 * 4 s; a leak stays. So the counts get `REST` ms to come back to where they were after the first round.
 */
async function measureAtRest(page, session, first) {
  const end = performance.now() + REST
  for (;;) {
    const now = await measure(page, session)
    const isBack = now.nodes <= (first?.nodes ?? ROWLESS) + TOLERANCE.nodes && now.listeners <= (first?.listeners ?? Infinity) + TOLERANCE.listeners
    if (isBack || performance.now() > end) return now
  }
}

async function measure(page, session) {
  // Longer than announcements and pictures that are let go later.
  await sleep(800)
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const metric = (name) => metrics.find((it) => it.name === name).value
  const { objectUrls, objectUrlsMade } = await page.evaluate(() => ({ objectUrls: window.objectUrls.size, objectUrlsMade: window.objectUrlsMade }))
  return {
    heap: metric('JSHeapUsedSize'), nodes: metric('Nodes'), listeners: metric('JSEventListeners'),
    objectUrls, objectUrlsMade, stored: await page.evaluate(storedRecords),
  }
}

/** Everything in the draft's database but who owns it. */
function storedRecords() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('dify-file-drop')
    opening.addEventListener('error', () => reject(opening.error))
    opening.addEventListener('success', async () => {
      const db = opening.result
      const count = (name) => new Promise((done) => {
        const request = db.transaction(name).objectStore(name).count()
        request.addEventListener('success', () => done(request.result))
      })
      const sum = (await count('records')) + (await count('bytes'))
      db.close()
      resolve(sum)
    })
  })
}

function makeFiles(folder, count) {
  mkdirSync(folder, { recursive: true })
  const picture = png(64)
  return Array.from({ length: count }, (_, i) => {
    const isPicture = i % 3 === 0
    const path = join(folder, `${i}.${isPicture ? 'png' : 'txt'}`)
    writeFileSync(path, isPicture ? picture : `file ${i}`.padEnd(2000, '.'))
    return path
  })
}

function png(side) {
  const chunk = (type, content) => {
    const body = Buffer.concat([Buffer.from(type), content])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(content.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 2], 8)
  const pixels = Buffer.alloc(side * (1 + side * 3), 0x7f)
  for (let row = 0; row < side; row++) pixels[row * (1 + side * 3)] = 0
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))])
}
