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
  const { status } = useReadiness()

  const isMissing = required && (status === 'empty' || status === 'blocked') && uploader.tally.uploaded === 0
  useEffect(() => {
    const input = rootRef.current?.querySelector<HTMLInputElement>('input[data-dfd-part="input"]')
    if (input == null) return
    input.setCustomValidity(isMissing ? messages.send.required : '')
    if (!isMissing) return
    input.setAttribute('aria-required', 'true')
    // Not before somebody tried to send the form.
    const onInvalid = (): void => input.setAttribute('aria-invalid', 'true')
    input.addEventListener('invalid', onInvalid)
    return () => {
      input.removeEventListener('invalid', onInvalid)
      input.removeAttribute('aria-required')
      input.removeAttribute('aria-invalid')
    }
  }, [isMissing, messages, rootRef])

  useEffect(() => {
    const form = rootRef.current?.closest('form')
    const reset = (): void => uploader.clear()
    form?.addEventListener('reset', reset)
    return () => form?.removeEventListener('reset', reset)
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
