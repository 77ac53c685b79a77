import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { DifyFileDrop, type Note, type Step } from '../index.js'
import { button, createFakeServer, fileOf, itemIn, itemOf, pick, show } from './surface.fixture.js'

const said = (words: string) => waitFor(() => expect(screen.getByRole('status').textContent).toContain(words), { timeout: 2000 })
const halve: Step = (file) => new File([file.slice(0, file.size / 2)], file.name, { type: file.type })
const differs: Step = (file): Note | undefined => (file.name === 'scan.png' ? { type: 'content-differs', extension: 'pdf', mime: 'application/pdf' } : undefined)
const fixes = (item: HTMLElement): string[] => [...item.querySelectorAll<HTMLElement>('[data-fix]')].map((it) => it.dataset['fix']!)

test('the copy of a file says so, and one press removes it; the focus goes on, and it is said', async () => {
  const { uploader, answerAll } = createFakeServer()
  answerAll()
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('report.pdf'), fileOf('report.pdf')])
  await waitFor(() => expect(screen.getAllByText('Already in the list')).toHaveLength(1))
  const user = userEvent.setup()
  ;(await screen.findByRole('button', { name: 'Remove the copy of report.pdf' })).focus()
  expect(document.activeElement?.textContent).toBe('Remove the copy')
  await user.keyboard('{Enter}')
  await waitFor(() => expect(uploader.entries).toHaveLength(1))
  expect(uploader.entries[0]!.notes).toEqual([])
  await waitFor(() => expect(document.activeElement).toBe(button('Remove report.pdf')))
  await said('report.pdf removed.')
})

test('when the original is removed, what was its copy is none any more', async () => {
  const { uploader, answerAll } = createFakeServer()
  answerAll()
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('report.pdf'), fileOf('report.pdf')])
  await screen.findByText('Already in the list')
  await userEvent.click(screen.getAllByRole('button', { name: 'Remove report.pdf' })[0]!)
  await waitFor(() => expect(screen.queryByText('Already in the list')).toBeNull())
  expect(screen.queryByRole('button', { name: /copy/ })).toBeNull()
})

test('a name that lies is made true by one press, and what Dify has under it is sent again in its place', async () => {
  const { uploader, answerAll } = createFakeServer()
  answerAll()
  show(<DifyFileDrop uploader={uploader} steps={[differs]} />)
  pick([fileOf('scan.png'), fileOf('after.txt')])
  await itemIn('scan.png', 'uploaded')
  const user = userEvent.setup()
  ;(await screen.findByRole('button', { name: 'Rename to scan.pdf, now scan.png' })).focus()
  await user.keyboard('{Enter}')
  await itemIn('scan.pdf', 'uploaded')
  expect(uploader.entries.map((it) => it.name)).toEqual(['scan.pdf', 'after.txt'])
  await waitFor(() => expect(document.activeElement).toBe(button('Remove scan.pdf')))
  await said('scan.png renamed to scan.pdf.')
})

test('a file that is not sent yet keeps its line when it is renamed', async () => {
  const { uploader } = createFakeServer({ autoUpload: false, steps: [differs] })
  show(<DifyFileDrop uploader={uploader} />)
  pick([fileOf('scan.png')])
  const item = await itemIn('scan.png', 'queued')
  ;(await screen.findByRole('button', { name: 'Rename to scan.pdf, now scan.png' })).focus()
  await userEvent.setup().keyboard('{Enter}')
  expect(await itemIn('scan.pdf', 'queued')).toBe(item)
  await waitFor(() => expect(document.activeElement).toBe(button('Remove scan.pdf')))
})

test('what was made smaller says from what to what, and the original can be sent instead', async () => {
  const { uploader, answerAll, deliveries } = createFakeServer()
  answerAll()
  show(<DifyFileDrop uploader={uploader} prepare={halve} />)
  pick([fileOf('photo.jpg', 4 * 1024 * 1024)])
  await screen.findByText('Made smaller: 4 MB → 2 MB')
  await itemIn('photo.jpg', 'uploaded')
  const user = userEvent.setup()
  ;(await screen.findByRole('button', { name: 'Use the original of photo.jpg' })).focus()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(uploader.entries[0]).toMatchObject({ status: 'uploaded', size: 4 * 1024 * 1024, notes: [] }))
  expect(deliveries.map((it) => it.file.size)).toEqual([2 * 1024 * 1024, 4 * 1024 * 1024])
  await waitFor(() => expect(document.activeElement).toBe(button('Remove photo.jpg')))
  await said('The original of photo.jpg is sent instead.')
  expect(screen.queryByRole('button', { name: /original/ })).toBeNull()
})

test('an original that the app does not take is not offered, and nothing is in a read-only list', async () => {
  const { uploader, answerAll } = createFakeServer()
  answerAll()
  const { rerender } = show(<DifyFileDrop uploader={uploader} prepare={halve} />)
  pick([fileOf('huge.jpg', 11 * 1024 * 1024), fileOf('copy.txt'), fileOf('copy.txt')])
  const item = await itemIn('huge.jpg', 'uploaded')
  expect(fixes(item)).toEqual([])
  await screen.findByText('Remove the copy')
  rerender(<DifyFileDrop uploader={uploader} prepare={halve} readOnly />)
  expect(screen.queryByText('Remove the copy')).toBeNull()
})

test('validate comes first, prepare last, and meanwhile the file is seen to be prepared', async () => {
  const { uploader, answerAll } = createFakeServer()
  answerAll()
  const seen: string[] = []
  let release: (file: File | undefined) => void = () => undefined
  const step = (name: string): Step => () => void seen.push(name)
  show(
    <DifyFileDrop
      uploader={uploader} steps={[step('steps')]} prepare={[step('prepare')]}
      validate={async (_, { signal }) => {
        seen.push('validate')
        signal.addEventListener('abort', () => seen.push('aborted'))
        return new Promise<undefined>((resolve) => (release = () => resolve(undefined)))
      }}
    />,
  )
  pick([fileOf('a.txt')])
  expect((await itemIn('a.txt', 'preparing')).textContent).toContain('Preparing…')
  expect(seen).toEqual(['validate'])
  release(undefined)
  await itemIn('a.txt', 'uploaded')
  expect(seen).toEqual(['validate', 'steps', 'prepare'])
  pick([fileOf('b.txt')])
  await itemIn('b.txt', 'preparing')
  await userEvent.click(button('Remove b.txt'))
  expect(seen.slice(3)).toEqual(['validate', 'aborted'])
})

test('steps that are written in place do not change the engine with each render', async () => {
  const { uploader } = createFakeServer()
  const { rerender } = show(<DifyFileDrop uploader={uploader} validate={() => undefined} />)
  const { steps } = uploader.options
  rerender(<DifyFileDrop uploader={uploader} validate={(file) => new File([file], 'other.txt')} />)
  expect(uploader.options.steps).toBe(steps)
  pick([fileOf('a.txt')])
  await itemOf('other.txt')
})
