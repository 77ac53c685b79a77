'use client'
import { useEffect, useMemo, useRef, type ComponentPropsWithoutRef } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import { focusInput, isFocusLost, lineOf } from '../focus.js'

/**
 * When the file that has the focus goes away without anybody pressing its Remove (the message was sent, the host removed
 * it), the focus must not fall to the page's top: it goes to the chat's text box, or to the trigger.
 */
export function useFocusKept(): void {
  const { rootRef, triggerRef, awaitedRef, layout } = useFileDropContext('List')
  const last = useRef<Element | null>(null)

  useEffect(() => {
    // Removing a focused element fires no event, so what was last focused is what counts.
    const remember = (event: FocusEvent): void => {
      // In a shadow root the document hears of its host only.
      const [target] = event.composedPath()
      last.current = target instanceof Element && rootRef.current?.contains(target) === true ? target.closest('[data-dfd-part="item"]') : null
    }
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [rootRef])

  // After every render of the list, which are few: it renders when an entry came or went.
  useEffect(() => {
    const awaited = awaitedRef.current === null ? null : lineOf(awaitedRef.current, rootRef.current)
    awaitedRef.current = null
    awaited?.remove?.focus()
    if (last.current === null || last.current.isConnected || !isFocusLost()) return
    last.current = null
    if (layout === 'composer') focusInput(rootRef.current)
    if (isFocusLost()) triggerRef.current?.focus()
  })
}

/**
 * When a button of a row goes away under the focus, because its file is on its way again, the row's Remove takes it.
 *
 * @returns for the row.
 */
export function useFocusInRow(id: string): Pick<ComponentPropsWithoutRef<'li'>, 'onFocus' | 'onBlur'> {
  const { rootRef } = useFileDropContext('Item')
  const last = useRef<Element | null>(null)
  useEffect(() => {
    if (last.current === null || last.current.isConnected) return
    last.current = null
    if (isFocusLost()) lineOf(id, rootRef.current)?.remove?.focus()
  })
  return useMemo(() => ({
    onFocus: ({ target }) => {
      last.current = target
    },
    // Some browsers tell it of what is being taken away, too.
    onBlur: ({ target }) => {
      if (target.isConnected) last.current = null
    },
  }), [])
}
