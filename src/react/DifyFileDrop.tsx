'use client'
import { forwardRef, type ComponentPropsWithoutRef, type ReactNode } from 'react'
import { FileDropHint } from './parts/FileDropHint.js'
import { FileDropLink } from './parts/FileDropLink.js'
import { FileDropList } from './parts/FileDropList.js'
import { FileDropNotice } from './parts/FileDropNotice.js'
import { FileDropMore } from './parts/FileDropMore.js'
import { FileDropOverlay } from './parts/FileDropOverlay.js'
import { FileDropRoot, type FileDropHandle, type SurfaceProps } from './parts/FileDropRoot.js'
import { FileDropStatus } from './parts/FileDropStatus.js'
import { FileDropTrigger } from './parts/FileDropTrigger.js'
import { FileDropZone } from './parts/FileDropZone.js'
import { AttachIcon } from './parts/icons.js'

/** All that the component can be told: the engine's options, the gestures, words and looks, and any attribute of a `div`. */
export interface DifyFileDropProps extends SurfaceProps, Omit<ComponentPropsWithoutRef<'div'>, keyof SurfaceProps | 'children'> {
  /** With `layout="composer"`: the chat's own text box, and whatever belongs beside it. */
  children?: ReactNode
}

/**
 * Attach files to a chat on Dify.
 *
 * ```tsx
 * <DifyFileDrop proxyUrl="/api/dify" onUploaded={(file) => console.log(file.id)} />
 * ```
 *
 * Two layouts: a `zone` with a list, and a `composer` around your own text box. The same out of parts: `FileDrop.*`;
 * without a look: `useFileDrop`. The ref has the engine's verbs and `open()`.
 */
export const DifyFileDrop = forwardRef<FileDropHandle, DifyFileDropProps>(function DifyFileDrop({ children, ...props }, ref) {
  return (
    <FileDropRoot {...props} handle={ref}>
      {props.layout === 'composer' ? (
        <>
          <FileDropList />
          <FileDropNotice />
          <div data-dfd-part="composer">
            {props.browse !== false && (
              <>
                <FileDropTrigger><AttachIcon /></FileDropTrigger>
                <FileDropHint />
                <FileDropMore />
              </>
            )}
            <FileDropLink />
            {children}
          </div>
        </>
      ) : (
        <>
          <FileDropZone />
          <FileDropList />
          <FileDropNotice />
          {children}
        </>
      )}
      <FileDropOverlay />
      <FileDropStatus />
    </FileDropRoot>
  )
})
