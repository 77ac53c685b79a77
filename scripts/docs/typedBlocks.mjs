// Compiles blocks of TypeScript against the packed library and the real kits. What a block imports from the reader's own code
// is declared as anything.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { run } from '../../examples/package.mjs'

/** What excerpts use is there without being imported: this is what they use of the reader's own. */
const READERS_OWN = ['apiKey', 'authorize', 'getSession', 'message', 'model', 'query', 'send', 'sendMessage', 'setText', 'submit', 'text', 'uploader']
const OTHERS = {
  react: ['useState', 'useMemo', 'useRef', 'lazy'], 'react-hook-form': ['useForm', 'Controller'],
  '@ant-design/x': ['Attachments', 'Sender'], '@ai-sdk/react': ['useChat'], '@assistant-ui/react': ['useLocalRuntime'],
}

/**
 * @param blocks `{ page, language, line, code }`
 * @param kits a folder with the packed library and all kits in its node_modules
 * @returns what is wrong: `{ block, said }`; `block` null for what is around all of them
 */
export async function typedBlocks(blocks, kits) {
  const folder = join(kits, '.cache/docs')
  const foreign = new Map()
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const files = blocks.map((block, index) => {
    // Deep enough that `../../..` stays within.
    const home = `b${index}/1/2/3/4/5/6`
    const file = `${home}/block.${block.language}`
    mkdirSync(join(folder, home), { recursive: true })
    // A block without imports or exports would share its names with all others.
    writeFileSync(join(folder, file), `${isExcerpt(block.page) ? asStatements(block.code) : block.code}\nexport {}\n`)
    for (const [specifier, names] of importsOf(block.code)) declare(specifier, names, home)
    return file
  })
  writeFileSync(join(folder, 'foreign.d.ts'), [...foreign].map(([name, names]) => `declare module '${name}' {\n${declarations(names)}}\n`).join(''))
  writeFileSync(join(folder, 'there.d.ts'), thereForExcerpts())
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      target: 'ES2022', module: 'ESNext', moduleResolution: 'bundler', lib: ['ES2024', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'], jsx: 'react-jsx',
      strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: true, noEmit: true, allowJs: true, checkJs: true, types: ['node'], paths: { '@/*': ['./alias/*'] },
    },
    include: ['**/*.ts', '**/*.tsx', '**/*.mts', 'b*/**/*.js'],
  }))
  const output = await run('tsc', ['-p', 'tsconfig.json', '--pretty', 'false'], folder).then(() => '', (error) => error.message)
  const wrong = output.split('\n').filter((line) => /error TS/.test(line))
  return wrong.map((line) => {
    const index = files.findIndex((file) => line.startsWith(`${file}(`))
    const [, at, said] = /\((\d+),\d+\): error (.*)$/.exec(line) ?? [null, '0', line]
    return index === -1 ? { block: null, said: line } : { block: blocks[index], said: `line ${blocks[index].line + Number(at)}: ${said}` }
  })

  /** All values that the package exports, and what the kits and React have that goes with them. */
  function thereForExcerpts() {
    const home = join(kits, 'node_modules/dify-file-drop')
    const { exports } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
    const own = Object.entries(exports).filter(([entry, target]) => target.types?.startsWith('./dist') && !entry.includes('*'))
    const values = { ...Object.fromEntries(own.map(([entry, target]) => [`dify-file-drop${entry.slice(1)}`, valuesOf(readFileSync(join(home, target.types), 'utf8'))])), ...OTHERS }
    const lines = new Map(Object.entries(values).toReversed().flatMap(([name, names]) => names.map((it) => [it, `typeof import('${name}').${it}`])))
    for (const name of READERS_OWN) lines.set(name, 'any')
    return `export {}\ndeclare global {\n  const http: typeof import('node:http')\n${[...lines].map(([name, type]) => `  const ${name}: ${type}`).join('\n')}\n}\n`
  }

  function declare(specifier, names, block) {
    if (specifier.startsWith('.') || specifier.startsWith('@/')) {
      const path = specifier.startsWith('@/') ? join(folder, 'alias', specifier.slice(2)) : join(folder, block, specifier)
      const file = /\.[cm]?js$/.test(path) ? path.replace(/\.([cm]?)js$/, '.d.$1ts') : `${path}.d.ts`
      mkdirSync(dirname(file), { recursive: true })
      const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
      const more = names.filter((name) => !before.includes(` ${name}:`))
      writeFileSync(file, before + declarations(more, 'export declare'))
      return
    }
    if (isInstalled(specifier)) return
    foreign.set(specifier, [...new Set([...(foreign.get(specifier) ?? []), ...names])])
  }

  function isInstalled(specifier) {
    if (specifier.startsWith('node:')) return true
    const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
    return createRequire(join(folder, 'x.js')).resolve.paths(name).some((place) => existsSync(join(place, name)))
  }
}

function valuesOf(declarations) {
  const declared = [...declarations.matchAll(/^export declare (?:function|const|class) (\w+)/gm)].map(([, name]) => name)
  const passedOn = [...declarations.matchAll(/^export (?:\* as (\w+)|\{([^}]*)\}) from/gm)].flatMap(([, namespace, list]) => (namespace ? [namespace] : list.split(',').map((it) => it.trim())))
  return [...declared, ...passedOn.filter((it) => it !== '' && !it.startsWith('type '))]
}

/** A page whose blocks show the lines that matter, and not what they import. */
function isExcerpt(page) {
  return page.endsWith('.mdx') || page.startsWith('docs/reference/')
}

/** An element at the start of a line begins a statement, which our style of code without semicolons does not say. */
function asStatements(code) {
  return code.replaceAll(/^(?=<[A-Za-z])/gm, ';')
}

function importsOf(code) {
  return [...code.matchAll(/(?:import|export)\s+(?:type\s+)?([^'"]*?)\s*from\s*['"]([^'"]+)['"]/g)].map(([, what, specifier]) => {
    const named = /\{([^}]*)\}/.exec(what)?.[1] ?? ''
    const names = named.split(',').map((it) => it.trim().replace(/^type\s+/, '').split(/\s+as\s+/)[0]).filter(Boolean)
    return [specifier, /^[\w$]+/.test(what.replace(/^type\s+/, '')) ? ['default', ...names] : names]
  })
}

function declarations(names, how = 'export') {
  return names.map((name) => (name === 'default' ? `${how === 'export' ? '' : 'declare '}const _default: any\nexport default _default\n` : `${how} const ${name}: any\nexport type ${name} = any\n`)).join('')
}
