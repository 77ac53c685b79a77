import { fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createRef, useState } from 'react'
import { expect, test, vi } from 'vitest'
import { DifyFileDrop, FileDrop, useEntry, useEntryIds, useFileDrop, type FileDropState, type Uploader } from '../index.js'
import { button, createFakeServer, dropOn, fileOf, itemIn, itemOf, pick, show, transferOf } from './surface.fixture.js'

test('parts put together by hand behave like the whole', async () => {
  const { uploader, delivery } = createFakeServer()
  const root = createRef<HTMLDivElement>()
  const trigger = createRef<HTMLButtonElement>()
  show(
    <FileDrop.Root uploader={uploader} ref={root} className="mine">
      <FileDrop.Trigger ref={trigger} data-testid="trigger">Attach files here</FileDrop.Trigger>
      <FileDrop.Hint />
      <FileDrop.List>
        {(id) => (
          <FileDrop.Item id={id}>
            <FileDrop.ItemName /> <FileDrop.ItemSize /> <FileDrop.ItemProgress /> <FileDrop.ItemError />
            <FileDrop.ItemRetry>Again</FileDrop.ItemRetry>
            <FileDrop.ItemRemove render={<button type="button" className="theirs">Away</button>} />
          </FileDrop.Item>
        )}
      </FileDrop.List>
      <FileDrop.Status />
    </FileDrop.Root>,
  )
  expect(root.current?.className).toBe('mine')
  expect(root.current?.dataset['dfdPart']).toBe('root')
  expect(trigger.current).toBe(screen.getByTestId('trigger'))
  dropOn(root.current!, transferOf([fileOf('a.txt')]))
  await delivery('a.txt')
  await itemIn('a.txt', 'uploading')
  const remove = button('Remove a.txt')
  expect(remove.className).toBe('theirs')
  expect(remove.textContent).toBe('Away')
  await userEvent.setup().click(remove)
  await waitFor(() => expect(uploader.ids).toEqual([]))
})

test('handlers are merged, the host’s first, and its preventDefault wins', async () => {
  const { uploader } = createFakeServer()
  const seen: string[] = []
  show(
    <FileDrop.Root uploader={uploader} onDrop={(event) => event.preventDefault()}>
      <FileDrop.Trigger />
      <FileDrop.List>
        {(id) => (
          <FileDrop.Item id={id}>
            <FileDrop.ItemName />
            <FileDrop.ItemRemove onClick={(event) => {
              seen.push(`removed ${uploader.ids.length === 0}`)
              if (seen.length === 1) event.preventDefault()
            }} />
          </FileDrop.Item>
        )}
      </FileDrop.List>
    </FileDrop.Root>,
  )
  dropOn(button('Attach files'), transferOf([fileOf('dropped.txt')]))
  expect(uploader.ids).toEqual([])
  pick([fileOf('a.txt')])
  await itemOf('a.txt')
  fireEvent.click(button('Remove a.txt'))
  expect(uploader.ids).toHaveLength(1)
  fireEvent.click(button('Remove a.txt'))
  expect(uploader.ids).toHaveLength(0)
  expect(seen).toEqual(['removed false', 'removed false'])
})

test('class names and slots reach every part, and states are attributes', async () => {
  const { uploader, answerAll } = createFakeServer()
  answerAll()
  const { container } = show(
    <DifyFileDrop uploader={uploader} className="host" classNames={{ root: 'root', 'item-name': 'name' }} slots={{ 'item-size': (props) => <em {...props} /> }} />,
  )
  pick([fileOf('a.txt')])
  const item = await itemIn('a.txt', 'uploaded')
  expect(container.firstElementChild?.className).toBe('root host')
  expect(item.querySelector('.name')?.textContent).toBe('a.txt')
  expect(item.querySelector('em')?.textContent).toBe('3 bytes')
})

test('without a look: prop getters on the host’s own elements', async () => {
  function Headless({ uploader }: { uploader: Uploader }) {
    const drop = useFileDrop({ uploader })
    const ids = useEntryIds(uploader)
    return (
      <section {...drop.getRootProps({ 'aria-label': 'Mine' })}>
        <input {...drop.getInputProps()} />
        <button {...drop.getTriggerProps({ className: 'b' })}>+</button>
        <ul {...drop.getListProps()}>{ids.map((id) => <Row key={id} id={id} drop={drop} />)}</ul>
      </section>
    )
  }
  function Row({ id, drop }: { id: string; drop: FileDropState }) {
    const entry = useEntry(id, drop.uploader)
    if (entry === undefined) return null
    return <li {...drop.getItemProps(entry)}>{entry.name}<button {...drop.getRemoveProps(entry)}>×</button></li>
  }
  const { uploader } = createFakeServer()
  show(<Headless uploader={uploader} />)
  dropOn(screen.getByLabelText('Mine'), transferOf([fileOf('a.txt')]))
  await itemOf('a.txt')
  await userEvent.setup().click(button('Remove a.txt'))
  await waitFor(() => expect(screen.queryAllByRole('listitem')).toEqual([]))
})

test('in a form: one hidden input per uploaded file, required by validity, emptied by reset', async () => {
  const { uploader, answerAll } = createFakeServer()
  answerAll()
  show(<form aria-label="Form"><DifyFileDrop uploader={uploader} name="attachments" required /></form>)
  const form = screen.getByRole<HTMLFormElement>('form')
  await waitFor(() => expect(form.checkValidity()).toBe(false))
  pick([fileOf('a.txt'), fileOf('b.txt')])
  await waitFor(() => expect(new FormData(form).getAll('attachments')).toEqual(['dify-a.txt', 'dify-b.txt']))
  await waitFor(() => expect(form.checkValidity()).toBe(true))
  form.reset()
  await waitFor(() => expect(screen.queryByRole('list')).toBeNull())
  expect(new FormData(form).getAll('attachments')).toEqual([])
})

test('any sentence can be said otherwise, and numbers follow the locale', async () => {
  const { uploader } = createFakeServer()
  show(<DifyFileDrop uploader={uploader} locale="de" messages={{ trigger: 'Dateien anhängen', errors: { empty_file: () => 'Leer.' } }} />)
  expect(button('Dateien anhängen')).toBeVisible()
  pick([fileOf('leer.txt', 0), fileOf('a.txt', 1_600_000)])
  expect(await itemIn('leer.txt', 'failed')).toHaveAccessibleDescription('Leer.')
  expect((await itemOf('a.txt')).textContent).toContain('1,5 MB')
})

test('callbacks are those of the latest render', async () => {
  const { uploader, delivery } = createFakeServer()
  const heard = vi.fn()
  function Host() {
    const [count, setCount] = useState(0)
    return <><button type="button" onClick={() => setCount(count + 1)}>More</button><DifyFileDrop uploader={uploader} onUploaded={() => heard(count)} /></>
  }
  show(<Host />)
  pick([fileOf('a.txt')])
  const { succeed } = await delivery('a.txt')
  await userEvent.setup().click(button('More'))
  succeed()
  await waitFor(() => expect(heard).toHaveBeenCalledWith(1))
})
