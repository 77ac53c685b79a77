/** What a file's first bytes are. */
export type Content =
  /** A signature that is known. `extension` without dot, in `file-type`'s words: `jpg`, `mp4`, `zip`, `exe`. */
  | { type: 'known'; extension: string; mime: string; isText: boolean }
  /** No signature, and it reads as text. */
  | { type: 'text' }
  /** Nothing but zero bytes. */
  | { type: 'zeros' }
  | { type: 'unknown' }

/** How much is looked at, in bytes. Most signatures are within 4 KiB; Office files name themselves a little later. */
export const FIRST_BYTES = 64 * 1024

/** @param head the first {@link FIRST_BYTES} of a file, or all of it. Not empty. */
export async function contentOf(head: Uint8Array<ArrayBuffer>): Promise<Content> {
  if (head.every((byte) => byte === 0)) return { type: 'zeros' }
  const isText = readsAsText(head)
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  if (found !== undefined && found.ext !== 'xml') return { type: 'known', extension: lastOf(found.ext), mime: bare(found.mime), isText }
  const markup = isText ? markupOf(head) : null
  if (markup !== null) return { type: 'known', ...markup, isText }
  if (found !== undefined) return { type: 'known', extension: 'xml', mime: 'text/xml', isText: true }
  return isText ? { type: 'text' } : { type: 'unknown' }
}

/** Valid UTF-8 (or UTF-16 with its mark) without the control characters that no text has. */
function readsAsText(head: Uint8Array<ArrayBuffer>): boolean {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (isUtf16) return true
  try {
    // The last bytes may be the first half of a character, which `stream` forgives.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return !NOT_TEXT.test(text)
  } catch {
    return false
  }
}

// oxlint-disable-next-line no-control-regex -- naming the control characters is the purpose of this expression
const NOT_TEXT = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/

/** `file-type` leaves markup out. An error page saved as a PDF is worth knowing. */
function markupOf(head: Uint8Array<ArrayBuffer>): { extension: string; mime: string } | null {
  const start = new TextDecoder().decode(head.subarray(0, 1024)).replace(/^\s*(<\?xml[^>]*>|<!--[\s\S]*?-->|\s)*/i, '')
  if (/^<!doctype html|^<html[\s>]/i.test(start)) return { extension: 'html', mime: 'text/html' }
  if (/^(<!doctype svg[^>]*>\s*)?<svg[\s>]/i.test(start)) return { extension: 'svg', mime: 'image/svg+xml' }
  return null
}

/** `tar.gz` is `gz` to a name whose last extension counts. */
function lastOf(extension: string): string {
  return extension.slice(extension.lastIndexOf('.') + 1).toLowerCase()
}

function bare(mime: string): string {
  return mime.split(';', 1)[0]!.trim()
}
