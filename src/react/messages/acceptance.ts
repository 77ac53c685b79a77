import { acceptedBy, type Rules } from '../../core/rules.js'
import { SIZE_CATEGORIES, sizeCategoryOf } from '../../dify/kinds.js'
import type { Acceptance } from './messages.js'

/** The rules as facts for the sentence that says what is accepted. */
export function acceptanceOf(rules: Rules): Acceptance {
  const accepted = acceptedBy(rules)
  const { anything, kinds, extensions } = accepted
  const reachable = SIZE_CATEGORIES.filter(
    (category) =>
      anything ||
      kinds.includes(category) ||
      (category === 'document' && kinds.includes('custom')) ||
      (kinds.length === 0 && extensions.some((extension) => sizeCategoryOf(`x.${extension}`) === category)),
  )
  return {
    ...accepted,
    enabled: rules.enabled.value && rules.methods.value.includes('local_file'),
    maxFiles: Number.isFinite(rules.maxFiles.value) ? rules.maxFiles.value : null,
    maxBytes: reachable.map((category) => ({ category, bytes: rules.maxBytes[category].value })),
  }
}
