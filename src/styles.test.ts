import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const sheets = ['styles.css', 'preview.css'].map((name) => readFileSync(new URL(name, import.meta.url), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, ''))
const css = sheets.join('')
const page = readFileSync(new URL('../stories/2-Theming.mdx', import.meta.url), 'utf8')
const sources = ['react', 'preview'].flatMap((folder) => sourcesIn(new URL(folder, import.meta.url).pathname)).join('\n')

test('every property that the stylesheet reads is in the table of the manual, and no other', () => {
  const read = namesIn(css, /var\((--dfd-[\w-]+)/g)
  expect(namesIn(page, /^\|[^|]*?`--dfd-[^|]*\|/gm).flatMap((cell) => [...namesIn(cell, /`(--dfd-[\w-]+)`/g)]).toSorted()).toEqual(read)
})

test('every part is in the table of the manual', () => {
  const parts = namesIn(`${css}\n${sources}`, /data-dfd-part'?\]?(?:=|: )["']([\w-]+)["']/g)
  expect(parts.length).toBeGreaterThan(30)
  const told = new Set(namesIn(page, /`"([\w-]+)"`/g))
  expect(parts.filter((part) => !told.has(part))).toEqual([])
})

test('every attribute that tells a state is in the table of the manual', () => {
  const attributes = namesIn(css, /\[(data-[\w-]+)/g).filter((name) => !OWN.has(name))
  expect(attributes.filter((name) => !page.includes(`[${name}`))).toEqual([])
})

test('everything is in one layer, and nothing in it has a side', () => {
  for (const sheet of sheets) expect(sheet.trim()).toMatch(/^@layer dify-file-drop \{[\s\S]*\}$/)
  // What leads along the line of writing has logical names; a gradient has none.
  expect(namesIn(css, /(?:^|[{;\s])((?:margin|padding|border|inset)-(?:left|right)|left|right|text-align: (?:left|right))\b\s*:/gm)).toEqual([])
})

test('nothing is in it that bundlers rewrite into something else', () => {
  // `:dir()` becomes a list of languages, `light-dark()` two properties that a page without `color-scheme` does not have.
  expect(namesIn(css, /(:dir\(|light-dark\()/g)).toEqual([])
})

/** Said by us to ourselves, and of no use to others. */
const OWN = new Set(['data-dfd-part', 'data-dfd-icon', 'data-dfd-hidden', 'data-dfd-theme', 'data-hint', 'data-mirrored'])

/** What the expression finds (its group, if it has one), each once, in order of the alphabet. */
function namesIn(text: string, expression: RegExp): string[] {
  return [...new Set([...text.matchAll(expression)].map((match) => match[1] ?? match[0]))].toSorted()
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(?:test|fixture)\./.test(path))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
}
