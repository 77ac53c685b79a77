'use client'
import { forwardRef, useContext } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import { RenamingContext, useItemEntry } from './entryContext.js'
import type { FileDropItemRenameProps } from './FileDropItemRename.js'
import { Icon } from './icons.js'
import { usePart } from './part.js'

/** The button itself. It comes together with the box that it opens. */
export const RenameButton = forwardRef<HTMLButtonElement, FileDropItemRenameProps>(function RenameButton({ render, ...props }, ref) {
  const { messages } = useFileDropContext('ItemRename')
  const entry = useItemEntry('ItemRename')
  const { setRenaming } = useContext(RenamingContext)
  const own = {
    type: 'button',
    'aria-label': messages.rename(entry.name),
    onClick: () => setRenaming(true),
    children: <><RenameIcon /><span>{messages.renameShort}</span></>,
    ...props,
  }
  return usePart('item-rename', 'button', own, entry, render, ref)
})

const RenameIcon = () => <Icon name="rename"><path d="m4.5 19.5.9-4.1L15.6 5.2a2.2 2.2 0 0 1 3.2 3.2L8.6 18.6l-4.1.9Zm9.6-12.8 3.2 3.2" /></Icon>
