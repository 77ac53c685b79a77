'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { useFileDropContext } from '../fileDropContext.js'
import { useItemEntry } from './entryContext.js'
import type { PartProps } from './part.js'
import { useLater } from './useLater.js'

export interface FileDropItemChooseProps extends ComponentPropsWithoutRef<'button'>, PartProps<Entry> {}

/**
 * Picks a file anew that cannot be read any more: it changed on disk, is gone, or a reload took its bytes. Renders a `button`;
 * nothing for a file that can be read.
 */
export const FileDropItemChoose = forwardRef<HTMLButtonElement, FileDropItemChooseProps>(function FileDropItemChoose(props, ref) {
  const { isReadOnly } = useFileDropContext('ItemChoose')
  const entry = useItemEntry('ItemChoose')
  const isWanted = entry.status === 'failed' && entry.error.code === 'file_unreadable' && !isReadOnly
  const later = useLater(isWanted)
  return isWanted && later !== null ? <later.ChooseButton {...props} ref={ref} /> : null
})
