'use client'
import { forwardRef, useRef, useState, type ComponentPropsWithoutRef, type FocusEvent, type ReactElement, type ReactNode, type Ref } from 'react'
import type { Uploader } from '../../core/uploader.js'
import { useEntryIds } from '../engine/useEntryIds.js'
import { useFileDropContext } from '../fileDropContext.js'
import { mergeProps } from '../mergeProps.js'
import { PlaceContext } from './entryContext.js'
import { FileDropItem } from './FileDropItem.js'
import { usePart, type PartProps } from './part.js'
import { useFocusKept } from './useFocusKept.js'
import { useStrip } from './useStrip.js'
import { useWindow } from './useWindow.js'

export interface FileDropListProps extends Omit<ComponentPropsWithoutRef<'ul'>, 'children'>, PartProps<{ ids: readonly string[] }> {
  /** Makes an item of an entry's id. @default `(id) => <FileDrop.Item id={id} />` */
  children?: ((id: string) => ReactNode) | undefined
}

/**
 * The files, in order. Renders a `ul` named "Attachments", and nothing while there are none. Up to a hundred files are all
 * in the document; of more, those in sight (and the one with the focus), so then every row has to have the same height.
 */
export const FileDropList = forwardRef<HTMLUListElement, FileDropListProps>(function FileDropList(props, ref) {
  const ids = useEntryIds()
  const { uploader } = useFileDropContext('List')
  // What is there at the start is no news, and what comes later is, the first of it too.
  const [before] = useState(ids.length)
  useFocusKept()
  return ids.length === 0 ? null : <Filled {...props} key={keyOf(uploader)} ids={ids} before={before} elementRef={ref} />
})

/** Entries' ids are their engine's own: what was begun in a row of one does not go on in the row of another. */
function keyOf(uploader: Uploader): number {
  const key = keys.get(uploader) ?? lastKey++
  keys.set(uploader, key)
  return key
}

const keys = new WeakMap<Uploader, number>()
let lastKey = 0

function Filled({ ids, before, elementRef, render, children, ...props }: FileDropListProps & { ids: readonly string[]; before: number; elementRef: Ref<HTMLUListElement> }) {
  const drop = useFileDropContext('List')
  const node = useRef<HTMLUListElement>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const isInline = drop.layout === 'composer'
  const { shown, isWindowed } = useWindow(node, ids, isInline, focused)
  // In a window rows come and go by scrolling.
  useStrip(node, ids.length, before, isWindowed ? 0 : shown.length, isInline)

  const item = children ?? defaultItem
  const own = {
    'data-windowed': isWindowed ? '' : undefined,
    onFocus: (event: FocusEvent<HTMLElement>) => setFocused(idAround(event.target)),
    onBlur: () => setFocused(null),
    children: shown.map((it): ReactElement =>
      it.type === 'gap' ? (
        // Takes the place of the rows that are not rendered.
        <li key={`gap ${it.before}`} data-dfd-part="list-gap" role="presentation" style={isInline ? { inlineSize: it.size } : { blockSize: it.size }} />
      ) : (
        <PlaceContext.Provider key={it.id} value={it.place}>{item(it.id)}</PlaceContext.Provider>
      ),
    ),
  }
  return usePart('list', 'ul', { ...drop.getListProps(mergeProps(own, props)), ref: node }, { ids }, render, elementRef)
}

function defaultItem(id: string): ReactElement {
  return <FileDropItem id={id} />
}

function idAround(target: Element): string | null {
  return target.closest<HTMLElement>('[data-dfd-entry]')?.dataset['dfdEntry'] ?? null
}
