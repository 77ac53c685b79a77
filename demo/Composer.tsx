import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState, type FormEvent, type KeyboardEvent } from 'react'
import { createDifyClient, createUploader, DifyFileDrop, useSend, type MessageFile, type UploadedEntry } from '../src/index.js'
import type { Scenario } from './scenario.js'

// Loaded where it is wanted, and not before.
const FilePreview = lazy(() => import('../src/preview/index.js').then((it) => ({ default: it.FilePreview })))

export interface ComposerProps {
  scenario: Scenario
  /** Sends; when it rejects, text and files come back. */
  onSend: (query: string, files: readonly MessageFile[], entries: readonly UploadedEntry[]) => Promise<void>
}

/** The box: text, attachments, and a Send that waits for files on their way and says so. */
export function Composer({ onSend, scenario }: ComposerProps) {
  const [text, setText] = useState('')
  const uploader = useMemo(() => createUploader({ send: createDifyClient({ proxyUrl: scenario.proxyUrl }).send }), [scenario])

  const message = useMutation({
    // Without a network too, so that it fails at once and the text comes back; by default it would wait, with the box empty.
    networkMode: 'always',
    mutationFn: ({ query, files, entries }: { query: string; files: readonly MessageFile[]; entries: readonly UploadedEntry[] }) =>
      onSend(query, files, entries),
  })

  const { submit, status, reason, explanation, error } = useSend({
    uploader,
    send: async (files, { entries }) => {
      const query = text.trim() || 'What did you receive?'
      setText('')
      try {
        await message.mutateAsync({ query, files, entries })
      } catch (thrown) {
        // What was typed meanwhile stays, after what comes back.
        setText((newer) => (newer === '' ? query : `${query}\n${newer}`))
        throw thrown
      }
    },
  })

  /** Nothing to say is nothing to send; files alone are a message. */
  function trySubmit(): void {
    if (text.trim() !== '' || uploader.readiness.status !== 'empty') void submit()
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    trySubmit()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    trySubmit()
  }

  return (
    <form className="composer" onSubmit={onSubmit}>
      <DifyFileDrop layout="composer" proxyUrl={scenario.proxyUrl} uploader={uploader} dropTarget="page" {...scenario.props} {...(scenario.variable !== null && { variable: scenario.variable })}>
        <textarea
          aria-label="Message"
          placeholder="Ask about your files…"
          rows={1}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className="composer-send" aria-disabled={status !== 'idle'} aria-describedby="composer-status">Send</button>
        {scenario.preview && <Suspense fallback={null}><FilePreview /></Suspense>}
      </DifyFileDrop>
      <div className="composer-foot">
        <output id="composer-status" className="composer-status">{error instanceof Error ? error.message : explanation}</output>
        {reason === 'failed' && <button type="button" className="composer-without" onClick={() => void submit({ withoutFailed: true })}>Send without it</button>}
      </div>
    </form>
  )
}
