import { sizeCategoryOf } from '../dify/kinds.js'
import type { Entry } from './entry.js'
import { RETRY } from './retryPolicy.js'
import type { Rules } from './rules.js'
import { failure, failureFromServer, type UploadFailure } from './uploadError.js'

/** What the transport or the server said, with what only this side knows: the file's size, whose limit it is over, the network. */
export function explained(error: UploadFailure, entry: Entry, rules: Rules, isOnline: boolean): UploadFailure {
  const size = entry.size ?? 0
  const { code, from, status, serverMessage, retryAfter, requestId } = error
  const context = { from, status, serverMessage, retryAfter, requestId, cause: error }
  switch (code) {
    case 'network': {
      const { kept } = error.facts
      const mayBeSizeLimit = isOnline && size > RETRY.suspicious && kept === undefined
      return failure('network', { reason: isOnline ? 'lost' : 'offline', mayBeSizeLimit, ...(kept !== undefined && { kept }) }, context)
    }
    case 'file_too_large': {
      const category = sizeCategoryOf(entry.name)
      const { value, layer } = rules.maxBytes[category]
      const isKnown = size > value
      return failure('file_too_large', { size, limit: isKnown ? value : null, category, layer: isKnown ? layer : null }, context)
    }
    case 'request_entity_too_large': case 'gateway_too_large':
      return failureFromServer(code, { size }, context)
    default:
      return error
  }
}
