import type { Meta, StoryObj } from '@storybook/react-vite'
import clip from '../e2e/fixtures/clip.webm?url'
import report from '../e2e/fixtures/report.pdf?url'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { DifyFileDrop } from '../src/index.js'
import { FilePreview } from '../src/preview/index.js'
import { emulated, pictureOf } from './support/emulated.js'

/**
 * `import { FilePreview } from 'dify-file-drop/preview'`, put it inside a surface, and its thumbnails open it: pictures, PDFs,
 * sound, video and text, from the local file. Arrow keys go from file to file; Escape closes it and gives the focus back.
 */
const meta = {
  component: FilePreview,
  title: 'Preview',
  loaders: [async () => {
    const { uploader } = emulated({ app: { file_upload: { enabled: true, allowed_file_types: [] } } })
    uploader.add([
      await pictureOf('sunrise.png', ['#7c9cff', '#f7a6d8'], 900),
      new File([PROSE], 'meeting notes.md'),
      new File([CODE], 'upload.ts'),
      new File([tone()], 'tone.wav', { type: 'audio/wav' }),
      await fetched(report, 'report.pdf'),
      await fetched(clip, 'clip.webm'),
      new File(['not a picture'], 'broken.jpg', { type: 'image/jpeg' }),
      new File(['PK'], 'handbook.docx'),
    ])
    await uploader.settled()
    return { uploader }
  }],
  render: (_, { loaded }) => <div style={{ maxInlineSize: 560 }}><DifyFileDrop uploader={loaded['uploader']}><FilePreview /></DifyFileDrop></div>,
} satisfies Meta<typeof FilePreview>

export default meta
type Story = StoryObj<typeof meta>

const open = (name: string): Story => ({
  play: async ({ canvasElement }) => {
    await userEvent.click(await within(canvasElement).findByRole('button', { name: `Preview ${name}` }))
    await expect(within(canvasElement).getByRole('dialog', { name })).toBeInTheDocument()
    await waitFor(() => expect(canvasElement.querySelector('[data-dfd-part="preview-stage"] > *')).toBeInTheDocument())
  },
})

/** Thumbnails are buttons; a file that no browser shows keeps its icon. */
export const Closed: Story = {
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(within(canvasElement).getAllByRole('button', { name: /^Preview/ })).toHaveLength(7))
  },
}
/** A picture, as large as there is room. */
export const Picture: Story = open('sunrise.png')
/** Text, never HTML; of long ones the first 200 KB. */
export const Prose: Story = open('meeting notes.md')
/** Code keeps its columns. */
export const Code: Story = open('upload.ts')
/** In a player the arrow keys move along the recording. */
export const Sound: Story = open('tone.wav')
/** In the browser’s own viewer; where it has none, words say so. */
export const Document: Story = open('report.pdf')
/** Film, with its controls. */
export const Film: Story = open('clip.webm')
/** What can’t be shown is said in words. */
export const Broken: Story = {
  play: async (context) => {
    await open('broken.jpg').play?.(context)
    await waitFor(() => expect(context.canvasElement.textContent).toContain('can’t show this file'))
  },
}
/** From file to file and back by the keyboard; the focus ends on the file that was shown. */
export const ByKeyboard: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const first = await canvas.findByRole('button', { name: 'Preview sunrise.png' })
    first.focus()
    await userEvent.keyboard('{Enter}')
    await userEvent.keyboard('{ArrowRight}{ArrowRight}')
    await expect(canvas.getByRole('dialog', { name: 'upload.ts' })).toBeInTheDocument()
    await userEvent.click(canvas.getByRole('button', { name: 'Close' }))
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Preview upload.ts' })).toHaveFocus())
  },
}

async function fetched(url: string, name: string): Promise<File> {
  return new File([await (await fetch(url)).blob()], name)
}

const PROSE = `# Meeting, 12 March

- The upload button moves into the composer.
- Files are sent while people type; nobody waits.
- Ask Mara about the contrast of the progress bar.

We agreed that a file which fails keeps its place in the list, with the reason beside it, until somebody removes it.
`

const CODE = `const uploader = createUploader({
  send: createDifyClient({ proxyUrl: '/api/dify' }).send,
})

uploader.add(files)
await uploader.settled()
const message = { query: 'Sum these up', files: uploader.take() }
`

/** A tenth of a second of a tone. */
function tone(): ArrayBuffer {
  const samples = 800
  const view = new DataView(new ArrayBuffer(44 + samples))
  const words: [number, string][] = [[0, 'RIFF'], [8, 'WAVEfmt '], [36, 'data']]
  for (const [at, word] of words) for (let i = 0; i < word.length; i++) view.setUint8(at + i, word.charCodeAt(i))
  view.setUint32(4, 36 + samples, true)
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, 8000, true)
  view.setUint32(28, 8000, true)
  view.setUint16(32, 1, true)
  view.setUint16(34, 8, true)
  view.setUint32(40, samples, true)
  for (let i = 0; i < samples; i++) view.setUint8(44 + i, 128 + Math.round(60 * Math.sin(i / 3)))
  return view.buffer
}
