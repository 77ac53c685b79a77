'use client'
import { createDifyClient, createUploader, DifyFileDrop, useSend, type Entry } from 'dify-file-drop'
import { createDifyChatTransport } from 'dify-file-drop/ai-sdk'
import { useAttachments } from 'dify-file-drop/ant-design-x'
import { createDifyAttachmentAdapter } from 'dify-file-drop/assistant-ui'
import { clearDrafts } from 'dify-file-drop/draft'
import { de } from 'dify-file-drop/locales/de'
import { prepareImages } from 'dify-file-drop/prepare'
import { FilePreview } from 'dify-file-drop/preview'
import { sniff } from 'dify-file-drop/sniff'
import { StrictMode, useState } from 'react'
import { ask } from './ask'

const proxyUrl = '/api/dify'
const uploader = createUploader({ send: createDifyClient({ proxyUrl }).send, steps: [sniff(), prepareImages()], rules: { maxFiles: 5 } })

/** A chat that goes through every door a browser has into the package. */
export function Page() {
  return <StrictMode><Chat /></StrictMode>
}

function Chat() {
  const [text, setText] = useState('')
  const [messages, setMessages] = useState<string[]>([])
  const { submit, status, explanation } = useSend({
    uploader,
    send: async (files, { entries }) => {
      let answer = ''
      for await (const part of await ask({ query: text, files, conversation_id: '' })) answer += part.answer
      setMessages((all) => [...all, [text, ...entries.map(nameOf)].join(' '), answer])
    },
  })
  return (
    <main lang="en">
      <ol aria-label="Conversation">{messages.map((it, index) => <li key={index}>{it}</li>)}</ol>
      <DifyFileDrop layout="composer" proxyUrl={proxyUrl} uploader={uploader} draft={{ key: 'matrix', scope: 'nobody' }}>
        <textarea aria-label="Message" value={text} onChange={(event) => setText(event.target.value)} />
        <button type="button" aria-disabled={status !== 'idle'} onClick={() => void submit()}>Send</button>
        <FilePreview />
      </DifyFileDrop>
      <output>{explanation}</output>
      <DifyFileDrop proxyUrl={proxyUrl} messages={de} locale="de-AT" rules={{ kinds: ['image'] }} />
      <Kits />
    </main>
  )
}

function Kits() {
  const { items } = useAttachments(uploader)
  return <button type="button" onClick={() => void clearDrafts()}>{[items.length, typeof createDifyAttachmentAdapter, typeof createDifyChatTransport].join(' ')}</button>
}

function nameOf(entry: Entry): string {
  return entry.name
}
