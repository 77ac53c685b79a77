import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findBytes } from './findBytes.js'

it('finds what the native search finds', () => {
  const bytes = (maxLength: number, minLength = 0) => fc.uint8Array({ minLength, maxLength, max: 3 })
  fc.assert(
    fc.property(bytes(6, 1), bytes(200), fc.nat(210), (needle, hay, from) => {
      // Past the end, the native search counts from wherever it pleases.
      const native = from >= hay.length ? -1 : Buffer.from(hay).indexOf(needle, from)
      expect(findBytes(needle)(hay, from)).toBe(native)
    }),
    { numRuns: 5000 },
  )
})

it('looks at each byte at most three times, whatever the content was made to be', () => {
  const delimiter = '\r\n--' + 'a'.repeat(70)
  const find = findBytes(new TextEncoder().encode(delimiter))
  const worst = ['a', '\r\n--' + 'a'.repeat(69), delimiter.slice(0, -1) + 'b', '\r', '\r\n--', 'a'.repeat(69) + '\r', delimiter.slice(1)]
  for (const piece of worst) {
    const text = piece.repeat(Math.ceil(20_000 / piece.length))
    const bytes = Buffer.from(text.slice(0, text.lastIndexOf(delimiter) + 1 || undefined))
    let looks = 0
    const counted = new Proxy(bytes, {
      get(target, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1
        return Reflect.get(target, key) as unknown
      },
    })
    expect(find(counted, 0)).toBe(bytes.indexOf(delimiter))
    expect(looks).toBeLessThanOrEqual(bytes.length * 3)
  }
})
