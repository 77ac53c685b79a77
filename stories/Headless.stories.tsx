import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { errorSentence, useEntry, useEntryIds, useFileDrop, type Entry, type FileDropState, type Uploader } from '../src/index.js'
import { attached, states } from './support/stills.js'

/** `useFileDrop`: gestures, rules, names and states as props for your own elements. No part of ours, no stylesheet. */
const meta = {
  title: 'Headless',
  loaders: [async () => ({ uploader: await attached(['minutes.pdf', 'people.csv']) })],
} satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** Everything on the host’s own elements. */
export const OwnElements: Story = {
  render: (_, { loaded }) => <Own uploader={loaded['uploader']} />,
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement)).toEqual(['uploaded', 'uploaded', 'uploaded']))
    await expect(within(canvasElement).getByRole('button', { name: 'Attach files' })).toBeInTheDocument()
  },
}

function Own({ uploader }: { uploader: Uploader }) {
  const drop = useFileDrop({ uploader })
  const ids = useEntryIds(uploader)
  return (
    <div {...drop.getRootProps()}>
      <input {...drop.getInputProps({ style: { display: 'none' } })} />
      <button {...drop.getTriggerProps()}>Attach files</button>
      <p id={drop.hintId}>{drop.dragging === null ? 'Or drop them here.' : 'Let go!'}</p>
      <ul {...drop.getListProps()}>
        {ids.map((id) => <Row key={id} id={id} drop={drop} />)}
      </ul>
    </div>
  )
}

function Row({ id, drop }: { id: string; drop: FileDropState }) {
  const entry: Entry | undefined = useEntry(id, drop.uploader)
  if (entry === undefined) return null
  return (
    <li {...drop.getItemProps(entry)}>
      {entry.name} ({entry.status})
      {entry.status === 'failed' && <p {...drop.getErrorProps(entry)}>{errorSentence(drop.messages, entry.error, entry, drop.formats)}</p>}
      {' '}<button {...drop.getRemoveProps(entry)}>Remove</button>
    </li>
  )
}
