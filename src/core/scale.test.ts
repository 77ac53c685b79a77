import { describe, expect, test, vi } from 'vitest'
import { createWorld, fileOf, type World } from './world.fixture.js'

/** How much more time ten times as many files may take. Linear is 10, and the collector of garbage adds to it; quadratic is 100. */
const FACTOR = 30
/** The same for look-ups and changes in maps and sets, which are counted and not timed. */
const FACTOR_COUNTED = 10.5

describe('what many files cost', () => {
  test('adding ten times as many looks up and changes ten times as much', () => {
    const cost = (many: number): number => {
      const { uploader } = createWorld({ concurrency: 0, rules: { maxFiles: many / 2, kinds: ['document', 'image'] } })
      const files = filesOf(many)
      return counted(() => void uploader.add(files))
    }
    expect(cost(10_000) / cost(1000)).toBeLessThan(FACTOR_COUNTED)
  })

  test('so does clearing them, heard of or not', async () => {
    const cost = async (many: number): Promise<number> => {
      const { uploader, open, settle } = createWorld({ concurrency: many })
      uploader.add(filesOf(many))
      while (open().length < many) await settle()
      for (const request of open()) request.succeed()
      await uploader.settled()
      return counted(() => uploader.clear())
    }
    expect((await cost(5000)) / (await cost(500))).toBeLessThan(FACTOR_COUNTED)
  })

  test('adding ten times as many takes about ten times as long', () => {
    expect(ratio((many) => {
      const { uploader } = createWorld({ concurrency: 0 })
      const files = filesOf(many)
      return timed(() => void uploader.add(files))
    })).toBeLessThan(FACTOR)
  })

  test('so does refusing them', () => {
    expect(ratio((many) => {
      const { uploader } = createWorld({ rules: { kinds: ['image'] } })
      uploader.listen({ onRejected: () => undefined })
      const files = filesOf(many)
      return timed(() => void uploader.add(files))
      // So few that the most of them are refused within one turn of a busy machine.
    }, 300)).toBeLessThan(FACTOR)
  })

  test('so does letting them all in, one by one, where few fit', () => {
    expect(ratio((many) => {
      const { uploader } = createWorld({ rules: { maxFiles: 5 }, concurrency: 0 })
      uploader.add(filesOf(many))
      return timed(() => {
        for (let left = many - 5; left > 0; left--) uploader.remove(uploader.ids[uploader.ids.length - 1]!)
      })
    }, 200)).toBeLessThan(FACTOR)
  })

  test('finishing one tells the listeners of that one, and one listener to all once', async () => {
    const many = 2000
    const { world, told } = await uploadingWorld(many)
    told.clear()
    world.requests[0]!.onProgress(1)
    expect([...told]).toEqual([['f1', 1], ['any', 1]])
    world.requests[0]!.succeed()
    await world.settle()
    // The answer, and the start of the next.
    expect([...told.keys()].toSorted()).toEqual(['any', 'f1', 'f4'])
  })

  test('finishing ten thousand tells each of its own changes only', async () => {
    const many = 10_000
    const { world, told } = await uploadingWorld(many)
    told.clear()
    for (let at = 0; at < many; at++) {
      if (world.requests.length <= at) await world.settle()
      world.requests[at]!.succeed()
    }
    await world.settle()
    expect(world.uploader.tally.uploaded).toBe(many)
    const calls = [...told.values()].reduce((sum, count) => sum + count, 0)
    // To each: it starts, it is done. To who listens to all: as often, at most.
    expect(calls).toBeLessThanOrEqual(4 * many)
    expect(Math.max(...[...told].filter(([id]) => id !== 'any').map(([, count]) => count))).toBeLessThanOrEqual(2)
  }, 60_000)

  test('taking ten thousand uploads out, and putting them back, is one change each', async () => {
    const many = 10_000
    const { uploader } = createWorld({ initial: Array.from({ length: many }, (_, i) => ({ id: `${i}`, name: `${i}.txt` })) })
    let changes = 0
    uploader.subscribe(() => void changes++)
    const files = uploader.take()
    expect(files).toHaveLength(many)
    uploader.restore(files)
    expect(uploader.entries).toHaveLength(many)
    expect(changes).toBe(2)
  })
})

/** An engine that sends many files, three at once, and how often whom it told. */
async function uploadingWorld(many: number): Promise<{ world: World; told: Map<string, number> }> {
  const world = createWorld()
  const told = new Map<string, number>()
  const tell = (id: string) => (): void => void told.set(id, (told.get(id) ?? 0) + 1)
  world.uploader.add(filesOf(many))
  for (const id of world.uploader.ids) world.uploader.subscribeEntry(id, tell(id))
  world.uploader.subscribe(tell('any'))
  await world.settle()
  return { world, told }
}

function filesOf(many: number): File[] {
  return Array.from({ length: many }, (_, i) => fileOf(`${i}.txt`))
}

/** How often `work` touches a map or a set. */
function counted(work: () => void): number {
  const spies = [
    ...(['get', 'set', 'has', 'delete'] as const).map((name) => vi.spyOn(Map.prototype, name)),
    ...(['add', 'has', 'delete'] as const).map((name) => vi.spyOn(Set.prototype, name)),
  ]
  work()
  const touched = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
  for (const spy of spies) spy.mockRestore()
  return touched
}

function timed(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

/**
 * The cost of ten times as much, by the best of several rounds: a shared machine only ever makes things slower. A few are
 * done ten times over, so that both sides of a round take about as long, and what else the machine does costs both the same.
 */
function ratio(costOf: (many: number) => number, few = 1000): number {
  const cheap: number[] = []
  const dear: number[] = []
  costOf(few * 10)
  for (let round = 0; round < 7; round++) {
    cheap.push(Array.from({ length: 10 }, () => costOf(few)).reduce((sum, cost) => sum + cost) / 10)
    dear.push(costOf(few * 10))
  }
  return Math.min(...dear) / Math.min(...cheap)
}
