// What is done in the pages, by whom, and how often. Each run is a visit to a page of its own.
import { largeFile, MB, photos, smallFiles, tree } from './files.mjs'
import { median } from './statistics.mjs'
import { visit } from './visit.mjs'

/** How long one run may take. Who is not done by then is shown with what was done. ms */
const BOUND = 60_000

/**
 * `contenders`: who takes part in every round. `once`: who is so slow that one round has to do. `heavy`: not in a quick run.
 * `run(world, contender)` is one round of one contender.
 */
export const SCENARIOS = {
  200: {
    title: '200 files of 10 KB',
    contenders: ['floor', 'axios', 'widget', 'uppy', 'uploady'],
    once: ['antdx', 'filepond'],
    run: (world, contender) => uploads(world, contender, smallFiles(200)),
  },
  1000: {
    title: '1 000 files of 10 KB',
    contenders: ['floor', 'axios', 'widget', 'uppy', 'uploady'],
    run: (world, contender) => uploads(world, contender, smallFiles(1000)),
  },
  10000: {
    title: '10 000 files of 10 KB',
    contenders: ['floor', 'widget'],
    heavy: true,
    run: (world, contender) => uploads(world, contender, smallFiles(10_000), 5 * BOUND),
  },
  folder: {
    title: '10 000 files in three levels of folders, dropped and listed',
    contenders: ['walker', 'widget'],
    run: (world, contender) => folder(world, contender, '?upload=no'),
  },
  'folder-sent': {
    title: 'the same, uploading meanwhile',
    contenders: ['widget'],
    run: (world, contender) => folder(world, contender, ''),
  },
  '200MB': {
    title: '1 file of 200 MB through the proxy',
    contenders: ['floor', 'axios', 'widget', 'uppy', 'antdx'],
    run: (world, contender) => visit(world.browser, `${world.proxied}/${contender}/`, contender, (it) => it.uploads([largeFile(200)])),
  },
  '2GB': {
    title: '1 file of 2 GB through the proxy',
    contenders: ['floor', 'widget'],
    heavy: true,
    run: (world, contender) => visit(world.browser, `${world.proxied}/${contender}/`, contender, (it) => it.uploads([largeFile(2000)])),
  },
  burst: {
    title: '1 000 reports of progress over 200 rows in one frame',
    contenders: ['progress'],
    run: burst,
  },
  start: {
    title: 'from the drop of one file to the start of its request',
    contenders: ['floor', 'axios', 'widget', 'uppy'],
    run: (world, contender) => visit(world.browser, `${world.direct}/${contender}/`, contender, (it) => it.uploads(smallFiles(1))),
  },
  typing: {
    title: 'typing during 4 uploads of 20 MB',
    contenders: ['floor', 'composer', 'uppy'],
    run: typing,
  },
  photos: {
    title: '100 photos of 12 megapixels dropped, and scrolled through',
    contenders: ['widget', 'uppy'],
    run: scrolling,
  },
}

function uploads({ browser, direct }, contender, files, bound = BOUND) {
  return visit(browser, `${direct}/${contender}/`, contender, (it) => it.uploads(files, { bound }))
}

function folder({ browser, direct }, contender, query) {
  const isWidget = contender === 'widget'
  return visit(browser, `${direct}/${contender}/${isWidget ? query : ''}`, contender, async (it) => {
    const costs = await it.uploads([tree()], { expected: Infinity, before: isWidget ? 'bench.watchFolder(10_000)' : '' })
    const since = (time) => (time === undefined ? null : time - costs.droppedAt)
    const { rowsAt, namesAt, sizesAt } = costs.walked
    return { ...costs, rows: since(rowsAt), names: since(namesAt), sizes: since(sizesAt) }
  })
}

function burst({ browser, direct }, contender) {
  return visit(browser, `${direct}/${contender}/`, contender, async (it) => {
    await it.page.evaluate(() => window.bench.begin(200))
    const seen = []
    // The first rounds warm the code up; of the others the median.
    for (let round = 1; round <= 15; round++) {
      await it.page.waitForTimeout(50)
      const before = await it.page.evaluate(() => window.bench.commits)
      const { reported, shown } = await it.page.evaluate((at) => window.bench.burst(1000, at), round)
      seen.push({ ms: reported + shown, commits: await it.page.evaluate(() => window.bench.commits) - before })
    }
    await it.page.evaluate(() => { window.seenRows = window.bench.watchRows() })
    await it.page.evaluate(() => window.bench.burst(1000, 16))
    const rows = await it.page.evaluate(() => ({ rendered: window.seenRows.rendered, changed: window.seenRows.changed.size }))
    return { ms: median(seen.slice(5).map((each) => each.ms)), commits: median(seen.map((each) => each.commits)), ...rows }
  })
}

function typing({ browser, direct, setPace }, contender) {
  setPace(2 * MB)
  return visit(browser, `${direct}/${contender}/`, contender, async (it) => {
    const start = await it.begin(4)
    const text = it.page.locator('textarea')
    await it.drop(Array.from({ length: 4 }, (_, i) => largeFile(20 + i)))
    await text.focus()
    const count = 100
    for (let i = 0; i < count; i++) {
      await it.page.keyboard.press('a')
      await it.page.waitForTimeout(40)
    }
    const { isUploading, keys } = await it.page.evaluate(() => ({ isUploading: window.bench.doneAt === 0, keys: window.bench.keys }))
    if (!isUploading) throw new Error('The uploads were over before the typing was.')
    // Event Timing reports no event that was quicker than 16 ms.
    const all = [...keys, ...Array.from({ length: Math.max(0, count - keys.length) }, () => 8)].toSorted((a, b) => a - b)
    return { ...await it.costs(start), p95: all[Math.floor(all.length * 0.95)], slowest: all.at(-1) }
  }).finally(() => setPace(null))
}

async function scrolling({ browser, direct }, contender) {
  const files = await photos(browser)
  return visit(browser, `${direct}/${contender}/`, contender, async (it) => {
    const start = await it.begin(Infinity)
    await it.drop(files)
    const list = it.page.locator('[data-dfd-part="list"], .uppy-Dashboard-files').first()
    await list.waitFor()
    const { x, y, width, height } = await list.boundingBox()
    await it.page.mouse.move(x + width / 2, y + Math.min(height, 400) / 2)
    for (let i = 0; i < 60; i++) {
      await it.page.mouse.wheel(0, 150)
      await it.page.waitForTimeout(50)
    }
    // Pictures out of sight are not made, so what ends it is the last upload.
    await it.page.waitForFunction((count) => window.bench.uploads === count, files.length, { timeout: BOUND, polling: 200 })
    return it.costs(start)
  })
}
