import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { DifyFileDrop, refuse } from '../src/index.js'
import { MIB } from '../src/dify/parameters.js'
import { emulated, fileOf, pictureOf } from './support/emulated.js'

/**
 * Takes files by drop, pick and paste, checks them, uploads them through your proxy and hands back what Dify returned.
 * Behind every story is a Dify in memory: nothing leaves this page.
 */
const meta = {
  component: DifyFileDrop,
  title: 'DifyFileDrop',
  args: { onUploaded: fn(), onRejected: fn(), onUploadFailed: fn(), onReadinessChange: fn() },
  parameters: { layout: 'padded' },
  decorators: [(Story) => <div style={{ maxInlineSize: 560 }}><Story /></div>],
  loaders: [async () => ({ picture: await pictureOf('sunrise.png') })],
} satisfies Meta<typeof DifyFileDrop>

export default meta
type Story = StoryObj<typeof meta>

/** Nothing attached yet: what is accepted is said before anything is picked. */
export const Empty: Story = {
  render: (args) => <DifyFileDrop {...args} uploader={emulated().uploader} />,
  play: async ({ canvasElement }) => {
    const trigger = within(canvasElement).getByRole('button', { name: /attach files/i })
    await expect(trigger).toHaveAccessibleDescription(/15 MB/)
  },
}

/** Pick a file: it goes up, and `onUploaded` gets Dify's object, once. */
export const Upload: Story = {
  render: (args) => <DifyFileDrop {...args} uploader={emulated().uploader} />,
  play: async ({ args, canvasElement, loaded }) => {
    const canvas = within(canvasElement)
    await userEvent.upload(canvasElement.querySelector<HTMLInputElement>('input[type=file]')!, [loaded['picture'] as File, fileOf('minutes.pdf')])
    await waitFor(() => expect(states(canvasElement)).toEqual(['uploaded', 'uploaded']))
    await expect(args.onUploaded).toHaveBeenCalledTimes(2)
    await expect(args.onUploaded).toHaveBeenCalledWith(expect.objectContaining({ name: 'sunrise.png', extension: 'png' }), expect.anything())
    await expect(canvas.getByRole('list', { name: 'Attachments' })).toBeInTheDocument()
  },
}

/** Bytes leave at the speed of a slow line. Remove stops the request. */
export const Uploading: Story = {
  loaders: [async () => {
    const { uploader } = emulated({ script: [{ kind: 'slow', bytesPerSecond: 60_000, times: Infinity }] })
    uploader.add([await pictureOf('sunrise.png'), fileOf('lecture.mp3', 900_000), fileOf('quarterly report.pdf', 400_000), fileOf('later.csv')])
    return { uploader }
  }],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await waitFor(() => expect(canvas.getByRole('progressbar', { name: 'Uploading lecture.mp3' })).toBeInTheDocument())
    await userEvent.click(canvas.getByRole('button', { name: 'Remove quarterly report.pdf' }))
    await waitFor(() => expect(canvas.queryByText(/quarterly/)).not.toBeInTheDocument())
  },
}

/** All bytes are sent and Dify has not answered: 100 % is not done. */
export const Finishing: Story = {
  loaders: [async () => {
    const { uploader } = emulated({ script: [{ kind: 'stall', at: 'answer' }] })
    uploader.add(fileOf('report.pdf', 300_000))
    return { uploader }
  }],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement)).toEqual(['finishing']))
  },
}

/** The server is busy: the file waits and goes on by itself. */
export const Waiting: Story = {
  loaders: [async () => {
    const { uploader } = emulated({ script: [{ kind: 'status', status: 503, retryAfter: 300, times: Infinity }] })
    uploader.add(fileOf('report.pdf', 3000))
    return { uploader }
  }],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement)).toEqual(['waiting']))
  },
}

