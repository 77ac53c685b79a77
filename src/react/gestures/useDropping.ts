'use client'
import { useCallback, useEffect, useState, type DragEvent as ReactDragEvent, type RefObject } from 'react'
import { useDropzone, type DropEvent } from 'react-dropzone'
import type { Uploader } from '../../core/uploader.js'
import { useLatest } from '../engine/useLatest.js'
import { setRef } from '../mergeProps.js'
import { prepareLater } from '../parts/useLater.js'
import { addDropped } from './addDropped.js'
import { carriesFiles } from './carriesFiles.js'
import { guardDocument } from './documentGuard.js'
import { dragVerdict, type DragVerdict } from './dragVerdict.js'
import { claimPage, ownsPage } from './pageTargets.js'
import { takeFiles } from './takeFiles.js'

/** Where files may be dropped: on the surface itself, anywhere on the page, or on another element. */
export type DropTarget = 'self' | 'page' | HTMLElement | RefObject<HTMLElement | null>

export interface DroppingOptions {
  /** False: drops are not taken (and the browser still does not open them). */
  isOn: boolean
  target: DropTarget
  directory: boolean
  maxWalk: number
}

export interface Dropping {
  /** What the drag over the target is worth, or null while there is none. */
  dragging: DragVerdict | null
  /** For the root, while it is the target itself. */
  handlers: Partial<Record<DragHandlerName, (event: ReactDragEvent<HTMLElement>) => void>>
}

/**
 * Drops, by react-dropzone: its drag state and its root handlers, nothing else. Its reading of files fails a whole drop for
 * one unreadable child and loses a drop that comes while another is read, so files are taken by us, in the very event.
 */
export function useDropping(uploader: Uploader, root: RefObject<HTMLElement | null>, options: DroppingOptions): Dropping {
  const { isOn, target } = options
  const latest = useLatest(options)
  const [verdict, setVerdict] = useState<DragVerdict>('unknown')

  const getFilesFromEvent = useCallback(
    // Returns nothing to react-dropzone on a drop: added here, in the same tick, files can't be lost to the next drop.
    async (event: DropEvent | readonly FileSystemFileHandle[]): Promise<(File | DataTransferItem)[]> => {
      if (!('dataTransfer' in event) || event.dataTransfer === null) return []
      if (event.type === 'drop') {
        addDropped(uploader, takeFiles(event.dataTransfer), latest.current)
        return []
      }
      const items = Array.from(event.dataTransfer.items)
      // A folder, perhaps: who walks it is there before it falls.
      if (items.some((item) => item.type === '')) prepareLater()
      setVerdict(dragVerdict(event.dataTransfer, uploader.rules))
      return items
    },
    [uploader, latest],
  )
  const { getRootProps, isDragActive, rootRef } = useDropzone({
    noClick: true, noKeyboard: true, noPaste: true, preventDropOnDocument: false, getFilesFromEvent,
  })

  useEffect(guardDocument, [])

  const [owner] = useState(() => ({}))
  const isPage = target === 'page'
  useEffect(() => (isPage && isOn ? claimPage(owner) : undefined), [isPage, isOn, owner])

  const dropzoneProps = getRootProps()
  const handlersNow = useLatest(dropzoneProps)
  useEffect(() => {
    const node = target === 'self' ? root.current : target === 'page' ? document.documentElement : 'current' in target ? target.current : target
    setRef(rootRef, node)
    if (target === 'self' || node === null) return
    const listeners = EVENTS.map(([type, name]) => {
      const listener = (event: DragEvent): void => {
        // A surface inside the target has had it already, or somebody else.
        if (event.defaultPrevented || !carriesFiles(event.dataTransfer) || !isTaken(type, latest.current.isOn, root.current)) return
        if (target === 'page' && type !== 'dragleave' && !ownsPage(owner, root.current)) return
        ;(handlersNow.current[name] as ((event: DragEvent) => void) | undefined)?.(event)
      }
      node.addEventListener(type, listener)
      return () => node.removeEventListener(type, listener)
    })
    return () => {
      for (const stop of listeners) stop()
    }
  }, [target, root, rootRef, handlersNow, owner, latest])

  const isActive = useLatest(isDragActive)
  useEffect(() => {
    // A drag that ended in somebody else's hands: react-dropzone would go on counting the elements it entered.
    const end = (): void => {
      if (isActive.current) (handlersNow.current.onDrop as ((event: object) => void) | undefined)?.(NO_DROP)
    }
    // On the way down, for those hands may keep it from coming up again; and once everybody has had it.
    const afterwards = (): void => void setTimeout(end)
    window.addEventListener('drop', afterwards, true)
    window.addEventListener('dragend', afterwards, true)
    return () => {
      window.removeEventListener('drop', afterwards, true)
      window.removeEventListener('dragend', afterwards, true)
    }
  }, [isActive, handlersNow])

  const handlers: Dropping['handlers'] = {}
  if (target === 'self') {
    for (const [, name] of EVENTS) {
      const handle = dropzoneProps[name] as ((event: ReactDragEvent<HTMLElement>) => void) | null
      if (handle === null) continue
      handlers[name] = (event) => {
        if (!event.isDefaultPrevented() && carriesFiles(event.dataTransfer) && isTaken(event.type, latest.current.isOn, root.current)) handle(event)
      }
    }
  }
  return { dragging: isOn && isDragActive ? verdict : null, handlers }
}

type DragHandlerName = 'onDragEnter' | 'onDragOver' | 'onDragLeave' | 'onDrop'

/** Switched off amid a drag, it still has to hear that the drag leaves, or it would go on counting. */
function isTaken(type: string, isOn: boolean, root: HTMLElement | null): boolean {
  return type === 'dragleave' || (isOn && root?.closest('fieldset:disabled') === null)
}

/** Resets react-dropzone's drag state and brings nothing. */
const NO_DROP = { type: 'drop', dataTransfer: null, target: null, preventDefault: () => undefined, stopPropagation: () => undefined }

const EVENTS = [
  ['dragenter', 'onDragEnter'],
  ['dragover', 'onDragOver'],
  ['dragleave', 'onDragLeave'],
  ['drop', 'onDrop'],
] as const
