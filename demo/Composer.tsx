import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useRef, useState, type FormEvent, type KeyboardEvent } from 'react'
import { createDifyClient, createUploader, DifyFileDrop, useSend, type MessageFile, type UploadedEntry } from '../src/index.js'
import type { Scenario } from './scenario.js'
import { useTroubles } from './useTroubles.js'

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
  /** What the last message went without, until the next one is begun. */
  const [leftOut, setLeftOut] = useState<string | null>(null)
  const box = useRef<HTMLTextAreaElement>(null)
  const foot = useRef<HTMLDivElement>(null)
  const uploader = useMemo(() => createUploader({ send: createDifyClient({ proxyUrl: scenario.proxyUrl }).send }), [scenario])

  const { failed, refused } = useTroubles(uploader)

  const message = useMutation({
    // Without a network too, so that it fails at once and the text comes back; by default it would wait, with the box empty.
    networkMode: 'always',
    mutationFn: ({ query, files, entries }: { query: string; files: readonly MessageFile[]; entries: readonly UploadedEntry[] }) =>
      onSend(query, files, entries),
  })

  const { submit, cancel, status, reason, explanation, error } = useSend({
    uploader,
    send: async (files, { entries }) => {
      const query = text.trim() || 'What did you receive?'
      setText('')
      setLeftOut(null)
      // The button that has the focus is about to go.
      if (foot.current?.contains(document.activeElement)) box.current?.focus()
      try {
        await message.mutateAsync({ query, files, entries })
        // They left the list with the message, perhaps without ever having been in sight.
        if (refused.length > 0) setLeftOut(refused.length === 1 ? `Sent without “${refused[0]}”, which was refused.` : `Sent without ${refused.length} files, which were refused.`)
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

  function takeBack(): void {
    cancel()
    box.current?.focus()
  }

  const why = status === 'idle' && reason !== null && ON_THE_WAY.has(reason)
    ? 'Files are on their way. Send waits for them.'
    : reason === 'failed' && failed > 1 ? `${failed} files failed. Retry or remove them, or send without them.` : explanation
  const refusal = refused.length === 0 ? null : refused.length === 1 ? `“${refused[0]}” was refused and will not be sent.` : `${refused.length} files were refused and will not be sent.`
  const said = error instanceof Error ? error.message : ([why, refusal].filter((it) => it !== null).join(' ') || leftOut)

  return (
    <form className="composer" onSubmit={onSubmit}>
      <DifyFileDrop layout="composer" proxyUrl={scenario.proxyUrl} uploader={uploader} dropTarget="page" {...scenario.props} {...(scenario.variable !== null && { variable: scenario.variable })}>
        <textarea
          ref={box}
          aria-label="Message"
          placeholder="Ask about your files…"
          rows={1}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setLeftOut(null)
          }}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className="composer-send" aria-disabled={status !== 'idle'} aria-describedby="composer-status">Send</button>
        {scenario.preview && <Suspense fallback={null}><FilePreview /></Suspense>}
      </DifyFileDrop>
      <div ref={foot} className="composer-foot">
        <output id="composer-status" className="composer-status">{said}</output>
        {status === 'held' && <button type="button" className="composer-word" onClick={takeBack}>Don’t send yet</button>}
        {reason === 'failed' && (
          <button type="button" className="composer-word" onClick={() => void submit({ withoutFailed: true })}>{failed > 1 ? 'Send without them' : 'Send without it'}</button>
        )}
      </div>
    </form>
  )
}

/** Why a message would wait; as long as nobody sends, it does not. */
const ON_THE_WAY: ReadonlySet<string> = new Set(['preparing', 'uploading', 'waiting'])
