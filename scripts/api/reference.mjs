// The API reference: a page an entry, from the docstrings.
import { fileNameOf } from './report.mjs'

/** How a declaration names what its file does not import. */
const IMPORT = /import\(['"][^'"]+['"]\)\.(?=\w)/g

const GROUPS = ['Components', 'Hooks', 'Functions', 'Classes', 'Values', 'Types']

/** @returns name of the file → its text */
export function reference(entries) {
  const homes = new Map(entries.toReversed().flatMap((entry) => entry.exports.map(({ name }) => [name, entry.name])))
  const pages = Object.fromEntries(entries.map((entry) => [`${fileNameOf(entry.name)}.md`, pageOf(entry, homes)]))
  return { 'README.md': contents(entries), ...pages }
}

function contents(entries) {
  const rows = entries.map((entry) => {
    const values = entry.exports.filter(({ group }) => group !== 'Types').map(({ name }) => `\`${name}\``)
    return `| [\`${entry.name}\`](${fileNameOf(entry.name)}.md) | ${values.join(', ')} |`
  })
  return `# Reference\n\n${MADE}\n\nEvery name that can be imported, from its docstring. Sizes are bytes and times milliseconds unless a name says otherwise.\n\n| entry | values (types are on its page) |\n|---|---|\n${rows.join('\n')}\n`
}

const MADE = '<!-- Written by `npm run api` from the docstrings in src. -->'

function pageOf(entry, homes) {
  const own = new Set([...entry.exports, ...entry.reachable].map(({ name }) => name))
  const parts = GROUPS.flatMap((group) => {
    const items = entry.exports.filter((it) => it.group === group)
    return items.length === 0 ? [] : [`## ${group}`, ...items.map((item) => itemOf(item, own, homes))]
  })
  // What nobody can import, but meets in a type: the props of the parts, above all.
  const met = entry.reachable.length === 0 ? [] : ['## Met in these', ...entry.reachable.map((item) => itemOf(item, own, homes))]
  return `# \`${entry.name}\`\n\n${MADE}\n\n${[...parts, ...met].join('\n\n')}\n`
}

function itemOf(item, own, homes) {
  const isTable = item.members.length > 0
  const heading = `### ${item.name}`
  const signature = isTable ? bases(item) : `\`\`\`typescript\n${item.source.replaceAll(IMPORT, '')}\n\`\`\``
  const tags = item.tags.filter(({ name }) => name !== 'template').map(tagOf)
  const table = isTable ? `| | type | |\n|---|---|---|\n${item.members.map(rowOf).join('\n')}` : ''
  const sees = item.sees.filter((name) => own.has(name) || homes.has(name)).map((name) => (own.has(name) ? `[\`${name}\`](#${name.toLowerCase()})` : `[\`${name}\`](${fileNameOf(homes.get(name))}.md#${name.toLowerCase()})`))
  return [heading, linked(item.doc), ...tags, signature, table, sees.length === 0 ? '' : `See ${sees.join(', ')}.`].filter(Boolean).join('\n\n')

  function bases({ bases }) {
    return bases.length === 0 ? '' : `With all of ${bases.map((it) => `\`${it.replaceAll(IMPORT, '').replaceAll(/\s+/g, ' ')}\``).join(', ')}.`
  }
}

function tagOf({ name, text }) {
  if (name === 'example') return text.includes('```') ? text : `\`\`\`tsx\n${text}\n\`\`\``
  if (name === 'param') return `- \`${text.split(/\s/)[0]}\`: ${text.replace(/^\S+\s+(- )?/, '')}`
  return `*${{ returns: 'Returns', throws: 'Throws', default: 'Default:', see: 'See' }[name] ?? name}* ${text}`
}

function rowOf({ name, isOptional, type, doc, tags }) {
  const said = [doc, ...tags.map((tag) => (tag.name === 'default' ? `Default: ${tag.text.startsWith('`') ? tag.text : `\`${tag.text}\``}.` : tagOf(tag)))].filter(Boolean).join(' ')
  return `| \`${name}${isOptional ? '?' : ''}\` | \`${cell(isOptional ? type.replace(/ \| undefined$/, '') : type)}\` | ${cell(said)} |`
}

/** `{@link Name}` of a docstring. */
function linked(text) {
  return text.replaceAll(/\{@link (\w+)[^}]*\}/g, '`$1`')
}

/** One line, and no bar that ends the cell. */
function cell(text) {
  return linked(text).replaceAll(IMPORT, '').replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')
}
