import type { Note } from '../core/entry.js'
import type { Step } from '../core/steps.js'
import { failure, type UploadFailure } from '../core/uploadError.js'
import { extensionOf } from '../dify/fileName.js'
import { contentOf, FIRST_BYTES } from './contentOf.js'
import { disagreement } from './disagreement.js'

/** What is done about a file whose first bytes say something else than its name. */
export interface SniffOptions {
  /**
   * `warn`: the file goes on at once, and a note `content-differs` comes later where there is something to tell.
   * `refuse`: the file waits for the look, and is refused as `content_mismatch`.
   *
   * @default 'warn'
   */
  mode?: 'warn' | 'refuse' | undefined
}

/**
 * A step that compares a file's first bytes with its extension: a PDF called `.png`, a program called `.jpg`, an HTML
 * page saved as `.pdf`, a file of zeros.
 *
 * It says nothing where there is nothing to compare: plain text has no signature, and an extension that nobody knows
 * claims nothing. A file that cannot be read is left for the upload to report.
 *
 * @example
 * createUploader({ send, steps: [sniff()] })
 */
export function sniff({ mode = 'warn' }: SniffOptions = {}): Step {
  const look = async (file: File, { signal }: { signal: AbortSignal }): Promise<Note | UploadFailure | undefined> => {
    const head = await firstBytesOf(file)
    if (head === null || head.length === 0 || signal.aborted) return undefined
    const claimed = extensionOf(file.name)
    const content = await contentOf(head)
    const found = disagreement(claimed, content, file.size)
    if (found === null) return undefined
    return mode === 'refuse'
      ? failure('content_mismatch', { extension: claimed, found: found.extension, mime: found.mime })
      : { type: 'content-differs', extension: found.extension, mime: found.mime }
  }
  return Object.assign(look, { beside: mode === 'warn' })
}

async function firstBytesOf(file: File): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await file.slice(0, FIRST_BYTES).arrayBuffer())
  } catch {
    return null
  }
}
