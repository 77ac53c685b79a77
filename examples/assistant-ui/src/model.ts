import type { ChatModelAdapter, ThreadUserMessage } from '@assistant-ui/react'
import { difyFilesOf } from 'dify-file-drop/assistant-ui'
import { ask } from './ask'

/** assistant-ui's model: Dify, through the proxy. */
export function createModel(): ChatModelAdapter {
  let conversation = ''
  return {
    async *run({ messages, abortSignal }) {
      const question = messages.at(-1) as ThreadUserMessage
      const query = question.content.map((part) => (part.type === 'text' ? part.text : '')).join('') || 'What did you receive?'
      let text = ''
      for await (const part of await ask({ query, files: difyFilesOf(question), conversation_id: conversation })) {
        abortSignal.throwIfAborted()
        conversation = part.conversation_id
        text += part.answer
        yield { content: [{ type: 'text', text }] }
      }
    },
  }
}
