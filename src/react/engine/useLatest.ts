'use client'
import { useInsertionEffect, useRef, type RefObject } from 'react'

/** The value of the latest render that was shown, for handlers and timers that outlive the render they were made in. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const ref = useRef(value)
  // Before all other effects, and silent on a server.
  useInsertionEffect(() => {
    ref.current = value
  })
  return ref
}
