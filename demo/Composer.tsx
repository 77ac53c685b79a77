import { useMutation } from '@tanstack/react-query'
import { useMemo, useRef, useState, type FormEvent, type KeyboardEvent } from 'react'
import { createDifyClient, createUploader, DifyFileDrop, useSend, type MessageFile, type UploadedEntry } from '../src/index.js'

export interface ComposerProps {
  /** Sends; when it rejects, text and files come back. */
  onSend: (query: string, files: readonly MessageFile[], entries: readonly UploadedEntry[]) => Promise<void>
}

/** The box: text, attachments, and a Send that waits for files on their way and says so. */
export function Composer({ onSend }: ComposerProps) {
  const [text, setText] = useState('')
  const textarea = useRef<HTMLTextAreaElement>(null)
  const uploader = useMemo(() => createUploader({ send: createDifyClient({ proxyUrl: '/api/dify' }).send }), [])

  const message = useMutation({
    mutationFn: ({ query, files, entries }: { query: string; files: readonly MessageFile[]; entries: readonly UploadedEntry[] }) =>
      onSend(query, files, entries),
  })

  const { submit, status, reason } = useSend({
    uploader,
    send: async (files) => {
      const query = text.trim() || 'What did you receive?'
      setText('')
      try {
        await message.mutateAsync({ query, files, entries: taken.current })
      } catch (error) {
        setText(query)
        throw error
      }
    },
  })
  const taken = useRef<readonly UploadedEntry[]>([])

  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    void submit()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void submit()
  }

  return (
    <form className="composer" onSubmit={onSubmit}>
      <DifyFileDrop layout="composer" proxyUrl="/api/dify" uploader={uploader} dropTarget="page">
        <textarea
          ref={textarea}
          aria-label="Message"
          placeholder="Ask about your files…"
          rows={1}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className="composer-send" aria-disabled={status !== 'idle'}>Send</button>
      </DifyFileDrop>
      <p role="status" className="composer-status">{reason}</p>
    </form>
  )
}
