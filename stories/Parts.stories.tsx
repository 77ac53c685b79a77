import type { Meta, StoryObj } from '@storybook/react-vite'
import type { ReactNode } from 'react'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { FileDrop, useEntryIds, type Uploader } from '../src/index.js'
import { emulated, fileOf } from './support/emulated.js'
import { attached, dragOver, everyState, midUpload, states } from './support/stills.js'

/**
 * `FileDrop.*`: one part, one element. Each takes the props of its element, a `ref`, and `render` for another element. All
 * read their surface from `<FileDrop.Root>`.
 */
const meta = {
  component: FileDrop.Root,
  title: 'Parts',
  subcomponents: {
    Trigger: FileDrop.Trigger, More: FileDrop.More, Link: FileDrop.Link, Hint: FileDrop.Hint, Zone: FileDrop.Zone, Overlay: FileDrop.Overlay, List: FileDrop.List, Item: FileDrop.Item,
    ItemMove: FileDrop.ItemMove, ItemThumbnail: FileDrop.ItemThumbnail, ItemName: FileDrop.ItemName, ItemSize: FileDrop.ItemSize, ItemState: FileDrop.ItemState,
    ItemSpeed: FileDrop.ItemSpeed, ItemNotes: FileDrop.ItemNotes, ItemFixes: FileDrop.ItemFixes, ItemProgress: FileDrop.ItemProgress, ItemError: FileDrop.ItemError,
    ItemRename: FileDrop.ItemRename, ItemChoose: FileDrop.ItemChoose, ItemRetry: FileDrop.ItemRetry, ItemRemove: FileDrop.ItemRemove,
    Notice: FileDrop.Notice, Status: FileDrop.Status,
  } as never,
  decorators: [(Story) => <div style={{ maxInlineSize: 560 }}><Story /></div>],
} satisfies Meta<typeof FileDrop.Root>

export default meta
type Story = StoryObj<typeof meta>

/** A story of one part: a surface on a prepared engine, with only this in it. */
function part(children: ReactNode, prepare: () => Uploader | Promise<Uploader> = () => emulated().uploader, settled?: (canvas: HTMLElement) => unknown): Story {
  return {
    loaders: [async () => ({ uploader: await prepare() })],
    render: (args, { loaded }) => <FileDrop.Root {...args} uploader={loaded['uploader']}>{children}</FileDrop.Root>,
    play: async ({ canvasElement }) => {
      await waitFor(() => settled?.(canvasElement))
    },
  }
}

/** A list in which each item holds only this part. */
const items = (children: ReactNode): ReactNode => (
  <FileDrop.List>{(id) => <FileDrop.Item id={id}>{children}</FileDrop.Item>}</FileDrop.List>
)

/** Waits until a part is there. */
const has = (name: string, count = 1) => (canvas: HTMLElement): void => {
  if (canvas.querySelectorAll(`[data-dfd-part="${name}"]`).length < count) throw new Error(`There is no ${name} yet.`)
}

/** Put together by hand: everything that `<DifyFileDrop>` is, in another order. */
export const Together: Story = {
  loaders: [async () => ({ uploader: await midUpload() })],
  render: (args, { loaded }) => (
    <FileDrop.Root {...args} uploader={loaded['uploader']}>
      <FileDrop.List>
        {(id) => (
          <FileDrop.Item id={id}>
            <FileDrop.ItemThumbnail />
            <div style={{ flex: 1, minInlineSize: 0 }}>
              <FileDrop.ItemName />
              <FileDrop.ItemState />
            </div>
            <FileDrop.ItemProgress />
            <FileDrop.ItemRemove />
          </FileDrop.Item>
        )}
      </FileDrop.List>
      <FileDrop.Trigger style={{ justifySelf: 'start', paddingInline: 16, border: '1px solid' }} />
      <FileDrop.Hint />
      <FileDrop.Overlay />
      <FileDrop.Status />
    </FileDrop.Root>
  ),
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(states(canvasElement)).toContain('uploading'))
    await expect(within(canvasElement).getByRole('button', { name: 'Attach files' })).toBeInTheDocument()
  },
}

