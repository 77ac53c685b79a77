/** Bytes of a text that are shown at most: enough to tell what it is, and quick to lay out. */
export const SHOWN = 200 * 1024

/** The beginning of a text file, or null when it is none. */
export async function readText(file: File): Promise<{ text: string; isCut: boolean } | null> {
  const bytes = new Uint8Array(await file.slice(0, SHOWN).arrayBuffer())
  const encoding = encodingOf(bytes)
  // Bytes of zero are what tells a program from a text, but for UTF-16.
  if (encoding === 'utf-8' && bytes.includes(0)) return null
  const isCut = file.size > SHOWN
  // As a stream: a letter that was cut in two at the end is left out.
  return { text: new TextDecoder(encoding).decode(bytes, { stream: isCut }), isCut }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return 'utf-8'
}
