import {
  AssistantRuntimeProvider, AttachmentPrimitive, ComposerPrimitive, MessagePrimitive, ThreadPrimitive, useAuiState, useLocalRuntime,
} from '@assistant-ui/react'
import { errorSentence, en, formatsOf } from 'dify-file-drop'
import { createDifyAttachmentAdapter } from 'dify-file-drop/assistant-ui'
import { createModel } from './model'

const attachments = createDifyAttachmentAdapter({
  proxyUrl: '/api/dify',
  describe: (error, entry) => errorSentence(en, error, entry, formatsOf('en')),
})
const model = createModel()

export function Chat() {
  const runtime = useLocalRuntime(model, { adapters: { attachments } })
  return (
    <AssistantRuntimeProvider runtime={runtime}>
      <ThreadPrimitive.Root style={{ maxWidth: 720, margin: '2rem auto', fontFamily: 'system-ui' }}>
        <ol aria-label="Conversation">
          <ThreadPrimitive.Messages>{() => <Message />}</ThreadPrimitive.Messages>
        </ol>
        <ComposerPrimitive.Root>
          <ComposerPrimitive.Attachments>{() => <Attachment />}</ComposerPrimitive.Attachments>
          <ComposerPrimitive.AddAttachment>Attach files</ComposerPrimitive.AddAttachment>
          <ComposerPrimitive.Input aria-label="Message" rows={1} />
          <ComposerPrimitive.Send>Send</ComposerPrimitive.Send>
        </ComposerPrimitive.Root>
      </ThreadPrimitive.Root>
    </AssistantRuntimeProvider>
  )
}

function Message() {
  return (
    <li>
      <MessagePrimitive.Root>
        <MessagePrimitive.Attachments>{() => <AttachmentPrimitive.Name />}</MessagePrimitive.Attachments>
        <MessagePrimitive.Parts />
      </MessagePrimitive.Root>
    </li>
  )
}

function Attachment() {
  const { name, status } = useAuiState((state) => state.attachment)
  return (
    <AttachmentPrimitive.Root>
      {name}{' '}
      {status.type === 'running' && <progress aria-label={`Uploading ${name}`} max={100} value={status.progress} />}
      {status.type === 'incomplete' && 'message' in status && <span role="alert">{status.message}</span>}
      <AttachmentPrimitive.Remove aria-label={`Remove ${name}`}>✕</AttachmentPrimitive.Remove>
    </AttachmentPrimitive.Root>
  )
}
