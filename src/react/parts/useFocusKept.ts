'use client'
import { useEffect, useRef } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import { focusInput, lineOf } from '../focus.js'

/**
 * When the file that has the focus goes away without anybody pressing its Remove (the message was sent, the host removed
 * it), the focus must not fall to the page's top: it goes to the chat's text box, or to the trigger.
 */
export function useFocusKept(): void {
  const { rootRef, triggerRef, awaitedRef, layout } = useFileDropContext('List')
  const last = useRef<Element | null>(null)

  useEffect(() => {
    // Removing a focused element fires no event, so what was last focused is what counts.
    const remember = ({ target }: FocusEvent): void => {
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
    if (last.current === null || last.current.isConnected || (document.activeElement !== document.body && document.activeElement !== null)) return
    last.current = null
    if (layout === 'composer') focusInput(rootRef.current)
    if (document.activeElement === document.body) triggerRef.current?.focus()
  })
}
