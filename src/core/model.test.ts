import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HostKind } from './host.fixture.js'
import type { ModelSetup } from './model.fixture.js'
import { OFFERS, OUTCOMES, play, RULES, type Action } from './schedule.fixture.js'

/** How many schedules to try: `MODEL_RUNS=20000 npx vitest run --project unit src/core/model.test.ts`. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 300)
const SEED = process.env['MODEL_SEED'] === undefined ? {} : { seed: Number(process.env['MODEL_SEED']) }

const n = fc.nat({ max: 12 })
const outcome = fc.constantFrom(...OUTCOMES)
const hosts: readonly HostKind[] = ['listens', 'listens', 'listens', 'listens', 'removes', 'takes', 'clears', 'adds', 'throws', 'restores']

const setups: fc.Arbitrary<ModelSetup> = fc.record({
  concurrency: fc.integer({ min: 0, max: 4 }),
  autoUpload: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  steps: fc.oneof(fc.constant([]), fc.array(fc.constantFrom('at once', 'later', 'later', 'refuses', 'converts', 'watches'), { maxLength: 3 })),
  rules: fc.constantFrom(...RULES),
  isLoading: fc.boolean(),
  host: fc.constantFrom(...hosts),
  isDeaf: fc.boolean(),
})

const actions: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('add'), what: fc.array(fc.constantFrom(...OFFERS), { minLength: 1, maxLength: 6 }) }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('answer'), n, outcome }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('late answer'), n, outcome }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('progress'), n, part: fc.constantFrom(0, 0.5, 1) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('step'), n, outcome: fc.constantFrom('pass', 'pass', 'refuse', 'refuse for now', 'convert', 'note', 'throw') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('opened'), n, outcome: fc.constantFrom('file', 'empty', 'fail') }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('remove', 'retry', 'start', 'vanish'), n }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('replace'), n, by: fc.constantFrom('file', 'big', 'name', 'empty') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move'), n, to: n }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restore'), how: fc.constantFrom('the latest', 'all', 'copies') }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('rules'), n }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('listen', 'unlisten') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('concurrency'), n: fc.integer({ min: 0, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('autoUpload'), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('parameters'), as: fc.constantFrom('app', 'none') }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.constantFrom(0, 1, 500, 1500, 5000, 20_000, 60_000) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'clear' }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constantFrom('retry all', 'start all', 'take', 'take', 'dismiss', 'pause', 'pause', 'resume', 'resume', 'resume', 'offline', 'online') }) },
)

describe('whatever happens in whatever order', () => {
  test(`nothing is lost, doubled or sent in vain, and all comes to rest (${RUNS} schedules)`, async () => {
    const schedules = fc.asyncProperty(setups, fc.array(actions, { maxLength: 40, size: 'max' }), play)
    await expect(fc.assert(schedules, { numRuns: RUNS, ...SEED })).resolves.toBeUndefined()
  }, Math.max(60_000, RUNS * 100))
})

