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
  const { options, looks, name, handle, render, children, ...rest } = split(props)
  const drop = useFileDrop(options)
  const { uploader, open } = drop
  useImperativeHandle(handle, () => handleOf(uploader, open), [uploader, open])

  const [previews] = useState(() => new Previews())
  const { classNames, slots } = looks
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
          <RootElement drop={drop} render={render} rest={{ ...rest, children: content }} elementRef={ref} />
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

/** Tells options from what goes on to the element. */
function split(props: FileDropRootProps) {
  const {
    proxyUrl, sendFile, uploader, onUploaded, onRejected, onUploadFailed, onEntriesChange, onReadinessChange, onUnauthorized, axios, headers, withCredentials,
    rules, variable, validate, steps, prepare, concurrency, autoUpload, strict, stallTimeout, answerTimeout, layout, disabled, readOnly, drop, paste, browse,
    links, directory, maxWalk, capture, dropTarget, required, removeOnBackspace, draft, warnBeforeLeaving, messages, locale, classNames, slots, ...rest
  } = props
  const options: FileDropOptions = {
    proxyUrl, sendFile, uploader, onUploaded, onRejected, onUploadFailed, onEntriesChange, onReadinessChange, onUnauthorized, axios, headers, withCredentials,
    rules, variable, validate, steps, prepare, concurrency, autoUpload, strict, stallTimeout, answerTimeout, layout, disabled, readOnly, drop, paste, browse,
    links, directory, maxWalk, capture, dropTarget, required, removeOnBackspace, draft, warnBeforeLeaving, messages, locale,
  }
  return { options, looks: { classNames, slots } satisfies Looks, ...rest }
}
