'use client'
import { forwardRef, type ComponentPropsWithoutRef } from 'react'
import { useFileDropContext } from '../fileDropContext.js'
import type { Rules } from '../../core/rules.js'
import { failure } from '../../core/uploadError.js'
import { acceptanceOf } from '../messages/acceptance.js'
import type { Formats } from '../messages/formats.js'
import { errorSentence, type Messages } from '../messages/messages.js'
import { usePart, type PartProps } from './part.js'

export interface FileDropHintProps extends ComponentPropsWithoutRef<'p'>, PartProps<object> {}

/** Says what is accepted, before anybody picks; the trigger is described by it. Renders a `p`. */
export const FileDropHint = forwardRef<HTMLParagraphElement, FileDropHintProps>(function FileDropHint({ render, ...props }, ref) {
  const { rules, messages, formats, hintId } = useFileDropContext('Hint')
  const children = sentence(rules, messages, formats)
  return usePart('hint', 'p', { children, ...props, id: hintId }, {}, render, ref)
})

function sentence(rules: Rules, messages: Messages, formats: Formats): string {
  const { enabled, methods } = rules
  const off = !enabled.value
    ? ({ what: 'files', layer: enabled.layer } as const)
    : !methods.value.includes('local_file') ? ({ what: 'local_files', layer: methods.layer } as const) : null
  if (off !== null) return errorSentence(messages, failure('uploads_disabled', off), { name: '', size: null }, formats)
  const accepted = messages.accepts(acceptanceOf(rules), formats)
  return rules.legacyImageOnly ? `${accepted} ${messages.ignored}` : accepted
}
