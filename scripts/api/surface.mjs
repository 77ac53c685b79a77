// What a host can import, read from the emitted .d.ts: the one source of the API report and of the reference.
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { ROOT } from '../../examples/package.mjs'

/**
 * Reads the public surface of every entry in `exports`.
 *
 * @param types the folder of the emitted .d.ts
 * @param exports of package.json
 * @returns `{ name, file, exports, reachable }` an entry. An export is `{ name, group, text, doc, tags, members, sees }`: `text` its
 *   declaration without comments, `source` with them, `members` those of an interface or class with their own docs, `sees` names of ours in
 *   its types. `reachable` are declarations that exports name, but that no entry exports.
 */
export function surface(types, exports) {
  // TypeScript 7 has no compiler API; this one lives with the tools that judge the package.
  const ts = createRequire(join(ROOT, 'examples/package-check/package.json'))('typescript')
  const doors = doorsOf(types, exports)
  const program = ts.createProgram(doors.flatMap(({ files }) => files), {
    target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [], skipLibCheck: true, noEmit: true,
  })
  const checker = program.getTypeChecker()
  const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed })
  const entries = doors.map(({ name, files }) => ({ name, exports: files.flatMap((file) => exportsOf(moduleOf(file), '')).toSorted(byName) }))
  const exported = new Set(entries.flatMap((entry) => entry.exports).flatMap(({ declarations }) => declarations))
  return entries.map((entry) => ({ ...entry, reachable: reachableFrom(entry) }))

  function reachableFrom(entry) {
    const listed = new Set(exported)
    const reachable = new Map()
    const queue = entry.exports.flatMap(({ declarations }) => declarations)
    while (queue.length > 0) {
      for (const declaration of namedIn(queue.pop())) {
        if (listed.has(declaration)) continue
        listed.add(declaration)
        queue.push(declaration)
        reachable.set(declaration, described(declaration.name.text, [declaration]))
      }
    }
    return [...reachable.values()].toSorted(byName)
  }

  function moduleOf(file) {
    const symbol = checker.getSymbolAtLocation(program.getSourceFile(file))
    if (symbol === undefined) throw new Error(`${relative(types, file)} exports nothing`)
    return symbol
  }

  /** `export * as FileDrop` is a namespace: its members are listed as `FileDrop.Root`. */
  function exportsOf(module, prefix) {
    return checker.getExportsOfModule(module).flatMap((symbol) => {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
      if (target.declarations?.some(ts.isSourceFile)) return exportsOf(target, `${prefix}${symbol.name}.`)
      return [described(`${prefix}${symbol.name}`, target.declarations ?? [])]
    })
  }

  function described(name, declarations) {
    const first = declarations[0]
    const symbol = checker.getSymbolAtLocation(first.name)
    return {
      name,
      declarations,
      group: groupOf(name, first),
      text: declarations.map((it) => bareOf(printed(statementOf(it)))).join('\n'),
      source: declarations.map((it) => bareOf(statementOf(it).getText())).join('\n'),
      ...docOf(symbol),
      members: declarations.flatMap(membersOf),
      bases: declarations.flatMap((it) => it.heritageClauses ?? []).flatMap((clause) => clause.types.map(printed)),
      sees: [...new Set(declarations.flatMap((it) => [...namedIn(it)]).map((it) => it.name.text))].filter((it) => it !== name),
    }
  }

  function groupOf(name, declaration) {
    if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)) return 'Types'
    if (ts.isClassDeclaration(declaration)) return 'Classes'
    const own = name.split('.').at(-1)
    if (/^use[A-Z]/.test(own)) return 'Hooks'
    if (/^[A-Z]/.test(own)) return 'Components'
    return ts.isFunctionDeclaration(declaration) ? 'Functions' : 'Values'
  }

  function membersOf(declaration) {
    const members = ts.isTypeAliasDeclaration(declaration) && ts.isTypeLiteralNode(declaration.type) ? declaration.type.members : (declaration.members ?? [])
    return members
      .filter((member) => !(member.name && ts.isPrivateIdentifier(member.name)) && !member.modifiers?.some((it) => it.kind === ts.SyntaxKind.PrivateKeyword))
      .map((member) => {
        const name = member.name === undefined ? nameless(member) : printed(member.name)
        const isProperty = ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)
        const whole = printed(member).replace(/;$/, '')
        return {
          name,
          isOptional: member.questionToken !== undefined,
          type: isProperty && member.type ? printed(member.type) : member.name === undefined ? whole : whole.replace(name, ''),
          ...docOf(checker.getSymbolAtLocation(member.name ?? member)),
        }
      })
  }

  /** What stands in a name's place where a type can be called, made or looked into. */
  function nameless(member) {
    return ts.isConstructorDeclaration(member) ? 'new' : ts.isIndexSignatureDeclaration(member) ? '[…]' : '()'
  }

  function docOf(symbol) {
    if (symbol === undefined) return { doc: '', tags: [] }
    return {
      doc: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
      tags: symbol.getJsDocTags(checker).map((tag) => ({ name: tag.name, text: ts.displayPartsToString(tag.text) })),
    }
  }

  /** The declarations of this package that a declaration's types name. */
  function* namedIn(node) {
    const found = []
    const visit = (it) => {
      if (ts.isIdentifier(it)) {
        const symbol = checker.getSymbolAtLocation(it)
        const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
        for (const declaration of target?.declarations ?? []) if (isOurs(declaration)) found.push(declaration)
      }
      ts.forEachChild(it, visit)
    }
    visit(node)
    yield* new Set(found.filter((it) => it !== node))
  }

  function isOurs(declaration) {
    return !ts.isSourceFile(declaration) && ts.isSourceFile(statementOf(declaration).parent) && declaration.getSourceFile().fileName.startsWith(types)
  }

  /** A variable's declaration is without the word `const`; its statement has that. */
  function statementOf(declaration) {
    return ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  }

  function bareOf(text) {
    return text.replace(/^(export )?(declare )?/, '')
  }

  function printed(node) {
    return printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile())
  }
}

/** Each entry with its files; a pattern (`./locales/*`) is one entry of many. */
function doorsOf(types, exports) {
  return Object.entries(exports).flatMap(([entry, target]) => {
    const path = typeof target === 'object' ? target.types.replace('./dist/', '') : ''
    if (!path.endsWith('.d.ts') || path.startsWith('./')) return []
    const name = `dify-file-drop${entry.slice(1)}`
    if (!path.includes('*')) return [{ name, files: [join(types, path)] }]
    const folder = join(types, path.slice(0, path.indexOf('*')))
    return [{ name, files: readdirSync(folder).filter((it) => it.endsWith('.d.ts')).toSorted().map((it) => join(folder, it)) }]
  })
}

function byName(a, b) {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
