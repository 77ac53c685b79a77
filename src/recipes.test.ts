import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const page = read('docs/recipes.md')

// The stories show, and test, what the page prints. That every other block is right too, `npm run check:docs` knows.
test.each(readdirSync(new URL('../stories/recipes', import.meta.url)))('docs/recipes.md prints stories/recipes/%s as it is', (name) => {
  const code = read(`stories/recipes/${name}`).replace("'../../src/index.js'", "'dify-file-drop'")
  expect(page).toContain(`\`\`\`tsx\n${code}\`\`\``)
})
