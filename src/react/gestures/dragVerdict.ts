import type { Rules } from '../../core/rules.js'
import { acceptsType } from '../../core/rules.js'
import { kindOf } from '../../dify/kinds.js'

/**
 * What can be said of a drag before the drop, when a browser tells MIME types but no names: all of it is welcome, none of
 * it is, or nobody knows yet.
 */
export type DragVerdict = 'accept' | 'reject' | 'unknown'

export function dragVerdict(transfer: DataTransfer, rules: Rules): DragVerdict {
  if (!rules.enabled.value || !rules.methods.value.includes('local_file')) return 'reject'
  const types = Array.from(transfer.items).filter((item) => item.kind === 'file').map((item) => item.type)
  if (types.length === 0) return 'unknown'
  const verdicts = new Set(types.map((type) => verdictOn(type, rules)))
  return verdicts.size === 1 ? [...verdicts][0]! : 'unknown'
}

function verdictOn(mime: string, rules: Rules): DragVerdict {
  if (mime === '') return 'unknown'
  const kind = kindOf({ extension: '', mime })
  const refusing = rules.types.filter((rule) => !acceptsType(rule, kind, ''))
  if (refusing.length === 0) return 'accept'
  // By its type alone a Word file is of no known kind, and a listed extension may still let a file in.
  return kind !== 'custom' && refusing.some((rule) => (rule.extensions ?? []).length === 0) ? 'reject' : 'unknown'
}
