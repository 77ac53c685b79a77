// Files through the chaos layer, in a real browser, from the picker to the message.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from './seeded.mjs'
import { startWorld } from './world.mjs'

/** How many times as fast as the world's the engine's clock runs. */
export const SPEED = 20
export const RATE = 0.3
const PRESSES = 5
const HOUR = 3_600_000
/** ms */
const PATIENCE = 600_000

/**
 * Offers `count` files, disturbs, waits, presses "retry all" at most 5 times, sends the message, and compares with what Dify
 * has. `reloads`: how often the page is reloaded on the way; `kills`: which processes are killed and started again;
 * `inPieces`: by tus, through the proxy's disk.
 */
export async function chaos({ title, browser, folder, seed, count, reloads = 0, kills = [], inPieces = false }) {
  const random = seeded(seed)
  const files = makeFiles(join(folder, String(seed)), count, random, inPieces ? 8 : 50)
  const world = await startWorld({ rate: RATE, random, maxFiles: count, pieces: inPieces ? { DIRECTORY: join(folder, `${seed}-pieces`), SPEED: String(SPEED) } : {} })
  const context = await browser.newContext()
  const page = await context.newPage()
  const errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  const checks = []
  const check = (name, ok, detail) => void checks.push({ name, ok, detail })
  let clockJumps = 0
  let isOver = false
  try {
    await page.goto(`${world.url}?speed=${SPEED}${reloads > 0 ? '&draft=composer' : ''}${inPieces ? '&pieces' : ''}`)
    await page.locator('[data-dfd-part="input"]').setInputFiles(files.map(({ path }) => path))
    await until(async () => (await names(page)).length === count, 30_000, 'the files to be in the list')

    const disturbing = disturb()
    for (let i = 0; i < reloads; i++) await reload((count * (i + 1)) / (reloads + 2))
    await killAtTimes()
    const settledIn = await settled(page)
    isOver = true
    await disturbing
    const first = await states(page)
    check('each offered file is in the list once', isSame(first.map(({ name }) => name), files.map(({ name }) => name)), `${first.length} of ${count}`)
    const stuck = first.filter(({ status, retryable }) => status !== 'uploaded' && !(status === 'failed' && retryable))
    check('each is uploaded, or failed with a retry', stuck.length === 0, `${first.filter((it) => it.status === 'uploaded').length} uploaded by themselves${stuck.length > 0 ? `; ${JSON.stringify(stuck.slice(0, 3))}` : ''}`)
    check('the page shows a Retry button on each failed file that is in sight', await page.evaluate(() => [...document.querySelectorAll('[data-dfd-part="item"][data-state="failed"]')].every((item) => item.querySelector('[data-dfd-part="item-retry"]'))))

    let presses = 0
    let settling = settledIn
    while (presses < PRESSES && (await states(page)).some(({ status }) => status !== 'uploaded')) {
      presses++
      await page.evaluate(() => window.chaos.uploader.retry())
      settling += await settled(page)
    }
    const last = await states(page)
    check(`all are uploaded after at most ${PRESSES} presses of "retry all"`, last.every(({ status }) => status === 'uploaded'), `${last.filter((it) => it.status === 'uploaded').length} of ${count}, ${presses} presses`)

    const told = await page.evaluate(() => window.chaos.told)
    const toldNames = told.map(({ name }) => name)
    const twice = toldNames.length - new Set(toldNames).size
    check('`onUploaded` was called once for each', reloads === 0 ? isSame(toldNames, files.map(({ name }) => name)) : new Set(told.map(({ id }) => id)).size === told.length && new Set(toldNames).size === count, `${told.length} calls${reloads > 0 ? `, ${twice} of them for a file whose answer the reload cut off from its draft` : ''}`)

    for (const layer of [world.before, world.behind]) layer.isCalm = true
    const sent = await page.evaluate(() => window.chaos.send())
    const ids = sent.files.map(({ upload_file_id }) => upload_file_id)
    check('the message was taken', sent.status === 200, sent.status === 200 ? undefined : sent.body)
    check('no file is in it twice', new Set(ids).size === ids.length && ids.length === count, `${ids.length} files`)
    const hashes = new Map(files.map(({ name, sha256 }) => [name, sha256]))
    const wrong = ids.filter((id) => hashes.get(world.ledger.get(id)?.name) !== world.ledger.get(id)?.sha256)
    check('what Dify has of each is the very bytes (SHA-256)', wrong.length === 0 && isSame(ids.map((id) => world.ledger.get(id)?.name), files.map(({ name }) => name)), `${ids.length - wrong.length} match`)
    check('Dify received the message with all of them', world.messages.length === 1 && isSame(receivedIds(world.messages[0]), ids), `${receivedIds(world.messages[0]).length} files`)
    if (reloads > 0) {
      await until(async () => (await draftRecords(page)) === 0, 5000, 'the draft to be empty').catch(() => {})
      check('the draft is empty once the message is sent', (await draftRecords(page)) === 0)
    }
    const faulty = world.before.faulty + world.behind.faulty
    const requests = world.before.uploads + (inPieces ? world.behind.uploads : 0)
    // Of few requests the share is a matter of luck.
    if (count >= 300) check(`${RATE * 100} % of the requests or more met a fault`, faulty >= RATE * requests, `${faulty} of ${requests}`)
    // Of a few small files it may be that none is cut in its middle.
    if (inPieces && count >= 300) check('some went on from a byte that was not the first', world.before.resumed > 0, `${world.before.resumed} did`)
    check('nothing was thrown in the page', errors.length === 0, errors.slice(0, 3).join('; ') || undefined)

    const tried = merged(world.before.tried, world.behind.tried)
    tried.set('DNS: the proxy cannot resolve Dify’s name', world.unresolved)
    tried.set('clock jumps', clockJumps)
    tried.set('proxy killed (SIGKILL) and restarted', world.restarts.proxy)
    tried.set('Dify killed (SIGKILL) and restarted', world.restarts.dify)
    tried.set('page reloaded', reloads)
    return {
      title, checks, tried,
      facts: {
        files: count,
        'upload requests': requests,
        'that met a fault': `${faulty} (${Math.round((100 * faulty) / requests)} %)`,
        'went on from a byte not the first': world.before.resumed,
        'uploaded by themselves': first.filter((it) => it.status === 'uploaded').length,
        'presses of "retry all"': presses,
        lost: count - last.filter((it) => it.status === 'uploaded').length,
        'onUploaded calls': told.length,
        'orphans at Dify': world.ledger.size - count,
        'time to settle': `${(settling / 1000).toFixed(1)} s at ${SPEED} times the clock`,
      },
    }
  } finally {
    isOver = true
    await context.close()
    await world.stop()
  }

  /** Clock jumps, and a name that is unknown for a while. */
  async function disturb() {
    await Promise.all([jumpClock(), loseNames()])
  }

  async function jumpClock() {
    for (let i = 0; i < count / 30; i++) {
      await sleep(random.between(1000, 4000))
      if (isOver) return
      const ms = random.one([-HOUR, HOUR, -30_000, 30_000, -24 * HOUR])
      await page.evaluate((by) => window.chaos.jump(by), ms).then(() => clockJumps++, () => {})
    }
  }

  async function loseNames() {
    for (let i = 0; i < count / 30; i++) {
      await sleep(random.between(600, 3000))
      if (isOver) return
      await world.loseName(random.between(300, 1000))
    }
  }

  async function killAtTimes() {
    for (const [i, what] of kills.entries()) {
      await until(async () => (await done(page)) >= (count * (i + 1)) / (kills.length + 2), PATIENCE, `${i + 1} part of the files`)
      if (what === 'proxy') await world.restartProxy(random.between(200, 1000))
      else await world.restartDify(random.between(200, 1000))
    }
  }

  async function reload(at) {
    await until(async () => (await done(page)) >= at, PATIENCE, `${at} files to be uploaded`)
    // The page itself comes whole: what is tested is the uploads.
    world.before.isCalm = true
    await until(async () => (await page.reload().catch(() => null)) !== null, 10_000, 'the page to come back')
    await until(async () => (await names(page)).length === count, 30_000, 'the draft to come back')
    world.before.isCalm = false
    const lost = (await states(page)).filter(({ code }) => code === 'file_unreadable')
    check('no file has to be chosen again after the reload', lost.length === 0, `${lost.length} have to`)
  }
}

