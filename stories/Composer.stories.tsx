import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { DifyFileDrop, type Uploader } from '../src/index.js'
import { Chat } from './support/Chat.js'
import { emulated, fileOf, pictureOf } from './support/emulated.js'
import { attached, dragOver, everyState, midUpload, states } from './support/stills.js'

/**
 * `layout="composer"` wraps the chat's own text box: an attach button, a strip of chips, an overlay while files are dragged.
 * The text box, the send button and the text stay yours.
 */
const meta = {
  component: DifyFileDrop,
  title: 'Composer',
  args: { layout: 'composer', onUploaded: fn() },
  decorators: [(Story) => <div style={{ maxInlineSize: 720, marginBlockStart: 48 }}><Story /></div>],
  render: (args, { loaded }) => <Chat {...args} uploader={(loaded['uploader'] as Uploader | undefined) ?? emulated().uploader} />,
} satisfies Meta<typeof DifyFileDrop>

export default meta
type Story = StoryObj<typeof meta>

/** Nothing attached. What is accepted shows on the button's hover and focus, and describes it for screen readers. */
export const Empty: Story = {
  loaders: [() => ({ uploader: emulated().uploader })],
  play: async ({ canvasElement }) => {
    await expect(within(canvasElement).getByRole('button', { name: 'Attach files' })).toHaveAccessibleDescription(/15 MB/)
  },
}

/** The hint, as the keyboard's focus shows it; Escape puts it away. */
export const Hint: Story = {
  loaders: [() => ({ uploader: emulated().uploader })],
  play: async ({ canvasElement }) => {
    await userEvent.tab()
    await waitFor(() => expect(getComputedStyle(canvasElement.querySelector('[data-dfd-part="hint"]')!).visibility).toBe('visible'))
  },
}

/** Ready to be sent, with or without text. */
export const Attached: Story = {
  loaders: [async () => ({ uploader: await attached() })],
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('img')).toBeInTheDocument())
  },
}

/** On its way: the bar at the foot of a chip, the words beside the size. Typing goes on. */
export const Uploading: Story = {
  loaders: [async () => ({ uploader: await midUpload() })],
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await waitFor(() => expect(canvas.getAllByRole('progressbar').length).toBeGreaterThan(0))
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'What changed since spring?')
  },
}

/** Every state at once; the strip scrolls, fades at its edges and shows what was added last. */
export const EveryState: Story = {
  loaders: [async () => ({ uploader: await everyState() })],
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(new Set(states(canvasElement))).toEqual(new Set(['uploaded', 'uploading', 'finishing', 'waiting', 'failed'])))
  },
}

/** A reason longer than two lines is cut there, and whole under the pointer and with the focus. */
export const LongError: Story = {
  loaders: [async () => {
    const { uploader } = emulated({ rules: { maxFiles: 2 } })
    uploader.add([await pictureOf('sunrise.png'), ...['minutes.pdf', 'people.csv', 'A very long name of a very long document.docx', 'chart.png', 'notes.md'].map((it) => fileOf(it))])
    return { uploader }
  }],
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement)).toEqual(['uploaded', 'uploaded', 'failed']))
    const strip = canvasElement.querySelector<HTMLElement>('[data-dfd-part="list"]')!
    await expect(strip.offsetHeight).toBeLessThan(110)
    const error = canvasElement.querySelector<HTMLElement>('[data-dfd-part="item-error"]')!
    await expect(error.textContent).toContain('Remove some to make room')
    within(canvasElement).getAllByRole('button', { name: /^Remove/ }).at(-1)?.focus()
    await userEvent.keyboard('{Shift>}{/Shift}')
  },
}

/** Send while files upload: it waits, says so, and goes by itself. */
export const Held: Story = {
  loaders: [async () => ({ uploader: await midUpload() })],
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'Sum these up{Enter}')
    await waitFor(() => expect(canvas.getByText('Waiting for files to upload…')).toBeInTheDocument())
  },
}

/** A file that failed stops the message until it is retried or removed, or the message goes without it. */
export const Blocked: Story = {
  loaders: [async () => {
    const { uploader } = emulated({ script: [{ kind: 'status', status: 401, code: 'unauthorized', times: Infinity }] })
    uploader.add(fileOf('private.pdf'))
    await uploader.settled()
    return { uploader }
  }],
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'Read this{Enter}')
    await waitFor(() => expect(canvas.getByText(/A file failed/)).toBeInTheDocument())
  },
}

/** Sent: the strip is empty, and the host has the files in Dify's shape. */
export const Sent: Story = {
  loaders: [async () => ({ uploader: await attached(['minutes.pdf']), send: fn() })],
  render: (args, { loaded }) => <Chat {...args} uploader={loaded['uploader']} send={loaded['send']} />,
  play: async ({ canvasElement, loaded }) => {
    const canvas = within(canvasElement)
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'Here you are{Enter}')
    await waitFor(() => expect(loaded['send']).toHaveBeenCalledWith('Here you are', [expect.objectContaining({ type: 'image' }), expect.objectContaining({ type: 'document', transfer_method: 'local_file' })]))
    await expect(canvas.queryByRole('list', { name: 'Attachments' })).not.toBeInTheDocument()
  },
}