/** Refused at the door, each with its reason, naming the file, the rule and who set it. The good one goes up. */
export const Refused: Story = {
  loaders: [async () => {
    const { uploader } = emulated({
      app: { file_upload: { enabled: true, allowed_file_types: ['image', 'document'], number_limits: 5 }, system_parameters: { file_size_limit: 1, image_file_size_limit: 10 } },
      steps: [(file) => (file.name.startsWith('secret') ? refuse('Files named “secret” stay in the house.') : undefined)],
    })
    uploader.add([fileOf('notes.md'), fileOf('empty.txt', 0), fileOf('handbook.pdf', MIB + 1), fileOf('song.mp3'), fileOf('secret plan.docx'), { folder: 'holiday photos', problem: 'not_accepted' }])
    return { uploader }
  }],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement)).toContain('uploaded'))
    const codes = [...canvasElement.querySelectorAll('[data-error-code]')].map((it) => it.getAttribute('data-error-code'))
    await expect(codes).toEqual(['empty_file', 'file_too_large', 'kind_not_allowed', 'refused_by_host', 'folder_not_accepted'])
  },
}

/** More than fit: the first stay, the rest is one entry, which comes in when there is room. */
export const TooMany: Story = {
  loaders: [async () => {
    const { uploader } = emulated({ rules: { maxFiles: 2 } })
    uploader.add(['one.txt', 'two.txt', 'three.txt', 'four.txt'].map((it) => fileOf(it)))
    return { uploader }
  }],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement)).toEqual(['uploaded', 'uploaded', 'failed']))
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Remove one.txt' }))
    await waitFor(() => expect(canvasElement.textContent).toContain('three.txt'))
  },
}

/** Failed on the way. There is a Retry exactly where it can help. */
export const Failed: Story = {
  loaders: [async () => {
    const { uploader } = emulated({
      script: [
        { kind: 'status', status: 400, code: 'invalid_param', name: 'blocked' },
        { kind: 'status', status: 401, code: 'unauthorized', name: 'private' },
        { kind: 'status', status: 413, name: 'movie' },
      ],
    })
    uploader.add([fileOf('blocked.exe'), fileOf('private.pdf'), fileOf('movie.mp4')])
    return { uploader }
  }],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await waitFor(() => expect(states(canvasElement)).toEqual(['failed', 'failed', 'failed']))
    await expect(canvas.queryByRole('button', { name: 'Retry blocked.exe' })).not.toBeInTheDocument()
    await userEvent.click(canvas.getByRole('button', { name: 'Retry private.pdf' }))
    await waitFor(() => expect(states(canvasElement)).toEqual(['failed', 'uploaded', 'failed']))
  },
}

/** Not started until somebody says so. */
export const ManualStart: Story = {
  loaders: [async () => {
    const { uploader } = emulated({ autoUpload: false })
    uploader.add([fileOf('a.txt'), fileOf('b.txt')])
    return { uploader }
  }],
  render: (args, { loaded }) => (
    <>
      <DifyFileDrop {...args} uploader={loaded['uploader']} />
      <button type="button" onClick={() => loaded['uploader'].start()}>Upload now</button>
    </>
  ),
  play: async ({ canvasElement }) => {
    await expect(states(canvasElement)).toEqual(['queued', 'queued'])
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Upload now' }))
    await waitFor(() => expect(states(canvasElement)).toEqual(['uploaded', 'uploaded']))
  },
}

/** Names of every length and script keep their extension in sight. */
export const LongNames: Story = {
  loaders: [async () => {
    const { uploader } = emulated({ app: { file_upload: { enabled: true, allowed_file_types: [] } } })
    uploader.add([
      fileOf('Minutes of the extraordinary general meeting of the society for the preservation of very long names (final, signed).pdf'),
      fileOf('2026年度第三季度财务报告及附注说明（最终版）.xlsx'), fileOf('تقرير الاجتماع السنوي.docx'), fileOf('📎 notes.md'), fileOf('README'),
    ])
    return { uploader }
  }],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(new Set(states(canvasElement))).toEqual(new Set(['uploaded'])))
  },
}

/** Nothing can be added; what is on its way goes on. */
export const Disabled: Story = {
  args: { disabled: true },
  render: (args) => <DifyFileDrop {...args} uploader={emulated().uploader} />,
  play: async ({ canvasElement }) => {
    await expect(within(canvasElement).getByRole('button', { name: /attach files/i })).toBeDisabled()
  },
}

function states(canvas: HTMLElement): (string | null)[] {
  return [...canvas.querySelectorAll('[data-dfd-part="item"]')].map((it) => it.getAttribute('data-state'))
}
