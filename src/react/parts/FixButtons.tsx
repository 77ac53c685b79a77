'use client'
import { forwardRef } from 'react'
import { fixesOf, type Fix } from '../../core/fixes.js'
import { useFileDropContext } from '../fileDropContext.js'
import type { Messages } from '../messages/messages.js'
import { useItemEntry } from './entryContext.js'
import type { FileDropItemFixProps } from './FileDropItemFixes.js'
import { usePart } from './part.js'

/** A button for each fix of the item around. */
export function FixButtons(props: Omit<FileDropItemFixProps, 'fix'>) {
  const { rules } = useFileDropContext('ItemFixes')
  return fixesOf(useItemEntry('ItemFixes'), rules).map((fix) => <FixButton key={fix.type} {...props} fix={fix} />)
}

const FixButton = forwardRef<HTMLButtonElement, FileDropItemFixProps>(function FixButton({ fix, render, ...props }, ref) {
  const { messages, fixEntry } = useFileDropContext('ItemFixes')
  const { id, name } = useItemEntry('ItemFixes')
  const [short, long] = words(fix, name, messages)
  const own = { 'data-fix': fix.type, type: 'button', 'aria-label': long, onClick: () => fixEntry(id, fix), children: short, ...props }
  return usePart('item-fix', 'button', own, fix, render, ref)
})

function words(fix: Fix, name: string, { fixes }: Messages): [string, string] {
  switch (fix.type) {
    case 'remove-copy': return [fixes.removeCopy, fixes.removeCopyOf(name)]
    case 'rename': return [fixes.renameTo(fix.name), fixes.renameFromTo(name, fix.name)]
    case 'use-original': return [fixes.useOriginal, fixes.useOriginalOf(name)]
  }
}
