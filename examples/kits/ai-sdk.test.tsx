import { Chat, useChat } from '@ai-sdk/react'
import type { UIMessage } from 'ai'
import { createDifyClient, createUploader, type UploadedEntry } from 'dify-file-drop'
import { createDifyChatTransport, difyFilesOf, toFileParts } from 'dify-file-drop/ai-sdk'
import { describe, expect, test, vi } from 'vitest'
import { dify, fileOf, show } from './support'

async function uploaded(...files: File[]) {
  const uploader = createUploader({ send: createDifyClient({ proxyUrl: '/api/dify' }).send })
  uploader.add(files)
  await uploader.settled()
  const entries = uploader.entries as readonly UploadedEntry[]
  return { entries, files: uploader.take() }
}

const transport = () => createDifyChatTransport({ proxyUrl: '/api/dify' })

describe('the AI SDK', () => {
  test('a message carries uploaded files to Dify, and the answer streams back', async () => {
    const { files, entries } = await uploaded(fileOf('notes.txt', 1234), fileOf('chart.png', 10, 'image/png'))
    const chat = new Chat({ transport: transport() })
    await chat.sendMessage({ text: 'What is in them?', files: toFileParts(files, entries) })
    const { messages } = await dify.seen()
    expect(messages).toMatchObject([{ query: 'What is in them?', user: 'kits' }])
    expect(difyFilesOf(chat.messages[0]!)).toEqual(files)
    expect(chat.messages[0]!.parts).toMatchObject([
      { type: 'file', filename: 'notes.txt', mediaType: 'text/plain', providerReference: { dify: expect.any(String) } },
      { type: 'file', filename: 'chart.png', mediaType: 'image/png' },
      { type: 'text' },
    ])
    const answer = chat.messages[1]!.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
    expect(answer).toContain('notes.txt')
    expect(answer).toContain('chart.png')
    expect(chat.status).toBe('ready')
  })

  test('the next message goes on in the same conversation, also after the chat was stored', async () => {
    const first = new Chat({ transport: transport() })
    await first.sendMessage({ text: 'one' })
    const stored = JSON.parse(JSON.stringify(first.messages)) as UIMessage[]
    const second = new Chat({ transport: transport(), messages: stored })
    await second.sendMessage({ text: 'two' })
    const ids = second.messages.map((it) => (it.metadata as { dify?: { conversation_id: string } } | undefined)?.dify?.conversation_id)
    expect(ids[1]).toMatch(/\S/)
    expect(ids[3]).toBe(ids[1])
  })

  test('an id outlives storage as JSON', async () => {
    const { files, entries } = await uploaded(fileOf('a.txt'))
    expect(difyFilesOf(JSON.parse(JSON.stringify({ parts: toFileParts(files, entries) })))).toEqual(files)
  })

  test('files that Dify does not hold are left out', () => {
    expect(difyFilesOf({ parts: [{ type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AA==' } as never, { type: 'text', text: 'x' } as never] })).toEqual([])
  })

  test('a refusal is an error of the chat, not an answer', async () => {
    await dify.script({ kind: 'status', status: 429, code: 'too_many_requests', route: 'any' })
    const errors: Error[] = []
    const chat = new Chat({ transport: transport(), onError: (error) => errors.push(error) })
    await chat.sendMessage({ text: 'hi' })
    expect(chat.status).toBe('error')
    expect(errors[0]!.message).toContain('too_many_requests')
  })

  test('stop ends the answer', async () => {
    const chat = new Chat({ transport: transport() })
    const asking = chat.sendMessage({ text: 'Tell me everything' })
    await vi.waitFor(() => expect(chat.status).toBe('streaming'))
    await chat.stop()
    await asking
    expect(chat.status).toBe('ready')
  })

  test('works in useChat', async () => {
    const chatTransport = transport()
    function Page() {
      const { messages, sendMessage } = useChat({ transport: chatTransport })
      return (
        <>
          <button type="button" onClick={() => void sendMessage({ text: 'hello' })}>Ask</button>
          <p>{messages.at(-1)?.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')}</p>
        </>
      )
    }
    const page = show(<Page />)
    await vi.waitFor(() => expect(page.querySelector('button')).not.toBeNull())
    page.querySelector('button')!.click()
    await vi.waitFor(() => expect(page.querySelector('p')!.textContent.length).toBeGreaterThan(10))
  })
})
