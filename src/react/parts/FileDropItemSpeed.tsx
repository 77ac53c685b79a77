'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { useFileDropContext } from '../fileDropContext.js'
import { MovingEntryContext, useItemEntry } from './entryContext.js'
import { usePart, type PartProps } from './part.js'
import { useNow, usePace } from './usePace.js'

export interface FileDropItemSpeedProps extends ComponentPropsWithoutRef<'span'>, PartProps<Entry> {}

/** How fast the file is going up, once that means something. Renders a `span`, and nothing before and after. */
export const FileDropItemSpeed = forwardRef<HTMLSpanElement, FileDropItemSpeedProps>(function FileDropItemSpeed({ render, ...props }, ref) {
  const { formats } = useFileDropContext('ItemSpeed')
  const entry = useItemEntry('ItemSpeed', MovingEntryContext)
  const pace = usePace(entry, useNow(entry.status === 'uploading'))
  const children = pace === null ? null : formats.speed(pace.speed)
  const element = usePart('item-speed', 'span', { children, ...props }, entry, render, ref)
  return pace === null ? null : element
})
