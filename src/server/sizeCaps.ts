import { SIZE_CATEGORIES, type SizeCategory } from '../dify/kinds.js'
import { MIB, uploadRulesOf, type AppParameters } from '../dify/parameters.js'

/** The most bytes by category, null where nobody said. */
export type SizeCaps = Record<SizeCategory, number | null>

/** The stricter of the operator's caps and Dify's own. Limits that Dify did not tell are Dify's business alone. */
export function sizeCaps(operator: Partial<Record<SizeCategory, number>>, parameters: AppParameters | null): SizeCaps {
  const dify = parameters === null ? null : uploadRulesOf(parameters).maxBytes
  const caps = {} as SizeCaps
  for (const category of SIZE_CATEGORIES) {
    const known = [operator[category], dify?.[category]].filter((bytes) => typeof bytes === 'number')
    caps[category] = known.length === 0 ? null : Math.min(...known)
  }
  return caps
}

/** What no file of any category may exceed, or null. */
export function largestCap(caps: SizeCaps): number | null {
  const all = SIZE_CATEGORIES.map((category) => caps[category])
  return all.some((cap) => cap === null) ? null : Math.max(...(all as number[]))
}

/** The sentence that Dify leaves out of its 413. */
export function tooLargeSentence(category: SizeCategory | null, cap: number | null): string {
  const what = category === null ? '' : category === 'document' ? ' for documents and other files' : ` for ${PLURAL[category]}`
  return cap === null ? `The file is larger than Dify's limit${what}.` : `The file is larger than the limit of ${inMegabytes(cap)}${what}.`
}

const PLURAL = { image: 'images', audio: 'audio', video: 'videos' } as const

/** MiB, which Dify calls MB. */
function inMegabytes(bytes: number): string {
  return bytes >= MIB ? `${Math.round((bytes / MIB) * 10) / 10} MB` : `${bytes} bytes`
}
