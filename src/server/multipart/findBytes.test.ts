import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { findBytes, horspool } from './findBytes.js'

it('the portable search finds what the native one finds', () => {
  const bytes = (maxLength: number, minLength = 0) => fc.uint8Array({ minLength, maxLength, max: 3 })
  fc.assert(
    fc.property(bytes(6, 1), bytes(200), fc.nat(210), (needle, hay, from) => {
      expect(horspool(needle)(hay, from)).toBe(findBytes(needle)(hay, from))
    }),
    { numRuns: 2000 },
  )
})

it('where there is no Buffer the portable search is used', () => {
  vi.stubGlobal('Buffer', undefined)
  expect(findBytes(Uint8Array.of(1, 2))(Uint8Array.of(1, 1, 2), 0)).toBe(1)
  vi.unstubAllGlobals()
})
