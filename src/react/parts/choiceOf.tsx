import { focusInput } from '../focus.js'
import { addPickedFolder } from '../gestures/addPickedFolder.js'
import { pickWith } from '../gestures/pickWith.js'
import type { FileDropState } from '../useFileDrop.js'
import { Icon, TYPE_ICONS } from './icons.js'
import type { Choice } from './Menu.js'

/** A way to attach beside the trigger. */
export type Way = 'device' | 'camera' | 'folder' | 'link'

/** A way as a menu offers it. */
export function choiceOf(way: Way, { messages: { ways }, rules, uploader, maxWalk, layout, rootRef }: FileDropState): Choice {
  const multiple = rules.maxFiles.value !== 1
  const words = { key: way, label: ways[way] }
  const add = (files: readonly File[]): void => {
    if (files.length === 0) return
    uploader.add(files)
    if (layout === 'composer') focusInput(rootRef.current)
  }
  switch (way) {
    case 'device': return { ...words, icon: <TYPE_ICONS.file />, choose: () => pickWith({ multiple }, add) }
    case 'camera': return { ...words, icon: <CameraIcon />, choose: () => pickWith({ accept: 'image/*', capture: 'environment' }, add) }
    case 'folder':
      return { ...words, icon: <TYPE_ICONS.folder />, choose: () => pickWith({ multiple, webkitdirectory: true }, (files) => addPickedFolder(uploader, files, maxWalk)) }
    case 'link':
      return { ...words, icon: <TYPE_ICONS.link />, choose: () => rootRef.current?.querySelector<HTMLElement>('[data-dfd-part="link-trigger"]')?.click() }
  }
}

const CameraIcon = () => <Icon name="camera"><path d="M4 8.5a2 2 0 0 1 2-2h1.8l1.4-2h5.6l1.4 2H18a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-8Z" /><circle cx="12" cy="12.3" r="3.3" /></Icon>
