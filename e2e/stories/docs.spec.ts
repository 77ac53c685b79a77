import { expect } from '@playwright/test'
import { everything, test } from './support/stories.js'

// The manual's tables are made from the docstrings: one that lost its sentence, or its default, would go unnoticed.
for (const { id, title } of everything().filter((it) => it.type === 'docs' && ['DifyFileDrop', 'Parts', 'Preview'].includes(it.title))) {
  test(`${title}: every prop has a sentence, a type and, where there is one, its default`, async ({ page }) => {
    await page.goto(`/iframe.html?id=${id}&viewMode=docs`)
    const tables = page.locator('.docblock-argstable')
    await tables.first().waitFor()
    const rows = await tables.locator('tbody tr').evaluateAll((all) =>
      all.map((row) => {
        const [name, about, value] = [...row.children].map((cell) => (cell as HTMLElement).innerText.trim())
        const [sentence = '', ...type] = (about ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '')
        return { name: name?.replace('*', ''), sentence, type: type.join(' '), value }
      }),
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { name, sentence, type } of rows) {
      expect(sentence, `${title}, ${name}`).toMatch(/\w{2,}.*\s\w+/)
      expect(type, `type of ${name}`).not.toMatch(/^(?:union)?$/)
    }
    if (title !== 'DifyFileDrop') return
    expect(rows.map((it) => it.name)).toEqual(expect.arrayContaining(['proxyUrl', 'onUploaded', 'rules', 'layout', 'uploader', 'messages', 'classNames', 'slots', 'name', 'children']))
    const defaults = Object.fromEntries(rows.map((it) => [it.name, it.value]))
    expect(defaults).toMatchObject({ concurrency: '3', autoUpload: 'true', disabled: 'false', layout: "'zone'", dropTarget: "'self'", maxWalk: '10000', locale: 'the language of the messages' })
  })
}

