/** Runs in each page before anything of its own: what the bench is told by the page, and what it sees by itself. */
export function instrument() {
  const bench = {
    expected: 0, uploads: 0, droppedAt: 0, doneAt: 0, commits: 0, committedAt: 0, longTasks: [], keys: [], walked: {}, loaded: [],
    /** The page was told of one more uploaded file. */
    uploaded() {
      if (++bench.uploads === bench.expected) bench.finish()
    },
    /** Called at the start of a measurement. */
    reset(expected) {
      Object.assign(bench, { expected, uploads: 0, droppedAt: 0, doneAt: 0, commits: 0, keys: [], walked: {} })
      bench.longTasks.length = 0
      bench.loaded.push(...scripts())
      performance.clearResourceTimings()
      bench.done = new Promise((resolve) => {
        bench.finish = () => {
          bench.doneAt ||= performance.now()
          resolve()
        }
      })
    },
    /** Tasks over 50 ms since the drop, the drop's own included. ms */
    tasks() {
      return bench.longTasks.filter((it) => it.startTime + it.duration >= bench.droppedAt).map((it) => Math.round(it.duration))
    },
  }
  const scripts = () => performance.getEntriesByType('resource').map((it) => new URL(it.name).pathname).filter((path) => /\.(?:js|css)$/.test(path))
  window.bench = bench
  bench.reset(0)
  performance.setResourceTimingBufferSize(20_000)
  window.addEventListener('drop', () => { bench.droppedAt ||= performance.now() }, { capture: true })
  new PerformanceObserver((list) => bench.longTasks.push(...list.getEntries())).observe({ type: 'longtask' })
  new PerformanceObserver((list) => bench.keys.push(...list.getEntries().filter((it) => it.name === 'keydown').map((it) => it.duration)))
    .observe({ type: 'event', durationThreshold: 16 })
  // React reports commits here in production builds too; its Profiler does not.
  window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true,
    renderers: new Map(),
    inject: () => 1,
    checkDCE() {},
    onCommitFiberRoot(_id, root) {
      bench.commits++
      bench.committedAt = performance.now()
      bench.onCommit?.(root)
    },
    onPostCommitFiberRoot() {},
    onCommitFiberUnmount() {},
  }

  /** What follows is of single scenarios. */

  /** Watches a widget list a dropped folder of `count` files: first rows, all names, all sizes. */
  bench.watchFolder = (count) => {
    const { walked, uploader } = bench
    const total = () => Object.values(uploader.tally).reduce((sum, it) => sum + it, 0) - uploader.tally.offline
    const stop = uploader.subscribe(() => {
      const { preparing } = uploader.tally
      const all = total()
      if (all >= count) walked.namesAt ||= performance.now()
      if (all >= count && preparing === 0) {
        walked.sizesAt ||= performance.now()
        stop()
        bench.finish()
      }
    })
    const rows = new MutationObserver(() => {
      if (document.querySelector('[data-dfd-part="item"]') === null) return
      rows.disconnect()
      // The frame that shows them.
      requestAnimationFrame(() => setTimeout(() => { walked.rowsAt = performance.now() }))
    })
    rows.observe(document.body, { childList: true, subtree: true })
  }

  /** Counts the rows of the widget that render, and those whose document changes, commit by commit. */
  bench.watchRows = () => {
    const seen = { rendered: 0, changed: new Set() }
    bench.onCommit = (root) => { seen.rendered += renderedRows(root.current.child) }
    const changes = new MutationObserver((list) => {
      for (const { target } of list) {
        const row = (target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)?.closest('[data-dfd-part="item"]')
        if (row) seen.changed.add(row)
      }
    })
    changes.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    return seen
  }

  /** Rows whose component ran in this commit: a fibre that is not its alternate's twin did, where it says so itself. */
  function renderedRows(fiber) {
    let count = 0
    for (; fiber !== null; fiber = fiber.sibling) {
      const before = fiber.alternate
      if (before !== null && before.child === fiber.child && before.memoizedProps === fiber.memoizedProps && before.memoizedState === fiber.memoizedState) continue
      if (fiber.type === 'li' && fiber.memoizedProps['data-dfd-part'] === 'item') {
        if (before === null || before.memoizedProps !== fiber.memoizedProps) count++
      } else count += renderedRows(fiber.child)
    }
    return count
  }
}
