import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import heic from '../e2e/fixtures/photo.heic?url'
import photo from '../e2e/fixtures/photo.jpg?url'
import pdf from '../e2e/fixtures/report.pdf?url'
import { DifyFileDrop, type Step, type Uploader } from '../src/index.js'
import { prepareImages } from '../src/prepare/index.js'
import { sniff } from '../src/sniff/index.js'
import { emulated, fileOf } from './support/emulated.js'

/** Files made fit before they leave, each change told, and lifted by one press where that helps. */
const meta = {
  component: DifyFileDrop,
  title: 'Files',
  parameters: { layout: 'padded' },
  decorators: [(Story) => <div style={{ maxInlineSize: 560 }}><Story /></div>],
} satisfies Meta<typeof DifyFileDrop>

export default meta
type Story = StoryObj<typeof meta>

const fetched = async (url: string, name: string, type: string): Promise<File> => new File([await (await fetch(url)).blob()], name, { type, lastModified: Date.UTC(2026, 0, 15) })

function states(canvas: HTMLElement): (string | null)[] {
  return [...canvas.querySelectorAll('[data-dfd-part="item"]')].map((it) => it.getAttribute('data-state'))
}

/** The same file twice: both are kept, the second says so, and one press takes it away. */
export const Duplicate: Story = {
  loaders: [async () => {
    const { uploader } = emulated()
    uploader.add([fileOf('minutes.pdf'), fileOf('minutes.pdf')])
    return { uploader }
  }],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
  play: async ({ canvasElement, loaded }) => {
    const canvas = within(canvasElement)
    await waitFor(() => expect(states(canvasElement)).toEqual(['uploaded', 'uploaded']))
    await userEvent.click(await canvas.findByRole('button', { name: 'Remove the copy of minutes.pdf' }))
    await waitFor(() => expect(states(canvasElement)).toEqual(['uploaded']))
    ;(loaded['uploader'] as Uploader).add(fileOf('minutes.pdf'))
    await canvas.findByText('Already in the list')
  },
}

/** A PDF called `.png`: it is on its way at once, the note comes meanwhile, and one press gives it its name. */
export const Misnamed: Story = {
  loaders: [async () => ({ ...emulated(), scan: await fetched(pdf, 'scan.png', 'image/png'), again: await fetched(pdf, 'photo.png', 'image/png') })],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} validate={warn} />,
  play: async ({ canvasElement, loaded }) => {
    const canvas = within(canvasElement)
    const uploader = loaded['uploader'] as Uploader
    await waitFor(() => expect(uploader.options.steps).toHaveLength(1))
    uploader.add(loaded['scan'])
    await canvas.findByText('The content looks like PDF')
    await userEvent.click(await canvas.findByRole('button', { name: 'Rename to scan.pdf, now scan.png' }))
    await waitFor(() => expect(uploader.entries).toMatchObject([{ name: 'scan.pdf', status: 'uploaded' }]))
    uploader.add(loaded['again'])
    await canvas.findByText('The content looks like PDF')
  },
}

/** In refuse mode such a file waits for the look, and is not sent. */
export const MisnamedRefused: Story = {
  loaders: [async () => {
    const { uploader } = emulated({ steps: [sniff({ mode: 'refuse' })] })
    uploader.add([await fetched(pdf, 'scan.png', 'image/png'), fileOf('notes.md')])
    return { uploader }
  }],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement)).toEqual(['failed', 'uploaded']))
    await expect(await within(canvasElement).findByRole('button', { name: 'Rename to scan.pdf, now scan.png' })).toBeInTheDocument()
  },
}

