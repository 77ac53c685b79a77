'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import type { DraftNotice } from '../../draft/keepDraft.js'
import { useFileDropContext } from '../fileDropContext.js'
import { usePart, type PartProps } from './part.js'
import { useLater } from './useLater.js'

export interface FileDropNoticeProps extends ComponentPropsWithoutRef<'div'>, PartProps<readonly DraftNotice[]> {}

/**
 * Says what could not be done about a draft: another tab keeps it, this browser keeps nothing, a file is too large to keep.
 * Renders a `div` that screen readers listen to, empty while all is well; nothing where no draft is kept.
 */
export const FileDropNotice = forwardRef<HTMLDivElement, FileDropNoticeProps>(function FileDropNotice({ render, ...props }, ref) {
  const drop = useFileDropContext('Notice')
  const notices = drop.draftNotices
  const later = useLater(notices !== null)
  const children = later?.draftSentences(notices ?? [], drop).map((sentence) => <p key={sentence}>{sentence}</p>)
  const element = usePart('notice', 'div', { role: 'status', children, ...props }, notices ?? [], render, ref)
  return notices === null ? null : element
})
