'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import { usePart, type PartProps } from './part.js'
import { useAnnouncements } from './useAnnouncements.js'

export interface FileDropStatusProps extends ComponentPropsWithoutRef<'div'>, PartProps<object> {}

/**
 * Tells screen readers what happens: files added, all attached, removed, no connection, and at once what failed. Renders a
 * visually hidden `div` with two live regions that are always there. Put it in once.
 */
export const FileDropStatus = forwardRef<HTMLDivElement, FileDropStatusProps>(function FileDropStatus({ render, ...props }, ref) {
  const { polite, assertive } = useAnnouncements(useFileDropContext('Status'))
  const children = (
    <>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- `output` is the result of a form's calculation, and labelable */}
      <div role="status" aria-live="polite" aria-atomic="true">{polite}</div>
      <div role="alert" aria-live="assertive" aria-atomic="true">{assertive}</div>
    </>
  )
  return usePart('status', 'div', { 'data-dfd-hidden': '', children, ...props }, {}, render, ref)
})
