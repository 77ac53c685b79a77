import { Attachments } from '@ant-design/x'
import { Upload } from 'antd'
import { createDifyClient, createUploader, type DifyFile, type Uploader } from 'dify-file-drop'
import { createCustomRequest, useAttachments } from 'dify-file-drop/ant-design-x'
import { describe, expect, test, vi } from 'vitest'
import { dify, fileOf, show } from './support'

function engine(options: object = {}): Uploader {
  return createUploader({ send: createDifyClient({ proxyUrl: '/api/dify' }).send, ...options })
}

function Files({ uploader }: { uploader: Uploader }) {
  return <Attachments {...useAttachments(uploader)} />
}

async function pick(page: HTMLElement, ...files: File[]): Promise<void> {
  const transfer = new DataTransfer()
  for (const file of files) transfer.items.add(file)
  await vi.waitFor(() => expect(page.querySelector('input[type=file]')).not.toBeNull())
  const input = page.querySelector<HTMLInputElement>('input[type=file]')!
  input.files = transfer.files
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

describe('Ant Design X', () => {
  test('picked files become entries of one gesture, cards, and files of the message', async () => {
    const uploader = engine()
    const page = show(<Files uploader={uploader} />)
    await pick(page, fileOf('notes.txt', 1234), fileOf('b.txt'))
    await vi.waitFor(() => expect(uploader.readiness.status).toBe('ready'))
    expect(uploader.entries.map((it) => it.name)).toEqual(['notes.txt', 'b.txt'])
    await vi.waitFor(() => expect(page.innerText).toContain('notes'))
    expect((await dify.seen()).files).toHaveLength(2)
    expect(uploader.take()).toHaveLength(2)
    await vi.waitFor(() => expect(page.innerText).not.toContain('notes'))
  })

  test('a dropped file is taken', async () => {
    const uploader = engine()
    const page = show(<Files uploader={uploader} />)
    await vi.waitFor(() => expect(page.querySelector('.ant-upload-drag')).not.toBeNull())
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(fileOf('dropped.txt'))
    page.querySelector('.ant-upload-drag .ant-upload')!.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
    await vi.waitFor(() => expect(uploader.entries.map((it) => it.status)).toEqual(['uploaded']))
  })

  test('what is refused stays in sight with its reason', async () => {
    const uploader = engine({ rules: { kinds: ['image'] } })
    const page = show(<Files uploader={uploader} />)
    await pick(page, fileOf('notes.txt'))
    await vi.waitFor(() => expect(page.innerText).toContain('kind_not_allowed'))
    expect((await dify.seen()).files).toEqual([])
  })

  test('removing a card stops its upload', async () => {
    await dify.script({ kind: 'slow', bytesPerSecond: 100_000 })
    const uploader = engine()
    const page = show(<Files uploader={uploader} />)
    await pick(page, fileOf('big.txt', 5_000_000))
    await vi.waitFor(() => expect(uploader.entries[0]?.status).toBe('uploading'))
    await vi.waitFor(() => expect(page.querySelector('[class*="-remove"]')).not.toBeNull())
    page.querySelector<HTMLElement>('[class*="-remove"]')!.click()
    await vi.waitFor(() => expect(uploader.entries).toEqual([]))
    expect((await dify.seen()).files).toEqual([])
  })

  test('a picture that no browser can decode does not keep the list from showing', async () => {
    const uploader = engine()
    const page = show(<Files uploader={uploader} />)
    await pick(page, fileOf('broken.png', 30, 'image/png'), fileOf('after.txt'))
    await vi.waitFor(() => expect(page.innerText).toContain('after'))
  })

  test('as a customRequest, antd keeps the list and gets Dify\'s object, or the error', async () => {
    const uploader = engine()
    const done: { status?: string; response?: DifyFile; error?: unknown }[] = []
    const page = show(
      <Upload customRequest={createCustomRequest(uploader)} onChange={({ file }) => void (file.status !== 'uploading' && done.push(file))}>
        <button type="button">Pick</button>
      </Upload>,
    )
    await pick(page, fileOf('notes.txt', 50))
    await vi.waitFor(() => expect(done).toMatchObject([{ status: 'done', response: { id: expect.any(String), size: 50 } }]))
    expect(uploader.take()).toMatchObject([{ upload_file_id: done[0]!.response!.id }])

    await dify.script({ kind: 'status', status: 415, code: 'unsupported_file_type' })
    await pick(page, fileOf('other.txt'))
    await vi.waitFor(() => expect(done[1]).toMatchObject({ status: 'error', error: { code: 'unsupported_file_type' } }))
    expect(uploader.entries).toEqual([])
  })

  test('antd\'s remove aborts a customRequest', async () => {
    await dify.script({ kind: 'slow', bytesPerSecond: 100_000 })
    const uploader = engine()
    const page = show(<Upload customRequest={createCustomRequest(uploader)}><button type="button">Pick</button></Upload>)
    await pick(page, fileOf('big.txt', 5_000_000))
    await vi.waitFor(() => expect(uploader.entries[0]?.status).toBe('uploading'))
    await vi.waitFor(() => expect(page.querySelector('button[title="Remove file"]')).not.toBeNull())
    page.querySelector<HTMLElement>('button[title="Remove file"]')!.click()
    await vi.waitFor(() => expect(uploader.entries).toEqual([]))
  })
})
