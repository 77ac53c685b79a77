import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXCEPTIONS } from './exceptions.mjs'
import { HOSTS } from './start.mjs'

const PAGE = join(HOSTS, '../docs/hosts.md')

/**
 * Keeps docs/hosts.md true: a code block behind `<!-- hosts/… -->` is that very file, the table behind
 * `<!-- exceptions -->` that of exceptions.mjs.
 *
 * @param options.write puts them in instead of comparing
 */
export function docs({ write }) {
  const page = readFileSync(PAGE, 'utf8')
  const current = page
    .replaceAll(/<!-- (hosts\/\S+) -->\n```(\w+)\n[^]*?```\n/g, (block, path, language) => {
      const file = join(HOSTS, '..', path)
      return existsSync(file) ? `<!-- ${path} -->\n\`\`\`${language}\n${readFileSync(file, 'utf8')}\`\`\`\n` : `${block} (there is no ${path})`
    })
    .replace(/<!-- exceptions -->\n(\|.*\n)*/, () => `<!-- exceptions -->\n${table()}`)
  if (write) writeFileSync(PAGE, current)
  const isTrue = write || current === page
  return { passed: isTrue ? 1 : 0, excepted: 0, failures: isTrue ? [] : ['docs/hosts.md shows other code than hosts/ has\n    npm run test:hosts -- --write-docs puts it right'] }
}

function table() {
  const rows = EXCEPTIONS.map(({ hosts, behaviour, reason }) => `| ${hosts.join(', ')} | ${behaviour} | ${reason} |`)
  return ['| host | what is not so there | why |', '|---|---|---|', ...rows, ''].join('\n')
}
