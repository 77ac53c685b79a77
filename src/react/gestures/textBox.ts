import type { KeyboardEvent } from 'react'

/** Whether a key is the input method's: Safari tells of the Enter that ends a composition only after its end, as key 229. */
export function isComposing({ nativeEvent, keyCode }: KeyboardEvent): boolean {
  return nativeEvent.isComposing || keyCode === 229
}

/** Where text is typed, a pasted link is text. */
export function isTextBox(target: EventTarget): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}

/** The chat's text box, that is, and not the one for a file's new name. */
export function isEmptyTextBox(target: EventTarget): boolean {
  if (target instanceof HTMLElement && target.dataset['dfdPart'] !== undefined) return false
  if (target instanceof HTMLTextAreaElement) return target.value === ''
  if (target instanceof HTMLInputElement) return target.type === 'text' && target.value === ''
  return target instanceof HTMLElement && target.isContentEditable && target.textContent === '' && target.querySelector('img, svg, [contenteditable="false"]') === null
}
