'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import type { DraftNotice } from '../../draft/keepDraft.js'
import { useFileDropContext } from '../fileDropContext.js'
import type { Wording } from '../messages/useWording.js'
import { usePart, type PartProps } from './part.js'

export interface FileDropNoticeProps extends ComponentPropsWithoutRef<'div'>, PartProps<readonly DraftNotice[]> {}

/**
 * Says what could not be done about a draft: another tab keeps it, this browser keeps nothing, a file is too large to keep.
 * Renders a `div` that screen readers listen to, empty while all is well; nothing where no draft is kept.
 */
export const FileDropNotice = forwardRef<HTMLDivElement, FileDropNoticeProps>(function FileDropNotice({ render, ...props }, ref) {
  const drop = useFileDropContext('Notice')
  const notices = drop.draftNotices
  const children = sentences(notices ?? [], drop).map((sentence) => <p key={sentence}>{sentence}</p>)
  const element = usePart('notice', 'div', { 'data-dfd-part': 'notice', role: 'status', children, ...props }, notices ?? [], render, ref)
  return notices === null ? null : element
})

function sentences(notices: readonly DraftNotice[], { messages: { draft }, formats }: Wording): string[] {
  const notKept = notices.filter((notice) => notice.type === 'not_kept').map(({ name }) => name)
  const expired = notices.reduce((sum, notice) => (notice.type === 'expired' ? sum + notice.count : sum), 0)
  return [
    ...(notices.some(({ type }) => type === 'elsewhere') ? [draft.elsewhere] : []),
    ...(notices.some(({ type }) => type === 'unavailable') ? [draft.unavailable] : []),
    ...(notKept.length > 0 ? [draft.notKept(notKept, notKept.length, formats)] : []),
    ...(expired > 0 ? [draft.expired(expired, formats)] : []),
  ]
}
