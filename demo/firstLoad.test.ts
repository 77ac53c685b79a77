import { expect, test } from 'vitest'
import { firstLoad, LAZY } from '../scripts/first-load.mjs'

test('what looks into files and what decodes them is loaded with the first file that needs it, not with the page', async () => {
  const { chunks } = await firstLoad()
  const packages = (isFirst: boolean): string[] => chunks.filter((it) => it.isFirst === isFirst).flatMap((it) => it.packages)
  expect(packages(true)).toEqual(expect.arrayContaining(['react', 'react-dom', 'axios', '@tanstack/react-query']))
  for (const lazy of Object.keys(LAZY)) expect(packages(true)).not.toContain(lazy)
  // They are there, so this is no test of nothing.
  expect(packages(false)).toEqual(expect.arrayContaining(['file-type', 'heic-to']))
}, 60_000)