/** `FileDrop.Trigger`: opens the picker. A native button named "Attach files". */
export const Trigger: Story = part(<><FileDrop.Trigger /><FileDrop.Hint /></>)
/** `FileDrop.More`: the other ways, where device, page and app leave any. */
export const More: Story = part(<FileDrop.More />, undefined, has('more'))
/** `FileDrop.Hint`: what is accepted, before anything is picked; the trigger is described by it. */
export const Hint: Story = part(<FileDrop.Hint />)
/** `FileDrop.Zone`: the area to drop on, with the button for everybody who does not. */
export const Zone: Story = part(<FileDrop.Zone />)
/** `FileDrop.Overlay`: there only during a drag. */
export const Overlay: Story = part(<><FileDrop.Zone /><FileDrop.Overlay /></>, undefined, (canvas) => {
  if (canvas.querySelector('[data-dfd-part="overlay"]') === null) dragOver(canvas.querySelector('[data-dfd-part="zone"]')!, [new File(['x'], 'a.png', { type: 'image/png' })])
  has('overlay')(canvas)
})
/** `FileDrop.Overlay` with a file that can't be attached. */
export const OverlayRefused: Story = part(<><FileDrop.Zone /><FileDrop.Overlay /></>, () => emulated({ rules: { kinds: ['document'] } }).uploader, (canvas) => {
  if (canvas.querySelector('[data-dfd-part="overlay"]') === null) dragOver(canvas.querySelector('[data-dfd-part="zone"]')!, [new File(['x'], 'a.mp3', { type: 'audio/mpeg' })])
  has('overlay')(canvas)
})
/** `FileDrop.List`: a list named "Attachments", in the order of the message. */
export const List: Story = part(<FileDrop.List />, () => attached(), has('item', 3))
/** `FileDrop.Item`: one file; what is in it is yours to choose. Here in every state, as it comes. */
export const Item: Story = part(<FileDrop.List />, () => everyState(), has('item', 7))
/** `FileDrop.ItemMove`: drag it; press it for a menu that does the same; on the keyboard Alt and an arrow key. */
export const ItemMove: Story = part(items(<><FileDrop.ItemMove /><FileDrop.ItemName /></>), () => attached(), has('item-move', 3))
/** `FileDrop.ItemThumbnail`: a picture of an image, made when it comes into sight; else an icon for the type. */
export const ItemThumbnail: Story = part(items(<><FileDrop.ItemThumbnail /><FileDrop.ItemName /></>), () => attached(['minutes.pdf', 'people.csv', 'page.html', 'tone.mp3', 'film.mp4', 'old.zip']), (canvas) => has('item', 7)(canvas))
/** `FileDrop.ItemName`: its middle gives way, its extension never. */
export const ItemName: Story = part(items(<FileDrop.ItemName />), () => attached(['Minutes of the extraordinary general meeting of the society for very long names.pdf', '会议纪要（2026年第三季度，最终确认版本）.docx']), has('item', 3))
/** `FileDrop.ItemSize`: in the words of the locale. */
export const ItemSize: Story = part(items(<><FileDrop.ItemName /><FileDrop.ItemSize /></>), () => attached(), has('item-size', 3))
/** `FileDrop.ItemState`: what the file is doing, in words. */
export const ItemState: Story = part(items(<><FileDrop.ItemName /><FileDrop.ItemState /></>), () => everyState(), has('item-state', 5))
/** `FileDrop.ItemProgress`: a bar while bytes leave; without a value where nobody can tell. */
export const ItemProgress: Story = part(items(<><FileDrop.ItemName /><FileDrop.ItemProgress /></>), () => midUpload(), has('item-progress', 2))
/** `FileDrop.ItemNotes`: what is worth knowing and is no error. */
export const ItemNotes: Story = part(<FileDrop.List />, async () => {
  const { uploader } = emulated()
  uploader.add([fileOf('a copy.txt'), fileOf('a copy.txt'), fileOf('a/b.txt')])
  await uploader.settled()
  return uploader
}, has('item-note'))
/** `FileDrop.ItemError`: the rule, whose it is, and what can be done. Tied to the item by `aria-describedby`. */
export const ItemError: Story = part(items(<div><FileDrop.ItemName /><FileDrop.ItemError /></div>), () => {
  const { uploader } = emulated()
  uploader.add([fileOf('empty.txt', 0), fileOf('tool.exe')])
  return uploader
}, has('item-error', 2))
/** `FileDrop.ItemRetry` and `FileDrop.ItemRemove`: Retry only where it can help; Remove always, and always in sight. */
export const ItemButtons: Story = part(items(<><FileDrop.ItemName /><FileDrop.ItemRename /><FileDrop.ItemRetry /><FileDrop.ItemRemove /></>), () => everyState(), has('item-retry'))
/** `FileDrop.ItemChoose`: takes a file anew that can’t be read any more. */
export const ItemChoose: Story = part(items(<><FileDrop.ItemName /><FileDrop.ItemError /><FileDrop.ItemChoose /></>), async () => {
  const { uploader } = emulated()
  uploader.add({ lost: 'minutes.pdf', size: 48_000, path: null })
  await uploader.settled()
  return uploader
}, has('item-choose'))
/** `FileDrop.ItemSpeed`: how fast it goes up, once that means something. */
export const ItemSpeed: Story = {
  ...part(items(<><FileDrop.ItemName /><FileDrop.ItemSpeed /></>), () => {
    const { uploader } = emulated({ script: [{ kind: 'slow', bytesPerSecond: 60_000, times: Infinity }] })
    uploader.add(fileOf('lecture.mp3', 6_000_000))
    return uploader
  }),
  play: async ({ canvasElement }) => {
    await waitFor(() => has('item-speed')(canvasElement), { timeout: 10_000 })
  },
}
/** `FileDrop.ItemFixes`: what one press can do about what a note says. */
export const ItemFixes: Story = part(items(<div><FileDrop.ItemName /><FileDrop.ItemNotes /> <FileDrop.ItemFixes /></div>), () => {
  const { uploader } = emulated()
  uploader.add([fileOf('minutes.pdf'), fileOf('minutes.pdf')])
  return uploader
}, has('item-fix'))
/** `FileDrop.Link`: adds a link, where the app takes them. */
export const Link: Story = {
  ...part(<FileDrop.Link />, () => emulated({ app: { file_upload: { enabled: true, allowed_file_types: [], allowed_file_upload_methods: ['local_file', 'remote_url'] } } }).uploader),
  args: { links: true },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Add a link' }))
    await userEvent.keyboard('mailto:mara{Enter}')
    await expect(canvas.getByRole('textbox')).toBeInvalid()
  },
}
/** `FileDrop.Notice`: what could not be done about a draft; empty while all is well. Here another composer keeps the same one. */
export const Notice: Story = {
  loaders: [() => ({ uploader: emulated().uploader, other: emulated().uploader })],
  render: (args, { loaded }) => (
    <>
      {[loaded['uploader'], loaded['other']].map((uploader: Uploader, i) => (
        <FileDrop.Root key={i} {...args} uploader={uploader} draft={{ key: 'story', scope: 'nobody' }}><FileDrop.Notice /></FileDrop.Root>
      ))}
    </>
  ),
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.textContent).not.toBe(''), { timeout: 10_000 })
  },
}
/** `FileDrop.Status`: two live regions for screen readers, always there; shown here for once. */
export const Status: Story = part(<><FileDrop.List /><FileDrop.Status /></>, () => attached(), has('status'))

/** `render` gives a part another element; `classNames` and `slots` do it for a whole surface. */
export const OtherElements: Story = {
  loaders: [async () => ({ uploader: await attached(['minutes.pdf']) })],
  render: (args, { loaded }) => (
    <FileDrop.Root {...args} uploader={loaded['uploader']} classNames={{ item: 'mine' }} slots={{ 'item-name': <strong /> }}>
      <style>{'.mine { border-style: double; border-width: 3px }'}</style>
      <FileDrop.List render={<ol />} />
      <Count uploader={loaded['uploader']} />
    </FileDrop.Root>
  ),
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('ol li.mine strong')).toBeInTheDocument())
  },
}

function Count({ uploader }: { uploader: Uploader }) {
  return <p>{useEntryIds(uploader).length} files</p>
}
