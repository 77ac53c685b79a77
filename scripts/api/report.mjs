// The API report: the public surface as text, without comments, so that a change of it is a visible diff.

/** @returns name of the file → its text */
export function report(entries) {
  return Object.fromEntries(entries.map((entry) => [`${fileNameOf(entry.name)}.api.md`, pageOf(entry)]))
}

/** `dify-file-drop/server/limit` → `server-limit` */
export function fileNameOf(entry) {
  return entry.replace('/*', '').split('/').slice(1).join('-') || 'index'
}

function pageOf(entry) {
  const exported = entry.exports.map(({ name, text }) => `// ${name}\n${text}`)
  const reachable = entry.reachable.map(({ text }) => text)
  return [
    `# ${entry.name}`,
    '<!-- Written by `npm run api`. A diff here is a change of the public surface: docs/versioning.md says what that asks for. -->',
    fenced(exported),
    ...(reachable.length === 0 ? [] : ['## Named by these, exported by no entry', fenced(reachable)]),
    '',
  ].join('\n\n').trimEnd() + '\n'
}

function fenced(texts) {
  return `\`\`\`ts\n${texts.join('\n\n')}\n\`\`\``
}
