'use client'
import { useEffect } from 'react'
import type { UploadedEntry } from '../../core/entry.js'
import { useEntryIds } from '../engine/useEntryIds.js'
import { useReadiness } from '../engine/useReadiness.js'
import { useRules } from '../engine/useRules.js'
import { useSnapshot } from '../engine/useSnapshot.js'
import { useFileDropContext } from '../fileDropContext.js'

/** What makes a surface a field of the form around it: values, validity, reset. */
export function FormFields({ name }: { name: string | undefined }) {
  const { uploader, rootRef, messages } = useFileDropContext('Root')
  const { required } = useRules()
  const { status, reason } = useReadiness()

  const isMissing = required && (status === 'empty' || status === 'blocked') && uploader.tally.uploaded === 0
  // A form of named fields would go without the files that are still on their way.
  const isEarly = name !== undefined && status === 'uploading'
  const problem = isMissing ? messages.send.required : isEarly ? messages.send[reason] : ''
  useEffect(() => {
    const input = rootRef.current?.querySelector<HTMLInputElement>('input[data-dfd-part="input"]')
    if (input == null) return
    input.setCustomValidity(problem)
    if (problem === '') return
    if (isMissing) input.setAttribute('aria-required', 'true')
    // Not before somebody tried to send the form.
    const onInvalid = (): void => {
      // Once: who looks at each change of the page whether the form is valid would never come to an end.
      if (!input.hasAttribute('aria-invalid')) input.setAttribute('aria-invalid', 'true')
    }
    input.addEventListener('invalid', onInvalid)
    return () => {
      input.removeEventListener('invalid', onInvalid)
      input.removeAttribute('aria-required')
      input.removeAttribute('aria-invalid')
    }
  }, [problem, isMissing, rootRef])

  useEffect(() => {
    const form = rootRef.current?.closest('form')
    // Above the form, and so behind whoever says no.
    const above = form?.getRootNode()
    const reset = (event: Event): void => {
      if (event.target === form && !event.defaultPrevented) uploader.clear()
    }
    above?.addEventListener('reset', reset)
    return () => above?.removeEventListener('reset', reset)
  }, [uploader, rootRef])

  return name === undefined ? null : <HiddenInputs name={name} />
}

function HiddenInputs({ name }: { name: string }) {
  const { uploader } = useFileDropContext('Root')
  useEntryIds()
  // The ids of what is uploaded, as one text: equal as long as nothing changed.
  const values = useSnapshot(uploader.subscribe, () =>
    uploader.tally.uploaded === 0 ? '' : uploader.entries.filter((it): it is UploadedEntry => it.status === 'uploaded').map(valueOf).join('\n'),
  )
  return values === '' ? null : values.split('\n').map((value, i) => <input key={`${i} ${value}`} type="hidden" name={name} value={value} />)
}

function valueOf({ result }: UploadedEntry): string {
  return result.transfer_method === 'local_file' ? result.file.id : result.url
}
