// All that a page loads up to its first uploaded file, but React: gzip -9.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { PAGES } from './build.mjs'
import { smallFiles } from './files.mjs'
import { visit } from './visit.mjs'

/** @returns bytes of scripts and of styles. */
export function firstLoad({ browser, direct }, contender) {
  return visit(browser, `${direct}/${contender}/`, contender, async (it) => {
    await it.uploads(smallFiles(1))
    const paths = await it.page.evaluate(() => {
      window.bench.reset(0)
      return window.bench.loaded
    })
    const own = paths.filter((path) => !/\/react-[^/]*\.js$/.test(path))
    const bytes = (end) => own.filter((path) => path.endsWith(end)).reduce((sum, path) => sum + gzipSync(readFileSync(join(PAGES, path)), { level: 9 }).length, 0)
    return { js: bytes('.js'), css: bytes('.css') }
  })
}
