import { extensionOf } from '../dify/fileName.js'
import { sizeCategoryOf, type Kind } from '../dify/kinds.js'
import { acceptsType, type Rules } from './rules.js'
import { failure, type UploadFailure } from './uploadError.js'

/** What is checked of a file. */
export interface Candidate {
  name: string
  kind: Kind
  /** Bytes; null while nobody knows. */
  size: number | null
}

/** What the name alone decides: whether files are wanted at all, and of this type. */
export function checkType(candidate: Candidate, rules: Rules): UploadFailure | null {
  if (!rules.enabled.value) return failure('uploads_disabled', { what: 'files', layer: rules.enabled.layer })
  if (!rules.methods.value.includes('local_file')) {
    return failure('uploads_disabled', { what: 'local_files', layer: rules.methods.layer })
  }
  return checkKind(candidate, rules)
}

/** Whether the rules take this type, however it comes. */
export function checkKind({ name, kind }: Omit<Candidate, 'size'>, rules: Rules): UploadFailure | null {
  const extension = extensionOf(name)
  const refusing = rules.types.find((rule) => !acceptsType(rule, kind, extension))
  if (refusing === undefined) return null
  return failure('kind_not_allowed', {
    kind,
    extension,
    allowedKinds: refusing.kinds,
    allowedExtensions: refusing.extensions,
    layer: refusing.layer,
  })
}

/** Whether the rules take links, and this one. */
export function checkLink(url: string, kind: Kind, rules: Rules): UploadFailure | null {
  if (!rules.enabled.value) return failure('uploads_disabled', { what: 'files', layer: rules.enabled.layer })
  if (!rules.methods.value.includes('remote_url')) return failure('uploads_disabled', { what: 'links', layer: rules.methods.layer })
  // What a link leads to only Dify can tell, but for a name that ends in what the app does not take.
  return kind === 'custom' ? null : checkKind({ name: lastOf(url), kind }, rules)
}

/** The last part of the path of a web address, as it is written there. */
export function lastOf(url: string): string {
  const { pathname } = new URL(url)
  return pathname.slice(pathname.lastIndexOf('/') + 1)
}

/** What the bytes decide: something is in it, and not too much. Dify stores empty files; nobody wants one. */
export function checkSize({ name, size }: Candidate, rules: Rules): UploadFailure | null {
  if (size === null) return null
  if (size === 0) return failure('empty_file', {})
  const category = sizeCategoryOf(name)
  const limit = rules.maxBytes[category]
  if (!limit.enforced || size <= limit.value) return null
  return failure('file_too_large', { size, limit: limit.value, category, layer: limit.layer })
}
