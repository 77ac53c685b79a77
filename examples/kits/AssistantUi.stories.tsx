import {
  AssistantRuntimeProvider, AttachmentPrimitive, ComposerPrimitive, MessagePrimitive, ThreadPrimitive, useAuiState, useLocalRuntime,
  type ChatModelAdapter, type ThreadUserMessage,
} from '@assistant-ui/react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { createDifyAttachmentAdapter, difyFilesOf } from '../../src/adapters/assistant-ui/index.js'
import { en, errorSentence, formatsOf, type Uploader } from '../../src/index.js'
import type { DifyEmulator } from '../../src/testing/index.js'
import { emulated, fileOf } from '../../stories/support/emulated.js'
import './assistantUi.css'

interface ChatProps {
  uploader: Uploader
  dify: DifyEmulator
}

/**
 * The real assistant-ui over `dify-file-drop/assistant-ui`: its composer, its chips, its messages; uploading, progress, rules and
 * words for failures are ours. Drop a file on the box. Here because `npm run test:adapters` has installed the kit.
 */
const meta = {
  title: 'Chat kits/assistant-ui',
  component: Chat,
  parameters: { layout: 'padded', controls: { disable: true } },
  args: {} as ChatProps,
} satisfies Meta<typeof Chat>

export default meta
type Story = StoryObj<typeof meta>

/** Attached, sent, and answered by a Dify that names what it received. */
export const Sent: Story = {
  loaders: [async () => emulated()],
  render: (_, { loaded }) => <Chat {...(loaded as ChatProps)} />,
  play: async ({ canvasElement, loaded }) => {
    const canvas = within(canvasElement)
    drop(canvasElement, fileOf('minutes.pdf', 48_000))
    await canvas.findByRole('button', { name: 'Remove minutes.pdf' })
    await waitFor(() => expect(canvas.queryByRole('progressbar')).not.toBeInTheDocument())
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'What is in it?')
    await userEvent.click(canvas.getByRole('button', { name: 'Send' }))
    await canvas.findByText(/I received 1 file/)
    const [stored] = (loaded as unknown as ChatProps).dify.files.values()
    await expect(canvasElement).toHaveTextContent(new RegExp(stored!.sha256))
  },
}

/** Half-way through: the bar is assistant-ui's `status.progress`. */
export const Uploading: Story = {
  loaders: [async () => emulated({ script: [{ kind: 'stall', at: 'body', after: 300_000, times: Infinity }] })],
  render: Sent.render!,
  play: async ({ canvasElement }) => {
    drop(canvasElement, fileOf('quarterly report.pdf', 420_000))
    const bar = await within(canvasElement).findByRole('progressbar', { name: 'Uploading quarterly report.pdf' })
    await waitFor(() => expect(Number(bar.getAttribute('value'))).toBeGreaterThan(50))
  },
}

/** Refused by the app's rules before a byte was sent, with the reason in our words. */
export const Refused: Story = {
  loaders: [async () => emulated({ rules: { maxBytes: { document: 20_000 } } })],
  render: Sent.render!,
  play: async ({ canvasElement, loaded }) => {
    drop(canvasElement, fileOf('handbook.docx', 48_000))
    await within(canvasElement).findByText(/is over this page’s 20 kB limit/)
    await expect((loaded as unknown as ChatProps).dify.files.size).toBe(0)
  },
}

function Chat({ uploader, dify }: ChatProps) {
  const [attachments] = useState(() => createDifyAttachmentAdapter({ uploader, describe: (error, entry) => errorSentence(en, error, entry, formatsOf('en')) }))
  const [model] = useState(() => modelOf(dify))
  const runtime = useLocalRuntime(model, { adapters: { attachments } })
  return (
    <AssistantRuntimeProvider runtime={runtime}>
      <ThreadPrimitive.Root className="aui-thread">
        <ol aria-label="Conversation">
          <ThreadPrimitive.Messages>{() => <Message />}</ThreadPrimitive.Messages>
        </ol>
        <ComposerPrimitive.Root>
          <ComposerPrimitive.AttachmentDropzone className="aui-composer">
            <ComposerPrimitive.Attachments>{() => <Attachment />}</ComposerPrimitive.Attachments>
            <ComposerPrimitive.Input aria-label="Message" placeholder="Ask anything" rows={1} />
            <div className="aui-bar">
              <ComposerPrimitive.AddAttachment>Attach files</ComposerPrimitive.AddAttachment>
              <ComposerPrimitive.Send>Send</ComposerPrimitive.Send>
            </div>
          </ComposerPrimitive.AttachmentDropzone>
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
    <AttachmentPrimitive.Root className="aui-chip">
      <span>{name}</span>
      {status.type === 'running' && <progress aria-label={`Uploading ${name}`} max={100} value={status.progress} />}
      {status.type === 'incomplete' && 'message' in status && <span role="alert">{status.message}</span>}
      <AttachmentPrimitive.Remove aria-label={`Remove ${name}`}>✕</AttachmentPrimitive.Remove>
    </AttachmentPrimitive.Root>
  )
}

/** assistant-ui's model: the Dify in memory, asked as the user of the uploads (`createEmulatorSend`). */
function modelOf(dify: DifyEmulator): ChatModelAdapter {
  return {
    async run({ messages }) {
      const question = messages.at(-1) as ThreadUserMessage
      const query = question.content.map((part) => (part.type === 'text' ? part.text : '')).join('')
      const response = await dify.fetch(new Request(`${dify.baseUrl}/chat-messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${dify.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query, files: difyFilesOf(question), inputs: {}, response_mode: 'blocking', user: 'emulator-user' }),
      }))
      const { answer } = (await response.json()) as { answer: string }
      return { content: [{ type: 'text', text: answer }] }
    },
  }
}

function drop(canvas: HTMLElement, file: File): void {
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(file)
  for (const type of ['dragenter', 'dragover', 'drop']) {
    canvas.querySelector('.aui-composer')!.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  }
}
