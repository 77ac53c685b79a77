'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { useFileDropContext } from '../fileDropContext.js'
import { MovingEntryContext, useItemEntry } from './entryContext.js'
import { usePart, type PartProps } from './part.js'

export interface FileDropItemProgressProps extends ComponentPropsWithoutRef<'div'>, PartProps<Entry> {}

/**
 * A bar, while the file is being sent: `--dfd-progress` is 0 to 1, and without a value (`data-state="indeterminate"`) nobody
 * can tell. Renders a `div` with the role `progressbar`.
 */
export const FileDropItemProgress = forwardRef<HTMLDivElement, FileDropItemProgressProps>(function FileDropItemProgress({ render, ...props }, ref) {
  const drop = useFileDropContext('ItemProgress')
  const entry = useItemEntry('ItemProgress', MovingEntryContext)
  const element = usePart('item-progress', 'div', drop.getProgressProps(entry, props), entry, render, ref)
  return entry.status === 'uploading' ? element : null
})
