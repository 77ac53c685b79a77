import type { UploadFailure } from '../../core/uploadError.js'
import { ERRORS } from '../../dify/errors.js'
import { capital, sizeOr, who } from './englishNouns.js'
import type { Formats } from './formats.js'
import type { FileFacts, Messages } from './messages.js'

/**
 * A sentence for each failure in English: its own where it is one of these, and one that is true of all the others, until `en`
 * takes their place, which comes with the first file that fails, or where it can't be had.
 */
export function errorsAtOnce(): Messages['errors'] {
  const each: Record<string, (error: UploadFailure, file: FileFacts, formats: Formats) => string> = Object.fromEntries([...Object.keys(ERRORS), 'other'].map((code) => [code, plainly]))
  return { ...(each as Messages['errors']), ...ERRORS_AT_ONCE }
}

/** What goes wrong without a network, when nothing more can be loaded, and what a page says before anybody adds a file. */
export const ERRORS_AT_ONCE: Pick<Messages['errors'], 'uploads_disabled' | 'file_unreadable' | 'network'> = {
  uploads_disabled: ({ facts }) => {
    switch (facts.what) {
      case 'files': return `${capital(who(facts.layer))} takes no files.`
      case 'local_files': return `${capital(who(facts.layer))} takes links only, no files from a device.`
      case 'links': return `${capital(who(facts.layer))} takes no links, only files from a device.`
    }
  },
  file_unreadable: ({ facts }) => {
    switch (facts.reason) {
      case 'changed': return 'This file was changed after it was chosen. Choose it again.'
      case 'missing': return 'This file is no longer there: it was moved, renamed or deleted. Choose it again.'
      case 'not_readable': return 'This file can’t be read. It may have been changed after it was chosen, be locked, or not be on this device yet. Choose it again.'
    }
  },
  network: ({ facts }, { size }, formats) => {
    switch (facts.reason) {
      case 'offline': return 'There is no connection. The upload goes on when it is back.'
      case 'stalled': return 'Nothing moved for a while, so the upload was given up. Try again.'
      case 'no_answer': return 'Everything was sent, but no answer came. Try again.'
      case 'lost':
        return facts.mayBeSizeLimit
          ? `The connection was lost. For a file of ${sizeOr(size, formats)} a size limit on the way may be the reason.`
          : 'The connection was lost. Try again.'
    }
  },
}

/** Without a word of why: the rest of the words is not there. */
function plainly({ from, retryable }: UploadFailure): string {
  return from === 'client' ? 'This file can’t be attached here.' : `The upload failed.${retryable ? ' Try again.' : ''}`
}
