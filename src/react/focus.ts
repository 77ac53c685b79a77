/** The parts of one rendered entry, found in the document: a list may show only some of its entries. */
export function lineOf(id: string, root: ParentNode | null): { item: HTMLElement; remove: HTMLElement | null } | null {
  const item = root?.querySelector<HTMLElement>(`[data-dfd-part="item"][data-dfd-entry="${CSS.escape(id)}"]`) ?? null
  return item === null ? null : { item, remove: item.querySelector<HTMLElement>(REMOVE) }
}

/** What has the focus, in the tree that this node is in: a document, or a shadow root. */
export function focusedBeside(node: Node): Element | null {
  return (node.getRootNode() as Document | ShadowRoot).activeElement ?? null
}

/** True when the focus fell to the page's top, as it does when what had it goes away. */
export function isFocusLost(): boolean {
  return document.activeElement === document.body || document.activeElement === null
}

/**
 * Before an entry goes: takes the focus out of it, to the next entry's Remove, else the previous, else the trigger, else
 * (both may be disabled, or not there) the text box or the surface itself. Does nothing while the focus is elsewhere.
 *
 * @param isThere of an entry's id: what was removed a moment ago may still be shown.
 */
export function focusAfterRemoval(id: string, root: HTMLElement | null, trigger: HTMLElement | null, isThere: (id: string) => boolean): void {
  const item = lineOf(id, root)?.item
  if (item === undefined || root === null || !item.contains(focusedBeside(item))) return
  const items = [...root.querySelectorAll<HTMLElement>(ITEM)].filter((it) => isThere(it.dataset['dfdEntry'] ?? ''))
  const at = items.indexOf(item)
  const next = items[at + 1] ?? items[at - 1]
  const target = next?.querySelector<HTMLElement>(REMOVE) ?? trigger
  for (const focus of [() => target?.focus(), () => focusInput(root), () => focusSurface(root)]) {
    if (item.contains(focusedBeside(item))) focus()
  }
}

function focusSurface(root: HTMLElement): void {
  root.tabIndex = -1
  root.addEventListener('blur', () => root.removeAttribute('tabindex'), { once: true })
  root.focus()
}

/** Back to the chat's text box after picking. */
export function focusInput(root: ParentNode | null): void {
  root?.querySelector<HTMLElement>('textarea, input[type="text"]:not([data-dfd-part]), [contenteditable]:not([contenteditable="false"])')?.focus()
}

const ITEM = '[data-dfd-part="item"]'
const REMOVE = '[data-dfd-part="item-remove"]'
