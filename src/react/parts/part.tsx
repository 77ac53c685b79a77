'use client'
import { cloneElement, createContext, createElement, useContext, useMemo, version, type ReactElement, type Ref } from 'react'
import { mergeProps, mergeRefs, type AnyProps } from '../mergeProps.js'

/** The parts that a surface is made of, as their `data-dfd-part` names them. */
export type PartName =
  | 'root' | 'input' | 'zone' | 'trigger' | 'hint' | 'overlay' | 'list' | 'item' | 'item-thumbnail' | 'item-body' | 'item-name'
  | 'item-meta' | 'item-size' | 'item-state' | 'item-progress' | 'item-error' | 'item-note' | 'item-rename' | 'item-retry' | 'item-choose' | 'item-remove'
  | 'item-move' | 'item-speed' | 'more' | 'menu' | 'menu-item' | 'item-fix' | 'link' | 'composer' | 'status' | 'notice' | 'preview'

/** Another element for a part: one to be given its props, or a function of them and of the part's state. */
export type Render<State = never> = ReactElement | ((props: AnyProps, state: State) => ReactElement)

/** What every part takes beside the props of its element. */
export interface PartProps<State> {
  /** Another element instead of the part's own; it gets the same props, ref and handlers. */
  render?: Render<State> | undefined
}

/** Classes and replacements for the parts of a whole surface. */
export interface Looks {
  /** Classes to add, by the part's name: `{ item: 'rounded-lg border' }`. */
  classNames?: { [Part in PartName]?: string } | undefined
  /** Other elements, by the part's name: as `render` does for one part, for a whole surface. */
  slots?: { [Part in PartName]?: Render } | undefined
}

export const LooksContext = createContext<Looks>({})

/** The one element of a part: its own, the host's, or what the host's function makes of it. */
export function usePart<State>(part: PartName, tag: string, props: object, state: State, render: Render<State> | undefined, ref: Ref<HTMLElement>): ReactElement {
  const { classNames, slots } = useContext(LooksContext)
  const { ref: own, ...rest } = props as AnyProps
  const both = useMergedRefs(own as Ref<HTMLElement> | undefined, ref)
  const className = classNames?.[part]
  const all: AnyProps = { ...mergeProps({ 'data-dfd-part': part, ...(className !== undefined && { className }) }, rest), ...(both && { ref: both }) }
  const other = render ?? (slots?.[part] as Render<State> | undefined)
  if (other === undefined) return createElement(tag, all)
  if (typeof other === 'function') return other(all, state)
  const element = other as ReactElement<AnyProps>
  const theirs = refOf(element)
  return cloneElement(element, mergeProps(all, { ...element.props, ...(theirs && { ref: theirs }) }))
}

/** One ref that sets both, and stays the same as long as they do: a new one would be emptied and set on every render. */
function useMergedRefs(own: Ref<HTMLElement> | undefined, theirs: Ref<HTMLElement>): Ref<HTMLElement> | undefined {
  return useMemo(() => mergeRefs(own, theirs) ?? undefined, [own, theirs])
}

/** React 19 moved an element's ref into its props. */
function refOf(element: ReactElement<AnyProps>): Ref<unknown> | undefined {
  const holder = version.startsWith('18.') ? (element as unknown as AnyProps) : element.props
  return (holder['ref'] as Ref<unknown> | null) ?? undefined
}