/** Sending failed: text and files are back where they were. */
export const SendFailed: Story = {
  loaders: [async () => ({ uploader: await attached(['minutes.pdf']) })],
  render: (args, { loaded }) => <Chat {...args} uploader={loaded['uploader']} send={() => Promise.reject(new Error('offline'))} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'Here you are{Enter}')
    await waitFor(() => expect(canvas.getByText(/Nothing is lost/)).toBeInTheDocument())
    await expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveValue('Here you are')
    await expect(states(canvasElement)).toEqual(['uploaded', 'uploaded'])
  },
}

/** During a drag the overlay names the action and what is accepted. It catches no events, so it can't flicker. */
export const Dragging: Story = {
  loaders: [async () => ({ uploader: await attached() })],
  play: async ({ canvasElement }) => {
    dragOver(canvasElement.querySelector('textarea')!, [new File(['x'], 'a.png', { type: 'image/png' })])
    await waitFor(() => expect(within(canvasElement).getByText('Drop to attach')).toBeInTheDocument())
  },
}

/** `dropTarget="page"`: files may be dropped anywhere on the page, and the overlay covers it. */
export const DraggingOverThePage: Story = {
  args: { dropTarget: 'page' },
  loaders: [async () => ({ uploader: await attached() })],
  play: async ({ canvasElement }) => {
    dragOver(document.body, [new File(['x'], 'a.png', { type: 'image/png' })])
    await waitFor(() => expect(within(canvasElement).getByText('Drop to attach')).toBeVisible())
  },
}

/** One engine, two surfaces: what is attached in one is in the other. */
export const TwoSurfaces: Story = {
  loaders: [async () => ({ uploader: await midUpload() })],
  render: (args, { loaded }) => (
    <div style={{ display: 'grid', gap: 24 }}>
      <Chat {...args} uploader={loaded['uploader']} />
      <DifyFileDrop uploader={loaded['uploader']} />
    </div>
  ),
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement)).toHaveLength(6))
    await userEvent.click(within(canvasElement).getAllByRole('button', { name: 'Remove survey.xlsx' })[0]!)
    await waitFor(() => expect(states(canvasElement)).toHaveLength(4))
  },
}

/** What is dragged can't be attached here. */
export const DraggingRefused: Story = {
  loaders: [() => ({ uploader: emulated({ rules: { kinds: ['image'] } }).uploader })],
  play: async ({ canvasElement }) => {
    dragOver(canvasElement.querySelector('textarea')!, [new File(['x'], 'a.mp3', { type: 'audio/mpeg' })])
    await waitFor(() => expect(within(canvasElement).getByText('This can’t be attached here')).toBeInTheDocument())
  },
}

/** With an app that takes links, and a host that offers them. */
export const Links: Story = {
  args: { links: true },
  loaders: [() => ({ uploader: emulated({ app: { file_upload: { enabled: true, allowed_file_types: ['image'], allowed_file_upload_methods: ['local_file', 'remote_url'] } } }).uploader })],
}

/** More than one way: a menu beside the button. The button itself always opens the picker. */
export const Menu: Story = {
  args: { directory: true, links: true },
  loaders: [() => ({ uploader: emulated({ app: { file_upload: { enabled: true, allowed_file_types: [], allowed_file_upload_methods: ['local_file', 'remote_url'] } } }).uploader })],
  play: async ({ canvasElement }) => {
    await userEvent.click(await within(canvasElement).findByRole('button', { name: 'More ways to attach' }))
    await waitFor(() => expect(canvasElement.querySelector('[role="menuitem"]')).toHaveFocus())
  },
}

/** Twenty, some with long names: the strip scrolls to what was added last. */
export const Twenty: Story = {
  loaders: [async () => {
    const uploader = await attached(['minutes.pdf', 'people.csv'], { rules: { maxFiles: 30 } })
    uploader.add([...Array.from({ length: 16 }, (_, i) => fileOf(`Scan of page ${i + 1} of the extraordinary general meeting.pdf`, 30_000 + i * 7000)), fileOf('会议纪要（2026年第三季度，最终确认版本）.docx')])
    await uploader.settled()
    return { uploader }
  }],
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement).filter((it) => it === 'uploaded')).toHaveLength(20))
  },
}

/** A thousand chips, of which those in sight are rendered. */
export const Thousand: Story = {
  loaders: [() => {
    const { uploader } = emulated({ autoUpload: false, app: { file_upload: { enabled: true, allowed_file_types: [], number_limits: 2000 } } })
    uploader.add(Array.from({ length: 1000 }, (_, i) => fileOf(`scan-${String(i + 1).padStart(4, '0')}.pdf`, 1000)))
    return { uploader }
  }],
  play: async ({ canvasElement }) => {
    await expect(canvasElement.querySelectorAll('[data-dfd-part="item"]').length).toBeLessThan(60)
  },
}

/** 320 px wide: a phone, or a page zoomed to 400 %. */
export const Narrow: Story = {
  loaders: [async () => ({ uploader: await everyState() })],
  decorators: [(Story) => <div style={{ inlineSize: 272 }}><Story /></div>],
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement)).toContain('waiting'))
  },
}

/** Nothing can be added; what is on its way goes on. */
export const Disabled: Story = {
  args: { disabled: true },
  loaders: [async () => ({ uploader: await attached(['minutes.pdf']) })],
}

/** Nothing can be added, removed or retried. */
export const ReadOnly: Story = {
  args: { readOnly: true },
  loaders: [async () => ({ uploader: await attached(['minutes.pdf']) })],
  play: async ({ canvasElement }) => {
    await expect(within(canvasElement).queryByRole('button', { name: /Remove/ })).not.toBeInTheDocument()
  },
}
