'use client'
import { forwardRef, useContext, useEffect, useId, useMemo, useRef, useState, type ComponentPropsWithoutRef, type KeyboardEvent, type MouseEvent, type Ref } from 'react'
import { useEntryIds } from '../react/engine/useEntryIds.js'
import { useLatest } from '../react/engine/useLatest.js'
import { useFileDropContext } from '../react/fileDropContext.js'
import { focusInput, lineOf } from '../react/focus.js'
import { mergeProps } from '../react/mergeProps.js'
import { NextIcon, PreviousIcon, RemoveIcon } from '../react/parts/icons.js'
import { usePart, type PartProps } from '../react/parts/part.js'
import { PreviewsContext } from '../react/previews.js'
import { FileView } from './FileView.js'
import { viewOf } from './viewOf.js'

/** Any attribute of a `dialog`. */
export interface FilePreviewProps extends Omit<ComponentPropsWithoutRef<'dialog'>, 'children' | 'open'>, PartProps<{ name: string }> {}

/**
 * Shows files in large: pictures, PDFs, sound, video and text, from their local bytes. Put it anywhere inside a surface;
 * its thumbnails become buttons that open it. The arrow keys go from file to file, Escape closes it.
 *
 * ```tsx
 * import 'dify-file-drop/preview.css' // after styles.css
 *
 * <DifyFileDrop proxyUrl="/api/dify"><FilePreview /></DifyFileDrop>
 * ```
 *
 * Renders a modal `dialog`, and nothing until it is opened. Under a Content-Security-Policy it needs `img-src blob:`,
 * `media-src blob:` and, for PDFs, `frame-src blob:`.
 */
export const FilePreview = forwardRef<HTMLDialogElement, FilePreviewProps>(function FilePreview(props, ref) {
  const { uploader, rootRef, triggerRef } = useFileDropContext('FilePreview')
  const previews = useContext(PreviewsContext)
  const ids = useEntryIds()
  const [shown, setShown] = useState<{ id: string; at: number } | null>(null)
  const showable = ids.filter((id) => {
    const entry = uploader.get(id)
    return entry !== undefined && viewOf(entry) !== null
  })

  useEffect(() => previews.register({
    canShow: (entry) => viewOf(entry) !== null,
    open: (id) => setShown({ id, at: 0 }),
  }), [previews])

  function close(): void {
    if (shown === null) return
    setShown(null)
    const preview = lineOf(shown.id, rootRef.current)?.item.querySelector<HTMLElement>('[data-dfd-part="item-thumbnail"]')
    // The dialog is still there, and would give the focus to what had it before.
    requestAnimationFrame(() => {
      preview?.focus()
      if (rootRef.current?.contains(document.activeElement) === true) return
      focusInput(rootRef.current)
      if (document.activeElement === document.body) triggerRef.current?.focus()
    })
  }

  // What is shown may be sent or removed meanwhile: then the next is, or nothing.
  const at = shown === null ? -1 : showable.indexOf(shown.id)
  const id = at >= 0 ? shown?.id : showable[Math.min(shown?.at ?? 0, showable.length - 1)]
  useEffect(() => {
    if (shown !== null && id === undefined) close()
  })
  if (shown === null || id === undefined) return null
  const place = showable.indexOf(id)
  return (
    <PreviewDialog
      {...props}
      id={id}
      place={place}
      of={showable.length}
      elementRef={ref}
      onLeave={close}
      onStep={(by) => {
        const next = showable[place + by]
        if (next !== undefined) setShown({ id: next, at: place + by })
      }}
    />
  )
})

interface PreviewDialogProps extends Omit<FilePreviewProps, 'id'> {
  id: string
  /** From 0. */
  place: number
  of: number
  elementRef: Ref<HTMLDialogElement>
  onLeave: () => void
  onStep: (by: number) => void
}

function PreviewDialog({ id, place, of, elementRef, onLeave, onStep, render, ...props }: PreviewDialogProps) {
  const { uploader, messages, formats } = useFileDropContext('FilePreview')
  const { previewer } = messages
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const entry = uploader.get(id)
  const latest = useLatest(onLeave)

  useEffect(() => {
    const node = dialog.current
    if (node === null) return
    node.toggleAttribute('data-mirrored', getComputedStyle(node).direction === 'rtl')
    if (!node.open) node.showModal()
    // Not the first button, which leads back.
    node.querySelector<HTMLElement>('[data-dfd-part="preview-close"]')?.focus()
    return () => node.close()
  }, [])

  const own = useMemo(() => ({
    'data-dfd-part': 'preview',
    // Escape, and whatever else closes a dialog.
    onCancel: (event: Event) => {
      if (event.target !== event.currentTarget) return
      event.preventDefault()
      latest.current()
    },
  }), [latest])

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const step = stepOf(event)
    // In a player the arrow keys move along the recording.
    if (step === 0 || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || (event.target as Element).matches('audio, video')) return
    event.preventDefault()
    onStep(step)
  }

  function onClick(event: MouseEvent<HTMLElement>): void {
    if (event.target === dialog.current && isOutside(event, dialog.current)) onLeave()
  }

  const view = entry === undefined ? null : viewOf(entry)
  const file = entry?.file ?? null
  const name = entry?.name ?? ''
  const children = (
    <>
      <header data-dfd-part="preview-header">
        <div data-dfd-part="preview-title" aria-live="polite">
          <h2 id={titleId} dir="auto" title={name}>{name}</h2>
          <p>
            {of > 1 && <span>{previewer.place(place + 1, of, formats)}</span>}
            {entry?.size !== null && entry?.size !== undefined && <span>{formats.bytes(entry.size)}</span>}
          </p>
        </div>
        {of > 1 && (
          <>
            <button type="button" data-dfd-part="preview-previous" aria-label={previewer.previous} aria-disabled={place === 0} onClick={() => onStep(-1)}><PreviousIcon /></button>
            <button type="button" data-dfd-part="preview-next" aria-label={previewer.next} aria-disabled={place === of - 1} onClick={() => onStep(1)}><NextIcon /></button>
          </>
        )}
        <button type="button" data-dfd-part="preview-close" aria-label={previewer.close} onClick={onLeave}><RemoveIcon /></button>
      </header>
      <div data-dfd-part="preview-stage">
        {file !== null && view !== null && <FileView key={id} file={file} name={name} view={view} messages={messages} formats={formats} />}
      </div>
    </>
  )
  const all = mergeProps({ ...own, 'aria-labelledby': titleId, onKeyDown, onClick, children }, props)
  return usePart('preview', 'dialog', { ...all, ref: dialog }, { name }, render, elementRef as Ref<HTMLElement>)
}

function stepOf({ key, currentTarget }: KeyboardEvent<HTMLElement>): number {
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return 0
  const isMirrored = getComputedStyle(currentTarget).direction === 'rtl'
  return (key === 'ArrowRight') === isMirrored ? -1 : 1
}

function isOutside({ clientX, clientY }: MouseEvent, node: Element): boolean {
  const { left, right, top, bottom } = node.getBoundingClientRect()
  return clientX < left || clientX > right || clientY < top || clientY > bottom
}
