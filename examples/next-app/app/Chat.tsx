'use client'
import { createDifyClient, createUploader, DifyFileDrop, useSend } from 'dify-file-drop'
import { useState } from 'react'
import { ask } from './ask'

const uploader = createUploader({ send: createDifyClient({ proxyUrl: '/api/dify' }).send })

export function Chat() {
  const [text, setText] = useState('')
  const [conversation, setConversation] = useState('')
  const [messages, setMessages] = useState<{ from: string; text: string }[]>([])

  const { submit, status, explanation } = useSend({
    uploader,
    // Called once all files are uploaded. When it throws, the files come back.
    send: async (files, { entries }) => {
      const answer = await ask({ query: text || 'What did you receive?', files, conversation_id: conversation })
      setMessages((all) => [...all, { from: 'You', text: [text, ...entries.map((it) => it.name)].join(' ') }, { from: 'Dify', text: '' }])
      setText('')
      for await (const part of answer) {
        setConversation(part.conversation_id)
        setMessages((all) => all.map((it, index) => (index === all.length - 1 ? { ...it, text: it.text + part.answer } : it)))
      }
    },
  })

  return (
    <main style={{ maxWidth: 720, margin: '2rem auto', fontFamily: 'system-ui' }}>
      <ol aria-label="Conversation">
        {messages.map((message, index) => (
          <li key={index} data-from={message.from}><b>{message.from}</b> <span>{message.text}</span></li>
        ))}
      </ol>
      <DifyFileDrop layout="composer" proxyUrl="/api/dify" uploader={uploader} dropTarget="page">
        <textarea aria-label="Message" rows={1} style={{ flex: 1 }} value={text} onChange={(event) => setText(event.target.value)} />
        <button type="button" aria-disabled={status !== 'idle'} onClick={() => void submit()}>Send</button>
      </DifyFileDrop>
      <output>{explanation}</output>
    </main>
  )
}
