import type { Ref, SyntheticEvent } from 'react'

/** Props of an element, as far as merging them needs to know. */
export type AnyProps = Record<string, unknown>

/**
 * Our props and the host's, for one element. Handlers both run, the host's first, and its `preventDefault` keeps ours from
 * running; class names and styles add up; refs are both set; of anything else the host's wins.
 */
export function mergeProps<Props extends object>(ours: AnyProps, theirs: Props): Props {
  const merged: AnyProps = { ...ours }
  for (const [key, value] of Object.entries(theirs as AnyProps)) {
    const own = ours[key]
    if (value === undefined && own !== undefined) continue
    if (own === undefined || own === null) merged[key] = value
    else if (key === 'ref') merged[key] = mergeRefs(value as Ref<unknown>, own as Ref<unknown>)
    else if (key === 'className') merged[key] = `${own as string} ${value as string}`
    else if (key === 'style') merged[key] = { ...own, ...(value as object) }
    else if (key === 'aria-describedby') merged[key] = `${own as string} ${value as string}`
    else if (/^on[A-Z]/.test(key) && typeof value === 'function' && typeof own === 'function') merged[key] = both(value as Handler, own as Handler)
    else merged[key] = value
  }
  return merged as Props
}

/** One ref that sets both. */
export function mergeRefs<Value>(first: Ref<Value> | undefined, second: Ref<Value> | undefined): Ref<Value> | undefined {
  if (first === undefined || first === null) return second
  if (second === undefined || second === null || first === second) return first
  return (value) => {
    setRef(first, value)
    setRef(second, value)
  }
}

/** Puts a value into a ref, whichever of the two kinds it is. */
export function setRef<Value>(ref: Ref<Value>, value: Value | null): void {
  if (typeof ref === 'function') void ref(value)
  else if (ref !== null) ref.current = value
}

type Handler = (event: SyntheticEvent, ...rest: unknown[]) => void

function both(theirs: Handler, ours: Handler): Handler {
  return (event, ...rest) => {
    const wasPrevented = event.isDefaultPrevented()
    theirs(event, ...rest)
    if (wasPrevented || !event.isDefaultPrevented()) ours(event, ...rest)
  }
}

