import { createDifyClient, createUploader, DifyFileDrop, type DifyFile, type Entry } from 'dify-file-drop'
import { describe, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { dify, fileOf, show } from './support'

// docs/from-the-dify-template.md, "Only the widget?": ./plainProxy.ts is no proxy of ours.
describe('a plain proxy that only relays Dify’s JSON', () => {
  test('a file is uploaded, and goes with the message', async () => {
    const uploaded: DifyFile[] = []
    const uploader = createUploader({ send: createDifyClient({ proxyUrl: '/plain' }).send, onUploaded: (file) => uploaded.push(file) })
    const container = show(<DifyFileDrop proxyUrl="/plain" uploader={uploader} />)
    await pick(container, fileOf('notes.txt', 1234))
    await vi.waitFor(() => expect(uploader.readiness.status).toBe('ready'))

    const { files } = await dify.seen()
    expect(files).toMatchObject([{ name: 'notes.txt', size: 1234, user: 'plain' }])
    expect(uploaded.map(({ id }) => id)).toEqual([files[0]!.id])
    expect(uploader.take()).toMatchObject([{ transfer_method: 'local_file', upload_file_id: files[0]!.id }])
  })

  test('the app’s rules are asked and kept', async () => {
    const refused: string[] = []
    const container = show(<DifyFileDrop proxyUrl="/plain" onRejected={(entries) => refused.push(...entries.map((it) => it.error.code))} />)
    await expect.element(page.getByText(/15 MB/)).toBeVisible()
    await pick(container, fileOf('large.txt', 16 * 1024 * 1024))
    await vi.waitFor(() => expect(refused).toEqual(['file_too_large']))
  })

  test('what Dify refuses is told with Dify’s own code', async () => {
    await dify.script({ kind: 'status', status: 415, code: 'unsupported_file_type', target: 'upload' })
    const failed: Entry[] = []
    const container = show(<DifyFileDrop proxyUrl="/plain" onUploadFailed={(entry) => failed.push(entry)} />)
    await pick(container, fileOf('notes.txt'))
    await vi.waitFor(() => expect(failed).toMatchObject([{ status: 'failed', error: { code: 'unsupported_file_type', from: 'dify', retryable: false } }]))
  })

  test('one that knows uploads only will do', async () => {
    const uploader = createUploader({ send: createDifyClient({ proxyUrl: '/plain-uploads' }).send })
    const container = show(<DifyFileDrop proxyUrl="/plain-uploads" uploader={uploader} />)
    await pick(container, fileOf('notes.txt'))
    await vi.waitFor(() => expect(uploader.readiness.status).toBe('ready'), { timeout: 5000 })
  })
})

async function pick(container: HTMLElement, file: File): Promise<void> {
  const input = await vi.waitUntil(() => container.querySelector<HTMLInputElement>('input[type=file]'))
  const transfer = new DataTransfer()
  transfer.items.add(file)
  input.files = transfer.files
  input.dispatchEvent(new Event('change', { bubbles: true }))
}
