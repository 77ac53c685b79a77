'use client'
import { forwardRef, useMemo, useSyncExternalStore, type ComponentPropsWithoutRef } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import { acceptanceOf } from '../messages/acceptance.js'
import { mergeProps } from '../mergeProps.js'
import type { Way } from './choiceOf.js'
import { MoreIcon } from './icons.js'
import { useMenu } from './Menu.js'
import { usePart, type PartProps } from './part.js'
import { useHasFingers } from './useHasFingers.js'

export interface FileDropMoreProps extends ComponentPropsWithoutRef<'button'>, PartProps<{ isOpen: boolean }> {}

/**
 * The other ways to attach, beside the trigger: the camera of a phone, a whole folder, in a composer a link. Renders a `button` named "More ways to
 * attach" with a menu, and nothing where device, page and app leave the trigger's way only.
 */
export const FileDropMore = forwardRef<HTMLButtonElement, FileDropMoreProps>(function FileDropMore({ render, ...props }, ref) {
  const drop = useFileDropContext('More')
  const { messages, isOpen: isEnabled } = drop
  const ways = useWays()
  const { buttonProps, menu, isOpen } = useMenu(messages.moreWays, (later) => ways.map((way) => later.choiceOf(way, drop)))
  const own = { 'aria-label': messages.moreWays, disabled: !isEnabled, children: <MoreIcon />, ...buttonProps }
  const element = usePart('more', 'button', mergeProps(own, props), { isOpen }, render, ref)
  return ways.length === 0 ? null : <>{element}{menu}</>
})

function useWays(): Way[] {
  const { rules, capture, directory, layout, canLink } = useFileDropContext('More')
  const hasFingers = useHasFingers()
  const canPickFolders = useSyncExternalStore(neverChanges, isFolderPickerThere, () => false)
  return useMemo(() => {
    const accepted = acceptanceOf(rules)
    if (!accepted.enabled) return []
    const found: Way[] = []
    if (capture !== false) found.push('device')
    // A computer has a camera too, but its browser would open the same picker as the trigger does.
    else if (hasFingers && (accepted.anything || accepted.kinds.includes('image'))) found.push('camera')
    if (directory && rules.maxFiles.value !== 1 && !hasFingers && canPickFolders) found.push('folder')
    // Alone it has a button of its own: a menu of one is a detour.
    if (canLink && layout === 'composer' && found.length > 0) found.push('link')
    return found
  }, [rules, capture, directory, layout, canLink, hasFingers, canPickFolders])
}

/** No server can tell, and what hydrates must first be what that rendered. */
function isFolderPickerThere(): boolean {
  return 'webkitdirectory' in HTMLInputElement.prototype
}

function neverChanges(): () => void {
  return () => undefined
}
