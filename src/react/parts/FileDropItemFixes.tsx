'use client'
import type { ComponentPropsWithoutRef } from 'react'
import type { Fix } from '../../core/fixes.js'
import { useFileDropContext } from '../fileDropContext.js'
import { useItemEntry } from './entryContext.js'
import type { PartProps } from './part.js'
import { useLater } from './useLater.js'

export interface FileDropItemFixProps extends Omit<ComponentPropsWithoutRef<'button'>, 'children'>, PartProps<Fix> {
  fix: Fix
}

/**
 * What one press can do about what a note says: remove the copy, give the file its true extension, send the original.
 * Renders a `button` for each (`data-fix` names it); nothing for most files, and where the rules would refuse the outcome.
 */
export function FileDropItemFixes(props: Omit<FileDropItemFixProps, 'fix'>) {
  const { isReadOnly } = useFileDropContext('ItemFixes')
  const { file, notes, status } = useItemEntry('ItemFixes')
  // All there is to fix is in a note, or in the refusal of a file that is here.
  const later = useLater(!isReadOnly && file !== null && (notes.length > 0 || status === 'failed'))
  return isReadOnly || later === null ? null : <later.FixButtons {...props} />
}
