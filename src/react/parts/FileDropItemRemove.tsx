'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { useFileDropContext } from '../fileDropContext.js'
import { useItemEntry } from './entryContext.js'
import { RemoveIcon } from './icons.js'
import { usePart, type PartProps } from './part.js'

export interface FileDropItemRemoveProps extends ComponentPropsWithoutRef<'button'>, PartProps<Entry> {}

/** Takes the file away, and stops its upload. Renders a `button`, always visible; nothing when read-only. */
export const FileDropItemRemove = forwardRef<HTMLButtonElement, FileDropItemRemoveProps>(function FileDropItemRemove({ render, ...props }, ref) {
  const drop = useFileDropContext('ItemRemove')
  const entry = useItemEntry('ItemRemove')
  const element = usePart('item-remove', 'button', drop.getRemoveProps(entry, { children: <RemoveIcon />, ...props }), entry, render, ref)
  return drop.isReadOnly ? null : element
})
