'use client'
import { forwardRef, useContext, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { useFileDropContext } from '../fileDropContext.js'
import { mergeProps } from '../mergeProps.js'
import { PlaceContext, useItemEntry } from './entryContext.js'
import { GripIcon } from './icons.js'
import { useMenu } from './Menu.js'
import { usePart, type PartProps } from './part.js'
import { useMoving } from './useMoving.js'

export interface FileDropItemMoveProps extends ComponentPropsWithoutRef<'button'>, PartProps<Entry> {}

/**
 * The handle by which a file is dragged to another place in the list, and so in the message. A press without a drag opens a
 * menu that does the same. Renders a `button`, not in the tab order, for on the keyboard Alt and an arrow key on any button
 * of the item do it; nothing for a file that is alone, or read-only.
 */
export const FileDropItemMove = forwardRef<HTMLButtonElement, FileDropItemMoveProps>(function FileDropItemMove({ render, ...props }, ref) {
  const { messages, isReadOnly, uploader, moveEntry } = useFileDropContext('ItemMove')
  const entry = useItemEntry('ItemMove')
  const { id, name } = entry
  // Renders anew when its place changed.
  const place = useContext(PlaceContext)
  const at = (place['aria-posinset'] ?? uploader.ids.indexOf(id) + 1) - 1
  const last = (place['aria-setsize'] ?? uploader.ids.length) - 1
  const isPossible = last > 0 && !isReadOnly
  const { start, wasDragged } = useMoving(id, isPossible)
  const { moveTo } = messages
  const { buttonProps, menu } = useMenu(messages.move(name), () => [
    { key: 'start', label: moveTo.start, isDisabled: at === 0, choose: () => moveEntry(id, -at) },
    { key: 'earlier', label: moveTo.earlier, isDisabled: at === 0, choose: () => moveEntry(id, -1) },
    { key: 'later', label: moveTo.later, isDisabled: at === last, choose: () => moveEntry(id, 1) },
    { key: 'end', label: moveTo.end, isDisabled: at === last, choose: () => moveEntry(id, last - at) },
  ])
  const own = mergeProps(buttonProps, {
    tabIndex: -1,
    'aria-label': messages.move(name),
    onPointerDown: start,
    onClick: (event: React.MouseEvent) => {
      // The click that ends a drag.
      if (wasDragged()) event.preventDefault()
    },
    children: <GripIcon />,
  })
  const element = usePart('item-move', 'button', mergeProps(own, props), entry, render, ref)
  return isPossible ? <>{element}{menu}</> : null
})
