import { useRef, useState } from 'react'
import type { UploadedEntry } from '../src/index.js'
import { Composer } from './Composer.js'
import { Message, type ChatMessage } from './Message.js'
import { scenarioOf } from './scenario.js'
import { streamAnswer } from './streamAnswer.js'
import { useEndInSight } from './useEndInSight.js'
import type { MessageFile } from '../src/index.js'

/** The whole page: what was said, and the box to say more. */
export function Chat() {
  const [messages, setMessages] = useState<readonly ChatMessage[]>([])
  const [conversation, setConversation] = useState('')
  const [scenario] = useState(() => scenarioOf(window.location.search))
  const log = useRef<HTMLElement>(null)
  const showEnd = useEndInSight(log)

  /** Resolves when Dify has begun to answer: until then the composer can still take everything back. */
  async function ask(query: string, files: readonly MessageFile[], entries: readonly UploadedEntry[]): Promise<void> {
    const answer = streamAnswer({ query, files, conversation, proxyUrl: scenario.proxyUrl, variable: scenario.variable })
    const first = await answer.next()
    const id = crypto.randomUUID()
    const say = (text: string, state: ChatMessage['state']): void =>
      setMessages((all) => all.map((it) => (it.id === id ? { ...it, text: it.text + text, state } : it)))
    showEnd()
    setMessages((all) => [
      ...all,
      { id: crypto.randomUUID(), from: 'user', text: query, entries, state: 'done' },
      { id, from: 'dify', text: '', entries: [], state: 'writing' },
    ])
    void (async () => {
      try {
        if (!first.done) {
          setConversation(first.value.conversation)
          say(first.value.text, 'writing')
        }
        for await (const part of answer) say(part.text, 'writing')
        say('', 'done')
      } catch (error) {
        say(`\n${error instanceof Error ? error.message : String(error)}`, 'broken')
      }
    })()
  }

  return (
    <div className="chat">
      <header className="chat-header">
        <span className="chat-logo" aria-hidden="true" />
        <h1>dify-file-drop</h1>
        <span className="chat-subtitle">demo chat</span>
      </header>
      <main ref={log} className="chat-log">
        {messages.length === 0 && (
          <div className="chat-welcome">
            <h2>Drop a file, ask about it</h2>
            <p>Drop, paste or attach files below. They go through a proxy that keeps the API key, and Dify answers with what it received.</p>
          </div>
        )}
        <ol className="chat-messages" aria-label="Conversation">
          {messages.map((message) => (
            <Message key={message.id} message={message} />
          ))}
        </ol>
      </main>
      <Composer onSend={ask} scenario={scenario} />
    </div>
  )
}
