import { expect } from '@playwright/test'
import type { Visitor } from './visitor.js'

/** A chip, as the page says it. */
export interface Chip {
  name: string
  state: string
  error: string | null
  text: string
}

/** What a person does in the demo chat, in any browser. */
export interface Person {
  /** Picks files by the input that the dialog fills. */
  pick: (...paths: readonly string[]) => Promise<void>
  /** Does it with a `DataTransfer` that holds real files: a script makes the events, since no driver can drag files in. */
  drag: (gesture: 'drop' | 'paste', target: string, paths: readonly string[]) => Promise<void>
  chips: () => Promise<Chip[]>
  /** Waits until exactly these chips are there, in that state. */
  sees: (state: string, ...names: readonly string[]) => Promise<void>
  /** From now on, writes down what the first chip says of itself whenever that changes: `uploading 42`, `uploaded -`. */
  watch: () => Promise<void>
  watched: () => Promise<string[]>
  /** Presses the button of that name. */
  pressButton: (name: string) => Promise<void>
  type: (text: string) => Promise<void>
  send: (text: string) => Promise<void>
  /** The newest answer, once it is written to its end. */
  answer: () => Promise<string>
  /**
   * Presses Tab, or Shift+Tab, until it comes to what has that name. Never around the page's end: there Firefox's own
   * buttons come, and after a visit to them a driver's Enter presses nothing.
   */
  tabTo: (name: string, key?: 'Tab' | 'Shift+Tab') => Promise<void>
  /** The name of what has the focus. */
  focused: () => Promise<string>
}

const INPUT = 'input[type=file][aria-label="Files"]'
const OFFERED = '#offered'

/** Opens the demo, and waits until it can be used. */
export async function openAs(visitor: Visitor, path = '/'): Promise<Person> {
  await visitor.open(path)
  await expect.poll(() => visitor.run(() => document.querySelector('textarea') !== null)).toBe(true)

  const chips = (): Promise<Chip[]> =>
    visitor.run(() =>
      [...document.querySelectorAll<HTMLElement>('[data-dfd-part="item"]')].map((item) => ({
        name: item.querySelector('[data-dfd-part="item-name"]')?.textContent ?? '',
        state: item.dataset['state'] ?? '',
        error: item.dataset['errorCode'] ?? null,
        text: item.textContent,
      })),
    )
  const focused = (): Promise<string> => visitor.run(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '')
  const person: Person = {
    chips,
    focused,
    pick: (...paths) => visitor.choose(INPUT, paths),
    drag: async (gesture, target, paths) => {
      await visitor.run(() => {
        const input = Object.assign(document.createElement('input'), { type: 'file', multiple: true, id: 'offered' })
        document.body.append(input)
      })
      await visitor.choose(OFFERED, paths)
      await visitor.run(
        ({ gesture, target, offered }) => {
          const input = document.querySelector<HTMLInputElement>(offered)!
          const transfer = new DataTransfer()
          for (const file of input.files ?? []) transfer.items.add(file)
          input.remove()
          const element = document.querySelector(target)!
          const how = { bubbles: true, cancelable: true, composed: true }
          if (gesture === 'paste') {
            const event = new ClipboardEvent('paste', { ...how, clipboardData: transfer })
            // Firefox gives the event an empty one of its own.
            if (event.clipboardData?.files.length === 0) for (const file of transfer.files) event.clipboardData.items.add(file)
            element.dispatchEvent(event)
          } else for (const type of ['dragenter', 'dragover', 'drop']) element.dispatchEvent(new DragEvent(type, { ...how, dataTransfer: transfer }))
        },
        { gesture, target, offered: OFFERED },
      )
    },
    sees: async (state, ...names) => {
      const seen = async (): Promise<string[]> => (await chips()).map((chip) => `${chip.name}: ${chip.state}${chip.error === null ? '' : ` (${chip.error})`}`).toSorted()
      await expect.poll(seen, { timeout: 30_000 }).toEqual(names.map((name) => `${name}: ${state}`).toSorted())
    },
    watch: () =>
      visitor.run(() => {
        const seen: string[] = []
        Object.assign(window, { seen })
        const look = (): void => {
          const item = document.querySelector<HTMLElement>('[data-dfd-part="item"]')
          const said = `${item?.dataset['state'] ?? 'gone'} ${item?.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') ?? '-'}`
          if (seen.at(-1) !== said) seen.push(said)
        }
        new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true })
      }),
    watched: () => visitor.run(() => (window as unknown as { seen: string[] }).seen),
    pressButton: async (name) => {
      const isThere = (): Promise<boolean> =>
        visitor.run((name) => {
          const button = [...document.querySelectorAll('button')].find((it) => (it.getAttribute('aria-label') ?? it.textContent) === name)
          button?.setAttribute('data-pressed', name)
          return button !== undefined
        }, name)
      // A page that is busy draws it later than the server hears of the file.
      await expect.poll(isThere, { message: `there is a button “${name}”` }).toBe(true)
      await visitor.click(`button[data-pressed=${JSON.stringify(name)}]`)
    },
    type: (text) => visitor.press(...text.split('')),
    send: async (text) => {
      await visitor.click('textarea')
      await person.type(text)
      await person.pressButton('Send')
    },
    answer: async () => {
      const last = (): Promise<string | null> =>
        visitor.run(() => {
          const message = [...document.querySelectorAll<HTMLElement>('.chat-message[data-from=dify]')].at(-1)
          return message?.dataset['state'] === 'done' ? (message.querySelector('.chat-text')?.textContent ?? '') : null
        })
      await expect.poll(last, { timeout: 30_000 }).not.toBeNull()
      return (await last())!
    },
    tabTo: async (name, key = 'Tab') => {
      for (let presses = 0; presses < 20 && (await focused()) !== name; presses += 1) await visitor.press(key)
      expect(await focused()).toBe(name)
    },
  }
  return person
}
