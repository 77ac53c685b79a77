import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { DifyFileDrop } from '../index.js'
import { ANYTHING, button, createFakeServer, fileOf, itemIn, show } from './surface.fixture.js'

const whole = (): HTMLElement | null => document.querySelector('[data-dfd-part="item-error-whole"]')

async function shown() {
  const { uploader } = createFakeServer({ parameters: ANYTHING, rules: { maxFiles: 1 } })
  show(<div style={{ paddingTop: 120 }}><DifyFileDrop uploader={uploader} layout="composer"><textarea aria-label="Message" /></DifyFileDrop></div>)
  uploader.add(fileOf('a.txt'))
  uploader.add(Array.from({ length: 6 }, (_, i) => fileOf(`a rather long name of a file ${i}.txt`)))
  return { item: await itemIn('a rather long', 'failed'), user: userEvent.setup() }
}

test('a long reason does not make the strip taller, and is whole for screen readers', async () => {
  const { item } = await shown()
  await waitFor(() => expect(item.querySelector('[data-dfd-part="item-error"]')?.textContent).toMatch(/Remove some to make room\.$/))
  expect(screen.getByRole('list').offsetHeight).toBeLessThan(110)
  expect(item.getAttribute('aria-describedby')).toBe(item.querySelector('[data-dfd-part="item-error"]')?.id)
})

test('it shows whole with the focus and under the pointer, and Escape puts it away', async () => {
  const { item, user } = await shown()
  expect(whole()).toBeNull()
  await user.tab()
  while (document.activeElement !== item.querySelector('[data-dfd-part="item-remove"]')) await user.tab()
  await waitFor(() => expect(whole()?.textContent).toMatch(/Remove some to make room\.$/))
  expect(whole()?.matches(':popover-open')).toBe(true)
  await user.keyboard('{Escape}')
  expect(whole()).toBeNull()
  await user.hover(item)
  await waitFor(() => expect(whole()).not.toBeNull())
  await user.hover(button('Attach files'))
  await waitFor(() => expect(whole()).toBeNull())
})
