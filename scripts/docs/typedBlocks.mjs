// Compiles blocks of TypeScript against the packed library and the real kits. What a block imports from the reader's own code
// is declared as anything.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { run } from '../../examples/package.mjs'

/** In an MDX page a block shows the lines that matter: what they use is there without being imported, and this is what they use of the reader's own. */
const READERS_OWN = ['text', 'setText']

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
    writeFileSync(join(folder, file), `${block.page.endsWith('.mdx') ? asStatements(block.code) : block.code}\nexport {}\n`)
    for (const [specifier, names] of importsOf(block.code)) declare(specifier, names, home)
    return file
  })
  writeFileSync(join(folder, 'foreign.d.ts'), [...foreign].map(([name, names]) => `declare module '${name}' {\n${declarations(names)}}\n`).join(''))
  writeFileSync(join(folder, 'there.d.ts'), thereForMdx())
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      target: 'ES2022', module: 'ESNext', moduleResolution: 'bundler', lib: ['ES2024', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'], jsx: 'react-jsx',
      strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: true, noEmit: true, types: ['node'], paths: { '@/*': ['./alias/*'] },
    },
    include: ['**/*.ts', '**/*.tsx', '**/*.mts'],
  }))
  const output = await run('tsc', ['-p', 'tsconfig.json', '--pretty', 'false'], folder).then(() => '', (error) => error.message)
  const wrong = output.split('\n').filter((line) => /error TS/.test(line))
  return wrong.map((line) => {
    const index = files.findIndex((file) => line.startsWith(`${file}(`))
    const [, at, said] = /\((\d+),\d+\): error (.*)$/.exec(line) ?? [null, '0', line]
    return index === -1 ? { block: null, said: line } : { block: blocks[index], said: `line ${blocks[index].line + Number(at)}: ${said}` }
  })

  function thereForMdx() {
    const { exports } = createRequire(join(kits, 'x.js'))('dify-file-drop/package.json')
    const surface = readFileSync(join(kits, 'node_modules/dify-file-drop', exports['.'].types), 'utf8')
    const values = [...surface.matchAll(/^export (?:\* as (\w+)|\{([^}]*)\}) from/gm)].flatMap(([, namespace, list]) => (namespace ? [namespace] : list.split(',').map((it) => it.trim()).filter((it) => it !== '' && !it.startsWith('type '))))
    const of = { 'dify-file-drop': values, react: ['useState', 'useMemo', 'useRef', 'lazy'], 'react-hook-form': ['useForm', 'Controller'] }
    const lines = Object.entries(of).flatMap(([name, names]) => names.map((it) => `  const ${it}: typeof import('${name}').${it}`))
    return `export {}\ndeclare global {\n${[...lines, ...READERS_OWN.map((it) => `  const ${it}: any`)].join('\n')}\n}\n`
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
