import type { Entry, EntryFacts, EntryResult, Note } from './entry.js'
import type { UploadFailure } from './uploadError.js'

/** What can happen to an entry. */
export type EntryEvent =
  | { type: 'step'; step: number }
  /** All steps are done. */
  | { type: 'prepared'; started: boolean }
  /** Refused at the door: by a check, a step, or rules that came late. */
  | { type: 'refuse'; error: UploadFailure }
  /** `autoUpload` is off and somebody said go. */
  | { type: 'release' }
  | { type: 'start' }
  | { type: 'progress'; sent: number }
  | { type: 'stall' }
  | { type: 'succeed'; result: EntryResult }
  | { type: 'back-off'; error: UploadFailure; until: { at: number } | 'online' }
  | { type: 'fail'; error: UploadFailure }
  /** Stop using the network, without counting it as an attempt. */
  | { type: 'pause' }
  | { type: 'retry' }
  /** Other bytes or another name: the steps run again. */
  | { type: 'replace'; facts: Partial<EntryFacts> }
  /** It was to be tried again, and others have its place. */
  | { type: 'full'; error: UploadFailure }
  /** The rules changed and now accept what they refused. */
  | { type: 'recheck' }
  /** Bytes, name or notes changed while preparing or queued. */
  | { type: 'amend'; facts: Partial<EntryFacts> }
  | { type: 'note'; note: Note }

/**
 * The life of an entry, pure. An event that means nothing in a state returns the same object, so late progress, double
 * clicks and answers after the end are harmless, and `===` says whether anybody need be told.
 */
export function transition(entry: Entry, event: EntryEvent): Entry {
  if (event.type === 'note') return { ...entry, notes: [...entry.notes, event.note] }
  switch (entry.status) {
    case 'preparing':
      switch (event.type) {
        case 'step': return entry.step === event.step ? entry : { ...entry, step: event.step }
        case 'amend': return { ...entry, ...event.facts }
        case 'prepared': return { ...factsOf(entry), status: 'queued', attempt: 1, started: event.started }
        case 'refuse': return { ...factsOf(entry), status: 'failed', error: event.error, at: 'door' }
        case 'replace': return { ...factsOf(entry), ...event.facts, status: 'preparing', step: 0 }
        default: return entry
      }
    case 'queued':
      switch (event.type) {
        case 'release': return entry.started ? entry : { ...entry, started: true }
        case 'start': return { ...factsOf(entry), status: 'uploading', attempt: entry.attempt, sent: 0, measured: false, stalled: false }
        case 'refuse': return { ...factsOf(entry), status: 'failed', error: event.error, at: 'door' }
        case 'amend': return { ...entry, ...event.facts }
        case 'replace': return { ...factsOf(entry), ...event.facts, status: 'preparing', step: 0 }
        default: return entry
      }
    case 'uploading':
      switch (event.type) {
        case 'progress': {
          const sent = Math.min(Math.max(entry.sent, event.sent), entry.size ?? event.sent)
          return sent === entry.sent && entry.measured && !entry.stalled ? entry : { ...entry, sent, measured: true, stalled: false }
        }
        case 'stall': return entry.stalled ? entry : { ...entry, stalled: true }
        case 'succeed': return { ...factsOf(entry), status: 'uploaded', result: event.result }
        case 'back-off':
          return { ...factsOf(entry), status: 'waiting', attempt: entry.attempt + 1, error: event.error, until: event.until }
        case 'fail': return { ...factsOf(entry), status: 'failed', error: event.error, at: 'way' }
        case 'pause': return { ...factsOf(entry), status: 'queued', attempt: entry.attempt, started: true }
        default: return entry
      }
    case 'waiting':
      switch (event.type) {
        case 'retry': return { ...factsOf(entry), status: 'queued', attempt: entry.attempt, started: true }
        default: return entry
      }
    case 'failed':
      switch (event.type) {
        case 'retry':
          return entry.error.retryable && entry.at === 'way'
            ? { ...factsOf(entry), status: 'queued', attempt: 1, started: true }
            : entry
        case 'replace': return { ...factsOf(entry), ...event.facts, status: 'preparing', step: 0 }
        case 'full': return { ...entry, error: event.error }
        case 'recheck': return entry.at === 'door' ? { ...factsOf(entry), status: 'preparing', step: 0 } : entry
        default: return entry
      }
    case 'uploaded':
      // No bytes of a link are anywhere: what the app does not take after all can still be turned away.
      return event.type === 'refuse' && entry.result.transfer_method === 'remote_url'
        ? { ...factsOf(entry), status: 'failed', error: event.error, at: 'door' }
        : entry
  }
}

function factsOf({ id, file, name, size, kind, path, notes }: Entry): EntryFacts {
  return { id, file, name, size, kind, path, notes }
}
