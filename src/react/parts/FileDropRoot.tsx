'use client'
import { forwardRef, useImperativeHandle, useMemo, useState, type ComponentPropsWithoutRef, type Ref } from 'react'
import type { Uploader } from '../../core/uploader.js'
import { FileDropContext } from '../fileDropContext.js'
import { Previews, PreviewsContext } from '../previews.js'
import { useFileDrop, type FileDropOptions, type FileDropState } from '../useFileDrop.js'
import { FormFields } from './FormFields.js'
import { LooksContext, usePart, type Looks, type PartProps } from './part.js'

/** What is said to a whole surface, whichever way it is put together. */
export interface SurfaceProps extends FileDropOptions, Looks {
  /** Puts one hidden input per uploaded file into the form around; its value is the `upload_file_id`. */
  name?: string | undefined
}

/** Props of `FileDrop.Root`: what `DifyFileDrop` takes, but for the layout's own parts, which are its children. */
export interface FileDropRootProps extends SurfaceProps, PartProps<FileDropState>, Omit<ComponentPropsWithoutRef<'div'>, keyof FileDropOptions> {
  /** The engine's verbs, and `open()`. */
  handle?: Ref<FileDropHandle> | undefined
}

/** What a host can do with a surface. */
export interface FileDropHandle
  extends Pick<Uploader, 'add' | 'start' | 'retry' | 'replace' | 'remove' | 'dismiss' | 'clear' | 'move' | 'settled' | 'take' | 'restore' | 'subscribe'> {
  /** Opens the picker; only from within a user's gesture, as browsers demand. */
  open: () => void
  /** The engine itself, with `entries` and `readiness`. */
  readonly uploader: Uploader
}

/** Holds a surface together: its engine, its gestures, its file input. Renders a `div`. */
export const FileDropRoot = forwardRef<HTMLDivElement, FileDropRootProps>(function FileDropRoot(props, ref) {
  const { name, handle, render, children, classNames, slots } = props
  const drop = useFileDrop(props)
  const { uploader, open } = drop
  useImperativeHandle(handle, () => handleOf(uploader, open), [uploader, open])

  const [previews] = useState(() => new Previews())
  const looksNow = useMemo(() => ({ classNames, slots }), [classNames, slots])
  const content = (
    <>
      <input {...drop.getInputProps()} />
      <FormFields name={name} />
      {children}
    </>
  )
  return (
    <FileDropContext.Provider value={drop}>
      <LooksContext.Provider value={looksNow}>
        <PreviewsContext.Provider value={previews}>
          <RootElement drop={drop} render={render} rest={{ ...elementProps(props), children: content }} elementRef={ref} />
        </PreviewsContext.Provider>
      </LooksContext.Provider>
    </FileDropContext.Provider>
  )
})

interface RootElementProps {
  drop: FileDropState
  render: FileDropRootProps['render']
  rest: ComponentPropsWithoutRef<'div'>
  elementRef: Ref<HTMLDivElement>
}

/** Below the providers, so that the looks reach it. */
function RootElement({ drop, render, rest, elementRef }: RootElementProps) {
  return usePart('root', 'div', drop.getRootProps(rest), drop, render, elementRef)
}

function handleOf(uploader: Uploader, open: () => void): FileDropHandle {
  const { add, start, retry, replace, remove, dismiss, clear, move, settled, take, restore, subscribe } = uploader
  return { add, start, retry, replace, remove, dismiss, clear, move, settled, take, restore, subscribe, open, uploader }
}

/** What goes on to the element: all that is not said to the surface. */
function elementProps(props: FileDropRootProps): ComponentPropsWithoutRef<'div'> {
  return Object.fromEntries(Object.entries(props).filter(([name]) => !Object.hasOwn(SURFACE, name)))
}

const SURFACE: Record<keyof SurfaceProps | 'handle' | 'render' | 'children', 1> = {
  proxyUrl: 1, sendFile: 1, uploader: 1, onUploaded: 1, onRejected: 1, onUploadFailed: 1, onEntriesChange: 1, onReadinessChange: 1,
  onUnauthorized: 1, axios: 1, headers: 1, withCredentials: 1, rules: 1, variable: 1, validate: 1, steps: 1, prepare: 1, concurrency: 1,
  autoUpload: 1, strict: 1, stallTimeout: 1, answerTimeout: 1, layout: 1, disabled: 1, readOnly: 1, drop: 1, paste: 1, browse: 1, links: 1,
  directory: 1, maxWalk: 1, capture: 1, dropTarget: 1, required: 1, removeOnBackspace: 1, draft: 1, warnBeforeLeaving: 1, messages: 1, locale: 1,
  classNames: 1, slots: 1, name: 1, handle: 1, render: 1, children: 1,
}
