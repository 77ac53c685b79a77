'use client'
import { forwardRef, useContext, type ComponentPropsWithoutRef } from 'react'
import type { Entry } from '../../core/entry.js'
import { RenamingContext, useItemEntry } from './entryContext.js'
import { usePart, type PartProps } from './part.js'
import { useLater } from './useLater.js'

export interface FileDropItemNameProps extends ComponentPropsWithoutRef<'span'>, PartProps<Entry> {}

/**
 * The file's name. Where there is too little room its middle gives way, never its end: the extension is what people look
 * for. The whole name is its `title`. Renders a `span`, or a text box while the name is changed.
 */
export const FileDropItemName = forwardRef<HTMLSpanElement, FileDropItemNameProps>(function FileDropItemName({ render, ...props }, ref) {
  const entry = useItemEntry('ItemName')
  const { name } = entry
  const { isRenaming } = useContext(RenamingContext)
  const later = useLater(isRenaming)
  const [start, end] = halves(name)
  const children = (
    <>
      <span data-dfd-part="item-name-start">{start}</span>
      {end !== '' && <span data-dfd-part="item-name-end">{end}</span>}
    </>
  )
  // A name is written in its own direction, whatever the page's.
  const element = usePart('item-name', 'span', { title: name, dir: 'auto', children, ...props }, entry, render, ref)
  return isRenaming && later !== null ? <later.NameInput /> : element
})

/** Splits a long name before the last letters of its base, without cutting a character in two. */
function halves(name: string): [string, string] {
  const letters = Array.from(name)
  if (letters.reduce((sum, letter) => sum + widthOf(letter), 0) <= SHORT) return [name, '']
  const dot = letters.lastIndexOf('.')
  let at = dot > 0 && letters.length - dot <= LONGEST_EXTENSION ? dot : letters.length
  let kept = 0
  while (at > 0 && kept + widthOf(letters[at - 1]!) <= KEPT) kept += widthOf(letters[--at]!)
  return [letters.slice(0, at).join(''), letters.slice(at).join('')]
}

/** In letters of the Latin kind: one of Chinese, Japanese or Korean, or an emoji, takes the room of two. */
function widthOf(letter: string): number {
  return letter.codePointAt(0)! < 0x2e80 ? 1 : 2
}

const SHORT = 12
const KEPT = 5
const LONGEST_EXTENSION = 9
