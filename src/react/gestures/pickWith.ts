/** How a picker is to open. */
export interface PickOptions {
  accept?: string
  multiple?: boolean
  capture?: 'user' | 'environment'
  webkitdirectory?: boolean
}

/**
 * Opens a picker of another kind than the surface's own input does. Only from within a user's gesture, as browsers demand.
 */
export function pickWith({ accept = '', multiple = false, capture, webkitdirectory = false }: PickOptions, onPicked: (files: File[]) => void): void {
  open?.remove()
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.multiple = multiple
  input.webkitdirectory = webkitdirectory
  if (capture !== undefined) input.setAttribute('capture', capture)
  input.hidden = true
  input.addEventListener('change', () => {
    input.remove()
    onPicked(Array.from(input.files ?? []))
  })
  input.addEventListener('cancel', () => input.remove())
  // In the page, because Safari on iOS says nothing of an input that is not.
  document.body.append(input)
  open = input
  input.click()
}

/** One that was left without a word, as older browsers do. */
let open: HTMLInputElement | undefined
