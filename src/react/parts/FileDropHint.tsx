'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import { acceptanceOf } from '../messages/acceptance.js'
import { usePart, type PartProps } from './part.js'

export interface FileDropHintProps extends ComponentPropsWithoutRef<'p'>, PartProps<object> {}

/** Says what is accepted, before anybody picks; the trigger is described by it. Renders a `p`. */
export const FileDropHint = forwardRef<HTMLParagraphElement, FileDropHintProps>(function FileDropHint({ render, ...props }, ref) {
  const { rules, messages, formats, hintId } = useFileDropContext('Hint')
  const children = messages.accepts(acceptanceOf(rules), formats)
  return usePart('hint', 'p', { 'data-dfd-part': 'hint', children, ...props, id: hintId }, {}, render, ref)
})