/** A photo with GPS, and a HEIC: smaller, upright, without metadata; the original is offered back. */
export const PreparedPictures: Story = {
  loaders: [async () => {
    const { uploader, dify } = emulated({ steps: [prepareImages()] })
    uploader.add([await fetched(photo, 'holiday.jpg', 'image/jpeg'), await fetched(heic, 'IMG_0042.heic', 'image/heic')])
    return { uploader, dify }
  }],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await waitFor(() => expect(states(canvasElement)).toEqual(['uploaded', 'uploaded']), { timeout: 20_000 })
    await expect(canvas.getByText('IMG_0', { exact: false })).toBeInTheDocument()
    await expect(canvasElement.querySelectorAll('[data-note="converted"]')).toHaveLength(2)
    await userEvent.click(await canvas.findByRole('button', { name: 'Use the original of holiday.jpg' }))
    await waitFor(() => expect(canvasElement.querySelectorAll('[data-note="converted"]')).toHaveLength(1))
    await waitFor(() => expect(states(canvasElement)).toEqual(['uploaded', 'uploaded']))
  },
}

/** A step that needs time: people see that the file is being prepared, and can take it away. */
export const Preparing: Story = {
  loaders: [async () => {
    const { uploader } = emulated({ steps: [forever] })
    uploader.add([fileOf('contract.pdf'), fileOf('annex.pdf')])
    return { uploader }
  }],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await waitFor(() => expect(states(canvasElement)).toEqual(['preparing', 'preparing']))
    await userEvent.click(canvas.getByRole('button', { name: 'Remove annex.pdf' }))
    await waitFor(() => expect(states(canvasElement)).toEqual(['preparing']))
  },
}

/** Where the app takes links: a small form, and an address that is pasted beside a text box. */
export const Links: Story = {
  args: { links: true },
  loaders: [async () => emulated()],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Add a link' }))
    await userEvent.keyboard('https://example.com/annual-report.pdf{Enter}')
    await waitFor(() => expect(states(canvasElement)).toEqual(['uploaded']))
    await userEvent.click(await canvas.findByRole('button', { name: 'Add a link' }))
    await userEvent.keyboard('not an address{Enter}')
    await expect(await canvas.findByText(/This is no web address/)).toBeInTheDocument()
  },
}

/** The same in a composer. */
export const LinksInComposer: Story = {
  args: { links: true, layout: 'composer' },
  loaders: [async () => emulated()],
  render: (args, { loaded }) => <div style={{ paddingBlockStart: 120 }}><DifyFileDrop {...args} uploader={loaded['uploader']}><textarea aria-label="Message" placeholder="Ask about your files…" rows={1} /></DifyFileDrop></div>,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const form = canvas.queryByRole('button', { name: 'Add a link' })
    if (form !== null) await userEvent.click(form)
    else {
      await userEvent.click(canvas.getByRole('button', { name: /more ways/i }))
      await userEvent.click(await within(document.body).findByRole('menuitem', { name: 'Add a link' }))
    }
    await waitFor(() => expect(canvas.getByRole('textbox', { name: 'Web address of a file' })).toHaveFocus())
  },
}

/** All notes at once, in a strip of chips. */
export const NotesInComposer: Story = {
  args: { layout: 'composer' },
  loaders: [async () => {
    const { uploader } = emulated({ steps: [smaller] })
    uploader.add([fileOf('what?.md'), fileOf('photo.png', 5_200_000), fileOf('minutes.pdf'), fileOf('minutes.pdf')])
    return { uploader }
  }],
  render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']}><textarea aria-label="Message" placeholder="Ask about your files…" rows={1} /></DifyFileDrop>,
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement)).toEqual(['uploaded', 'uploaded', 'uploaded', 'uploaded']))
    await expect([...canvasElement.querySelectorAll('[data-note]')].map((it) => it.getAttribute('data-note'))).toEqual(['renamed', 'converted', 'duplicate'])
  },
}

const warn = sniff()
const forever: Step = () => new Promise<undefined>(() => undefined)
const smaller: Step = (file) => (file.name === 'photo.png' ? new File([file.slice(0, 640_000)], file.name, { type: file.type }) : undefined)
