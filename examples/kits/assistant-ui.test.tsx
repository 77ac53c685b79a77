import { AssistantRuntimeProvider, useLocalRuntime, type AssistantRuntime, type ChatModelAdapter, type ThreadUserMessage } from '@assistant-ui/react'
import { UploadError, type MessageFile } from 'dify-file-drop'
import { createDifyAttachmentAdapter, difyFilesOf } from 'dify-file-drop/assistant-ui'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { dify, fileOf, show } from './support'

/** A chat of assistant-ui whose model sends the newest message to Dify. */
function Chat({ attachments, onRuntime }: { attachments: ReturnType<typeof createDifyAttachmentAdapter>; onRuntime: (runtime: AssistantRuntime) => void }) {
  const runtime = useLocalRuntime(model, { adapters: { attachments } })
  onRuntime(runtime)
  return <AssistantRuntimeProvider runtime={runtime}>chat</AssistantRuntimeProvider>
}

const asked: MessageFile[][] = []
const model: ChatModelAdapter = {
  async run({ messages }) {
    const question = messages.at(-1) as ThreadUserMessage
    const query = question.content.map((part) => (part.type === 'text' ? part.text : '')).join('')
    const files = difyFilesOf(question)
    asked.push(files)
    const response = await fetch('/api/dify/chat-messages', {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, files, inputs: {}, response_mode: 'blocking' }),
    })
    const { answer } = (await response.json()) as { answer: string }
    return { content: [{ type: 'text', text: answer }] }
  },
}

async function open(options: object = {}) {
  const attachments = createDifyAttachmentAdapter({ proxyUrl: '/api/dify', ...options })
  let runtime: AssistantRuntime | null = null
  show(<Chat attachments={attachments} onRuntime={(it) => (runtime = it)} />)
  await vi.waitFor(() => expect(runtime).not.toBeNull())
  return { attachments, composer: runtime!.thread.composer, thread: runtime!.thread }
}

beforeEach(() => void (asked.length = 0))

