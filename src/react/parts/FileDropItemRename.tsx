'use client'
import { forwardRef, useContext, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { useFileDropContext } from '../fileDropContext.js'
import { canRename, RenamingContext, useItemEntry } from './entryContext.js'
import type { PartProps } from './part.js'
import { useLater } from './useLater.js'

export interface FileDropItemRenameProps extends ComponentPropsWithoutRef<'button'>, PartProps<Entry> {}

/**
 * Turns the name into a text box, where another name is what helps. (F2 on any button of the item does it whenever the file
 * is not sent yet.) Renders a `button`; nothing for other files.
 */
export const FileDropItemRename = forwardRef<HTMLButtonElement, FileDropItemRenameProps>(function FileDropItemRename(props, ref) {
  const { isReadOnly } = useFileDropContext('ItemRename')
  const entry = useItemEntry('ItemRename')
  const { isRenaming } = useContext(RenamingContext)
  const helps = entry.status === 'failed' && HELPS.has(entry.error.code) && canRename(entry)
  const later = useLater(helps)
  return helps && later !== null && !isRenaming && !isReadOnly ? <later.RenameButton {...props} ref={ref} /> : null
})

/** Failures that another name can lift. */
const HELPS: ReadonlySet<string> = new Set(['file_name_invalid', 'content_mismatch', 'filename_not_exists_error', 'invalid_param', 'unsupported_file_type'])
