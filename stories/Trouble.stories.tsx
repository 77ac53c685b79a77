import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { DifyFileDrop } from '../src/index.js'
import type { ScriptedTrouble } from '../src/testing/index.js'
import { emulated, fileOf, type EmulatedOptions } from './support/emulated.js'
import { states } from './support/stills.js'

/** What a network, a gateway and a server do to people, scripted in the emulator: what is said, and what goes on by itself. */
const meta = {
  component: DifyFileDrop,
  title: 'Trouble',
  decorators: [(Story) => <div style={{ maxInlineSize: 560 }}><Story /></div>],
} satisfies Meta<typeof DifyFileDrop>

export default meta
type Story = StoryObj<typeof meta>

/** One file and what befalls it; the story is done when the file is in this state. */
function trouble(script: readonly ScriptedTrouble[], state: string, words?: RegExp, options: EmulatedOptions = {}, file = fileOf('report.pdf', 60_000)): Story {
  return {
    loaders: [() => {
      const { uploader } = emulated({ script, ...options })
      uploader.add(file)
      return { uploader }
    }],
    render: (args, { loaded }) => <DifyFileDrop {...args} uploader={loaded['uploader']} />,
    play: async ({ canvasElement }) => {
      await waitFor(() => expect(states(canvasElement)).toEqual([state]), { timeout: 5000 })
      if (words !== undefined) await waitFor(() => expect(canvasElement.querySelector('[data-dfd-part="item"]')?.textContent).toMatch(words))
    },
  }
}

const always = { times: Infinity }

/** 503: it waits and goes on by itself. */
export const ServerBusy: Story = trouble([{ kind: 'status', status: 503, retryAfter: 300, ...always }], 'waiting', /Trying again in/)
/** 429: the whole queue slows down. */
export const TooManyRequests: Story = trouble([{ kind: 'status', status: 429, code: 'too_many_requests', retryAfter: 300, ...always }], 'waiting', /Trying again in/)
/** The app has used up its uploads: trying again would not help. */
export const QuotaUsedUp: Story = trouble([{ kind: 'status', status: 429, code: 'rate_limit_error', ...always }], 'failed', /used up/)
/** A gateway cuts off large bodies, in HTML. */
export const GatewayTooLarge: Story = trouble([{ kind: 'status', status: 413, ...always }], 'failed', /server on the way/)
/** Nobody is signed in. */
export const Unauthorized: Story = trouble([{ kind: 'status', status: 401, code: 'unauthorized', ...always }], 'failed')
/** Dify holds fewer bytes than were sent: never taken for a success. */
export const Truncated: Story = trouble([{ kind: 'truncate', bytes: 100, ...always }], 'waiting')
/** The connection breaks on the way. */
export const CutOff: Story = trouble([{ kind: 'cutOff', after: 20_000, ...always }], 'waiting')
/** Bytes stop moving. */
export const Stalled: Story = trouble([{ kind: 'stall', at: 'body', after: 30_000, ...always }], 'uploading')
/** Everything is sent and no answer comes. */
export const NoAnswer: Story = trouble([{ kind: 'stall', at: 'answer', ...always }], 'finishing', /Finishing/)
/** The server’s key is wrong: an operator’s matter, said as such. */
export const WrongKey: Story = trouble([{ kind: 'status', status: 500, code: 'upstream_unauthorized', ...always }], 'failed', /operator/)
/** Uploads are off in this app. */
export const UploadsOff: Story = trouble([], 'failed', /takes no files/, { app: { file_upload: { enabled: false } } })
/** Too large for the rule, which says whose it is. */
export const TooLarge: Story = trouble([], 'failed', /limit for documents/, { rules: { maxBytes: { document: 10_000 } } })

/** Retry, once it can help. */
export const RetryByHand: Story = {
  ...trouble([{ kind: 'status', status: 401, code: 'unauthorized' }], 'failed'),
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement)).toEqual(['failed']))
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Retry report.pdf' }))
    await waitFor(() => expect(states(canvasElement)).toEqual(['uploaded']))
    await expect(within(canvasElement).getByRole('button', { name: 'Remove report.pdf' })).toHaveFocus()
  },
}
