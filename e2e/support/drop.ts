import type { ElementHandle, JSHandle, Locator, Page } from '@playwright/test'

/** A path (of any size: the browser reads it itself), or content up to 50 MB. */
export type Offered = string | { name: string; mimeType: string; buffer: Buffer }

/** Files that hang over a target, as `drag…` leaves them. */
export interface Drag {
  /** Lets go of them over the target. */
  drop: () => Promise<void>
  /** Takes them away again. */
  leave: () => Promise<void>
}

/**
 * Drops files with a real `DataTransfer`. The events come from a script, so they carry no directory entries, and the files can
 * be read before the drop; for what a person's drag does, see `dropPaths`.
 */
export async function dropFiles(page: Page, target: string | Locator, files: Offered[]): Promise<void> {
  const drag = await dragFiles(page, target, files)
  await drag.drop()
}

/** The first half of `dropFiles`: up to where a target shows that it would take them. */
export async function dragFiles(page: Page, target: string | Locator, files: Offered[]): Promise<Drag> {
  const dataTransfer = await dataTransferOf(page, files)
  const element = locate(page, target)
  const send = (type: string) => element.dispatchEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true })
  await send('dragenter')
  await send('dragover')
  return {
    async drop() {
      await send('drop')
      await dataTransfer.dispose()
    },
    async leave() {
      await send('dragleave')
      await dataTransfer.dispose()
    },
  }
}

/** Drops files and folders from disk as a person does: the browser makes the events, and the directory entries are real. Chromium only. */
export async function dropPaths(page: Page, target: string | Locator, paths: string[]): Promise<void> {
  const drag = await dragPaths(page, target, paths)
  await drag.drop()
}

/** The first half of `dropPaths`. */
export async function dragPaths(page: Page, target: string | Locator, paths: string[]): Promise<Drag> {
  const element = locate(page, target)
  await element.scrollIntoViewIfNeeded()
  const box = await element.boundingBox()
  if (box === null) throw new Error('Nothing can be dropped here: the target is not visible.')

  const browser = await page.context().newCDPSession(page)
  const over = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const data = { items: [], files: paths, dragOperationsMask: 1 /* copy */ }
  const send = (type: 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel', at = over) => browser.send('Input.dispatchDragEvent', { type, ...at, data })
  await send('dragEnter')
  await send('dragOver')
  return {
    async drop() {
      await send('drop')
      await browser.detach()
    },
    async leave() {
      // To the page's corner: a cancelled drag alone sends the page no dragleave.
      await send('dragOver', { x: 0, y: 0 })
      await send('dragCancel')
      await browser.detach()
    },
  }
}

/**
 * Pastes files, with `text` beside them as a spreadsheet or a word processor does. The event comes from a script, so the
 * browser inserts nothing; `isTaken` says whether the page kept it from doing so.
 */
export async function pasteFiles(page: Page, target: string | Locator, files: Offered[], { text }: { text?: string } = {}): Promise<{ isTaken: boolean }> {
  const clipboardData = await dataTransferOf(page, files)
  const isTaken = await locate(page, target).evaluate(
    (element, { clipboardData, text }) => {
      if (text !== null) clipboardData.setData('text/plain', text)
      if (element instanceof HTMLElement) element.focus()
      return !element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }))
    },
    { clipboardData, text: text ?? null },
  )
  await clipboardData.dispose()
  return { isTaken }
}

/** Copies a PNG and presses Ctrl+V, as after a screenshot. Needs a page on https or localhost; the browser names it `image.png`. */
export async function pastePicture(page: Page, target: string | Locator, png: Buffer): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0)
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })])
  }, png.toString('base64'))
  await locate(page, target).focus()
  await page.keyboard.press('ControlOrMeta+v')
}

/** An input of our own takes the files in, so that they are real ones and nothing big goes through a script. */
async function dataTransferOf(page: Page, files: Offered[]): Promise<JSHandle<DataTransfer>> {
  const input = await page.evaluateHandle(() => {
    const element = document.createElement('input')
    element.type = 'file'
    element.multiple = true
    return element
  })
  const dataTransfer = await page.evaluateHandle(() => new DataTransfer())
  for (const batch of batches(files)) {
    await setFiles(input, batch)
    // Playwright guesses a type where a content has `''`; a file without one is just what some tests are about.
    const types = batch.map((file) => (typeof file === 'string' ? null : file.mimeType))
    await dataTransfer.evaluate(
      (transfer, { element, types }) => {
        for (const [index, file] of [...(element.files ?? [])].entries()) {
          const type = types[index] ?? file.type
          transfer.items.add(file.type === type ? file : new File([file], file.name, { type, lastModified: file.lastModified }))
        }
      },
      { element: input, types },
    )
  }
  await input.dispose()
  return dataTransfer
}

/** Playwright takes paths or contents in one call, not both. */
function batches(files: Offered[]): Offered[][] {
  const found: Offered[][] = []
  for (const file of files) {
    const last = found.at(-1)
    if (last !== undefined && typeof last[0] === typeof file) last.push(file)
    else found.push([file])
  }
  return found
}

async function setFiles(input: ElementHandle<HTMLInputElement>, batch: Offered[]): Promise<void> {
  const paths = batch.filter((file) => typeof file === 'string')
  const contents = batch.filter((file) => typeof file !== 'string')
  await input.setInputFiles(paths.length > 0 ? paths : contents)
}

function locate(page: Page, target: string | Locator): Locator {
  return typeof target === 'string' ? page.locator(target) : target
}
