import type { DraftNotice } from '../../draft/keepDraft.js'
import type { Wording } from './useWording.js'

/** What could not be done about a draft, in words. */
export function draftSentences(notices: readonly DraftNotice[], { messages: { draft }, formats }: Wording): string[] {
  const notKept = notices.filter((notice) => notice.type === 'not_kept').map(({ name }) => name)
  const expired = notices.reduce((sum, notice) => (notice.type === 'expired' ? sum + notice.count : sum), 0)
  return [
    ...(notices.some(({ type }) => type === 'elsewhere') ? [draft.elsewhere] : []),
    ...(notices.some(({ type }) => type === 'unavailable') ? [draft.unavailable] : []),
    ...(notKept.length > 0 ? [draft.notKept(notKept, notKept.length, formats)] : []),
    ...(expired > 0 ? [draft.expired(expired, formats)] : []),
  ]
}
