// What pages say that a machine can look up: links, paths, commands, selectors and tokens.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from '../../examples/package.mjs'

const read = (path) => readFileSync(join(ROOT, path), 'utf8')
const scripts = Object.keys(JSON.parse(read('package.json')).scripts)
const commands = [...read('src/cli/index.ts').matchAll(/'([a-z]+)'/g)].map(([, name]) => name)
const styles = read('src/styles.css')
const parts = new Set(sources('src').flatMap((path) => [...read(path).matchAll(/data-dfd-part['"]?(?:=|: )['"]([\w-]+)/g)].map(([, part]) => part)))

/** Programs that a shell block may start, besides npm and npx. */
const PROGRAMS = ['cd', 'openssl', 'git', 'docker', 'bash', 'curl', 'mkdir', 'export', 'node']

/** What is not so in a page's links and prose; `{ line, said }`. */
export function proseClaims(page, text) {
  const wrong = []
  let isCode = false
  for (const [index, line] of text.split('\n').entries()) {
    const say = (said) => wrong.push({ line: index + 1, said })
    if (/^\s*```/.test(line)) isCode = !isCode
    if (isCode) continue
    for (const [, target] of line.replaceAll(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)) {
      const [path, anchor] = target.split('#')
      if (/^(\w+:|\?path=)/.test(target)) continue
      const file = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(ROOT, file))) say(`${target} leads nowhere`)
      else if (anchor && file.endsWith('.md') && !anchorsOf(read(file)).includes(anchor)) say(`${target}: there is no such heading`)
    }
    for (const [, code] of line.matchAll(/`([^`]+)`/g)) {
      // What a command writes into a .cache is not there before that command ran.
      if (!code.includes('/.cache') && /^(src|e2e|docs|scripts|examples|stories|hosts|chaos|bench|demo|matrix|release|tooling|api)\/[\w./@[\]-]+$/.test(code) && !existsSync(join(ROOT, code))) say(`there is no ${code}`)
      for (const said of commandClaims(code)) say(said)
    }
  }
  return wrong
}

/** Commands of package.json that a page does not name. */
export function commandsLeftOut(text) {
  return scripts.filter((script) => !['start', 'test'].includes(script) && !text.includes(`npm run ${script}`))
}

/** What is wrong in a block that no compiler reads, as sentences; null for a language that nobody checks. */
export function blockClaims({ page, language, code, source }) {
  if (source !== null) return source === 'missing' ? ['the file it is said to be is not there'] : []
  if (language === 'sh') return code.split('\n').flatMap(shellClaims)
  if (language === 'css') return cssClaims(code)
  if (language === 'json') return jsonClaims(code)
  if (language === 'nginx') return nginxClaims(code)
  // A file of a quick start: npm run test:newcomer writes and runs it.
  if (language === 'js' && page === 'README.md' && /^\/\/ [\w./]+\.js$/m.test(code)) return []
  if (language === 'js') return jsClaims(code)
  // A declaration of the reference, compiled where it comes from.
  if (language === 'typescript') return []
  // What a program printed, or a table of bytes: nothing to run.
  if (language === 'text' || language === '') return []
  return null
}

function shellClaims(line) {
  const bare = line.replace(/\s*#.*$/, '').replace(/^\$ /, '')
  return bare.split(/&&|\|/).flatMap((command) => {
    const words = command.trim().split(/\s+/)
    while (/^[A-Z_]+=/.test(words[0] ?? '')) words.shift()
    const [program] = words
    if (program === undefined || program === '') return []
    if (program === 'npm' || program === 'npx') return commandClaims(words.join(' '))
    return PROGRAMS.includes(program) || program.startsWith('-') ? [] : [`nobody knows the program ${program}`]
  })
}

/** `npm run x` and `npx dify-file-drop x` must be. */
function commandClaims(code) {
  const [, script] = /^(?:\w+=\S+ )*npm run (?:-s )?([\w:-]+)/.exec(code) ?? []
  const [, command] = /npx (?:-y )?dify-file-drop (\w+)/.exec(code) ?? []
  return [
    ...(script !== undefined && !scripts.includes(script) ? [`there is no npm run ${script}`] : []),
    ...(command !== undefined && !commands.includes(command) ? [`there is no npx dify-file-drop ${command}`] : []),
  ]
}

function cssClaims(code) {
  const tokens = [...code.matchAll(/(--dfd-[\w-]+)/g)].map(([, token]) => token).filter((token) => !styles.includes(token))
  const unknown = [...code.matchAll(/data-dfd-part=['"]([\w-]+)/g)].map(([, part]) => part).filter((part) => !parts.has(part))
  return [...tokens.map((token) => `there is no token ${token}`), ...unknown.map((part) => `there is no part ${part}`)]
}

/** Each directive is one that a real nginx obeys in npm run test:hosts. */
function nginxClaims(code) {
  const run = readdirSync(join(ROOT, 'hosts/suite')).map((name) => read(`hosts/suite/${name}`)).join('\n')
  const directives = code.split('\n').filter((line) => !line.startsWith('upstream')).map((line) => line.replace(/#.*$/, '').trim()).filter((line) => line.endsWith(';'))
  return directives.filter((it) => !run.includes(it)).map((it) => `hosts/suite runs no nginx with ${it}`)
}

function jsonClaims(code) {
  try {
    JSON.parse(code.replaceAll(/\/\/.*$/gm, ''))
    return []
  } catch (error) {
    return [error.message]
  }
}

/** As GitHub makes them. */
function anchorsOf(text) {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(' ', '-'))
}

function sources(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true }).map((path) => join(folder, path)).filter((path) => /\.tsx?$/.test(path))
}