/** Small ones mostly, as attachments are; one in `large` of megabytes, so that a reset at byte k falls anywhere. */
export function makeFiles(folder, count, random, large = 50) {
  mkdirSync(folder, { recursive: true })
  return Array.from({ length: count }, (_, i) => {
    const size = i % large === 7 ? random.between(1_000_000, 4_000_000) : i % 5 === 0 ? random.between(50_000, 300_000) : random.between(1, 20_000)
    const bytes = Buffer.alloc(size)
    for (let at = 0; at < size; at += 1 + (at >> 6)) bytes[at] = random.between(0, 255)
    bytes.write(String(i).slice(0, size))
    const name = `file ${String(i).padStart(4, '0')}.${random.one(['txt', 'pdf', 'png', 'bin', 'mp3'])}`
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return { name, path, sha256: createHash('sha256').update(bytes).digest('hex') }
  })
}

const names = (page) => page.evaluate(() => window.chaos?.uploader.entries.map(({ name }) => name) ?? []).catch(() => [])
const done = (page) => page.evaluate(() => window.chaos?.uploader.tally.uploaded ?? 0).catch(() => 0)
const states = (page) => page.evaluate(() => window.chaos.uploader.entries.map(({ name, status, error }) => ({ name, status, code: error?.serverCode, retryable: error?.retryable })))

/** Waits until nothing moves. Resolves with the ms that took. */
async function settled(page) {
  const start = performance.now()
  await page.evaluate(() => window.chaos.uploader.settled({ signal: AbortSignal.timeout(600_000) }).then(() => undefined))
  return performance.now() - start
}

async function draftRecords(page) {
  return page.evaluate(() => new Promise((resolve, reject) => {
    const opening = indexedDB.open('dify-file-drop')
    opening.addEventListener('error', () => reject(opening.error))
    opening.addEventListener('success', () => {
      const db = opening.result
      const counting = db.transaction('records').objectStore('records').count()
      counting.addEventListener('success', () => {
        db.close()
        resolve(counting.result)
      })
    })
  }))
}

export async function until(holds, ms, what) {
  for (const end = performance.now() + ms; performance.now() < end; await sleep(50)) if (await holds()) return
  throw new Error(`Waited ${ms / 1000} s for ${what}.`)
}

function isSame(some, others) {
  return some.length === others.length && JSON.stringify(some.toSorted()) === JSON.stringify(others.toSorted())
}

function receivedIds(message) {
  return (message?.files ?? []).map((file) => file.upload_file_id ?? file.id)
}

function merged(...maps) {
  const all = new Map()
  for (const map of maps) for (const [kind, times] of map) all.set(kind, (all.get(kind) ?? 0) + times)
  return all
}
