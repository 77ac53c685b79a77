'use client'
import { useEffect } from 'react'
import { movingIn } from '../core/readiness.js'
import type { Uploader } from '../core/uploader.js'

/**
 * Has the browser ask before the page is left while files move. Listens only then: a page that always listens is never put
 * into the back/forward cache.
 */
export function useLeaveGuard(uploader: Uploader, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return
    let isListening = false
    const update = (): void => {
      const isMoving = movingIn(uploader.tally) > 0
      if (isMoving === isListening) return
      isListening = isMoving
      if (isMoving) addEventListener('beforeunload', ask)
      else removeEventListener('beforeunload', ask)
    }
    update()
    const stop = uploader.subscribe(update)
    return () => {
      stop()
      removeEventListener('beforeunload', ask)
    }
  }, [uploader, isOn])
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault()
}
