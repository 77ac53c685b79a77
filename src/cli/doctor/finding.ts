import { WORDS, type Check, type Level, type Words } from './words.js'

/** What was found, as facts: sentences are made of them in `words.ts` alone. */
export interface Finding {
  code: FindingCode
  check: Check
  level: Level
  facts: Readonly<Record<string, unknown>>
}

export type FindingCode = keyof typeof WORDS
export type FactsOf<C extends FindingCode> = Parameters<(typeof WORDS)[C]['words']> extends [infer F] ? F : Record<string, never>

export function found<C extends FindingCode>(code: C, facts: FactsOf<C>): Finding {
  const { check, level } = WORDS[code]
  return { code, check, level, facts: facts as Record<string, unknown> }
}

export function wordsOf({ code, facts }: Finding): Words {
  return (WORDS[code].words as (facts: unknown) => Words)(facts)
}
