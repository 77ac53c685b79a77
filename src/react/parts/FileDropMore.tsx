'use client'
import { forwardRef, useMemo, useSyncExternalStore, type ComponentPropsWithoutRef } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import { addPickedFolder } from '../gestures/addPickedFolder.js'
import { pickWith } from '../gestures/pickWith.js'
import { focusInput } from '../focus.js'
import { acceptanceOf } from '../messages/acceptance.js'
import { mergeProps } from '../mergeProps.js'
import { CameraIcon, MoreIcon, TYPE_ICONS } from './icons.js'
import { useMenu, type Choice } from './Menu.js'
import { usePart, type PartProps } from './part.js'
import { useHasFingers } from './useHasFingers.js'

export interface FileDropMoreProps extends ComponentPropsWithoutRef<'button'>, PartProps<{ isOpen: boolean }> {}

/**
 * The other ways to attach, beside the trigger: the camera of a phone, a whole folder, in a composer a link. Renders a `button` named "More ways to
 * attach" with a menu, and nothing where device, page and app leave the trigger's way only.
 */
export const FileDropMore = forwardRef<HTMLButtonElement, FileDropMoreProps>(function FileDropMore({ render, ...props }, ref) {
  const { messages, isOpen: isEnabled } = useFileDropContext('More')
  const ways = useWays()
  const { buttonProps, menu, isOpen } = useMenu(messages.moreWays, ways)
  const own = { 'data-dfd-part': 'more', 'aria-label': messages.moreWays, disabled: !isEnabled, children: <MoreIcon />, ...buttonProps }
  const element = usePart('more', 'button', mergeProps(own, props), { isOpen }, render, ref)
  return ways.length === 0 ? null : <>{element}{menu}</>
})

function useWays(): Choice[] {
  const drop = useFileDropContext('More')
  const hasFingers = useHasFingers()
  const canPickFolders = useSyncExternalStore(neverChanges, isFolderPickerThere, () => false)
  const { messages: { ways }, rules, uploader, capture, directory, maxWalk, layout, rootRef, canLink } = drop
  return useMemo(() => {
    const accepted = acceptanceOf(rules)
    if (!accepted.enabled) return []
    const add = (files: readonly File[]): void => {
      if (files.length === 0) return
      uploader.add(files)
      if (layout === 'composer') focusInput(rootRef.current)
    }
    const multiple = rules.maxFiles.value !== 1
    const found: Choice[] = []
    if (capture !== false) found.push({ key: 'device', label: ways.device, icon: <TYPE_ICONS.file />, choose: () => pickWith({ multiple }, add) })
    // A computer has a camera too, but its browser would open the same picker as the trigger does.
    else if (hasFingers && (accepted.anything || accepted.kinds.includes('image'))) {
      found.push({ key: 'camera', label: ways.camera, icon: <CameraIcon />, choose: () => pickWith({ accept: 'image/*', capture: 'environment' }, add) })
    }
    if (directory && multiple && !hasFingers && canPickFolders) {
      found.push({
        key: 'folder',
        label: ways.folder,
        icon: <TYPE_ICONS.folder />,
        choose: () => pickWith({ multiple, webkitdirectory: true }, (files) => addPickedFolder(uploader, files, maxWalk)),
      })
    }
    // Alone it has a button of its own: a menu of one is a detour.
    if (canLink && layout === 'composer' && found.length > 0) {
      found.push({ key: 'link', label: ways.link, icon: <TYPE_ICONS.link />, choose: () => rootRef.current?.querySelector<HTMLElement>('[data-dfd-part="link-trigger"]')?.click() })
    }
    return found
  }, [ways, rules, uploader, capture, directory, maxWalk, layout, rootRef, canLink, hasFingers, canPickFolders])
}

/** No server can tell, and what hydrates must first be what that rendered. */
function isFolderPickerThere(): boolean {
  return 'webkitdirectory' in HTMLInputElement.prototype
}

function neverChanges(): () => void {
  return () => undefined
}
