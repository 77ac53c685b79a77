import { createDifyClient, createUploader, DifyFileDrop, type MessageFile } from 'dify-file-drop'
import { useMemo } from 'react'
import { useForm } from 'react-hook-form'
import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { dify, fileOf, show } from './support'

/** The recipe of docs/first-week.md. */
function Ticket({ onSubmit }: { onSubmit: (ticket: { title: string; files: MessageFile[] }) => Promise<void> }) {
  const uploader = useMemo(() => createUploader({ send: createDifyClient({ proxyUrl: '/api/dify' }).send, rules: { required: true } }), [])
  const { register, handleSubmit, setError, formState } = useForm<{ title: string }>()
  return (
    <form
      noValidate
      onSubmit={handleSubmit(async ({ title }) => {
        await uploader.settled()
        if (uploader.readiness.status === 'blocked') return setError('root', { message: 'A file is missing, or was not uploaded.' })
        const files = uploader.take()
        await onSubmit({ title, files }).catch((error: unknown) => {
          uploader.restore(files)
          throw error
        })
      })}
    >
      <input aria-label="Title" {...register('title', { required: true })} />
      <DifyFileDrop proxyUrl="/api/dify" uploader={uploader} />
      {formState.errors.root && <p role="alert" data-form-error>{formState.errors.root.message}</p>}
      <button type="submit">Send</button>
    </form>
  )
}

test('a form of React Hook Form waits for its files, takes them, and asks for one that is missing', async () => {
  const submitted: { title: string; files: MessageFile[] }[] = []
  const container = show(<Ticket onSubmit={async (ticket) => void submitted.push(ticket)} />)
  await page.getByLabelText('Title').fill('Broken')
  await page.getByRole('button', { name: 'Send' }).click()
  await vi.waitFor(() => expect(container.querySelector('[data-form-error]')?.textContent).toContain('missing'))

  await dify.script({ kind: 'delay', ms: 300 })
  await userEvent.upload(container.querySelector<HTMLInputElement>('input[type=file]')!, fileOf('log.txt', 77))
  await page.getByRole('button', { name: 'Send' }).click()
  await vi.waitFor(() => expect(submitted).toHaveLength(1), { timeout: 5000 })
  expect(submitted[0]).toMatchObject({ title: 'Broken', files: [{ transfer_method: 'local_file', upload_file_id: (await dify.seen()).files[0]!.id }] })
})
