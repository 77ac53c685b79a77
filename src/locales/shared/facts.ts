import type { Formats } from '../../react/messages/formats.js'
import type { Acceptance, Messages } from '../../react/messages/messages.js'

// What is the same in every language. There is not one word in here: each locale has all of its own.

type Refusal = Parameters<Messages['errors']['kind_not_allowed']>[0]['facts']

export type Kind = Refusal['kind']
export type Layer = Refusal['layer']
export type SizeCategory = Acceptance['maxBytes'][number]['category']

/** Words for kinds in one grammatical form. `custom` is all that is neither image, document, audio nor video. */
export type KindWords = Readonly<Record<Kind, string>>

/** Kinds that share one limit. `bytes` is Infinity where nothing limits. */
export interface SharedLimit {
  bytes: number
  kinds: readonly Kind[]
}

/** Limits as they are told: kinds with the same limit together. */
export function limitsOf({ anything, kinds, maxBytes }: Acceptance): SharedLimit[] {
  const byBytes = new Map<number, Kind[]>()
  for (const { category, bytes } of maxBytes) {
    // Dify measures other files as documents.
    const told: Kind[] =
      category !== 'document' ? [category] : anything || (kinds.includes('document') && kinds.includes('custom')) ? ['document', 'custom'] : kinds.includes('document') ? ['document'] : ['custom']
    byBytes.set(bytes, [...(byBytes.get(bytes) ?? []), ...told])
  }
  return [...byBytes].map(([bytes, kinds]) => ({ bytes, kinds }))
}

/** Whether only listed extensions are accepted, so that no kind is worth a word. */
export function isExtensionsOnly({ kinds, extensions }: Acceptance): boolean {
  return extensions.length > 0 && kinds.length === 0
}

export function largestOf({ maxBytes }: Acceptance): number {
  return Math.max(...maxBytes.map((it) => it.bytes))
}

/** The extensions with their dots, as a list that ends in the number of those left out. */
export function extensionsOf({ extensions }: Acceptance, formats: Formats, more: (count: number) => string, write = asItIs): string {
  const shown = extensions.slice(0, 12).map((extension) => write(`.${extension}`))
  return formats.list(extensions.length > shown.length ? [...shown, more(extensions.length - shown.length)] : shown)
}

/** Kinds, then the first extensions: enough for the overlay. */
export function shortListOf({ kinds, extensions }: Acceptance, words: KindWords, write = asItIs): string[] {
  return [...kinds.map((kind) => words[kind]), ...extensions.slice(0, 6).map((extension) => write(`.${extension}`))]
}

/** What a rule lets in. Empty where it says nothing that helps. */
export function allowedBy({ allowedKinds, allowedExtensions }: Refusal, words: KindWords, write = asItIs): string[] {
  return [
    ...(allowedKinds ?? []).filter((kind) => kind !== 'custom').map((kind) => words[kind]),
    ...(allowedExtensions ?? []).map((extension) => write(`.${extension}`)),
  ]
}

/** Names as a list that ends in the number of those left out. */
export function namesOf({ names, count }: { names: readonly string[]; count: number }, formats: Formats, more: (count: number) => string, write: (name: string) => string): string {
  const shown = names.map((name) => write(name))
  return formats.list(count > names.length ? [...shown, more(count - names.length)] : shown)
}

/** How names and extensions are written inside a sentence; {@link isolated} where it runs from right to left. */
function asItIs(text: string): string {
  return text
}

/** `.exe`, or `''` for a name without an extension. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot) : ''
}

/** For the start of a sentence. Turkish has its own idea of what an i becomes. */
export function capital(text: string, language: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1)
}

/**
 * A name, an extension or a size inside a sentence that runs from right to left, so that neither disturbs the other: U+2068
 * FIRST STRONG ISOLATE … U+2069 POP DIRECTIONAL ISOLATE.
 */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`
}