describe('assistant-ui', () => {
  test('a file goes up when it is attached, and its id with the message', async () => {
    const { composer, thread } = await open()
    await composer.addAttachment(fileOf('notes.txt', 1234))
    expect(composer.getState().attachments[0]).toMatchObject({ name: 'notes.txt', type: 'document', status: { type: 'requires-action' } })
    const { files } = await dify.seen()
    expect(files).toMatchObject([{ name: 'notes.txt', size: 1234, user: 'kits' }])

    composer.setText('What is in it?')
    composer.send()
    await vi.waitFor(async () => expect((await dify.seen()).messages).toHaveLength(1))
    expect(asked).toEqual([[{ type: 'document', transfer_method: 'local_file', upload_file_id: files[0]!.id }]])
    await vi.waitFor(() => expect(thread.getState().messages.at(-1)?.content).toMatchObject([{ type: 'text', text: expect.stringContaining('notes.txt') }]))
    expect(composer.getState().attachments).toEqual([])
  })

  test('its id outlives storage as JSON', async () => {
    const { composer, thread } = await open()
    await composer.addAttachment(fileOf('a.txt'))
    composer.setText('hi')
    composer.send()
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    expect(difyFilesOf(JSON.parse(JSON.stringify(thread.getState().messages[0])))).toEqual(asked[0])
  })

  test('progress is measured, and never finished before Dify answered', async () => {
    await dify.script({ kind: 'slow', bytesPerSecond: 8_000_000 })
    const { attachments, composer } = await open()
    const shown: number[] = []
    composer.subscribe(() => {
      const status = composer.getState().attachments[0]?.status
      if (status?.type === 'running') shown.push(status.progress)
    })
    await composer.addAttachment(fileOf('big.txt', 12_000_000))
    expect(new Set(shown).size).toBeGreaterThan(2)
    expect(shown).toEqual(shown.toSorted((a, b) => a - b))
    expect(Math.max(...shown)).toBeLessThanOrEqual(99)
    expect(attachments.uploader.readiness.status).toBe('ready')
  })

  test('a file removed while it goes up stops using the network', async () => {
    await dify.script({ kind: 'slow', bytesPerSecond: 100_000 })
    const { attachments, composer } = await open()
    const adding = composer.addAttachment(fileOf('big.txt', 5_000_000))
    await vi.waitFor(() => expect(composer.getState().attachments).toHaveLength(1))
    await vi.waitFor(() => expect(attachments.uploader.entries[0]?.status).toBe('uploading'))
    await composer.getAttachmentByIndex(0).remove()
    await adding
    expect(composer.getState().attachments).toEqual([])
    expect(attachments.uploader.entries).toEqual([])
    expect((await dify.seen()).files).toEqual([])
  })

  test('sent while it goes up, the message waits for it', async () => {
    await dify.script({ kind: 'slow', bytesPerSecond: 2_000_000 })
    const { composer } = await open()
    const adding = composer.addAttachment(fileOf('big.txt', 1_500_000))
    await vi.waitFor(() => expect(composer.getState().attachments).toHaveLength(1))
    composer.setText('Read this')
    composer.send()
    await vi.waitFor(() => expect(asked).toHaveLength(1), { timeout: 10_000 })
    await adding
    expect(asked[0]).toHaveLength(1)
    expect((await dify.seen()).messages).toMatchObject([{ query: 'Read this' }])
  })

  test('a refusal by the app is told with its reason, and holds no place', async () => {
    const { attachments, composer } = await open({ rules: { maxBytes: { document: 10 } }, describe: (error: { code: string }) => `Sorry: ${error.code}` })
    const told: unknown[] = []
    composer.unstable_on('attachmentAddError', (event: unknown) => told.push(event))
    await composer.addAttachment(fileOf('large.txt', 11))
    expect(composer.getState().attachments[0]?.status).toEqual({ type: 'incomplete', reason: 'error', message: 'Sorry: file_too_large' })
    expect(told).toHaveLength(1)
    expect(attachments.uploader.entries).toEqual([])
    expect((await dify.seen()).files).toEqual([])
  })

  test('Dify\'s refusal is typed, and a message does not go without the file', async () => {
    await dify.script({ kind: 'status', status: 415, code: 'unsupported_file_type' })
    const { attachments, composer } = await open()
    await composer.addAttachment(fileOf('a.txt'))
    const failed = composer.getState().attachments[0]!
    expect(failed.status).toMatchObject({ type: 'incomplete', message: expect.stringContaining('unsupported_file_type') })
    const thrown: unknown = await attachments.send(failed as never).catch((it: unknown) => it)
    expect(thrown).toBeInstanceOf(Error)
    expect((thrown as UploadError).code).toBe('unsupported_file_type')
    expect(asked).toEqual([])
  })

  test('one file too many is refused alone, and the others stay', async () => {
    const { composer } = await open({ rules: { maxFiles: 1 } })
    await composer.addAttachment(fileOf('a.txt'))
    await composer.addAttachment(fileOf('b.txt'))
    expect(composer.getState().attachments.map((it) => it.status.type)).toEqual(['requires-action', 'incomplete'])
    await composer.getAttachmentByIndex(1).remove()
    composer.setText('hi')
    composer.send()
    await vi.waitFor(() => expect(asked[0]).toHaveLength(1))
  })

  test('two files of one message keep their order', async () => {
    const { composer } = await open()
    await Promise.all([composer.addAttachment(fileOf('a.txt', 400_000)), composer.addAttachment(fileOf('b.png', 10, 'image/png'))])
    const names = composer.getState().attachments.map((it) => it.name)
    composer.setText('hi')
    composer.send()
    await vi.waitFor(() => expect(asked[0]).toHaveLength(2))
    const { files } = await dify.seen()
    const nameOf = new Map(files.map((it) => [it.id, it.name]))
    expect(asked[0]!.map((it) => nameOf.get((it as { upload_file_id: string }).upload_file_id))).toEqual(names)
    expect(asked[0]!.map((it) => it.type).toSorted((a, b) => (a! < b! ? -1 : 1))).toEqual(['document', 'image'])
  })
})
