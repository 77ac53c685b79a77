import { useState, type KeyboardEvent } from 'react'
import { DifyFileDrop, useReadiness, useSend, type DifyFileDropProps, type MessageFile, type Uploader } from '../../src/index.js'
import './chat.css'

interface ChatProps extends Omit<DifyFileDropProps, 'layout' | 'uploader'> {
  uploader: Uploader
  /** Sends a message; what it throws puts everything back. */
  send?: (text: string, files: MessageFile[]) => unknown
}

/** The smallest chat input that does everything right: typing is never blocked, Enter sends, a message may be files only. */
export function Chat({ uploader, send = () => undefined, children, ...props }: ChatProps) {
  const [text, setText] = useState('')
  const readiness = useReadiness(uploader)
  const { submit, status, reason, explanation } = useSend({
    uploader,
    messages: props.messages,
    send: async (files) => {
      const sent = text
      setText('')
      try {
        await send(sent, files)
      } catch (error) {
        setText((newer) => (newer === '' ? sent : `${sent}\n${newer}`))
        throw error
      }
    },
  })
  const isEmpty = text.trim() === '' && readiness.status === 'empty'

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (!isEmpty) void submit()
  }

  return (
    <form className="chat" onSubmit={(event) => {
      event.preventDefault()
      if (!isEmpty) void submit()
    }}>
      <DifyFileDrop {...props} layout="composer" uploader={uploader}>
        <textarea aria-label="Message" rows={1} placeholder="Ask anything" value={text} onChange={(event) => setText(event.target.value)} onKeyDown={onKeyDown} />
        {children}
        <button type="submit" className="chat-send" aria-label="Send" aria-disabled={isEmpty} aria-describedby="why" data-status={status}>
          <svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true"><path d="M12 19V5m0 0-6 6m6-6 6 6" /></svg>
        </button>
      </DifyFileDrop>
      <div className="chat-foot">
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- `output` is the result of a form's calculation */}
        <p id="why" className="chat-why" role="status">{explanation}</p>
        {reason === 'failed' && <button type="button" className="chat-without" onClick={() => void submit({ withoutFailed: true })}>Send without it</button>}
      </div>
    </form>
  )
}
