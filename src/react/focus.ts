/** The parts of one rendered entry, found in the document: a list may show only some of its entries. */
export function lineOf(id: string, root: ParentNode | null): { item: HTMLElement; remove: HTMLElement | null } | null {
  const item = root?.querySelector<HTMLElement>(`[data-dfd-part="item"][data-dfd-entry="${CSS.escape(id)}"]`) ?? null
  return item === null ? null : { item, remove: item.querySelector<HTMLElement>(REMOVE) }
}

/**
 * Before an entry goes: takes the focus out of it, to the next entry's Remove, else the previous, else the trigger. Does
 * nothing while the focus is elsewhere.
 *
 * @param isThere of an entry's id: what was removed a moment ago may still be shown.
 */
export function focusAfterRemoval(id: string, root: HTMLElement | null, trigger: HTMLElement | null, isThere: (id: string) => boolean): void {
  const item = lineOf(id, root)?.item
  if (item === undefined || !item.contains(document.activeElement)) return
  const items = [...(root?.querySelectorAll<HTMLElement>(ITEM) ?? [])].filter((it) => isThere(it.dataset['dfdEntry'] ?? ''))
  const at = items.indexOf(item)
  const next = items[at + 1] ?? items[at - 1]
  const target = next?.querySelector<HTMLElement>(REMOVE) ?? trigger
  target?.focus()
}

/** Back to the chat's text box after picking. */
export function focusInput(root: ParentNode | null): void {
  root?.querySelector<HTMLElement>('textarea, input[type="text"]:not([data-dfd-part]), [contenteditable]:not([contenteditable="false"])')?.focus()
}

const ITEM = '[data-dfd-part="item"]'
const REMOVE = '[data-dfd-part="item-remove"]'
