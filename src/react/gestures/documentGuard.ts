import { carriesFiles } from './carriesFiles.js'

/**
 * Keeps the browser from opening a file that is dropped beside every target, which would lose the page. One guard for all
 * surfaces; drags of text and links, and the page's own file inputs, are left alone.
 *
 * @returns what ends it.
 */
export function guardDocument(): () => void {
  if (++guards === 1) {
    window.addEventListener('dragover', refuse)
    window.addEventListener('drop', refuse)
  }
  return () => {
    if (--guards > 0) return
    window.removeEventListener('dragover', refuse)
    window.removeEventListener('drop', refuse)
  }
}

let guards = 0

function refuse(event: DragEvent): void {
  if (event.defaultPrevented || !carriesFiles(event.dataTransfer)) return
  if (event.target instanceof HTMLInputElement && event.target.type === 'file') return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'none'
}
