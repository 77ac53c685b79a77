import type { StrictArgTypes } from 'storybook/internal/types'
import { DifyFileDrop, FileDrop } from '../src/index.js'
import { FilePreview } from '../src/preview/index.js'

interface Type {
  name: string
  raw?: string
  elements?: Type[]
}

interface Documented {
  __docgenInfo?: { props?: Record<string, { description?: string; tsType?: Type; defaultValue?: { value: string; computed: boolean } }> }
}

/**
 * Makes the tables of props say what the docstrings say. react-docgen knows the defaults of parameters only (ours stand in
 * the docstrings, as `@default`, for a default is often made far from the component), and calls whatever may be left out,
 * which is `… | undefined`, a union.
 */
export function tidyTables(): void {
  for (const component of [DifyFileDrop, FilePreview, ...Object.values(FileDrop)] as Documented[]) {
    for (const prop of Object.values(component.__docgenInfo?.props ?? {})) {
      const [sentence = '', value] = (prop.description ?? '').split(/@default\s+/)
      prop.description = sentence.replaceAll(/\{@link (\w+)\}/g, '`$1`').trim()
      if (value !== undefined) prop.defaultValue = { value: value.trim(), computed: false }
      if (prop.tsType !== undefined) prop.tsType = told(prop.tsType)
    }
  }
}

/** A choice of words stays one, for its control; any other union is told as it is written. */
function told(type: Type): Type {
  const raw = (type.raw ?? '').replace(/\s*\|\s*undefined$/, '').replace(/^\|\s*/, '').replaceAll(/\s+/g, ' ')
  const others = type.elements?.filter((it) => it.name !== 'undefined')
  if (type.name !== 'union' || others === undefined) return type
  const [only] = others
  if (others.length === 1 && only !== undefined && only.name !== 'unknown') return told(only)
  return others.every((it) => it.name === 'literal') ? { ...type, raw, elements: others } : { name: raw }
}

/** Of a choice of words, the words. */
export function wholeTypes({ argTypes, component }: { argTypes: StrictArgTypes; component?: unknown }): StrictArgTypes {
  const props = (component as Documented | undefined)?.__docgenInfo?.props
  return Object.fromEntries(Object.entries(argTypes).map(([name, argType]) => {
    const raw = props?.[name]?.tsType?.raw
    return [name, argType.table?.type?.summary === 'union' && raw !== undefined ? { ...argType, table: { ...argType.table, type: { summary: raw } } } : argType]
  }))
}
