/**
 * Makes a search for one needle: `find(hay, from)` is the index of its first occurrence at or after `from`, or -1.
 * Node's, Bun's and Deno's native search where there is one, else Horspool's, which looks at one byte in |needle|.
 */
export function findBytes(needle: Uint8Array): (hay: Uint8Array, from: number) => number {
  const { Buffer } = globalThis as { Buffer?: NativeBuffer }
  return typeof Buffer?.from === 'function' ? native(Buffer, needle) : horspool(needle)
}

/** The two methods of Node's `Buffer` that are used here: this file must compile and run where there is none. */
interface NativeBuffer {
  from(bytes: ArrayBufferLike, offset: number, length: number): { indexOf(needle: Uint8Array, from: number): number }
}

function native(Buffer: NativeBuffer, needle: Uint8Array) {
  return (hay: Uint8Array, from: number) => Buffer.from(hay.buffer, hay.byteOffset, hay.byteLength).indexOf(needle, from)
}

/** The portable search, exported for its test. */
export function horspool(needle: Uint8Array): (hay: Uint8Array, from: number) => number {
  const last = needle.length - 1
  const skip = new Uint8Array(256).fill(needle.length)
  for (let i = 0; i < last; i++) skip[needle[i]!] = last - i
  return (hay, from) => {
    for (let end = from + last; end < hay.length; end += skip[hay[end]!]!) {
      let i = last
      while (i >= 0 && hay[end - last + i] === needle[i]) i--
      if (i < 0) return end - last
    }
    return -1
  }
}
