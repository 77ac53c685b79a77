import { useEffect, useRef } from 'react'
import type { UploadedEntry } from '../src/index.js'

export interface ChatMessage {
  id: string
  from: 'user' | 'dify'
  text: string
  /** The entries that were sent with it: they still have the local bytes, so pictures show without asking Dify. */
  entries: readonly UploadedEntry[]
  state: 'writing' | 'done' | 'broken'
}

export function Message({ message: { from, text, entries, state } }: { message: ChatMessage }) {
  return (
    <li className="chat-message" data-from={from} data-state={state} aria-busy={state === 'writing'}>
      <span className="chat-author">{from === 'user' ? 'You' : 'Dify'}</span>
      {entries.length > 0 && (
        <ul className="chat-attachments" aria-label="Sent attachments">
          {entries.map((entry) => (
            <li key={entry.id}>
              <Picture entry={entry} />
              <span title={entry.name}>{entry.name}</span>
            </li>
          ))}
        </ul>
      )}
      {text !== '' && <p className="chat-text">{text}</p>}
      {from === 'dify' && text === '' && state === 'writing' && <p className="chat-text chat-thinking">…</p>}
    </li>
  )
}

function Picture({ entry }: { entry: UploadedEntry }) {
  const { file, kind } = entry
  const image = useRef<HTMLImageElement>(null)
  useEffect(() => {
    if (file === null || image.current === null) return
    const url = URL.createObjectURL(file)
    image.current.src = url
    return () => URL.revokeObjectURL(url)
  }, [file])
  if (file === null || kind !== 'image') return <span className="chat-file" aria-hidden="true">{extensionOf(entry.name)}</span>
  return <img ref={image} alt="" decoding="async" />
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot < 1 ? 'file' : name.slice(dot + 1, dot + 5).toUpperCase()
}
