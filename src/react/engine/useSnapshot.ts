'use client'
import { useCallback, useSyncExternalStore } from 'react'
import { perFrame } from './perFrame.js'

/**
 * Something of an engine, as React sees it: read at any time, told of at most once a frame.
 *
 * @param subscribe must be the same function as long as it subscribes to the same thing.
 * @param read must return the same value as long as nothing changed.
 */
export function useSnapshot<Value>(subscribe: (listener: () => void) => () => void, read: () => Value): Value {
  const subscribePerFrame = useCallback(
    (onChange: () => void) => {
      let cancel: (() => void) | null = null
      const stop = subscribe(() => {
        cancel = perFrame(onChange)
      })
      return () => {
        stop()
        cancel?.()
      }
    },
    [subscribe],
  )
  return useSyncExternalStore(subscribePerFrame, read, read)
}

/**
 * The same of one value among all that may change: it is looked at with each change, so that others cost no frame.
 *
 * @param source what to subscribe to. @param read must be quick, and depend on `source` alone.
 */
export function useValue<Source extends { subscribe: (listener: () => void) => () => void }, Value>(source: Source, read: (source: Source) => Value): Value {
  const subscribe = useCallback(
    (listener: () => void) => {
      let before = read(source)
      return source.subscribe(() => {
        const now = read(source)
        if (now === before) return
        before = now
        listener()
      })
    },
    [source, read],
  )
  return useSnapshot(subscribe, () => read(source))
}
