'use client'
import { forwardRef, memo, useContext, useMemo, useState, type ComponentPropsWithoutRef, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import type { Entry } from '../../core/entry.js'
import { useEntry } from '../engine/useEntry.js'
import { useFileDropContext } from '../fileDropContext.js'
import { mergeProps } from '../mergeProps.js'
import { canRename, EntryContext, MovingEntryContext, PlaceContext, RenamingContext, useItemEntry } from './entryContext.js'
import { FileDropItemChoose } from './FileDropItemChoose.js'
import { FileDropItemError } from './FileDropItemError.js'
import { FileDropItemFixes } from './FileDropItemFixes.js'
import { FileDropItemName } from './FileDropItemName.js'
import { FileDropItemMove } from './FileDropItemMove.js'
import { FileDropItemNotes } from './FileDropItemNotes.js'
import { FileDropItemProgress } from './FileDropItemProgress.js'
import { FileDropItemRemove } from './FileDropItemRemove.js'
import { FileDropItemRename } from './FileDropItemRename.js'
import { FileDropItemRetry } from './FileDropItemRetry.js'
import { FileDropItemSize } from './FileDropItemSize.js'
import { FileDropItemSpeed } from './FileDropItemSpeed.js'
import { FileDropItemState } from './FileDropItemState.js'
import { FileDropItemThumbnail } from './FileDropItemThumbnail.js'
import { LooksContext, usePart, type PartProps } from './part.js'
import { useFocusInRow } from './useFocusKept.js'
import { withLater } from './useLater.js'

export interface FileDropItemProps extends Omit<ComponentPropsWithoutRef<'li'>, 'id' | 'children'>, PartProps<Entry> {
  /** The entry's id, as `useEntryIds` and the list give it. */
  id: string
  /** What is in it. @default thumbnail, name, size, state, progress, error, retry, remove */
  children?: ReactNode
}

/** One file. Renders an `li`, and nothing once the file is gone; renders again only when this file changed. */
export const FileDropItem = memo(
  forwardRef<HTMLLIElement, FileDropItemProps>(function FileDropItem({ id, ...props }, ref) {
    const entry = useEntry(id)
    return entry === undefined ? null : <Present {...props} entry={entry} elementRef={ref} />
  }),
)

function Present({ entry, elementRef, render, children, ...props }: Omit<FileDropItemProps, 'id'> & { entry: Entry; elementRef: Ref<HTMLLIElement> }) {
  const drop = useFileDropContext('Item')
  const place = useContext(PlaceContext)
  const [isRenaming, setRenaming] = useState(false)
  const renaming = useMemo(() => ({ isRenaming, setRenaming: (isWanted: boolean) => (isWanted ? onceThereIsABox(() => setRenaming(true)) : setRenaming(false)) }), [isRenaming])
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'F2' || drop.isReadOnly || !canRename(entry)) return
    event.preventDefault()
    renaming.setRenaming(true)
  }
  const focusKept = useFocusInRow(entry.id)
  const still = useStill(entry)
  const { slots } = useContext(LooksContext)
  const content = children ?? DEFAULT
  // What the host puts in may show anything of the entry.
  const seen = children === undefined && slots === undefined ? still : entry
  const element = usePart('item', 'li', drop.getItemProps(entry, mergeProps({ ...place, ...focusKept, onKeyDown, children: content }, props)), entry, render, elementRef)
  return (
    <EntryContext.Provider value={seen}>
      <MovingEntryContext.Provider value={entry}>
        <RenamingContext.Provider value={renaming}>{element}</RenamingContext.Provider>
      </MovingEntryContext.Provider>
    </EntryContext.Provider>
  )
}

/** Where the box can't be had all stays as it is, and who has gone elsewhere meanwhile is left alone. */
function onceThereIsABox(begin: () => void): void {
  const focused = document.activeElement
  withLater(() => {
    if (document.activeElement === focused) begin()
  })
}

/** The entry as it was when something else of it changed than the bytes that have gone: most parts show the same for all of them. */
function useStill(entry: Entry): Entry {
  const [still, setStill] = useState(entry)
  const isSame = still === entry || (still.status === 'uploading' && entry.status === 'uploading' && UNSENT.every((fact) => still[fact] === entry[fact]))
  if (!isSame) setStill(entry)
  return isSame ? still : entry
}

/** Of an upload, all that its bytes leave as it is. */
const UNSENT = ['id', 'file', 'name', 'notes', 'attempt', 'stalled'] as const

function DefaultContent() {
  // A chip that failed shows its error instead of all the rest.
  const isFailed = useItemEntry('Item').status === 'failed'
  return (
    <>
      <FileDropItemMove />
      <FileDropItemThumbnail />
      <div data-dfd-part="item-body">
        <FileDropItemName />
        <div data-dfd-part="item-meta">
          <FileDropItemSize />
          <FileDropItemState />
          <FileDropItemSpeed />
          <FileDropItemNotes />
          {!isFailed && <FileDropItemFixes />}
        </div>
        <FileDropItemError />
        {isFailed && <FileDropItemFixes />}
        <FileDropItemProgress />
      </div>
      <FileDropItemRename />
      <FileDropItemRetry />
      <FileDropItemChoose />
      <FileDropItemRemove />
    </>
  )
}

/** The same element each time, so that React passes it over. */
const DEFAULT = <DefaultContent />
