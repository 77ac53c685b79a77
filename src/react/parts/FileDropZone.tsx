'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import type { DragVerdict } from '../gestures/dragVerdict.js'
import { FileDropHint } from './FileDropHint.js'
import { FileDropMore } from './FileDropMore.js'
import { FileDropLink } from './FileDropLink.js'
import { FileDropTrigger } from './FileDropTrigger.js'
import { UploadIcon } from './icons.js'
import { usePart, type PartProps } from './part.js'

export interface FileDropZoneProps extends ComponentPropsWithoutRef<'div'>, PartProps<{ dragging: DragVerdict | null }> {}

/** The area to drop files on, with the button for everybody who does not. Renders a `div` with the role `group`. */
export const FileDropZone = forwardRef<HTMLDivElement, FileDropZoneProps>(function FileDropZone({ render, children, ...props }, ref) {
  const drop = useFileDropContext('Zone')
  const { messages, canDrop, canPaste, canBrowse, dragging } = drop
  const content = children ?? (
    <>
      <UploadIcon />
      <div data-dfd-part="zone-title">
        {canBrowse && <><FileDropTrigger /><FileDropMore /></>} <span>{messages.zoneHint({ drop: canDrop, paste: canPaste })}</span>
      </div>
      <FileDropHint />
      <FileDropLink />
    </>
  )
  return usePart('zone', 'div', drop.getZoneProps({ ...props, children: content }), { dragging }, render, ref)
})
