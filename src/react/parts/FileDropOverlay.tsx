'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import type { DragVerdict } from '../gestures/dragVerdict.js'
import { acceptanceOf } from '../messages/acceptance.js'
import { AttachIcon, RefusedIcon } from './icons.js'
import { usePart, type PartProps } from './part.js'

export interface FileDropOverlayProps extends ComponentPropsWithoutRef<'div'>, PartProps<{ dragging: DragVerdict | null }> {}

/**
 * Shows during a drag what a drop would do. Renders a `div` that is there only meanwhile, catches no events (so it can't
 * flicker) and is hidden from screen readers, which hear it from `FileDrop.Status`.
 */
export const FileDropOverlay = forwardRef<HTMLDivElement, FileDropOverlayProps>(function FileDropOverlay({ render, children, ...props }, ref) {
  const { dragging, messages, formats, rules, dropTarget } = useFileDropContext('Overlay')
  const isRefused = dragging === 'reject'
  const element = usePart(
    'overlay',
    'div',
    {
      'data-dragging': dragging ?? undefined,
      'data-cover': dropTarget === 'page' ? 'page' : 'self',
      'aria-hidden': true,
      ...props,
      children: children ?? (
        <div data-dfd-part="overlay-words">
          {isRefused ? <RefusedIcon /> : <AttachIcon />}
          <strong>{isRefused ? messages.overlay.refuse : messages.overlay.drop}</strong>
          <span>{messages.acceptsShort(acceptanceOf(rules), formats)}</span>
        </div>
      ),
    },
    { dragging },
    render,
    ref,
  )
  return dragging === null ? null : element
})
